import type { Evidence, LedgerPayment } from './evidence.ts';
import { aboutCards, aboutRefunds } from './card-verdict.ts';
import type { FiledSale } from './kiosk-file.ts';

/** Every promise the evidence breaks, in a sentence each; empty when all hold. */
export function verdict(evidence: Evidence): readonly string[] {
  const { file, payments, mishaps, leaks } = evidence;
  return [
    ...mishaps,
    ...file.damage.map((what) => `the file is damaged: ${what}`),
    ...file.openWork.map((what) => `work was left undone: ${what}`),
    ...[...new Set(leaks)].map((name) => `${name} holds a secret`),
    ...file.sales.flatMap((sale) =>
      ofSale(
        sale,
        payments.filter((payment) => payment.sale === sale.id),
      ),
    ),
    ...strangers(evidence),
    ...aboutKeys(evidence),
    ...aboutReaders(evidence),
    ...aboutScreens(evidence),
    ...aboutReceipts(evidence),
    ...aboutCards(evidence),
    ...aboutRefunds(evidence),
  ];
}

function ofSale(sale: FiledSale, payments: readonly LedgerPayment[]): readonly string[] {
  const live = payments.filter(({ status }) => status !== 'canceled');
  const succeeded = live.filter(({ status }) => status === 'succeeded');
  const held = live.filter(({ status }) => status === 'requires_capture');
  const isForStaff = sale.state === 'needs_staff';
  const sum = (count: (payment: LedgerPayment) => number): number =>
    payments.reduce((total, payment) => total + count(payment), 0);
  return [
    when(live.length > 1, `${live.length} PaymentIntents of it are not canceled`),
    when(sum(({ approvals }) => approvals) > 1, 'its card was approved twice'),
    when(sum(({ captures }) => captures) > 1, 'it was captured twice'),
    ...succeeded.map(({ amountReceived, currency }) =>
      when(
        amountReceived !== sale.amount || currency !== sale.currency,
        `${amountReceived} ${currency} was taken for ${sale.amount} ${sale.currency}`,
      ),
    ),
    when(sale.state === 'paid' && succeeded.length !== 1, 'it is filed as paid and is not'),
    when(succeeded.length > 0 && sale.state !== 'paid' && !isForStaff, 'it is paid and not filed'),
    when(held.length > 0 && !isForStaff, 'its hold was forgotten'),
    when(sale.state === 'canceled' && live.length > 0, 'it is filed as canceled and is not'),
    when(isForStaff && sale.staffReason === null, 'staff are not told why'),
    when(
      sale.paymentIntent !== null && !payments.some(({ id }) => id === sale.paymentIntent),
      'its PaymentIntent does not exist',
    ),
  ].flatMap((what) => (what === null ? [] : [`${sale.id} (${sale.state}): ${what}`]));
}

/** Written before sent: whatever Stripe knows of the kiosk's sales, the file knows as well. */
function strangers({ payments, file }: Evidence): readonly string[] {
  return payments
    .filter(({ sale }) => !file.sales.some(({ id }) => id === sale))
    .map(({ id, status }) => `${id} (${status}) belongs to no sale of the file`);
}

/** They move no money and may be repeated: a token is made afresh, a cart is shown, what was compared is ended. */
const harmless: ReadonlySet<string> = new Set([
  'connection_token',
  'reader_cancel',
  'reader_display',
]);

/** Of a sale that is over nothing is on a reader any more, and no till's payment was replaced. */
function aboutReaders({ prompts, others, file }: Evidence): readonly string[] {
  const disturbed = others.filter((status) => status !== 'succeeded');
  const left = prompts.flatMap(({ reader, object }) => {
    const sale = file.sales.find((one) => one.paymentIntent === object);
    // Only this kiosk keeps cards and gives money back here.
    if (sale === undefined && object.startsWith('pi_')) return [];
    return [
      `${sale?.id ?? object} (${sale?.state ?? 'no sale'}): its prompt is still on ${reader}`,
    ];
  });
  return [...left, ...disturbed.map((status) => `another till's payment is ${status}`)];
}

/** A key is committed before it leaves, and stands for one request alone. */
function aboutKeys({ requests }: Evidence): readonly string[] {
  const changes = requests.filter(({ isChange, call }) => isChange && !harmless.has(call));
  const meanings = new Map<string, string>();
  return changes.flatMap(({ call, path, parameters, key, wasStored }) => {
    if (key === null) return [`a ${call} left without a key`];
    const meaning = `${path}?${parameters}`;
    const first = meanings.get(key) ?? meaning;
    meanings.set(key, first);
    return [
      ...(wasStored ? [] : [`a ${call} left before its key was on file`]),
      ...(first === meaning ? [] : [`one key was used for two requests: ${first} and ${meaning}`]),
    ];
  });
}

/** What a customer was told stays true (P4, P5). */
function aboutScreens({ shown, payments, file }: Evidence): readonly string[] {
  return shown.flatMap(({ saleId, state, provedNotCharged }) => {
    const filed = file.sales.find(({ id }) => id === saleId);
    const its = payments.filter(({ sale }) => sale === saleId);
    if (state === 'paid') {
      const isPaid = its.some(({ status }) => status === 'succeeded');
      if (!isPaid) return [`${saleId}: the screen said paid and no money was taken`];
      if (filed?.state !== 'paid') return [`${saleId}: the screen said paid, the file does not`];
    }
    if (state === 'canceled' && provedNotCharged) {
      const isCharged = its.some(({ status }) => status !== 'canceled');
      if (isCharged) return [`${saleId}: the screen said not charged while it may still be`];
    }
    return filed === undefined ? [`${saleId}: the screen showed a sale that is not on file`] : [];
  });
}

function aboutReceipts({ file, payments }: Evidence): readonly string[] {
  return file.receiptsSent
    .filter(
      (id) => !payments.some(({ sale, hasReceiptAddress }) => sale === id && hasReceiptAddress),
    )
    .map((id) => `${id}: its receipt is filed as sent, and the charge has no address`);
}

function when(isSo: boolean, what: string): string | null {
  return isSo ? what : null;
}
