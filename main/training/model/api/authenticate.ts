import { ApiError } from '../api-error.ts';
import type { AccountKeys, Caller } from './caller.ts';
import { secretKeyRequired } from './read-by-secret.ts';

/**
 * Checks the `Authorization` header, Bearer or Basic, against the model's keys, and tells whose it
 * is. A live key is refused with a sentence of its own: it must never have been sent here.
 */
export function authenticate(header: string | undefined, keys: AccountKeys): Caller {
  const key = header === undefined ? '' : keyOf(header);
  if (key === '') {
    throw refusal(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.",
    );
  }
  if (key === keys.secretKey) {
    return 'secret';
  }
  if (key === keys.publishableKey) {
    return 'publishable';
  }
  if (/^(sk|rk)_live_/.test(key)) {
    throw refusal('A live API key was sent to training mode. It was refused and not kept.', {
      code: 'livemode_mismatch',
    });
  }
  if (key.startsWith('pk_')) {
    throw secretKeyRequired();
  }
  throw refusal(`Invalid API Key provided: ${redacted(key)}`);
}

function keyOf(header: string): string {
  const [scheme = '', credentials = ''] = header.trim().split(/\s+/, 2);
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return credentials;
    case 'basic':
      return fromBase64(credentials).split(':', 1)[0] ?? '';
    default:
      return '';
  }
}

function fromBase64(text: string): string {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0 ? decode(text) : '';
}

/** A small decoder of its own, so that the model needs nothing of the platform it runs on. */
function decode(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let decoded = '';
  let bits = 0;
  let held = 0;
  for (const character of text.replaceAll('=', '')) {
    bits = ((bits << 6) | alphabet.indexOf(character)) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      decoded += String.fromCharCode((bits >> held) & 0xff);
    }
  }
  return decoded;
}

function redacted(key: string): string {
  return key.length > 12 ? `${key.slice(0, 8)}${'*'.repeat(8)}${key.slice(-4)}` : '*'.repeat(8);
}

function refusal(message: string, more: { code?: string } = {}): ApiError {
  return new ApiError(401, { type: 'invalid_request_error', message, ...more });
}
