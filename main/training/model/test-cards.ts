import { type Decline, declines } from './declines.ts';

/**
 * Stripe's test cards and test amounts, and what each of them does. This is the only place that
 * knows, with `declines.ts` for the words: every other file asks. https://docs.stripe.com/terminal/references/testing
 */

/** How the cardholder was verified, as a receipt prints it. */
export type Verification = 'approval' | 'offline_pin' | 'online_pin';

/** What comes of one presentation of a card. */
export type CardOutcome =
  | { readonly kind: 'approved'; readonly verification: Verification }
  /** The tap is refused first, which leaves a failed charge; then card and PIN are accepted. */
  | {
      readonly kind: 'approved_on_second_try';
      readonly firstTry: Decline;
      readonly verification: Verification;
    }
  | { readonly kind: 'declined'; readonly decline: Decline };

/** One test card as the reader sees it. */
export interface TestCard {
  readonly testPaymentMethod: string;
  readonly number: string;
  readonly type: 'card_present' | 'interac_present';
  readonly brand: string;
  readonly network: string;
  readonly funding: 'credit' | 'debit' | 'prepaid';
  readonly country: string;
  readonly applicationName: string;
  /** The chip application's id (AID), which receipts must print. */
  readonly dedicatedFileName: string;
  readonly outcome: CardOutcome;
  /** The phone or watch that presents it; null for a card of plastic. */
  readonly wallet: 'apple_pay' | 'google_pay' | null;
  /** Why the issuer refuses this card once it is kept and charged without its holder; null when it approves. */
  readonly keptDecline: Decline | null;
  /** What becomes of a refund to it after Stripe's first answer. */
  readonly refunds: 'at_once' | 'fail_later' | 'pending_first';
  /** Whether its holder disputes every payment. */
  readonly disputes: boolean;
}

const approved: CardOutcome = { kind: 'approved', verification: 'approval' };

/** What the last two digits of an amount do to a card that would be approved. */
const amountOutcomes: ReadonlyMap<number, CardOutcome> = new Map<number, CardOutcome>([
  [1, { kind: 'declined', decline: declines.callIssuer }],
  [
    2,
    {
      kind: 'approved_on_second_try',
      firstTry: declines.offlinePin,
      verification: 'offline_pin',
    },
  ],
  [3, { kind: 'approved_on_second_try', firstTry: declines.anyPin, verification: 'online_pin' }],
  [5, { kind: 'declined', decline: declines.generic }],
  [55, { kind: 'declined', decline: declines.incorrectPin }],
  [65, { kind: 'declined', decline: declines.withdrawalLimit }],
  [75, { kind: 'declined', decline: declines.pinTries }],
]);

type Application = Pick<TestCard, 'brand' | 'network' | 'applicationName' | 'dedicatedFileName'>;

function application(brand: string, applicationName: string, aid: string): Application {
  return { brand, network: brand, applicationName, dedicatedFileName: aid };
}

const visa = application('visa', 'Visa Credit', 'A0000000031010');
const mastercard = application('mastercard', 'Mastercard', 'A0000000041010');
const amex = application('amex', 'American Express', 'A000000025010801');
const discover = application('discover', 'Discover', 'A0000001523010');
const diners = application('diners', 'Diners Club', 'A0000001523010');
const jcb = application('jcb', 'JCB Credit', 'A0000000651010');
const unionpay = application('unionpay', 'UnionPay Credit', 'A000000333010101');
const interac = application('interac', 'Interac', 'A0000002771010');
const girocard = application('girocard', 'girocard', 'A0000003591010028001');
const eftpos = application('eftpos_au', 'eftpos', 'A00000038410');
const cartesBancaires = application('cartes_bancaires', 'CB', 'A0000000421010');

function card(
  testPaymentMethod: string,
  number: string,
  application: Application,
  more: Partial<TestCard> = {},
): TestCard {
  return {
    testPaymentMethod,
    number,
    type: 'card_present',
    funding: 'credit',
    country: 'US',
    outcome: approved,
    wallet: null,
    keptDecline: null,
    refunds: 'at_once',
    disputes: false,
    ...application,
    ...more,
  };
}

