import type { SaleId } from '../../../main/domain/ids.ts';
import type { Tender } from '../../../main/domain/sale.ts';
import { allowedDecisions } from '../../../main/domain/staff.ts';
import type { Desk } from '../../../main/services/desk.ts';
import type { Agenda } from '../time/agenda.ts';
import { drawnUnit } from '../time/chance.ts';

export interface StaffParts {
  readonly seed: number;
  readonly agenda: Agenda;
  readonly desk: () => Desk | null;
  readonly note: (what: string) => void;
  readonly onClosed: () => void;
}

/** A sale that is asked about again and again is looked at once for all. */
const looksAtOnceMax = 2;

/** The people of the studio: they decide what they are asked, take cash, and close the day. */
export class Staff {
  readonly #parts: StaffParts;
  readonly #asked = new Map<string, number>();
  /** How often somebody is about to look at it. */
  readonly #about = new Map<string, number>();

  constructor(parts: StaffParts) {
    this.#parts = parts;
  }

  /** A sale waits for a decision; somebody looks in a minute or in an hour. */
  isAsked(id: SaleId): void {
    const about = this.#about.get(id) ?? 0;
    if (about >= looksAtOnceMax) return;
    this.#about.set(id, about + 1);
    const times = this.#asked.get(id) ?? 0;
    this.#asked.set(id, times + 1);
    const draw = drawnUnit(this.#parts.seed, 53, times, Number.parseInt(id.slice(-6), 36));
    const afterMs = draw < 0.5 ? 60_000 * (1 + draw * 10) : 3_600_000 * (draw * 4);
    this.#parts.agenda.after(Math.round(afterMs), () => {
      this.decide(id, draw);
    });
  }

  /** Decides one of what the kiosk allows. */
  decide(id: SaleId, draw: number): void {
    const desk = this.#parts.desk();
    if (desk === null) {
      this.#parts.agenda.after(600_000, () => {
        this.decide(id, draw);
      });
      return;
    }
    this.#about.delete(id);
    const row = desk.reconciler.overview().find(({ pair }) => pair.sale?.id === id);
    const allowed = row?.pair.sale == null ? [] : allowedDecisions(row.pair.sale);
    const decision = allowed[Math.floor(draw * 1_000) % Math.max(1, allowed.length)];
    if (decision === undefined) return;
    // A part of the hold, where that is what they decide.
    const held = row?.pair.sale?.paymentIntent?.amountCapturable ?? 0;
    const amount = decision === 'capture_part' ? Math.max(1, Math.floor(held / 2)) : undefined;
    const why = 'as the member asked';
    const outcome = desk.reconciler.decide(id, decision, 'Mara', why, amount);
    this.#parts.note(`staff: ${decision} ${id} ${outcome.kind}`);
  }

  /** The member pays otherwise; refused where the kiosk can't know yet whether the card was charged. */
  takeTender(id: SaleId, tender: Tender): boolean {
    const desk = this.#parts.desk();
    if (desk === null) return false;
    const outcome = desk.reconciler.recordTender(id, tender, 'Mara', 'paid at the desk');
    this.#parts.note(`staff: ${tender} for ${id} ${outcome.kind}`);
    return outcome.kind === 'recorded';
  }

  /** Resolves to whether the kiosk let the day be closed. Never does when the process dies meanwhile. */
  async closeDay(): Promise<boolean> {
    const desk = this.#parts.desk();
    if (desk === null) return false;
    const outcome = await desk.reconciler.close('Mara');
    const why = outcome.kind === 'refused' ? outcome.reasons.join() : '';
    this.#parts.note(`staff: day ${outcome.kind} ${why}`);
    if (outcome.kind === 'closed') this.#parts.onClosed();
    return outcome.kind === 'closed';
  }
}
