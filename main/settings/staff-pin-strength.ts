const upwards = '01234567890';
const downwards = '09876543210';

/**
 * Why this PIN may not be used, as a sentence for staff; null when it may. Refuses what is not 4 to 12 digits, and
 * what is tried first: one digit again and again, a straight run (0 may stand before 1 or after 9, as on the keys),
 * and a short part repeated.
 */
export function weaknessOf(pin: string): string | null {
  if (!/^[0-9]+$/.test(pin)) return 'A PIN has digits only.';
  if (pin.length < 4) return 'This PIN is too short. Use at least 4 digits.';
  if (pin.length > 12) return 'This PIN is too long. Use at most 12 digits.';
  if (/^(\d)\1+$/.test(pin)) return 'This PIN is one digit again and again. Mix the digits.';
  if (isRun(pin)) return 'These digits stand in a row. Mix the digits.';
  if (/^(\d{2,6})\1+$/.test(pin)) return 'This PIN repeats itself. Mix the digits.';
  return null;
}

function isRun(pin: string): boolean {
  return [upwards, downwards].some((row) =>
    Array.from(pin).every(
      (digit, index) => index === 0 || row.includes(`${pin.charAt(index - 1)}${digit}`),
    ),
  );
}
