/** A start state whose parts do not fit together. Names the part and says why. */
export class StartStateError extends Error {
  readonly field: string;

  constructor(field: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : 'It cannot be applied.', { cause });
    this.name = 'StartStateError';
    this.field = field;
  }
}
