import type { Envelope, Refusal } from '../../preload/contract/envelope.ts';

const faultOfOurs: Refusal = { code: 'internal', messageKey: 'internal', retryable: true };

/**
 * One customer's questions to main, one at a time. A refusal is kept for the screen to say; what
 * was achieved is told by the next snapshot.
 */
export class Asking {
  #waiting = $state(false);
  #refusal = $state.raw<Refusal | null>(null);

  /** True from a tap until main has answered; a second tap meanwhile does nothing. */
  get waiting(): boolean {
    return this.#waiting;
  }

  /** Why the last question was not answered. */
  get refusal(): Refusal | null {
    return this.#refusal;
  }

  /** A new screen does not repeat the old one's refusal. */
  forget(): void {
    this.#refusal = null;
  }

  /** True when main did it. */
  async done(ask: () => Promise<Envelope<unknown>>): Promise<boolean> {
    return (await this.answer(ask)) !== null;
  }

  /** Main's answer; null when it was refused, lost, or not asked because another is on its way. */
  async answer<Value>(
    ask: () => Promise<Envelope<Value>>,
  ): Promise<{ readonly value: Value } | null> {
    if (this.#waiting) return null;
    this.#waiting = true;
    this.#refusal = null;
    try {
      const envelope = await ask();
      if (envelope.ok) return { value: envelope.value };
      this.#refusal = envelope.error;
      return null;
    } catch {
      this.#refusal = faultOfOurs;
      return null;
    } finally {
      this.#waiting = false;
    }
  }
}
