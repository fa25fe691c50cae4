/** A request as a platform's model takes it, whatever carried it. */
export interface PlatformRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Without the question mark; empty for none. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** A model's answer; an empty body is none at all. */
export interface PlatformReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a refusal says besides its status. A document that promises no body allows all three. */
export type RefusalBody = 'none' | 'html' | 'json';

/** A PaymentIntent a platform made by itself. */
export interface MadePaymentIntent {
  readonly id: string;
  /** What it was made for: a cart, a transaction id or an order. */
  readonly order: string;
}

/** What can be put behind a proof server and its faults. */
export interface PlatformModel {
  handle(request: PlatformRequest): Promise<PlatformReply>;
  /** A refusal in the platform's own shape, as a fault of the bench gives it. */
  refusal(status: number, message: string): PlatformReply;
}

/** A platform as its document describes it. */
export interface SellingPlatformModel extends PlatformModel {
  /** Every PaymentIntent it made; two of one order are what a kiosk must never cause. */
  made(): readonly MadePaymentIntent[];
}

/** An answer that carries a JSON body. */
export function jsonReply(
  status: number,
  body: unknown,
  contentType = 'application/json',
): PlatformReply {
  return { status, headers: { 'content-type': contentType }, body: JSON.stringify(body) };
}

/** An answer without a body. */
export function emptyReply(status: number): PlatformReply {
  return { status, headers: {}, body: '' };
}

/** A page for people, as a proxy or a sign-in gate puts it in the platform's place. */
export function htmlReply(status: number): PlatformReply {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><title>${status}</title><h1>Something is in the way</h1>`,
  };
}
