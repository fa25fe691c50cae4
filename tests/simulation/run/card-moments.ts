import type { CardStaff } from '../people/card-staff.ts';
import type { CardMoment } from '../plan/card-fault.ts';
import type { SaleRun } from '../plan/sale-run.ts';

/** Lets what members and staff do about cards and refunds happen. `tell` counts it once it has taken effect. */
export function happenToCards(
  staff: CardStaff,
  fault: CardMoment,
  run: SaleRun,
  tell: (detail?: string) => void,
): void {
  switch (fault.kind) {
    case 'card_revoked':
      if (staff.revoke(run, fault.by)) tell(fault.by);
      return;
    case 'keeping_withdrawn':
      if (staff.withdraw(run)) tell();
      return;
    case 'card_charged':
      staff.begin(async () => {
        if (await staff.charge(run, fault.bank)) tell();
      });
      return;
    case 'refund_asked':
      staff.begin(async () => {
        if (await staff.refund(run, fault.how, fault.course)) tell(fault.how);
      });
      return;
    case 'hold_voided':
      if (staff.voidHold(run)) tell();
  }
}
