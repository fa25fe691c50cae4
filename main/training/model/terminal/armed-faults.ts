interface Armed<Fault> {
  readonly fault: Fault;
  /** Which reader meets it; null for the first that comes along. */
  readonly reader: string | null;
}

/** Mishaps that wait for the next command they fit, in the order they were armed. Each happens once. */
export class ArmedFaults<Fault extends { readonly kind: string }> {
  #armed: readonly Armed<Fault>[] = [];

  /** Arms a mishap for one reader, or for any. */
  arm(fault: Fault, reader: string | null = null): void {
    this.#armed = [...this.#armed, { fault, reader }];
  }

  /** Takes the first armed mishap of these kinds that fits the reader, if there is one. */
  take<Kind extends Fault['kind']>(
    reader: string | null,
    kinds: readonly Kind[],
  ): Extract<Fault, { readonly kind: Kind }> | undefined {
    const isWanted = (fault: Fault): fault is Extract<Fault, { readonly kind: Kind }> =>
      kinds.some((kind) => kind === fault.kind);
    for (const armed of this.#armed) {
      const { fault } = armed;
      if ((armed.reader === null || armed.reader === reader) && isWanted(fault)) {
        this.#armed = this.#armed.filter((other) => other !== armed);
        return fault;
      }
    }
    return undefined;
  }

  /** Calls off what one reader would meet, or everything. */
  disarm(reader: string | null = null): void {
    this.#armed = reader === null ? [] : this.#armed.filter((armed) => armed.reader !== reader);
  }
}
