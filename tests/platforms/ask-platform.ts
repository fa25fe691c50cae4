import type { Platform } from './start-platform.ts';

/** What a client heard. */
export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** How a request differs from a POST of JSON with the platform's token. */
export interface AskOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks a platform as a client does. A text is sent as it is, anything else as JSON. Rejects when the socket breaks. */
export async function askPlatform(
  { url, token }: Pick<Platform<unknown>, 'url' | 'token'>,
  path: string,
  body: unknown = null,
  { method = 'POST', headers = {} }: AskOptions = {},
): Promise<Heard> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...headers,
    },
    ...(body === null ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The JSON of an answer. */
export function parsed({ text }: Heard): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>;
}
