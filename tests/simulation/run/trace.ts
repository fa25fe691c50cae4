/** What happened, a line each, in true time since the seed began. Costs nothing when nobody keeps it. */
export class Trace {
  readonly #lines: string[] | null;
  readonly #elapsedMs: () => number;

  constructor(isKept: boolean, elapsedMs: () => number) {
    this.#lines = isKept ? [] : null;
    this.#elapsedMs = elapsedMs;
  }

  get isKept(): boolean {
    return this.#lines !== null;
  }

  add(what: string): void {
    this.#lines?.push(`${String(this.#elapsedMs()).padStart(10)} ${what}`);
  }

  get lines(): readonly string[] {
    return this.#lines ?? [];
  }
}
