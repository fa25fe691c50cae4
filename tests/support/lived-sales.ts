import { isReaderEffect } from '../../main/domain/effect.ts';
import { paymentIntentId, type SaleId, saleId } from '../../main/domain/ids.ts';
import type { PaymentIntentFacts } from '../../main/domain/payment-intent.ts';
import type { SaleEvent } from '../../main/domain/sale-event.ts';
import type { Sale } from '../../main/domain/sale.ts';
import type { Ledger } from '../../main/ports/ledger.ts';
import { answered, aSale, captured, collected, facts, held, read, step } from './fakes/sales.ts';

const call = {
  outcome: 'done',
  status: 200,
  code: null,
  requestId: 'req_1',
  durationMs: 3,
} as const;

/** The id of the Nth sale of a test. */
export function nthSale(number: number): SaleId {
  return saleId(`sale_0mi1kqbas0${String(number).padStart(12, '0')}`);
}

/** Lives through a whole sale with its work, step by step as the product stores them, up to `until`. */
export function liveSale(
  ledger: Ledger,
  number: number,
  until: 'presenting' | 'authorized' | 'paid',
): Sale {
  const id = nthSale(number);
  let atMs = 1_000_000 * number;
  let sale = aSale(id);
  const of = (intent: PaymentIntentFacts): PaymentIntentFacts => ({
    ...intent,
    id: paymentIntentId(`pi_${String(number).padStart(4, '0')}`),
    saleId: id,
  });
  const go = (event: SaleEvent): void => {
    atMs += 1_000;
    const { sale: next, effects } = step(sale, event);
    ledger.atomically(() => {
      for (let row = due(); row !== null; row = due()) ledger.finish(row, 'done', call, atMs);
      if (next !== sale) ledger.saveStep(sale, next, event, atMs);
      for (const effect of effects) {
        if (!isReaderEffect(effect)) ledger.enqueue(id, effect, atMs);
      }
    });
    sale = next;
  };
  const others = new Set(
    ledger
      .waitingWork(1_000)
      .map(({ owner }) => owner)
      .filter((other) => other !== id),
  );
  const due = () => ledger.nextDue(atMs + 60_000, others);

  ledger.addSale(sale, atMs);
  go({ kind: 'confirmed' });
  go({ kind: 'payment_intent_created', paymentIntent: of(facts()) });
  if (until === 'presenting') return sale;
  go(collected(sale));
  go(answered(sale, { kind: 'processed' }));
  go(read(of({ ...held, captureBeforeMs: atMs + 172_800_000 })));
  if (until === 'authorized') return sale;
  go({ kind: 'step_done', step: 'capture' });
  go(read(of(captured)));
  return sale;
}
