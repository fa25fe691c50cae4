import { type KioskId, kioskId } from '../../../main/domain/ids.ts';
import type { takings } from '../plan/reader-fault.ts';
import { isLive, type Slot } from '../stripe/reader-slot.ts';
import type { ModelReader } from '../stripe/model-reader.ts';
import type { PaymentIntents } from '../stripe/payment-intents.ts';
import type { Agenda } from '../time/agenda.ts';

export interface OtherTillParts {
  readonly agenda: Agenda;
  readonly intents: PaymentIntents;
}

const chargeTakesMs = 1_500;

/** Somebody else's till at the same reader: it looks at nothing and asks for what it wants. */
export class OtherTill {
  readonly id: KioskId = kioskId('kiosk_0mi1kqbas00other00000002');
  readonly #parts: OtherTillParts;

  constructor(parts: OtherTillParts) {
    this.#parts = parts;
  }

  /** Takes the reader; its own customer pays after `forMs`. False when the reader refused. */
  take(reader: ModelReader, how: (typeof takings)[number], forMs: number): boolean {
    switch (how) {
      case 'prompt':
        return this.#prompt(reader, forMs);
      case 'display':
        return reader.display(this.id).status === 200;
      case 'cleared':
        return reader.cancel(this.id).status === 200;
    }
  }

  #prompt(reader: ModelReader, forMs: number): boolean {
    const { agenda, intents } = this.#parts;
    const none = { saleId: null, orderHash: null };
    const wanted = { amount: 4_200, currency: 'usd', kioskId: this.id, ...none };
    const intent = intents.create(wanted, 'other_kiosk');
    if (reader.prompt('process_payment_intent', intent, this.id).status !== 200) return false;
    const slot = reader.slot;
    if (slot === null) return false;
    agenda.after(forMs, () => this.#pays(reader, slot));
    return true;
  }

  #pays(reader: ModelReader, slot: Slot): void {
    const { agenda, intents } = this.#parts;
    reader.present(slot, {
      outcome: { kind: 'approved' },
      takesMs: chargeTakesMs,
      firstOutcome: null,
      trouble: null,
    });
    agenda.after(2 * chargeTakesMs, () => {
      if (slot.intent !== null) intents.capture(slot.intent, slot.intent.amount, 'other_kiosk');
      // A reader that was away keeps a prompt that nobody pays any more.
      if (reader.slot === slot && isLive(slot)) reader.cancel(this.id);
    });
  }
}
