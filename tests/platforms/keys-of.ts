/** Every path to a value in parsed JSON, so that two bodies can be compared key by key, whatever they hold. */
export function keysOf(value: unknown, at = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => keysOf(item, `${at}[]`));
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value)
    .flatMap(([name, held]) => keysOf(held, `${at}.${name}`))
    .sort();
}
