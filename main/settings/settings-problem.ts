/** Something in a file or the environment that a person must mend before the kiosk can sell. */
export class SettingsProblem extends Error {
  readonly kind: 'catalogue' | 'settings' | 'stripe_key';
  /** Name of the file; null for the environment. */
  readonly file: string | null;
  /** Where in the file, such as `categories[0].items[2].price`; null for the whole. */
  readonly field: string | null;

  /** `sentence` says what is wrong and what to do, for staff. */
  constructor(
    kind: SettingsProblem['kind'],
    where: { readonly file: string | null; readonly field: string | null },
    sentence: string,
  ) {
    super(sentence);
    this.name = 'SettingsProblem';
    this.kind = kind;
    this.file = where.file;
    this.field = where.field;
  }
}
