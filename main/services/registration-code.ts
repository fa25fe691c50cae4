const word = /^[a-z]{2,30}$/;
/** Stripe's codes for readers that exist only in test mode. */
const simulated = /^simulated-[a-z0-9]{2,20}$/;

/**
 * The code that a reader shows, as Stripe wants it: `Sepia  Cerulean, Aqua` is `sepia-cerulean-aqua`. Null for what is
 * neither three words nor a `simulated-…` code of test mode.
 */
export function registrationCode(typed: string): string | null {
  const words = typed
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '');
  const code = words.join('-');
  if (simulated.test(code)) return code;
  return words.length === 3 && words.every((part) => word.test(part)) ? code : null;
}
