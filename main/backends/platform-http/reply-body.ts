/** What stood in a reply: JSON that was read to its end, nothing (204), or something that is none of these. */
export type ReplyBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'none' }
  | { readonly kind: 'other' };

/** No reply of a platform comes near it. Bytes. */
const bytesMax = 1_048_576;
const jsonType = /^application\/(?:[a-z0-9.+-]+\+)?json\s*(?:;|$)/i;

/**
 * Reads a body to its end, at most 1 MB of it. `other` is what calls itself something else than JSON (a sign-in page),
 * what is no JSON after all, and what was cut off.
 */
export async function replyBody(response: Response): Promise<ReplyBody> {
  if (response.status === 204) return { kind: 'none' };
  const isJson = jsonType.test(response.headers.get('content-type') ?? '');
  const text = await textOf(response);
  if (text === '' && !isJson) return { kind: 'none' };
  if (text === null || !isJson) return { kind: 'other' };
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'other' };
    throw error;
  }
}

/** Null for a body that is too long, cut off, or no text. */
async function textOf({ body }: Response): Promise<string | null> {
  if (body === null) return '';
  const chunks: AsyncIterable<Uint8Array> = body;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      bytes += chunk.byteLength;
      // Leaving the loop tells the other side that the rest is not wanted.
      if (bytes > bytesMax) return null;
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    // The connection broke, or the limit of time ran out: the status is known, and what it came with is not.
    if (error instanceof TypeError || error instanceof DOMException) return null;
    throw error;
  }
}
