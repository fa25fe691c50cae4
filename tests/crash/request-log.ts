import type { CallName } from './call-names.ts';

/** A request of the kiosk as it arrived at Stripe's door. */
export interface LoggedRequest {
  readonly call: CallName;
  readonly isChange: boolean;
  readonly path: string;
  /** The form it carried, as text. */
  readonly parameters: string;
  readonly key: string | null;
  /** Whether the key was committed in the kiosk's file when the request arrived. */
  readonly wasStored: boolean;
}
