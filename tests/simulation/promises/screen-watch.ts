import { dueOf, isPending, provedNotCharged, type Sale } from '../../../main/domain/sale.ts';
import type { ModelIntent } from '../stripe/payment-intents.ts';
import type { StripeModel } from '../stripe/stripe-model.ts';
import type { Evidence } from './evidence.ts';
import { hasAmount, isSettledByPlatform } from './order-watch.ts';

/** Asked of every sale the screen shows: what is said must be true. */
export function judgeScreen(evidence: Evidence, sale: Sale): void {
  const { verdicts } = evidence;
  if (sale.state === 'authorized' || sale.state === 'capturing' || sale.state === 'paid') {
    approvalIsTrue(evidence, sale);
  }
  if (provedNotCharged(sale)) allClearIsTrue(evidence, sale);
  if (isPending(sale)) {
    verdicts.check(
      'C5',
      !provedNotCharged(sale),
      () => `${sale.id} waits, and is called not charged`,
    );
  }
  const run = evidence.runOf(sale.id);
  if (sale.state === 'canceling' || sale.state === 'finding_out') {
    verdicts.check(
      'P5',
      !provedNotCharged(sale),
      () => `${sale.id} was called not charged too early`,
    );
  }
  if (run !== null && run.total !== null) {
    const { amount, currency } = sale.order.total;
    verdicts.check('P8', amount === run.total.amount && currency === run.total.currency, () => {
      return `the screen asks ${String(amount)} for ${sale.id}, which costs ${String(run.total?.amount)}`;
    });
  }
}

function approvalIsTrue({ verdicts, stripe, wire, abilities }: Evidence, sale: Sale): void {
  const intent = intentOf(stripe, sale);
  const isPaid = sale.state === 'paid';
  const isTold = isSettledByPlatform(abilities) && wire.hasToldOrder(sale.id, 'submitted');
  const isTrue = isPaid
    ? intent?.status === 'succeeded' &&
      hasAmount(intent, {
        due: dueOf(sale).amount,
        isUnseen: sale.paymentIntent?.unseen === true,
      })
    : intent?.history.some(({ what }) => what === 'authorized') === true;
  verdicts.check('P4', isTrue, () => {
    return `${sale.id} was shown as ${isPaid ? 'paid' : 'approved'} while Stripe says ${intent?.status ?? 'nothing'}`;
  });
  const wasRead =
    intent !== null &&
    (isTold ||
      wire.hasShown(intent.id, 'succeeded') ||
      (!isPaid && wire.hasShown(intent.id, 'requires_capture')));
  verdicts.check('P4', wasRead, () => `${sale.id} was shown as ${sale.state} before it was read`);
}

function allClearIsTrue({ verdicts, stripe, runOf }: Evidence, sale: Sale): void {
  const intent = intentOf(stripe, sale);
  const run = runOf(sale.id);
  const isClear =
    intent === null ||
    intent.status === 'canceled' ||
    (intent.status === 'requires_payment_method' && intent.charges.every(({ failure }) => failure));
  verdicts.check('P5', isClear, () => {
    return `${sale.id} was called not charged while Stripe says ${intent?.status ?? 'nothing'}`;
  });
  if (run === null) return;
  run.clearedAtTurn = run.turns;
  const isDecline = sale.state === 'presenting';
  verdicts.check('P5', !isDecline || run.declinedInTurn === run.turns, () => {
    return `${sale.id} was called declined, which this attempt was not`;
  });
}

function intentOf({ intents }: StripeModel, { paymentIntent }: Sale): ModelIntent | null {
  return paymentIntent === null ? null : intents.find(paymentIntent.id);
}
