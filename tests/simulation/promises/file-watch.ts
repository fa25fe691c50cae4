import type { Evidence } from './evidence.ts';
import type { SaleInFile } from './file-view.ts';
import { isSettledByPlatform, judgeSettled } from './order-watch.ts';
import { paymentIntentId } from '../../../main/domain/ids.ts';
import { holdsMoney } from '../stripe/payment-intents.ts';

/** Asked of a sale's row after a commit that touched it. */
export function judgeCommitted(evidence: Evidence, id: string): SaleInFile | null {
  const sale = evidence.file()?.sale(id) ?? null;
  evidence.verdicts.check('P7', sale !== null, () => `${id} is not in the file after its commit`);
  if (sale === null) return null;
  if (isSettledByPlatform(evidence.abilities)) {
    judgeSettled(evidence, sale);
    return sale;
  }
  const { stripe } = evidence;
  switch (sale.state) {
    case 'paid':
      readBefore(evidence, sale, ['succeeded']);
      return sale;
    case 'authorized':
    case 'capturing':
      readBefore(evidence, sale, ['requires_capture']);
      return sale;
    case 'expired':
      readBefore(evidence, sale, ['canceled']);
      return sale;
    case 'canceled': {
      const intents = [...stripe.intents.all.values()].filter(
        ({ saleId, kioskId }) => saleId === id && kioskId === evidence.kioskId,
      );
      evidence.verdicts.check('P5', !intents.some(holdsMoney), () => {
        return `${id} is canceled in the file while ${intents.find(holdsMoney)?.id ?? ''} holds money`;
      });
      if (sale.payment_intent_id !== null) readBefore(evidence, sale, ['canceled']);
      else {
        evidence.verdicts.check('P5', !evidence.wire.mayHaveBeenMade(id), () => {
          return `${id} is canceled in the file while its create may have been carried out`;
        });
      }
      return sale;
    }
    default:
      return sale;
  }
}

function readBefore(
  { verdicts, wire, stripe }: Evidence,
  { id, state, payment_intent_id }: SaleInFile,
  statuses: readonly string[],
): void {
  const intent =
    payment_intent_id === null ? null : stripe.intents.find(paymentIntentId(payment_intent_id));
  const wasRead = intent !== null && statuses.some((status) => wire.hasShown(intent.id, status));
  verdicts.check('P4', wasRead, () => `${id} became ${state} without a read of ${statuses.join()}`);
}
