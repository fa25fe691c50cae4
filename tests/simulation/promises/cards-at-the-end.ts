import { paymentMethodId } from '../../../main/domain/ids.ts';
import type { SaleRun } from '../plan/sale-run.ts';
import type { ModelCard } from '../stripe/kept-cards.ts';
import { isLiveFor } from './card-file.ts';
import type { Evidence } from './evidence.ts';
import type { FileView } from './file-view.ts';

/** Asked when everything is well again and the kiosk has had its time: every card at Stripe, every wish in the file. */
export function judgeCards(evidence: Evidence, view: FileView, aside: ReadonlySet<string>): void {
  for (const card of evidence.stripe.cards.all.values()) {
    if (isKnown(evidence, card.source, aside)) judgeCard(evidence, view, card);
  }
  for (const { id, consent_id, revoked_at_ms } of cardsInFile(view)) {
    if (revoked_at_ms === null) continue;
    const card = evidence.stripe.cards.all.get(paymentMethodId(id));
    evidence.verdicts.check('C2', card?.customerId == null, () => {
      return `${consent_id} was taken back, and ${id} is still attached`;
    });
  }
  judgeWishes(evidence, view, aside);
  judgeOnFile(evidence, view, aside);
}

/** What the file would charge is the member's at Stripe. */
function judgeOnFile(evidence: Evidence, view: FileView, aside: ReadonlySet<string>): void {
  for (const { id } of view.cards.cards().filter((card) => isLiveFor(view.cards, card.id))) {
    const card = evidence.stripe.cards.all.get(paymentMethodId(id));
    if (card === undefined || !isKnown(evidence, card.source, aside)) continue;
    evidence.verdicts.check('C3', card.customerId !== null, () => {
      return `${id} is on file, and is nobody's at Stripe`;
    });
  }
}

function cardsInFile(view: FileView) {
  return view.cards.cards().map((card) => ({
    ...card,
    revoked_at_ms: view.cards.consent(card.consent_id)?.revoked_at_ms ?? null,
  }));
}

/** What a lost file had known of a visit is lost with it. */
function isKnown({ runOf }: Evidence, source: string, aside: ReadonlySet<string>): boolean {
  const run: SaleRun | null = runOf(source);
  return run !== null && !run.isCardForgotten && !aside.has(source);
}

/** No card without a consent that stands. */
function judgeCard({ verdicts }: Evidence, view: FileView, card: ModelCard): void {
  const sale = view.sale(card.source);
  if (card.customerId === null || (sale !== null && isForOthers(sale))) return;
  verdicts.check('C2', isLiveFor(view.cards, card.id), () => {
    const outcome = view.cards.keepingOf(card.source)?.outcome ?? 'unsettled';
    return `${card.id} of ${card.source} (${outcome}) is attached without a consent that stands`;
  });
}

/** What becomes of its payment, and so of its card, is for staff to say; for others, where it is not ours any more (P10). */
function isForOthers({ state, record }: { state: string; record: string }): boolean {
  if (state !== 'needs_staff') return false;
  const isClosed = record.includes('"staffDecision":"close"');
  return !isClosed || record.includes('"staffReason":"not_ours"');
}

/** Of each payment and each setup whose card was to be kept, and could be, it is kept: one of it, and only one. */
function judgeWishes(evidence: Evidence, view: FileView, aside: ReadonlySet<string>): void {
  const { verdicts, stripe } = evidence;
  const paid = view.sales().filter(({ state, record }) => {
    return state === 'paid' && record.includes('"keeping":{');
  });
  const done = view.cards.setups().filter(({ state }) => state === 'kept' || state === 'not_kept');
  for (const { id } of [...paid, ...done]) {
    if (!isKnown(evidence, id, aside)) continue;
    const keeping = view.cards.keepingOf(id);
    verdicts.check('C3', keeping !== null, () => `nobody knows what became of the card of ${id}`);
    const left = [...stripe.cards.all.values()].filter(({ source }) => source === id);
    verdicts.check('C3', left.length <= 1, () => `${id} left ${String(left.length)} cards behind`);
    const couldBe = left.length === 1 && keeping?.why !== 'consent_revoked';
    verdicts.check('C3', keeping?.outcome === 'kept' || !couldBe, () => {
      return `the card of ${id} could be kept and was not: ${keeping?.why ?? ''}`;
    });
  }
}
