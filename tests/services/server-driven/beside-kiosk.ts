import type { CardSetup } from '../../../main/domain/card-setup.ts';
import {
  consentId,
  customerId,
  kioskId,
  refundId,
  type RefundId,
  type SetupId,
} from '../../../main/domain/ids.ts';
import type { CardDetails } from '../../../main/domain/payment-intent.ts';
import type { Refund } from '../../../main/domain/refund.ts';
import { aConsent, aMember } from '../../support/fakes/card-records.ts';
import type { Bench, KioskPlan, TestKiosk } from './bench.ts';

/** What people ask of a kiosk beside a sale, and what became of it on disk. */
export class BesideKiosk {
  readonly kiosk: TestKiosk;
  readonly #bench: Bench;
  readonly #name: string;
  #setupId: SetupId | null = null;
  #refundId: RefundId | null = null;
  #count = 0;

  constructor(bench: Bench, plan: KioskPlan = {}) {
    this.#bench = bench;
    this.#name = plan.name ?? 'a';
    this.kiosk = bench.kiosk(plan);
  }

  get setup(): CardSetup {
    const setup = this.#setupId === null ? null : this.kiosk.cardBook.findSetup(this.#setupId);
    if (setup === null) throw new Error('no card was to be kept');
    return setup;
  }

  get refund(): Refund {
    const refund =
      this.#refundId === null ? null : this.kiosk.refundBook.findRefund(this.#refundId);
    if (refund === null) throw new Error('nothing was to be given back');
    return refund;
  }

  /** What was called on readers for it, with how it was answered. */
  callsOf(owner: CardSetup['id'] | Refund['id']): readonly string[] {
    return this.kiosk.ledger
      .callsOf(owner)
      .filter(({ work }) => work.startsWith('reader.'))
      .map(({ work, outcome, code }) => `${work} ${code ?? outcome}`);
  }

  /** A member who stands at the kiosk agrees that a card is kept. */
  keepCard(): void {
    const { cardBook, beside } = this.kiosk;
    this.#count += 1;
    const number = String(this.#count).padStart(12, '0');
    const consent = aConsent(this.#count, {
      id: consentId(`consent_${this.#name}${number}`),
      kioskId: kioskId(`kiosk_${this.#name.repeat(12)}`),
    });
    const { memberKey } = consent;
    const setup = beside.cards.setups.start({ memberKey, consentId: consent.id }, () => {
      cardBook.saveMember(aMember('M-1', { customerId: customerId('cus_model') }), 0);
      cardBook.addConsent(consent);
    });
    this.#setupId = setup?.id ?? null;
  }

  /** A sale that an Interac card has paid, and that has left the screen. */
  async sell(): Promise<void> {
    const { kiosk } = this;
    await kiosk.buyUntilPrompted();
    this.#bench.reader.tap();
    await this.#bench.pass(10_000);
    const { paymentIntent } = kiosk.sale;
    if (paymentIntent === null) throw new Error('nothing was sold');
    this.#bench.intents.change(paymentIntent.id, { card: interac });
    kiosk.desk.look(kiosk.saleId);
    await this.#bench.pass(1_000);
    kiosk.checkout.dismiss(kiosk.saleId);
  }

  /** Staff ask for part of it to be given back. Minor units. */
  async giveBack(amount: number): Promise<void> {
    this.#count += 1;
    const requestId = `${this.#name}${String(this.#count).padStart(12, '0')}`;
    this.#refundId = refundId(`refund_${requestId}`);
    const asked = this.kiosk.beside.giving.refunds.ask({
      requestId,
      saleId: this.kiosk.saleId,
      amount,
      reason: 'requested_by_customer',
      by: 'Mara',
      why: 'the class was cancelled',
      proof: null,
    });
    const outcome = await asked;
    if (outcome.kind === 'refused') throw new Error(outcome.sentence);
  }
}

const interac: CardDetails = {
  brand: 'interac',
  last4: '0005',
  readMethod: null,
  applicationPreferredName: null,
  dedicatedFileName: null,
  authorizationCode: null,
  authorizationResponseCode: null,
  applicationCryptogram: null,
  terminalVerificationResults: null,
  transactionStatusInformation: null,
  cardholderVerificationMethod: null,
  accountType: null,
};
