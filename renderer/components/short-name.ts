/** A member's name as a public screen shows it: the first name whole, the last name by its letter, such as `Ada L.` */
export function shortName(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== '');
  const first = words[0] ?? '';
  const initial = Array.from(words.length > 1 ? (words.at(-1) ?? '') : '')[0];
  return initial === undefined ? first : `${first} ${initial}.`;
}
