/** Chance that a seed decides: the same numbers give the same stream. A splitmix of 32 bits. */
export class Chance {
  #state: number;

  constructor(...numbers: readonly number[]) {
    this.#state = mixed(numbers);
  }

  /** From 0 up to, not including, 1. */
  unit(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    return finished(this.#state) / 4_294_967_296;
  }

  happens(probability: number): boolean {
    return this.unit() < probability;
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.unit() * (most - least + 1));
  }

  pick<Value>(values: readonly Value[]): Value {
    const value = values[Math.floor(this.unit() * values.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  }
}

/** One draw that depends on these numbers and on nothing else: taking a fault away does not shuffle the rest. */
export function drawnUnit(...numbers: readonly number[]): number {
  return finished(mixed(numbers)) / 4_294_967_296;
}

function mixed(numbers: readonly number[]): number {
  let state = 0x243f6a88;
  for (const number of numbers) {
    state = finished((state ^ (number | 0)) + 0x9e3779b9);
  }
  return state;
}

function finished(value: number): number {
  let mix = value | 0;
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}
