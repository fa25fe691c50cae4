/**
 * The second net under every text that is logged, before it becomes JSON, whose escapes would hide what follows
 * them: whatever looks like a secret or a person's address is replaced, should
 * it ever pass the allow-list of fields. Also replaces runs of digits that could be a card number.
 */
const nets: readonly (readonly [RegExp, string])[] = [
  [/(?:sk|rk|pk)_(?:live|test)_[0-9A-Za-z]+/g, '[key]'],
  [/(?:whsec|pst)_[0-9A-Za-z_]+/g, '[token]'],
  [/((?:pi|seti)_[0-9A-Za-z]+)_secret_[0-9A-Za-z]+/g, '$1_[secret]'],
  // It begins only where a word begins: else a long word without an @ is gone through once per letter of it.
  [/(?<![^\s"'<>@])[^\s"'<>@]+@[^\s"'<>@]+\.[^\s"'<>@.]+/g, '[e-mail]'],
  [/(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g, '[digits]'],
];

/** The text with whatever looks secret replaced. Takes time in proportion to the text's length. */
export function redact(text: string): string {
  return nets.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}
