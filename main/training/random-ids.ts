import { randomInt } from 'node:crypto';

import type { ModelIds } from './model/model-ids.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const length = 24;

/** Names that nobody can guess, in the shape of Stripe's: a prefix and 24 letters or digits. */
export const randomIds: ModelIds = {
  next: (prefix) =>
    `${prefix}_${Array.from({ length }, () => alphabet[randomInt(alphabet.length)] ?? '').join('')}`,
};
