/** A letter of ours, taken apart as a mail program does: its header lines, unfolded, and its words. */
export function readLetter(raw: string): { readonly headers: string; readonly words: string } {
  const end = raw.indexOf('\r\n\r\n');
  const headers = raw.slice(0, end).replaceAll(/\r\n[ \t]/g, ' ');
  return { headers, words: quotedPrintable(raw.slice(end + 4)) };
}

/** The value of the one header line of this name; throws when there is none, or more than one. */
export function headerOf(raw: string, name: string): string {
  const lines = readLetter(raw).headers.split('\r\n');
  const found = lines.filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  if (found.length !== 1) throw new Error(`${String(found.length)} headers are named ${name}`);
  return found[0]!.slice(name.length + 1).trim();
}

/** https://www.rfc-editor.org/rfc/rfc2045#section-6.7 */
function quotedPrintable(body: string): string {
  const bytes = body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n');
}
