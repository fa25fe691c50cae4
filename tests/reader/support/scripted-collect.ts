import type { ISdkManagedPaymentIntent } from '@stripe/terminal-js';

/** What the SDK hands over for a card, or `{error}`; each collect has a form of its own. */
type Result = Readonly<Record<string, unknown>>;

/**
 * The collect of a scripted Terminal: it begins, shows its prompt, and ends by a card, a refusal or a cancel. A
 * cancel before the prompt is refused and lost, as in Stripe's SDK.
 */
export class ScriptedCollect {
  /** Milliseconds from the call to the prompt. */
  promptAfterMs = 0;
  /** True when the SDK answers a cancel and the collect goes on regardless. */
  ignoresCancel = false;
  /** True when the SDK says nothing of its prompt. */
  isSilentOfPrompt = false;
  onPaymentStatus: (status: string) => void = () => undefined;
  #end: ((result: Result) => void) | null = null;
  #isActive = false;
  #count = 0;

  begin(): Promise<Result> {
    return new Promise((resolve) => {
      this.#end = (result) => {
        this.#end = null;
        this.#isActive = false;
        this.onPaymentStatus('ready');
        resolve(result);
      };
      if (this.promptAfterMs === 0) this.#showPrompt();
      else setTimeout(() => this.#showPrompt(), this.promptAfterMs);
    });
  }

  /** A card is presented. Returns the object the SDK hands over for it. */
  present(): ISdkManagedPaymentIntent {
    this.#count += 1;
    const paymentIntent = { id: `pi_${this.#count}` } as ISdkManagedPaymentIntent;
    this.#finish({ paymentIntent });
    return paymentIntent;
  }

  /** A card is presented for what is no payment. `result` is what the SDK hands over. */
  hand<Handed extends Result>(result: Handed): Handed {
    this.#finish(result);
    return result;
  }

  /** The collect ends by an error of the SDK's. */
  fail(code: unknown): void {
    this.#finish({ error: { code, message: 'refused by the script' } });
  }

  cancel(): Promise<object> {
    if (!this.#isActive) {
      const error = { code: 'no_active_collect_payment_method_attempt', message: 'too early' };
      return Promise.resolve({ error });
    }
    if (!this.ignoresCancel) this.fail('canceled');
    return Promise.resolve({});
  }

  #showPrompt(): void {
    if (this.#end === null) return;
    this.#isActive = true;
    if (!this.isSilentOfPrompt) this.onPaymentStatus('waiting_for_input');
  }

  #finish(result: Result): void {
    if (this.#end === null) throw new Error('nothing is being collected');
    this.#end(result);
  }
}
