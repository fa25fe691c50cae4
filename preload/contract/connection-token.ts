import { z } from 'zod';

export const connectionTokenCreateRequest = z.strictObject({});

/** Fresh for each call, used once, kept nowhere. */
export interface ConnectionTokenCreated {
  readonly secret: string;
}
