import { paymentMethodId, stripeRefundId } from '../../../main/domain/ids.ts';
import type { CustomerFacts } from '../../../main/ports/cards-api.ts';
import type { Letter } from '../../../main/ports/mailer.ts';
import type { Actor } from '../stripe/payment-intents.ts';
import { givesBack, type ModelRefund } from '../stripe/refunds.ts';
import { isLiveFor } from './card-file.ts';
import type { Evidence } from './evidence.ts';
import type { FileView, SaleInFile } from './file-view.ts';
import type { Verdicts } from './verdicts.ts';

/** A copy of a consent holds what was agreed, to the letter. */
export function judgeLetter({ verdicts, file }: Evidence, { id, text }: Letter): void {
  const consent = file()?.cards.consent(id) ?? null;
  verdicts.check('C2', consent !== null && text.includes(consent.text), () => {
    return `the letter about ${id} does not hold what was agreed`;
  });
}

/** A Customer was made. */
export function judgeCustomer(
  { verdicts, stripe, actor }: Evidence,
  made: CustomerFacts,
  by: Actor,
) {
  if (by !== actor) return;
  const others = stripe.customers.of(made.memberId ?? '').filter(({ id }) => id !== made.id);
  verdicts.check('C4', others.length === 0, () => {
    return `${made.id} was made for ${made.memberId ?? ''}, who has ${others[0]?.id ?? ''} already`;
  });
}

/** A Refund was made. */
export function judgeRefundMade(
  { verdicts, stripe, kioskId }: Evidence,
  { refundId, intent, kioskId: whose }: ModelRefund,
): void {
  if (whose !== kioskId) return;
  const same = [...stripe.refunds.all.values()].filter((one) => one.refundId === refundId);
  verdicts.check('C1', same.length === 1, () => {
    return `${refundId ?? ''} was given back ${String(same.length)} times`;
  });
  verdicts.check('C1', intent.amountRefunded <= intent.amount, () => {
    return `more of ${intent.id} was given back than was received`;
  });
}

/** Asked of a paid sale's row after a commit that touched it. */
export function judgeStoredPaid(
  { verdicts, wire, stripe }: Evidence,
  { id, payment_intent_id }: SaleInFile,
): void {
  const intent = [...stripe.intents.all.values()].find((one) => one.id === payment_intent_id);
  if (intent?.storedCard == null) return;
  verdicts.check('C5', wire.hasShown(intent.id, 'succeeded'), () => {
    return `${id} is called paid with a card on file before that was read`;
  });
}

/** Of a sale that was damaged since, only staff know. */
const isBeforePayment: ReadonlySet<string> = new Set([
  'open',
  'creating',
  'presenting',
  'authorizing',
  'authorized',
  'capturing',
  'finding_out',
  'canceling',
  'canceled',
  'confirming',
]);

/** Asked after a commit that settled what became of the wish to keep a card. */
export function judgeKeeping({ verdicts, file, stripe }: Evidence, source: string): void {
  const view = file();
  const keeping = view?.cards.keepingOf(source) ?? null;
  if (view === null || keeping?.outcome !== 'kept') return;
  const state = view.sale(source)?.state ?? view.cards.setup(source)?.state ?? '';
  verdicts.check('C3', !isBeforePayment.has(state), () => {
    return `the card of ${source} is kept while that is ${state}`;
  });
  const card = stripe.cards.all.get(paymentMethodId(keeping.card_id ?? ''));
  verdicts.check('C5', card !== undefined && (card.customerId !== null || card.wasDetached), () => {
    return `${keeping.card_id ?? ''} is called kept, and belongs to nobody`;
  });
  const isKnown = view.cards.card(keeping.card_id ?? '')?.removed_at_ms !== null;
  const isLive = isLiveFor(view.cards, keeping.card_id ?? '');
  verdicts.check('C2', isLive || isKnown, () => {
    return `${keeping.card_id ?? ''} is kept without a consent that stands`;
  });
}

