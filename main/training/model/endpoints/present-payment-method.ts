import { invalidRequest } from '../api-error.ts';
import type { Endpoint } from '../api/endpoint.ts';
import type { Params } from '../form/params.ts';
import type { Ledger } from '../ledger.ts';
import { comeDue } from '../moves/come-due.ts';
import { find } from '../moves/find.ts';
import { cardShownByItself } from '../terminal/card-shown-by-itself.ts';
import { presentCard } from '../terminal/present-card.ts';
import { readerState } from '../terminal/reader-phases.ts';
import { findTestCard, type TestCard, testCards } from '../test-cards.ts';

interface PresentOrder {
  readonly type: TestCard['type'] | undefined;
  readonly number: string | undefined;
  readonly tipAmount: number | null;
}

const present: Endpoint = {
  method: 'POST',
  path: '/v1/test_helpers/terminal/readers/:id/present_payment_method',
  returns: { object: 'terminal.reader', list: false },
  prepare: ({ params, id }) => {
    const order = readPresentOrder(params);
    return (ledger) => {
      presentTo(ledger, id, order);
      comeDue(ledger);
      return find(ledger.readers, 'reader', id);
    };
  },
};

function readPresentOrder(params: Params): PresentOrder {
  params.refuseUnmodelled(['card']);
  const type = params.oneOf('type', ['card_present', 'interac_present']);
  const numbers = (['card_present', 'interac_present'] as const).map((name) => {
    const group = params.group(name);
    const number = group?.text('number');
    group?.done();
    return number;
  });
  return {
    type,
    number: numbers.find((number) => number !== undefined),
    tipAmount: params.integer('amount_tip') ?? null,
  };
}

function presentTo(ledger: Ledger, id: string, order: PresentOrder): void {
  const reader = find(ledger.readers, 'reader', id);
  if (!reader.device_type.startsWith('simulated_')) {
    throw invalidRequest('A payment method can only be presented on a simulated reader.');
  }
  const refusal = presentCard(ledger, id, cardOf(ledger, id, order), order.tipAmount);
  if (refusal === 'reader_not_asking') {
    throw invalidRequest('The reader has no action that waits for a payment method.');
  }
  if (refusal === 'card_not_accepted') {
    throw invalidRequest(
      "The payment method is not among the PaymentIntent's payment_method_types.",
      { param: 'type' },
    );
  }
}

/** The card that was named, else the first of the type, else the one the prompt is for. */
function cardOf(ledger: Ledger, readerId: string, { number, type }: PresentOrder): TestCard {
  if (number !== undefined) {
    const named = findTestCard(number);
    if (named === undefined || (type !== undefined && named.type !== type)) {
      throw invalidRequest(`The number is none of Stripe's ${type ?? ''} test cards.`, {
        param: `${type ?? 'card_present'}[number]`,
      });
    }
    return named;
  }
  const named = testCards.find((candidate) => candidate.type === type);
  if (named !== undefined) {
    return named;
  }
  const { phase } = readerState(ledger, readerId);
  if (phase.kind !== 'prompting') {
    throw invalidRequest('The reader has no action that waits for a payment method.');
  }
  return cardShownByItself(ledger, phase.order.purpose, null);
}

/** https://docs.stripe.com/api/terminal/readers/present_payment_method */
export const presentPaymentMethodEndpoints: readonly Endpoint[] = [present];
