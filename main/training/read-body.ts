import type { IncomingMessage } from 'node:http';

/** No form a kiosk sends comes near this. */
export const bodyBytesMax = 256 * 1024;

/** Reads a request's body as text. Returns null, and drops the rest, when it is too large. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size <= bodyBytesMax) {
      chunks.push(bytes);
    }
  }
  return size > bodyBytesMax ? null : Buffer.concat(chunks).toString('utf8');
}
