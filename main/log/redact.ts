/**
 * The second net under every log line: whatever looks like a secret or a person's address is replaced, should
 * it ever pass the allow-list of fields. Also replaces runs of digits that could be a card number.
 */
const nets: readonly (readonly [RegExp, string])[] = [
  [/\b(?:sk|rk|pk)_(?:live|test)_[0-9A-Za-z]+/g, '[key]'],
  [/\b(?:whsec|pst)_[0-9A-Za-z_]+/g, '[token]'],
  [/\b((?:pi|seti)_[0-9A-Za-z]+)_secret_[0-9A-Za-z]+/g, '$1_[secret]'],
  [/[^\s"'<>@]+@[^\s"'<>@]+\.[^\s"'<>@.]+/g, '[e-mail]'],
  [/\b\d(?:[ -]?\d){12,18}\b/g, '[digits]'],
];

export function redact(line: string): string {
  return nets.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line);
}
