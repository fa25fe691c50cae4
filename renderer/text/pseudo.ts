const accented: Readonly<Record<string, string>> = {
  a: 'å',
  c: 'ç',
  e: 'é',
  g: 'ĝ',
  i: 'î',
  k: 'ķ',
  l: 'ļ',
  n: 'ñ',
  o: 'ö',
  r: 'ŕ',
  s: 'š',
  t: 'ţ',
  u: 'û',
  w: 'ŵ',
  y: 'ý',
  z: 'ž',
  A: 'Å',
  C: 'Ç',
  E: 'É',
  I: 'Î',
  N: 'Ñ',
  O: 'Ö',
  S: 'Š',
  T: 'Ţ',
  U: 'Û',
  W: 'Ŵ',
  Y: 'Ý',
};

const filler = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/**
 * The pseudo-locale's form of a sentence: accents, at least forty per cent more letters, and
 * brackets, so that a word that skipped the text table or does not fit is seen at once. Gaps such
 * as `{name}` stay as they are.
 */
export function pseudo(sentence: string): string {
  const wanted = Math.ceil(sentence.length * 0.4);
  let extra = '';
  for (let index = 0; extra.length < wanted; index += 1) {
    extra += ` ${filler[index % filler.length] ?? ''}`;
  }
  const letters = sentence.replaceAll(/\{\w+\}|\p{L}/gu, (piece) => accented[piece] ?? piece);
  return `[${letters}${extra.slice(0, Math.max(wanted, 2)).trimEnd()}]`;
}
