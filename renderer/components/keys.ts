/** One key of the drawn keyboard. */
export interface Key {
  /** What it types; several letters for a whole ending. */
  readonly types: string;
  /** How many columns it takes. */
  readonly span: number;
}

function row(letters: string): readonly Key[] {
  return Array.from(letters, (letter) => ({ types: letter, span: 1 }));
}

/** Ten columns in the order hands know; for panels wide enough for whole targets. */
export const wideRows: readonly (readonly Key[])[] = [
  row('1234567890'),
  row('qwertyuiop'),
  row('asdfghjkl-'),
  row('zxcvbnm._+'),
];

/** Six columns in the order of the alphabet, since ten would be narrower than a finger. */
export const compactLetters: readonly Key[] = row('abcdefghijklmnopqrstuvwxyz');

/** The compact keyboard's second side. */
export const compactSigns: readonly Key[] = row("1234567890-_+'");