const shownAs: ReadonlyMap<string, readonly string[]> = new Map([
  ['succeeded', ['succeeded']],
  ['pending', ['pending', 'requires_action']],
  ['failed', ['failed', 'canceled']],
]);

/** Asked of a refund's row after a commit that touched it. */
export function judgeRefundCommitted(
  { verdicts, file, wire }: Evidence,
  id: string,
): string | null {
  const view = file();
  const refund = view?.cards.refund(id) ?? null;
  if (view === null || refund === null) return null;
  givesBackNoMoreThanCame(verdicts, view, refund.sale_id);
  const statuses = shownAs.get(refund.state);
  if (statuses !== undefined) {
    const { stripe_refund_id: its } = refund;
    const wasRead = its !== null && statuses.some((status) => wire.hasShownRefund(its, status));
    verdicts.check('C5', wasRead, () => `${id} became ${refund.state} before that was read`);
  }
  return refund.state;
}

const nothingGivenBack: ReadonlySet<string> = new Set(['failed', 'refused', 'canceled']);

/** All that was asked for of one sale and may have been given back, against what its record says was received. */
function givesBackNoMoreThanCame(verdicts: Verdicts, view: FileView, saleId: string): void {
  const received = /"amountReceived":(\d+)/.exec(view.sale(saleId)?.record ?? '')?.[1];
  if (received === undefined) return;
  const asked = view.cards
    .refunds()
    .filter(({ sale_id, state }) => sale_id === saleId && !nothingGivenBack.has(state))
    .reduce((sum, { amount }) => sum + amount, 0);
  verdicts.check('C1', asked <= Number(received), () => {
    return `${String(asked)} of ${saleId} is to be given back, and ${received} was received`;
  });
}

/** Asked of every refund of the kiosk's when everything has ended. */
export function judgeRefundsAtEnd({ verdicts, file, stripe }: Evidence): void {
  for (const refund of file()?.cards.refunds() ?? []) {
    const { id, state, stripe_refund_id: its } = refund;
    const made = [...stripe.refunds.all.values()].filter((one) => one.refundId === id);
    const own = its === null ? null : (stripe.refunds.all.get(stripeRefundId(its)) ?? null);
    if (state === 'succeeded' || state === 'pending') {
      verdicts.check('C1', own !== null && givesBack(own) && own.amount === refund.amount, () => {
        return `${id} is ${state} in the file while ${its ?? 'nothing'} is ${own?.status ?? 'not there'}`;
      });
    }
    if (state === 'refused' || state === 'canceled') {
      verdicts.check('C1', !made.some(givesBack), () => {
        return `${id} is ${state} in the file while ${made[0]?.id ?? ''} gives its money back`;
      });
    }
    verdicts.check(
      'C1',
      state !== 'asked' && state !== 'presenting' && state !== 'processing',
      () => {
        return `${id} is still ${state} at the end`;
      },
    );
  }
}

/** What readers gave back: no more of it than was asked for in person, and what the file says was not, was not. */
export function judgeGivenInPerson({ verdicts, file, stripe, runOf }: Evidence): void {
  const asked = (file()?.cards.refunds() ?? []).filter(({ record }) => {
    return record.includes('"way":"in_person"');
  });
  for (const intent of stripe.intents.all.values()) {
    const made = stripe.refunds.of(intent).filter(({ by }) => by === 'reader');
    const run = runOf(intent.saleId ?? '');
    if (made.length === 0 || run === null || run.isCardForgotten) continue;
    const its = asked.filter(({ payment_intent_id }) => payment_intent_id === intent.id);
    const given = its.filter(({ state }) => state === 'succeeded' || state === 'finding_out');
    verdicts.check('C1', made.length <= given.length, () => {
      return `a reader gave ${intent.id} back ${String(made.length)} times, and the file knows of ${String(given.length)}`;
    });
  }
}
