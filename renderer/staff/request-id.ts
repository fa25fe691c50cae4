/**
 * The name of one form's request: nine characters of time and twelve of chance, as main's own ids have. It is made
 * once for each form, so that what is sent twice is done once.
 */
export function newRequestId(nowMs: number): string {
  const chance = crypto.getRandomValues(new Uint32Array(12));
  const letters = Array.from(chance, (one) => (one % 36).toString(36)).join('');
  return `${nowMs.toString(36).padStart(9, '0')}${letters}`;
}
