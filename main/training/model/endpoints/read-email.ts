import { invalidRequest } from '../api-error.ts';
import type { Params } from '../form/params.ts';

/** Reads an e-mail address; null when the client cleared it. Refuses what cannot be one. */
export function readEmail(params: Params, name: string): string | null | undefined {
  const email = params.clearableText(name, 512);
  if (typeof email === 'string' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw invalidRequest(`Invalid email address: ${email}`, {
      code: 'email_invalid',
      param: params.fullName(name),
    });
  }
  return email;
}
