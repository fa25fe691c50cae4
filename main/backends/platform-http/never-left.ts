import { z } from 'zod';

const failure = z.looseObject({
  code: z.string().optional(),
  syscall: z.string().optional(),
  /** One for each address of the name that was tried. */
  errors: z.array(z.unknown()).optional(),
  cause: z.unknown().optional(),
});

const beforeConnecting: ReadonlySet<string> = new Set(['connect', 'getaddrinfo']);

/**
 * True where a request that failed has not left this computer: its name was not found, or nothing took the
 * connection. False wherever that is not certain. The codes are those of Node's `fetch`.
 */
export function neverLeft(error: unknown): boolean {
  const read = failure.safeParse(error);
  if (!read.success) return false;
  const { code, syscall, errors, cause } = read.data;
  if (errors !== undefined && errors.length > 0) return errors.every(neverLeft);
  if (syscall !== undefined) return beforeConnecting.has(syscall);
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return true;
  return cause !== undefined && neverLeft(cause);
}
