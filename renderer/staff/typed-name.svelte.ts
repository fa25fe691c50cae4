/** The name of whoever acted last behind this door, so that it is typed once. */
export class TypedName {
  #value = $state('');

  get value(): string {
    return this.#value;
  }

  keep(name: string): void {
    this.#value = name.trim();
  }

  /** The next person behind the door types their own. */
  forget(): void {
    this.#value = '';
  }
}
