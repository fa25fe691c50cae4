import { unprocessable } from './refused.ts';

/**
 * Reads a JSON object field by field, each as its document types it, and remembers which were read: `done` refuses the
 * rest. Everything refused is a 422 that points at the field.
 */
export class Fields {
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #pointer: string;
  readonly #read = new Set<string>();

  private constructor(value: object, pointer: string) {
    this.#values = new Map(Object.entries(value));
    this.#pointer = pointer;
  }

  /** Refuses what is not an object. */
  static of(value: unknown, pointer = ''): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw unprocessable('must be an object', pointer);
    }
    return new Fields(value, pointer);
  }

  /** Refuses a text that is no JSON object. */
  static parse(text: string): Fields {
    try {
      return Fields.of(JSON.parse(text) as unknown);
    } catch (error) {
      if (error instanceof SyntaxError) throw unprocessable('the body is not JSON');
      throw error;
    }
  }

  /** Text that is not empty. */
  text(name: string): string {
    const text = this.optionalText(name);
    if (text === null) throw this.#wrong(name, 'is missing');
    return text;
  }

  /** Null when the field is left out or null. */
  optionalText(name: string): string | null {
    const value = this.take(name);
    if (value === undefined || value === null) return null;
    if (typeof value !== 'string' || value === '') throw this.#wrong(name, 'must be a text');
    return value;
  }

  /** An id: text by the schemas, but a whole number in some of the examples. */
  id(name: string): string {
    const id = this.optionalId(name);
    if (id === null) throw this.#wrong(name, 'is missing');
    return id;
  }

  optionalId(name: string): string | null {
    const value = this.take(name);
    if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
    if (value === undefined || value === null) return null;
    if (typeof value !== 'string' || value === '') throw this.#wrong(name, 'must be an id');
    return value;
  }

  number(name: string): number {
    const value = this.take(name);
    if (value === undefined || value === null) throw this.#wrong(name, 'is missing');
    if (typeof value !== 'number') throw this.#wrong(name, 'must be a number');
    return value;
  }

  /** One of a closed list; null when it is left out. */
  optionalOneOf<Value extends string>(name: string, values: readonly Value[]): Value | null {
    const text = this.optionalText(name);
    const value = values.find((candidate) => candidate === text) ?? null;
    if (text !== null && value === null) throw this.#wrong(name, `is none of ${values.join(', ')}`);
    return value;
  }

  object(name: string): Fields {
    return Fields.of(this.take(name), this.pointerTo(name));
  }

  optionalObject(name: string): Fields | null {
    const value = this.take(name);
    return value === undefined || value === null ? null : Fields.of(value, this.pointerTo(name));
  }

  /** The raw value; undefined when it is left out. */
  take(name: string): unknown {
    this.#read.add(name);
    return this.#values.get(name);
  }

  /** Ends the reading: refuses every field the document does not name. */
  done(): void {
    const unknown = [...this.#values.keys()].find((name) => !this.#read.has(name));
    if (unknown !== undefined) throw this.#wrong(unknown, 'is not known');
  }

  pointerTo(name: string): string {
    return `${this.#pointer}/${name}`;
  }

  #wrong(name: string, what: string): Error {
    return unprocessable(`${name} ${what}`, this.pointerTo(name));
  }
}
