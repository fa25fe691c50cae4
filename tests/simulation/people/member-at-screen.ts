import type { Sale } from '../../../main/domain/sale.ts';
import type { BesideSales } from '../../../main/services/beside-sales.ts';
import type { CardDesk } from '../../../main/services/cards/card-desk.ts';
import { ProcessGone } from '../kiosk/kiosk-process.ts';
import type { SaleRun } from '../plan/sale-run.ts';
import type { Agenda } from '../time/agenda.ts';
import { memberAt } from './members.ts';

export interface MemberAtScreenParts {
  readonly agenda: Agenda;
  readonly beside: () => BesideSales | null;
  readonly note: (what: string) => void;
}

/** A member who says who they are, and what they want of their cards. */
export class MemberAtScreen {
  readonly #parts: MemberAtScreenParts;

  constructor(parts: MemberAtScreenParts) {
    this.#parts = parts;
  }

  /** At review. `then` follows whatever came of it, unless the process is gone. */
  atReview(sale: Sale, run: SaleRun, then: () => void): void {
    const { card } = run.plan;
    if (card === null || card.wish === 'nothing' || card.wish === 'keeps_alone') {
      then();
      return;
    }
    this.#begin(this.#chooses(sale, run), then);
  }

  /** Buys nothing. `notStarted` follows when no card is asked for. */
  keepsAlone(run: SaleRun, notStarted: () => void): void {
    let hasStarted = false;
    const tries = async (): Promise<void> => {
      const agreed = await this.#agrees(run, null);
      hasStarted = agreed === 'setup_started';
    };
    this.#begin(tries(), () => {
      if (!hasStarted) notStarted();
    });
  }

  async #chooses(sale: Sale, run: SaleRun): Promise<void> {
    if (run.plan.card?.wish === 'keeps') {
      await this.#agrees(run, sale.id);
      return;
    }
    const { cards, key } = await this.#identified(run);
    if (cards === null || key === null) return;
    const [newest] = cards.storedCards.chargeable(key);
    if (newest === undefined) return;
    const heard = cards.storedCards.choose(sale, newest.id);
    cards.session.leave();
    this.#parts.note(`member: pays ${sale.id} with ${newest.id}, ${heard.kind}`);
  }

  async #agrees(run: SaleRun, saleId: string | null): Promise<string> {
    const { cards, key } = await this.#identified(run);
    const member = cards?.session.member ?? null;
    if (cards === null || key === null || member === null) return 'not_identified';
    const { hash } = cards.consents.offer();
    const copyByEmail = run.plan.card?.copyByEmail ?? false;
    const agreed = cards.consents.agree({ member, wordingHash: hash, saleId, copyByEmail });
    cards.session.leave();
    this.#parts.note(`member: agrees, ${agreed.kind}`);
    return agreed.kind;
  }

  /** Whom neither this kiosk nor Stripe knows, staff put in first. */
  async #identified(
    run: SaleRun,
  ): Promise<{ cards: CardDesk | null; key: Parameters<CardDesk['customerOf']>[0] | null }> {
    const nobody = { cards: null, key: null };
    const cards = this.#parts.beside()?.cards ?? null;
    if (cards === null) return nobody;
    const details = memberAt(run.plan.card?.member ?? 0);
    const digits = details.phone?.slice(-4) ?? '';
    const signal = new AbortController().signal;
    let identified = await cards.session.identify(details.memberId, digits, signal);
    if (identified.kind === 'not_known') {
      cards.members.save(details);
      identified = await cards.session.identify(details.memberId, digits, signal);
    }
    if (identified.kind !== 'identified') return nobody;
    return { cards, key: identified.member.key };
  }

  /** What a process that dies meanwhile leaves undone is nobody's fault; what it threw is told like any other fault. */
  #begin(work: Promise<void>, then: () => void): void {
    const { agenda } = this.#parts;
    void work.then(
      () => {
        agenda.after(0, then);
      },
      (error: unknown) => {
        if (error instanceof ProcessGone) return;
        agenda.after(0, then);
        agenda.after(0, () => {
          throw error;
        });
      },
    );
  }
}
