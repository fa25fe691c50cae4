import type { Snapshot } from '../../../preload/contract/kiosk.ts';
import type { MoneyView } from '../../../preload/contract/money.ts';
import type { PlatformOrderView } from '../../../preload/contract/orders.ts';
import type { ReceiptView } from '../../../preload/contract/receipt.ts';
import type { SaleView } from '../../../preload/contract/sale.ts';

const currency = 'usd';

function money(amount: number): MoneyView {
  return { amount, currency };
}

/** A kiosk that sells, with no sale on its screen. */
export function aSnapshot(part: Partial<Snapshot> = {}): Snapshot {
  return {
    revision: 1,
    mode: 'live',
    studio: { name: 'Lumen Yoga' },
    currency: { code: currency, exponent: 2 },
    theme: { accent: '#2f5d50', scheme: 'light' },
    locale: 'en',
    reader: { side: 'right', location: null, id: null, integration: 'sdk' },
    timings: { idleMs: 60_000, idleWarningMs: 20_000, resultMs: 20_000, stillPayingMs: 20_000 },
    features: {
      system: 'Stripe',
      orders: false,
      accountBalance: false,
      receiptEmail: true,
      refunds: true,
      sweep: true,
      readers: 'led',
      readerConnects: 'at_start',
    },
    closed: null,
    cardPayment: { state: 'ready', sentence: null, readerLabel: 'Front desk' },
    sale: null,
    member: null,
    setup: null,
    cards: { keep: false, pay: false },
    training: null,
    ...part,
  };
}

/** An order that a platform made, with nothing to pay from an account. */
export function anOrder(part: Partial<PlatformOrderView> = {}): PlatformOrderView {
  return { id: 'cart-7', balance: money(0), fromBalance: money(0), ...part };
}

/** Two places in a class and a mat, with the tax on top. */
export function aSale(part: Partial<SaleView> = {}): SaleView {
  return {
    id: 'sale_01k9z3m8q2vt4w6x',
    code: '7F3K',
    state: 'open',
    stage: null,
    attemptId: 'att_01k9z3m8q2vt4w6x_1',
    lines: [
      {
        itemId: 'vinyasa',
        name: 'Vinyasa flow',
        quantity: 2,
        unitPrice: money(2400),
        total: money(4800),
      },
      {
        itemId: 'mat',
        name: 'Mat rental',
        quantity: 1,
        unitPrice: money(300),
        total: money(300),
      },
    ],
    subtotal: money(5100),
    taxes: [{ label: 'Sales tax 8.5 %', amount: money(434), included: false }],
    total: money(5534),
    orderTotal: money(5534),
    platformOrder: null,
    needsOrder: false,
    canCancel: true,
    lingering: false,
    cancelReason: null,
    provedNotCharged: false,
    decline: null,
    connectivityTrouble: false,
    receipt: null,
    keeping: null,
    storedCard: null,
    ...part,
  };
}

/** Everything a charge can bring for a receipt. */
export function aReceipt(part: Partial<ReceiptView> = {}): ReceiptView {
  return {
    studioName: 'Lumen Yoga',
    studioAddress: '14 Harbour Street, Portland, OR',
    paidAtMs: Date.UTC(2026, 10, 20, 18, 12),
    paymentIntentId: 'pi_3SVx2eKq8mTzYd0a1bCdEfGh',
    card: {
      brand: 'visa',
      last4: '4242',
      readMethod: 'contactless_emv',
      applicationPreferredName: 'Visa Credit',
      dedicatedFileName: 'A0000000031010',
      authorizationCode: '214098',
      authorizationResponseCode: '3030',
      applicationCryptogram: 'F1A2B3C4D5E6F708',
      terminalVerificationResults: '0000000000',
      transactionStatusInformation: '0000',
      cardholderVerificationMethod: 'no_cvm',
      accountType: 'credit',
    },
    email: 'none',
    ...part,
  };
}