function declining(name: string, number: string, decline: Decline): TestCard {
  return card(name, number, visa, { outcome: { kind: 'declined', decline } });
}

/** A card that pays in person and is refused once it is kept. */
function keptDeclining(name: string, number: string, decline: Decline): TestCard {
  return card(`kept_${name}`, number, visa, { keptDecline: decline });
}

function verifiedBy(verification: Verification): Partial<TestCard> {
  return { outcome: { kind: 'approved', verification } };
}

function secondTry(firstTry: Decline, verification: Verification): Partial<TestCard> {
  return { outcome: { kind: 'approved_on_second_try', firstTry, verification } };
}

const debit = { funding: 'debit' } as const;
const australianDebit = { ...debit, country: 'AU', network: eftpos.network };
const interacDebit = { ...debit, type: 'interac_present', country: 'CA' } as const;
const frenchDebit = { ...debit, country: 'FR', network: cartesBancaires.network };

/** Every test card the model knows. The first one is the card a simulated reader presents. */
export const testCards: readonly TestCard[] = [
  card('visa', '4242424242424242', visa),
  card('visa_debit', '4000056655665556', visa, debit),
  card('mastercard', '5555555555554444', mastercard),
  card('mastercard_debit', '5200828282828210', mastercard, debit),
  card('mastercard_prepaid', '5105105105105100', mastercard, { funding: 'prepaid' }),
  card('amex', '378282246310005', amex),
  card('amex2', '371449635398431', amex),
  card('discover', '6011111111111117', discover),
  card('discover2', '6011000990139424', discover),
  card('diners', '3056930009020004', diners),
  card('diners_14digits', '36227206271667', diners),
  card('jcb', '3566002020360505', jcb, { country: 'JP' }),
  card('unionpay', '6200000000000005', unionpay, { country: 'CN' }),
  card('interac', '4506445006931933', interac, interacDebit),
  card('eftpos_au_debit', '6280000360000978', eftpos, { ...debit, country: 'AU' }),
  card('eftpos_au_visa_debit', '4000050360000001', visa, australianDebit),
  card('eftpos_au_mastercard_debit', '5555050360000080', mastercard, australianDebit),
  card('cartes_bancaires_visa_debit', '4000002500001001', visa, frenchDebit),
  card('cartes_bancaires_mastercard_debit', '5555552500001001', mastercard, frenchDebit),
  card('girocard_debit', '4711009900000316877', girocard, { ...debit, country: 'DE' }),
  card('offline_pin_cvm', '4001007020000002', visa, verifiedBy('offline_pin')),
  card(
    'offline_pin_sca_retry',
    '4000008260000075',
    visa,
    secondTry(declines.offlinePin, 'offline_pin'),
  ),
  card('online_pin_cvm', '4001000360000005', visa, verifiedBy('online_pin')),
  card('online_pin_sca_retry', '4000002760000008', visa, secondTry(declines.anyPin, 'online_pin')),
  declining('charge_declined', '4000000000000002', declines.generic),
  declining('charge_declined_insufficient_funds', '4000000000009995', declines.insufficientFunds),
  declining('charge_declined_lost_card', '4000000000009987', declines.lostCard),
  declining('charge_declined_stolen_card', '4000000000009979', declines.stolenCard),
  declining('charge_declined_expired_card', '4000000000000069', declines.expiredCard),
  declining('charge_declined_processing_error', '4000000000000119', declines.processingError),
  card('refund_fail', '4000000000005126', visa, { refunds: 'fail_later' }),
  // Stripe knows these online only: https://docs.stripe.com/testing. Here a reader takes them too.
  card('refund_pending', '4000000000007726', visa, { refunds: 'pending_first' }),
  card('disputed', '4000000000000259', visa, { disputes: true }),
  card('kept_declined', '4000000000000341', visa, { keptDecline: declines.generic }),
  card('kept_authentication_required', '4000002500003155', visa, {
    keptDecline: declines.authenticationRequired,
  }),
  keptDeclining('velocity_exceeded', '4000000000006975', declines.velocityExceeded),
  // From here on names and numbers are this model's own: Stripe has no such test cards.
  keptDeclining('insufficient_funds', '4000990000000011', declines.insufficientFunds),
  keptDeclining('lost_card', '4000990000000029', declines.lostCard),
  keptDeclining('stolen_card', '4000990000000037', declines.stolenCard),
  keptDeclining('expired_card', '4000990000000045', declines.expiredCard),
  keptDeclining('incorrect_cvc', '4000990000000052', declines.incorrectCvc),
  keptDeclining('processing_error', '4000990000000060', declines.processingError),
  keptDeclining('do_not_honor', '4000990000000086', declines.doNotHonor),
  keptDeclining('fraudulent', '4000990000000094', declines.fraudulent),
  card('wallet_visa', '4000990000000078', visa, { wallet: 'apple_pay' }),
  card('wallet_mastercard', '5555990000000082', mastercard, { wallet: 'google_pay' }),
  card('interac_other', '4506990000000095', interac, interacDebit),
];

