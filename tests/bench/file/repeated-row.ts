export type Value = string | number | null;
export type Row = Record<string, Value>;

/** Makes a row again with these words in the place of the former ones, every time in it moved by this much. */
export type Repeat<Kind extends Row> = (words: readonly string[], byMs: number) => Kind;

type Column = (words: readonly string[], byMs: number) => Value;

/** `former` are the words that differ from row to row. Where they stand is looked up once. */
export function repeated<Kind extends Row>(row: Kind, former: readonly string[]): Repeat<Kind> {
  const pattern = new RegExp(`(${former.join('|')})`);
  const columns = Object.entries(row).map(
    ([name, value]) => [name, columnOf(name, value, former, pattern)] as const,
  );
  return (words, byMs) => {
    const result: Row = {};
    for (const [name, column] of columns) result[name] = column(words, byMs);
    return result as Kind;
  };
}

function columnOf(name: string, value: Value, former: readonly string[], pattern: RegExp): Column {
  if (typeof value === 'number') {
    const isTime = name.endsWith('_ms') && name !== 'duration_ms';
    return isTime ? (_words, byMs) => value + byMs : () => value;
  }
  if (value === null || !pattern.test(value)) return () => value;
  const pieces = value.split(pattern);
  const places = pieces.map((piece) => former.indexOf(piece));
  return (words) => {
    let text = '';
    for (let at = 0; at < pieces.length; at += 1) {
      text += words[places[at] ?? -1] ?? pieces[at] ?? '';
    }
    return text;
  };
}
