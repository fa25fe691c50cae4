import type { SystemLimit } from '../../preload/contract/staff.ts';
import type { Abilities } from '../ports/abilities.ts';

/** What the system behind this kiosk does not let it do: staff read a sentence for each. */
export function systemLimits(abilities: Abilities): readonly SystemLimit[] {
  const { cards } = abilities;
  const limits: readonly (readonly [SystemLimit, boolean])[] = [
    ['orders', abilities.order === 'none'],
    ['account_balance', !abilities.accountBalance],
    ['cancel', abilities.settles === 'platform'],
    ['refunds', !abilities.refunds],
    ['receipt_email', !abilities.receiptEmail],
    ['sweep', !abilities.list],
    ['events', !abilities.events],
    ['keep_with_sale', !cards.keepWithSale],
    ['keep_alone', !cards.keepAlone],
    ['charge_card', !cards.charge],
    ['lead_readers', abilities.readers !== 'led'],
  ];
  return limits.flatMap(([limit, isThere]) => (isThere ? [limit] : []));
}
