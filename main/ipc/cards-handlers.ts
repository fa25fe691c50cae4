import type { CardSaveAnswer, IdentifyAnswer } from '../../preload/contract/cards.ts';
import { paymentMethodId } from '../domain/ids.ts';
import type { Member } from '../domain/member.ts';
import type { Sale } from '../domain/sale.ts';
import type { Clock } from '../ports/clock.ts';
import type { CardDesk } from '../services/cards/card-desk.ts';
import { readTerms, type SaidForSetup } from '../services/cards/setup-terms.ts';
import type { Heard } from '../services/checkout.ts';
import { memberView } from './card-views.ts';
import type { Agreed, Agreement } from '../services/cards/consents.ts';
import { done, type Handlers, refused } from './router.ts';
import { envelope } from './sale-handlers.ts';

export type CardsHandlers = Pick<
  Handlers,
  | 'member:identify'
  | 'member:leave'
  | 'card:offer'
  | 'card:save'
  | 'card:dont-save'
  | 'card:pay'
  | 'card:remove'
  | 'setup:cancel'
  | 'setup:retry'
  | 'setup:dismiss'
>;

export interface CardsHandlersOptions {
  readonly desk: Pick<
    CardDesk,
    'session' | 'consents' | 'setups' | 'storedCards' | 'features' | 'canMail'
  >;
  readonly clock: Clock;
  readonly saleOnScreen: () => Sale | null;
  /** Aborts when the kiosk closes. */
  readonly signal: AbortSignal;
}

/** What a member can say. Whose cards they are is main's to know: no request names a member but the first. */
export function cardsHandlers(options: CardsHandlersOptions): CardsHandlers {
  const { desk, clock, saleOnScreen, signal } = options;
  const { session, consents, setups, storedCards, features, canMail } = desk;

  /** The member at the screen, who has just done something. */
  const present = (): Member | null => {
    session.touch();
    return session.member;
  };

  /** What they chose at review is theirs: whoever stands there next must neither pay with their card nor add to it. */
  const takeBackChoices = (): void => {
    const sale = saleOnScreen();
    if (sale?.state !== 'open') return;
    storedCards.choose(sale, null);
    consents.dontKeep(sale.id);
  };

  const agreeOnTerms = (
    agreement: Agreement,
    said: SaidForSetup,
  ): Extract<CardSaveAnswer, { kind: 'not_taken' }> | Agreed => {
    const read = readTerms(said, agreement.member, saleOnScreen()?.platformOrder ?? null);
    return 'terms' in read
      ? consents.agree({ ...agreement, terms: read.terms })
      : { kind: 'not_taken', why: read.refused };
  };

  const identify = async (memberId: string, phone: string): Promise<IdentifyAnswer> => {
    const identified = await session.identify(memberId, phone, signal);
    if (identified.kind !== 'identified') return identified;
    const { member } = identified;
    const cards = storedCards.chargeable(member.key);
    const view = memberView(member, cards, { canMail, nowMs: clock.nowMs() });
    return { kind: 'identified', member: view };
  };

  return {
    'member:identify': async ({ memberId, phoneLastFour }) =>
      features.keep || features.pay || features.remove
        ? done(await identify(memberId, phoneLastFour))
        : refused('not_now'),
    'member:leave': () => {
      session.leave();
      takeBackChoices();
      return done(null);
    },
    'card:offer': () => {
      session.touch();
      if (!features.keep) return refused('not_now');
      const { wording, hash } = consents.offer();
      const { language, text } = wording;
      return done({ language, text, wordingHash: hash });
    },
    'card:save': ({ saleId, wordingHash, copyByEmail, postalCode = null, orderCode = null }) => {
      const member = present();
      const isOffered = saleId === null ? features.keepAlone : features.keepWithSale;
      if (member === null || !isOffered) return refused('not_now');
      const agreement = { member, saleId, wordingHash, copyByEmail };
      const agreed =
        saleId === null && features.orderCode
          ? agreeOnTerms(agreement, { postalCode, orderCode })
          : consents.agree(agreement);
      return agreed.kind === 'not_now' ? refused('not_now') : done(agreed);
    },
    'card:dont-save': ({ saleId }) => {
      session.touch();
      return envelope(consents.dontKeep(saleId));
    },
    'card:pay': ({ saleId, cardId }) => {
      const member = present();
      const sale = saleOnScreen();
      if (sale?.id !== saleId) return refused('not_now');
      if (cardId === null) return envelope(storedCards.choose(sale, null));
      const card = storedCards.find(paymentMethodId(cardId));
      const isTheirs = member !== null && card?.memberKey === member.key;
      return features.pay && isTheirs
        ? envelope(storedCards.choose(sale, card.id))
        : refused('not_now');
    },
    'card:remove': ({ cardId }) => {
      const member = present();
      const id = paymentMethodId(cardId);
      const isTheirs = member !== null && consents.ownerOf(id) === member.key;
      if (!features.remove) return refused('not_now');
      return envelope(isTheirs ? removed(consents.revoke(id, 'member')) : notTheirs);
    },
    'setup:cancel': ({ setupId }) => {
      session.touch();
      return envelope(setups.cancel(setupId));
    },
    'setup:retry': ({ setupId }) => {
      session.touch();
      return envelope(setups.retry(setupId));
    },
    'setup:dismiss': ({ setupId }) => {
      session.touch();
      return envelope(setups.dismiss(setupId));
    },
  };
}

const notTheirs: Heard = { kind: 'not_now', why: 'that card is not theirs' };

function removed(card: unknown): Heard {
  return card === null ? notTheirs : { kind: 'heard' };
}
