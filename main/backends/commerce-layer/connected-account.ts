import type { Answer, LivePaymentIntent, PaymentAbout } from '../../ports/payments-api.ts';

/**
 * On which Stripe account an organization's payments are: the one of the companion key, or one that is connected to
 * it, which only Commerce Layer's records name. Kept in memory: after a start it is told again by the sales that are
 * still open.
 */
export class ConnectedAccount {
  #account: string | undefined;

  /** With the account where it is known beforehand. */
  constructor(known?: string) {
    this.#account = known;
  }

  /** Takes note of the account that a record or a sale names. */
  learn(account: string | undefined): void {
    this.#account = account ?? this.#account;
  }

  /** That of this payment, as it was last read; of one that was not read yet, and of no payment, the one known. */
  of(about?: PaymentAbout): string | undefined {
    const last = about?.last ?? null;
    if (last === null) return this.#account;
    this.learn(last.account);
    return last.account;
  }
}

/** The same answer, with the account that the PaymentIntent is on. */
export function onAccount(
  answer: Answer<LivePaymentIntent>,
  account: string | undefined,
): Answer<LivePaymentIntent> {
  if (answer.kind !== 'done' || account === undefined) return answer;
  const { paymentIntent, clientSecret } = answer.value;
  return { ...answer, value: { paymentIntent: { ...paymentIntent, account }, clientSecret } };
}
