import { Refused } from './refused.ts';
import type { PlatformRequest } from './wire.ts';

/** Refuses, by 401, a request without the platform's token. */
export function checkBearer(request: PlatformRequest, token: string): void {
  if (request.headers['authorization'] !== `Bearer ${token}`) {
    throw new Refused(401, 'Authorization information is missing or invalid.');
  }
}

/** The media type of a header, without its parameters. */
export function mediaType(header: string | undefined): string {
  return (header ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
