import fc from 'fast-check';

const letters = (min: number, max: number): fc.Arbitrary<string> =>
  fc.stringMatching(new RegExp(`^[0-9A-Za-z]{${min},${max}}$`));

/** A secret, and the part of it that must never be read anywhere. */
export interface Secret {
  readonly text: string;
  readonly part: string;
}

const whole = (text: string): Secret => ({ text, part: text });

/** Text with the shape of every secret that passes through a kiosk. */
export const someSecret: fc.Arbitrary<Secret> = fc.oneof(
  fc
    .tuple(fc.constantFrom('sk', 'rk'), fc.constantFrom('live', 'test'), letters(10, 40))
    .map(([kind, mode, tail]) => ({ text: `${kind}_${mode}_${tail}`, part: tail })),
  letters(10, 40).map((tail) => ({ text: `pst_test_${tail}`, part: tail })),
  letters(10, 40).map((tail) => ({ text: `whsec_${tail}`, part: tail })),
  fc
    .tuple(fc.constantFrom('pi', 'seti'), letters(10, 24), letters(12, 30))
    // The id is no secret and is kept: it must not happen to be the secret’s own beginning.
    .filter(([, id, tail]) => !id.includes(tail.slice(0, 12)))
    .map(([kind, id, tail]) => ({ text: `${kind}_${id}_secret_${tail}`, part: tail })),
  fc
    .stringMatching(/^[a-z]{4,10}\.[a-z]{4,10}$/)
    .map((name) => ({ text: `${name}@example.com`, part: name })),
  fc.stringMatching(/^[3-6][0-9]{15}$/).map(whole),
  fc
    .stringMatching(/^[3-6][0-9]{15}$/)
    .map((digits) => whole(digits.replace(/(.{4})(?=.)/g, '$1 '))),
);
