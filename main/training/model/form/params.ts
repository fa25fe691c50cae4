import { invalidRequest, notModelled } from '../api-error.ts';
import type { FormMap, FormValue } from './form-value.ts';

/**
 * Reads a request's parameters one by one, each with Stripe's own refusal, and remembers which
 * were read: `done` refuses the rest as unknown.
 */
export class Params {
  readonly #values: FormMap;
  readonly #path: string;
  readonly #read = new Set<string>();

  constructor(values: FormMap, path = '') {
    this.#values = values;
    this.#path = path;
  }

  /** The parameter's full name, as Stripe writes it in `param`. */
  fullName(name: string): string {
    return this.#path === '' ? name : `${this.#path}[${name}]`;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** Text that is not empty. */
  text(name: string, lengthMax = 5000): string | undefined {
    const text = this.clearableText(name, lengthMax);
    if (text === null) {
      throw invalidRequest(
        `You passed an empty string for '${this.fullName(name)}'. We assume empty values are an attempt to unset a parameter; however '${this.fullName(name)}' cannot be unset. You should remove '${this.fullName(name)}' from your request or supply a non-empty value.`,
        { code: 'parameter_invalid_empty', param: this.fullName(name) },
      );
    }
    return text;
  }

  /** Text, or null when the client sent an empty value to clear the field. */
  clearableText(name: string, lengthMax = 5000): string | null | undefined {
    const value = this.#take(name);
    if (value === undefined) {
      return undefined;
    }
    if (typeof value !== 'string') {
      throw this.#invalid(name, 'string', 'object');
    }
    if (value.length > lengthMax) {
      throw invalidRequest(
        `Invalid string: must be at most ${lengthMax} characters, but it is ${value.length}.`,
        { code: 'parameter_invalid_string_length', param: this.fullName(name) },
      );
    }
    return value === '' ? null : value;
  }

  integer(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) {
      return undefined;
    }
    const number = Number(text);
    if (!/^[+-]?\d+$/.test(text) || !Number.isSafeInteger(number)) {
      throw this.#invalid(name, 'integer', text);
    }
    return number;
  }

  positiveInteger(name: string): number | undefined {
    const number = this.integer(name);
    if (number !== undefined && number < 1) {
      throw invalidRequest('This value must be greater than or equal to 1.', {
        code: 'parameter_invalid_integer',
        param: this.fullName(name),
      });
    }
    return number;
  }

  boolean(name: string): boolean | undefined {
    const text = this.text(name);
    if (text === undefined || text === 'true' || text === 'false') {
      return text === undefined ? undefined : text === 'true';
    }
    throw this.#invalid(name, 'boolean', text);
  }

  /** Text that is one of a closed list. */
  oneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const text = this.text(name);
    const value = values.find((candidate) => candidate === text);
    if (text !== undefined && value === undefined) {
      throw invalidRequest(`Invalid ${this.fullName(name)}: must be one of ${values.join(', ')}`, {
        param: this.fullName(name),
      });
    }
    return value;
  }

  /** A list of texts, with or without indexes. */
  texts(name: string): readonly string[] | undefined {
    const value = this.#take(name);
    if (value === undefined) {
      return undefined;
    }
    if (typeof value === 'string') {
      if (value === '') {
        return [];
      }
      throw this.#invalid(name, 'array', value);
    }
    return [...value].map(([index, item]) => {
      if (!/^\d+$/.test(index) || typeof item !== 'string') {
        throw this.#invalid(name, 'array', 'object');
      }
      return item;
    });
  }

  /** A group of parameters, to be read and finished by itself. */
  group(name: string): Params | undefined {
    const value = this.#take(name);
    if (typeof value === 'string') {
      throw this.#invalid(name, 'object', value);
    }
    return value === undefined ? undefined : new Params(value, this.fullName(name));
  }

  /** The raw members of a group, or an empty text. */
  members(name: string): FormValue | undefined {
    return this.#take(name);
  }

  required<Value>(name: string, value: Value | undefined): Value {
    if (value === undefined) {
      throw invalidRequest(`Missing required param: ${this.fullName(name)}.`, {
        code: 'parameter_missing',
        param: this.fullName(name),
      });
    }
    return value;
  }

  /** Refuses parameters that Stripe knows and the model does not. */
  refuseUnmodelled(names: readonly string[]): void {
    const sent = names.find((name) => this.has(name));
    if (sent !== undefined) {
      throw notModelled(`the parameter ${this.fullName(sent)}`, this.fullName(sent));
    }
  }

  /** Ends the reading: refuses every parameter nobody asked for. */
  done(): void {
    const unknown = [...this.#values.keys()]
      .filter((name) => !this.#read.has(name))
      .map((name) => this.fullName(name));
    const [first] = unknown;
    if (first !== undefined) {
      throw invalidRequest(
        `Received unknown parameter${unknown.length > 1 ? 's' : ''}: ${unknown.join(', ')}`,
        { code: 'parameter_unknown', param: first },
      );
    }
  }

  #take(name: string): FormValue | undefined {
    this.#read.add(name);
    return this.#values.get(name);
  }

  #invalid(name: string, kind: string, text: string): Error {
    const code = kind === 'integer' ? { code: 'parameter_invalid_integer' } : {};
    return invalidRequest(`Invalid ${kind}: ${text}`, { ...code, param: this.fullName(name) });
  }
}
