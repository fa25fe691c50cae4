/** The longest that SMTP can carry: https://www.rfc-editor.org/errata/eid1690 */
const lengthMax = 254;

/**
 * Whether this is one bare address. Stricter than the standard: no quotes, comments, lists, address literals or control
 * characters, so that nothing but one receiver can be in it. Letters of any script are taken.
 */
export function isMailAddress(text: string): boolean {
  return (
    text.length <= lengthMax && /^[^\s\p{C}@<>()[\]\\,;:"]+@[^\s\p{C}@<>()[\]\\,;:"]+$/u.test(text)
  );
}
