import type { Evidence } from './evidence.ts';

/** Every promise about cards on file that the evidence breaks, in a sentence each. */
export function aboutCards({ cards, file }: Evidence): readonly string[] {
  const attached = cards.cards.filter(({ customer }) => customer !== null);
  const live = file.cards.filter(({ isLive }) => isLive);
  const numbers = new Set(cards.customers);
  return [
    ...(numbers.size === cards.customers.length
      ? []
      : [`a member has several Customers: ${cards.customers.join(', ')}`]),
    ...attached
      .filter(({ id }) => !live.some((card) => card.id === id))
      .map(({ id }) => `${id} is attached without a consent that stands`),
    ...live
      .filter(({ id }) => !attached.some((card) => card.id === id))
      .map(({ id }) => `${id} is on file and is nobody's at Stripe`),
    ...file.wishes.flatMap((source) => {
      const kept = file.keepings.filter((keeping) => keeping.source === source);
      if (kept.length !== 1) {
        return [`${source}: what became of its card is filed ${kept.length} times`];
      }
      // Every card that is tapped here to be kept can be.
      return kept[0]?.outcome === 'kept' ? [] : [`${source}: its card was lost`];
    }),
  ];
}

/** The same about money given back. */
export function aboutRefunds({ cards, file, payments }: Evidence): readonly string[] {
  const alive = cards.refunds.filter(
    ({ status }) => status === 'succeeded' || status === 'pending',
  );
  return [
    ...file.refunds.flatMap(({ id, state, amount, stripeRefund, isInPerson, paymentIntent }) => {
      const its = isInPerson
        ? alive.filter((one) => one.refundId === null && one.paymentIntent === paymentIntent)
        : alive.filter(({ refundId }) => refundId === id);
      const isFiled = state === 'succeeded' || state === 'pending';
      const sum = its.reduce((total, one) => total + one.amount, 0);
      return [
        ...(its.length > 1 ? [`${id} was given back ${its.length} times`] : []),
        ...(isFiled && sum !== amount
          ? [`${id} is ${state}, and ${sum} of ${amount} went back`]
          : []),
        ...(!isFiled && sum > 0 ? [`${id} is ${state}, and ${sum} went back`] : []),
        ...(isFiled && !its.some((one) => one.id === stripeRefund)
          ? [`${id} is ${state} by ${stripeRefund ?? 'nothing'}, which is not there`]
          : []),
      ];
    }),
    ...payments.flatMap(({ id, amountReceived }) => {
      const its = alive.filter(({ paymentIntent }) => paymentIntent === id);
      const sum = its.reduce((total, { amount }) => total + amount, 0);
      return sum > amountReceived ? [`${sum} of ${id} went back, and ${amountReceived} came`] : [];
    }),
  ];
}
