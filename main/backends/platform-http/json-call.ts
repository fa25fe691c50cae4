import type { z } from 'zod';
import type { Answer } from '../../ports/payments-api.ts';
import { neverLeft } from './never-left.ts';
import { type ReplyBody, replyBody } from './reply-body.ts';

/** How all calls to one system are made. */
export interface JsonCallOptions {
  /** Where its paths begin, such as `https://studio.example.com/api`, without a slash at its end. */
  readonly base: string;
  /** With every request: the authorization, and media types other than plain JSON. Never logged. */
  readonly headers: Readonly<Record<string, string>>;
  /** How long one call may take until its last byte, in milliseconds; 10 s unless given. */
  readonly timeoutMs?: number;
  /** Told the time, epoch milliseconds, of every reply that is the system's own. */
  readonly onDate?: (atMs: number) => void;
  /**
   * The system's own short code for why it refused, found in a body of any status: some systems refuse within a 200.
   * Null where there is none.
   */
  readonly refusalIn?: (body: unknown) => string | null;
}

export interface JsonRequest<Value> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With its query; never logged. */
  readonly path: string;
  /** Written as JSON; left out where there is none. */
  readonly body?: unknown;
  /** What a reply must be to be believed; one without a body (204) is `null`. */
  readonly reply: z.ZodType<Value>;
}

/** Makes one call, once: nothing is retried and no redirect is followed. */
export type JsonCall = <Value>(
  request: JsonRequest<Value>,
  signal: AbortSignal,
) => Promise<Answer<Value>>;

const timeoutMsUsual = 10_000;

/**
 * Calls of one system. A reply with success that is not what was promised (a sign-in page, half a body, another form)
 * is `unanswered` with the code `not_understood`, because the request may have taken effect. 401, 403, 422, 429 and 5xx
 * are believed whatever stands in their body; any other refusal only if it is not a page for people.
 */
export function jsonCalls(options: JsonCallOptions): JsonCall {
  return async (request, signal) => {
    const limit = AbortSignal.timeout(options.timeoutMs ?? timeoutMsUsual);
    try {
      const response = await fetch(`${options.base}${request.path}`, {
        method: request.method,
        redirect: 'manual',
        signal: AbortSignal.any([signal, limit]),
        headers: {
          accept: 'application/json',
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...options.headers,
        },
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      });
      const body = await replyBody(response);
      if (signal.aborted) return aborted;
      const answer = answerOf(response, body, request.reply, options);
      if (isOfSystem(answer)) tellDate(response, options);
      return answer;
    } catch (error) {
      // `fetch` throws a TypeError without an answer, and the signal's own reason once that has fired.
      if (signal.aborted) return aborted;
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
      return { kind: 'unanswered', code: neverLeft(error) ? 'no_connection' : 'no_answer' };
    }
  };
}

const aborted = { kind: 'unanswered', code: 'aborted' } as const;
const notUnderstood = { kind: 'unanswered', code: 'not_understood' } as const;

function answerOf<Value>(
  response: Response,
  body: ReplyBody,
  reply: z.ZodType<Value>,
  { refusalIn }: JsonCallOptions,
): Answer<Value> {
  const { status, ok } = response;
  const requestId = requestIdOf(response);
  const code = body.kind === 'json' ? (refusalIn?.(body.value) ?? null) : null;
  if (status === 401) return { kind: 'denied', status, code: 'unauthorized' };
  if (status === 403) return { kind: 'denied', status, code: 'forbidden' };
  if (status === 429) return { kind: 'busy', status, code: 'too_many_requests' };
  if (status >= 500) return { kind: 'uncertain', status, requestId };
  if (ok) {
    if (code !== null) return { kind: 'refused', status, code, requestId };
    if (body.kind === 'other') return notUnderstood;
    const read = reply.safeParse(body.kind === 'none' ? null : body.value);
    return read.success ? { kind: 'done', value: read.data, requestId } : notUnderstood;
  }
  const isRefusal = status >= 400 && status !== 408 && (body.kind !== 'other' || status === 422);
  if (!isRefusal) return notUnderstood;
  return { kind: 'refused', status, code: code ?? `http_${status}`, requestId };
}

/** False for what a proxy or a sign-in page may have said as well. */
function isOfSystem({ kind }: Answer<unknown>): boolean {
  return kind === 'done' || kind === 'refused' || kind === 'denied';
}

function tellDate({ headers }: Response, { onDate }: JsonCallOptions): void {
  const atMs = Date.parse(headers.get('date') ?? '');
  if (!Number.isNaN(atMs)) onDate?.(atMs);
}

/** Its name for the call, for support; undefined where it gives none. */
function requestIdOf({ headers }: Response): string | undefined {
  const id = headers.get('request-id') ?? headers.get('x-request-id') ?? '';
  return /^[\w-]{1,100}$/.test(id) ? id : undefined;
}
