/** As many as one kiosk has in hand at a time, several times over. */
const keysMax = 50;

/** The publishable key that goes with each client secret: a system may sell for several accounts. In memory only. */
export class PublishableKeys {
  readonly #keys = new Map<string, string>();

  keep(id: string, publishableKey: string): void {
    this.#keys.delete(id);
    this.#keys.set(id, publishableKey);
    const [oldest] = this.#keys.keys();
    if (this.#keys.size > keysMax && oldest !== undefined) this.#keys.delete(oldest);
  }

  /** Null for one that was made before this start of the kiosk: nobody has its secret any more either. */
  of(id: string): string | null {
    return this.#keys.get(id) ?? null;
  }
}
