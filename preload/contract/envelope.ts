/** Why a command was not carried out. A closed list: the window has a sentence for each. */
export type RefusalCode =
  /** The request was not of the channel's form. */
  | 'bad_request'
  /** The message did not come from the kiosk's own page. */
  | 'unknown_sender'
  /** The thing asked for is not possible in the present state; nothing changed. */
  | 'not_now'
  /** Only for staff, and nobody has given the PIN. */
  | 'locked'
  /** The kiosk is closed (see the snapshot's `closed`). */
  | 'closed'
  /** The outside did not answer or refused; nothing changed here. */
  | 'unavailable'
  /** A fault of ours; it is in the log. */
  | 'internal';

export interface Refusal {
  readonly code: RefusalCode;
  /** Key of the sentence to show; see renderer/text. */
  readonly messageKey: string;
  /** True when the same request may succeed later. */
  readonly retryable: boolean;
}

/** Every answer of main. Nothing is thrown across IPC. */
export type Envelope<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Refusal };
