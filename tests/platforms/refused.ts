/** A platform's refusal, thrown anywhere inside its model and turned into a reply in one place. */
export class Refused extends Error {
  readonly status: number;
  /** The part of the body that is at fault, as a JSON pointer; null where no part is. */
  readonly pointer: string | null;

  constructor(status: number, message: string, pointer: string | null = null) {
    super(message);
    this.name = 'Refused';
    this.status = status;
    this.pointer = pointer;
  }
}

/** The refusal of a request that was understood and is wrong. */
export function unprocessable(message: string, pointer: string | null = null): Refused {
  return new Refused(422, message, pointer);
}
