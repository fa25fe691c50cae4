import { paymentMethodId, refundId, type SaleId, saleId } from '../../../main/domain/ids.ts';
import type { BesideSales } from '../../../main/services/beside-sales.ts';
import { memberKeyOf } from '../../../main/services/cards/new-member.ts';
import type { Desk } from '../../../main/services/desk.ts';
import { sha256 } from '../kiosk/beside-kiosk.ts';
import { ProcessGone } from '../kiosk/kiosk-process.ts';
import { costOf } from '../kiosk/price-list.ts';
import type { RefundAsk, StoredBank } from '../plan/card-fault.ts';
import { SaleRun } from '../plan/sale-run.ts';
import type { RefundCourse } from '../stripe/refunds.ts';
import type { Agenda } from '../time/agenda.ts';
import { memberAt } from './members.ts';

export interface CardStaffParts {
  readonly agenda: Agenda;
  readonly desk: () => Desk | null;
  /** A name for a request that nothing else has, of ten to forty small letters and digits. */
  readonly newRequest: () => string;
  /** From now on this id is known as that customer's. */
  readonly register: (id: string, run: SaleRun) => void;
  readonly note: (what: string) => void;
}

/** Charges of staff are counted from here on. */
const chargesFrom = 200_000;

/** Staff, and members who come back, about cards on file and about money given back. */
export class CardStaff {
  readonly #parts: CardStaffParts;
  readonly #courses = new Map<string, RefundCourse>();

  constructor(parts: CardStaffParts) {
    this.#parts = parts;
  }

  /** How the bank takes this refund. */
  courseOf(id: string): RefundCourse {
    return this.#courses.get(id) ?? 'succeeds';
  }

  /** Takes the consent to the newest card of this customer back; false when there is none. */
  revoke(run: SaleRun, by: 'member' | 'staff'): boolean {
    const beside = this.#beside();
    const card = beside === null ? undefined : this.#newest(beside, run);
    if (beside === null || card === undefined) return false;
    beside.cards.consents.revoke(paymentMethodId(card), by === 'member' ? 'member' : 'Mara');
    this.#parts.note(`${by}: takes ${card} back`);
    return true;
  }

  /** They do not want the card of this sale kept after all; false when nothing is to be kept. */
  withdraw(run: SaleRun): boolean {
    const beside = this.#beside();
    const sale = this.#parts.desk()?.checkout?.sale ?? null;
    if (beside === null || sale === null || sale.id !== run.id) return false;
    if (sale.keeping === undefined) return false;
    return beside.cards.consents.dontKeep(sale.id).kind === 'heard';
  }

  /** Charges the newest card of this customer. Resolves to whether the kiosk took it on. */
  async charge(run: SaleRun, bank: StoredBank): Promise<boolean> {
    const beside = this.#beside();
    const card = beside === null ? undefined : this.#newest(beside, run);
    const { card: plan, lines, index, faults } = run.plan;
    if (beside === null || card === undefined || plan === null) return false;
    const requestId = this.#parts.newRequest();
    const id = saleId(`sale_${requestId}`);
    const ofCalls = faults.filter((fault) => 'call' in fault);
    const own = { ...run.plan, index: index + chargesFrom, faults: ofCalls };
    const charged = new SaleRun({ ...own, card: { ...plan, bank } });
    charged.id = id;
    charged.total = costOf(lines);
    this.#parts.register(id, charged);
    const why = 'she asked by phone';
    const cardId = paymentMethodId(card);
    const answer = await beside.cards.charges.charge({ requestId, cardId, lines, by: 'Mara', why });
    this.#parts.note(`staff: charge ${id} to ${card}, ${answer.kind}`);
    return answer.kind === 'asked';
  }

  /** Resolves to whether the kiosk took any of it on. */
  async refund(run: SaleRun, how: RefundAsk, course: RefundCourse): Promise<boolean> {
    const beside = this.#beside();
    if (beside === null || run.id === null) return false;
    const most = beside.giving.refunds.offer(run.id)?.most.amount ?? 0;
    if (most === 0) return false;
    const half = Math.max(1, Math.floor(most / 2));
    const amounts = {
      all: [most],
      in_parts: [half, most - half],
      twice: [half, half],
      too_much: [most, half],
    }[how].filter((amount) => amount > 0);
    const first = this.#parts.newRequest();
    const asked = amounts.map((amount, place) => {
      const isSame = place === 0 || how === 'twice';
      return this.#ask(
        beside,
        run.id,
        isSame ? first : this.#parts.newRequest(),
        amount,
        run,
        course,
      );
    });
    const answers = await Promise.all(asked);
    return answers.includes(true);
  }

  /** Releases the hold; false when there is none to release. */
  voidHold(run: SaleRun): boolean {
    const desk = this.#parts.desk();
    if (desk === null || run.id === null) return false;
    const outcome = desk.reconciler.decide(run.id, 'cancel', 'Mara', 'the class was called off');
    this.#parts.note(`staff: void ${run.id} ${outcome.kind}`);
    return outcome.kind === 'recorded';
  }

  async #ask(
    { giving }: BesideSales,
    id: SaleId | null,
    requestId: string,
    amount: number,
    run: SaleRun,
    course: RefundCourse,
  ): Promise<boolean> {
    if (id === null) return false;
    const refund = refundId(`refund_${requestId}`);
    this.#courses.set(refund, course);
    this.#parts.register(refund, run);
    const answer = await giving.refunds.ask({
      requestId,
      saleId: id,
      amount,
      reason: 'requested_by_customer',
      by: 'Mara',
      why: 'the class was called off',
      proof: null,
    });
    this.#parts.note(`staff: ${refund} of ${String(amount)} for ${id}, ${answer.kind}`);
    return answer.kind === 'asked';
  }

  #newest({ cards }: BesideSales, { plan }: SaleRun): string | undefined {
    if (plan.card === null) return undefined;
    const key = memberKeyOf(memberAt(plan.card.member).memberId, sha256);
    return cards.storedCards.chargeable(key)[0]?.id;
  }

  #beside(): BesideSales | null {
    return this.#parts.desk()?.beside ?? null;
  }

  /** What a process that dies meanwhile leaves undone is nobody's fault. */
  begin(what: () => Promise<unknown>): void {
    const { agenda } = this.#parts;
    void what().catch((error: unknown) => {
      if (error instanceof ProcessGone) return;
      agenda.after(0, () => {
        throw error;
      });
    });
  }
}
