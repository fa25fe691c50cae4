import type { PlatformOrder } from './platform-order.ts';

/** What the code of a platform's order says: scanned, typed by staff, or opened as a link. */
export interface OrderCode {
  readonly order: PlatformOrder;
  /** What the order costs altogether, minor units; null where the code does not say. */
  readonly total: number | null;
  /** What it is for, to be shown; null where the code does not say. */
  readonly title: string | null;
}

/** A platform's id: no space and nothing that could leave a URL's path or a JSON text. */
const idPattern = /^[A-Za-z0-9_-]{1,64}$/;
const amountPattern = /^\d{1,8}$/;
const known: ReadonlySet<string> = new Set(['id', 'total', 'balance', 'user', 'partner', 'title']);
const titleMax = 80;

/**
 * Control signs, half a surrogate pair, and what ends a line or turns the direction of the text around it: no screen or
 * reader can show them as the words of a title.
 */
const unshowable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

/**
 * Reads an order's code: a bare id, or `foyer:order?id=…` with, in any order, `total` and `balance` (whole numbers of
 * minor units), `user`, `partner` and `title`. The same with `foyer://order?…` is a link. Null for what is none of
 * these: an unknown word, a word twice, an amount that is no whole number. A title is cut to 80 characters.
 */
export function parseOrderCode(text: string): OrderCode | null {
  const code = text.trim();
  if (idPattern.test(code)) return { order: bare(code), total: null, title: null };
  const query = /^foyer:(?:\/\/)?order\/?\?(.{1,400})$/i.exec(code)?.[1];
  return query === undefined ? null : ofQuery(query);
}

function bare(id: string): PlatformOrder {
  return { id, fromBalance: 0, balance: 0, userId: null, partnerId: null };
}

function ofQuery(query: string): OrderCode | null {
  const words = new Map<string, string>();
  for (const part of query.split('&')) {
    const at = part.indexOf('=');
    const name = part.slice(0, Math.max(0, at));
    const value = decoded(part.slice(at + 1));
    if (!known.has(name) || words.has(name) || value === null) return null;
    words.set(name, value);
  }
  const id = words.get('id');
  const userId = words.get('user') ?? null;
  const partnerId = words.get('partner') ?? null;
  const ids = [id ?? '', ...[userId, partnerId].filter((each) => each !== null)];
  if (!ids.every((each) => idPattern.test(each)) || id === undefined) return null;

  const total = amountOf(words.get('total'));
  const balance = amountOf(words.get('balance'));
  if (total === undefined || balance === undefined || total === 0) return null;
  const title = cut(words.get('title') ?? '');
  return {
    order: { id, fromBalance: 0, balance: balance ?? 0, userId, partnerId },
    total,
    title: title === '' ? null : title,
  };
}

/** Between whole characters: half of one could be sent to no reader. */
function cut(title: string): string {
  return Array.from(title.trim()).slice(0, titleMax).join('').trimEnd();
}

/** Null where nothing is said; undefined for what is no amount. */
function amountOf(text: string | undefined): number | null | undefined {
  if (text === undefined) return null;
  return amountPattern.test(text) ? Number(text) : undefined;
}

/** Percent signs and plusses as in a query; null for a broken one, and for what can't be shown. */
function decoded(text: string): string | null {
  try {
    const value = decodeURIComponent(text.replaceAll('+', ' '));
    return unshowable.test(value) ? null : value;
  } catch {
    return null;
  }
}
