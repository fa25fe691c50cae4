import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/**
 * The parameters OWASP gives for 32 MiB, kept with each hash so that they can grow. They slow a thief of the file
 * down; with only ten thousand PINs of four digits they do not stop one. What stops guessing at the desk is the lock-out.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt
 */
const present = { cost: 2 ** 15, blockSize: 8, parallelization: 3 };
const saltBytes = 16;
const hashBytes = 32;

const bytes = (length: number): z.ZodType<string> =>
  z.string().refine((text) => Buffer.from(text, 'base64').length === length);

/** As stored. The bounds keep a file that was tampered with from asking for all memory or for no work at all. */
export const pinHash = z.strictObject({
  cost: z
    .int()
    .min(2 ** 14)
    .max(2 ** 17)
    .refine((cost) => Number.isInteger(Math.log2(cost))),
  blockSize: z.int().min(8).max(16),
  parallelization: z.int().min(1).max(16),
  salt: bytes(saltBytes),
  hash: bytes(hashBytes),
});

export type PinHash = Readonly<z.infer<typeof pinHash>>;

/** A new hash under a new salt. */
export async function hashPin(pin: string): Promise<PinHash> {
  const salt = randomBytes(saltBytes);
  const hash = await derive(pin, salt, present);
  return { ...present, salt: salt.toString('base64'), hash: hash.toString('base64') };
}

/** True when it is the PIN of this hash. Takes the same time for every wrong one. */
export async function isPinOf(pin: string, stored: PinHash): Promise<boolean> {
  const derived = await derive(pin, Buffer.from(stored.salt, 'base64'), stored);
  return timingSafeEqual(derived, Buffer.from(stored.hash, 'base64'));
}

function derive(
  pin: string,
  salt: Buffer,
  { cost, blockSize, parallelization }: Omit<PinHash, 'salt' | 'hash'>,
): Promise<Buffer> {
  // Node's own limit is exactly what N and r take, and OpenSSL wants a little more.
  const maxmem = 2 * 128 * cost * blockSize;
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  scrypt(pin, salt, hashBytes, { cost, blockSize, parallelization, maxmem }, (error, derived) => {
    if (error === null) resolve(derived);
    else reject(error);
  });
  return promise;
}