/** Finds a test card by its `testPaymentMethod` name or its number. */
export function findTestCard(nameOrNumber: string): TestCard | undefined {
  return testCards.find(
    ({ testPaymentMethod, number }) =>
      testPaymentMethod === nameOrNumber || number === nameOrNumber,
  );
}

/** Stripe's names for cards that are used online, without a reader, and the test card of each. */
const onlineNames: ReadonlyMap<string, string> = new Map([
  ['pm_card_visa', 'visa'],
  ['pm_card_mastercard', 'mastercard'],
  ['pm_card_amex', 'amex'],
  ['pm_card_discover', 'discover'],
  ['pm_card_chargeDeclined', 'charge_declined'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'charge_declined_insufficient_funds'],
  ['pm_card_chargeDeclinedExpiredCard', 'charge_declined_expired_card'],
  ['pm_card_chargeDeclinedLostCard', 'charge_declined_lost_card'],
  ['pm_card_chargeDeclinedStolenCard', 'charge_declined_stolen_card'],
  ['pm_card_chargeDeclinedProcessingError', 'charge_declined_processing_error'],
  ['pm_card_chargeCustomerFail', 'kept_declined'],
  ['pm_card_authenticationRequired', 'kept_authentication_required'],
  ['pm_card_createDispute', 'disputed'],
  ['pm_card_refundFail', 'refund_fail'],
  ['pm_card_pendingRefund', 'refund_pending'],
]);

/** Finds the test card behind one of Stripe's `pm_card_…` names. https://docs.stripe.com/testing */
export function findOnlineTestCard(name: string): TestCard | undefined {
  const testPaymentMethod = onlineNames.get(name);
  return testPaymentMethod === undefined ? undefined : findTestCard(testPaymentMethod);
}

/** Finds a test card by its fingerprint, which is all that a kept card shows of its number. */
export function findTestCardByFingerprint(fingerprint: string): TestCard | undefined {
  return testCards.find((candidate) => fingerprintOf(candidate) === fingerprint);
}

/** A fingerprint follows from the number alone: the same card shown twice has the same one. */
export function fingerprintOf({ number }: TestCard): string {
  return `training${number.slice(0, 4)}${number.slice(-4)}`;
}

/** The card a simulated reader presents when nobody chose one. */
export function defaultTestCard(): TestCard {
  const [first] = testCards;
  if (first === undefined) {
    throw new Error('The table of test cards is empty.');
  }
  return first;
}

/**
 * What the issuer says to this card for this amount (smallest unit, tip included). The amount's
 * last two digits count even in currencies without decimals; a card that declines does so always.
 */
export function outcomeOf(card: TestCard, amount: number): CardOutcome {
  const byAmount = amountOutcomes.get(amount % 100);
  return card.outcome.kind === 'approved' && byAmount !== undefined ? byAmount : card.outcome;
}

/**
 * What the issuer says to an in-person refund (smallest unit): a partial one whose amount ends in
 * a declining amount is refused. https://docs.stripe.com/terminal/references/testing
 */
export function refundOutcomeOf(chargeAmount: number, amount: number): CardOutcome {
  const byAmount = amount < chargeAmount ? amountOutcomes.get(amount % 100) : undefined;
  return byAmount?.kind === 'declined' ? byAmount : approved;
}
