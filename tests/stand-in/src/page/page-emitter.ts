type Listener = (...args: unknown[]) => void;

/** The part of Node's `events` that Electron gives a sandboxed preload script. */
export class EventEmitter {
  private readonly listenersOf = new Map<string, { listener: Listener; once: boolean }[]>();

  on(event: string, listener: Listener): this {
    return this.add(event, listener, false);
  }

  addListener(event: string, listener: Listener): this {
    return this.add(event, listener, false);
  }

  once(event: string, listener: Listener): this {
    return this.add(event, listener, true);
  }

  off(event: string, listener: Listener): this {
    return this.removeListener(event, listener);
  }

  removeListener(event: string, listener: Listener): this {
    const known = this.listenersOf.get(event) ?? [];
    const at = known.findLastIndex((entry) => entry.listener === listener);
    this.listenersOf.set(
      event,
      known.filter((_entry, index) => index !== at),
    );
    return this;
  }

  removeAllListeners(event?: string): this {
    if (event === undefined) this.listenersOf.clear();
    else this.listenersOf.delete(event);
    return this;
  }

  listenerCount(event: string): number {
    return this.listenersOf.get(event)?.length ?? 0;
  }

  emit(event: string, ...args: unknown[]): boolean {
    const known = [...(this.listenersOf.get(event) ?? [])];
    for (const entry of known) {
      if (entry.once) this.removeListener(event, entry.listener);
      entry.listener.apply(this, args);
    }
    return known.length > 0;
  }

  private add(event: string, listener: Listener, once: boolean): this {
    this.listenersOf.set(event, [...(this.listenersOf.get(event) ?? []), { listener, once }]);
    return this;
  }
}
