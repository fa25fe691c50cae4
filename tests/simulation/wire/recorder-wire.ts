import type { PaymentsApi } from '../../../main/ports/payments-api.ts';
import { bound } from './bound.ts';
import type { PaymentsWire } from './payments-wire.ts';
import { bare, type PlatformWireParts } from './platform-wire.ts';

/** Commerce Layer as the recorder: the kiosk makes the PaymentIntent itself, and tells of it once it is paid. */
export function recorderPayments(
  { orders, transit }: PlatformWireParts,
  companion: PaymentsWire,
): PaymentsApi {
  return {
    ...bound(companion),
    recordOrder: async (id, signal, { saleId, order }) => {
      const about = { ...bare, saleId, intentId: id, orderId: order?.id ?? '' };
      const look = await transit.send(
        { ...about, call: 'record_look' },
        () => ({ status: 200, value: orders.recordOf(saleId) }),
        signal,
      );
      if (look.kind !== 'done') return look;
      if (look.value !== null) return { ...look, value: { agrees: look.value.agrees } };
      // The secret goes with the record, and is nowhere any more.
      const live = await companion.read(id, signal);
      if (live.kind !== 'done') return live;
      return transit.send(
        { ...about, call: 'record', isUnkeyed: true },
        () => {
          const known = orders.all.get(about.orderId);
          if (known === undefined) return { status: 404, code: 'not_found' };
          return orders.record(known, saleId, id);
        },
        signal,
      );
    },
  };
}
