import type { CustomerStep, Scenario } from './scenario.ts';

const confirm: CustomerStep = { at: 'open', does: 'confirm' };
const keep: CustomerStep = { at: 'open', does: 'keep_card' };
const payByCard: CustomerStep = { at: 'open', does: 'pay_by_card' };
const retry: CustomerStep = { at: 'declined', does: 'retry' };
const setUp: CustomerStep = { at: 'arrival', does: 'set_up_card' };
const visa = { card: 'visa' } as const;
const oneCard = { cards: 1, givenBack: 0 } as const;
/** What an evening class costs, in minor units. */
const price = 2_400;

function withCards(name: string, story: Partial<Scenario>): Scenario {
  return {
    name,
    leaves: oneCard,
    visits: [[confirm]],
    atTheReader: [visa],
    ends: ['paid'],
    hasMember: true,
    ...story,
  };
}

/** The same story at a reader that the page leads, and at one that main leads. */
function eitherWay(name: string, story: Partial<Scenario>): readonly Scenario[] {
  return [
    withCards(name, story),
    withCards(`main leads: ${name}`, { ...story, isServerDriven: true }),
  ];
}

/** The four steps of a sale whose card is kept, in their order: each is killed before and after. */
const fourSteps = eitherWay('keep_card_with_sale: create, collect and process, capture, save', {
  visits: [[keep, confirm]],
});

/** Stories of cards on file and of money given back. */
export const scenariosWithCards: readonly Scenario[] = [
  ...fourSteps,
  ...eitherWay('keep_card_without_sale', { visits: [[setUp]], ends: [] }),
  withCards('keep_card_without_sale: declined, then another card', {
    visits: [[setUp, retry]],
    atTheReader: [{ card: 'charge_declined' }, visa],
    ends: [],
  }),
  withCards('keep_card_with_sale: the reply to the capture is lost', {
    visits: [[keep, confirm]],
    mishaps: [{ on: 'capture', mishap: { kind: 'reply_lost' } }],
  }),
  withCards('keep_card_with_sale: a 500 after the Customer was made', {
    visits: [[keep, confirm]],
    mishaps: [{ on: 'customer_create', mishap: { kind: 'server_error', effect: 'after' } }],
    // The member's own row may have made the Customer before the sale asks for it.
    ends: [['paid', 'canceled']],
  }),
  withCards('stored_card_charge', {
    visits: [[keep, confirm], [{ at: 'arrival', does: 'staff_charge' }]],
    ends: ['paid', 'paid'],
  }),
  withCards('stored_card_charge: the reply to the confirm is lost', {
    visits: [
      [keep, confirm],
      [payByCard, confirm],
    ],
    mishaps: [{ on: 'confirm', mishap: { kind: 'reply_lost' } }],
    ends: ['paid', 'paid'],
  }),
  withCards('stored_card_declined_then_in_person', {
    visits: [
      [keep, confirm],
      [payByCard, confirm, retry],
    ],
    atTheReader: [{ card: 'kept_declined' }, visa],
    ends: ['paid', 'paid'],
  }),
  withCards('refund_full', {
    visits: [[confirm], [{ at: 'arrival', does: 'staff_refund_all' }]],
    leaves: { cards: 0, givenBack: price },
  }),
  withCards('refund_full: the reply is lost', {
    visits: [[confirm], [{ at: 'arrival', does: 'staff_refund_all' }]],
    leaves: { cards: 0, givenBack: price },
    mishaps: [{ on: 'refund_create', mishap: { kind: 'reply_lost' } }],
  }),
  withCards('refund_partial', {
    visits: [[confirm], [{ at: 'arrival', does: 'staff_refund_half' }]],
    leaves: { cards: 0, givenBack: price / 2 },
  }),
  ...eitherWay('refund_in_person', {
    visits: [[confirm], [{ at: 'arrival', does: 'staff_refund_all' }]],
    leaves: { cards: 0, givenBack: price },
    atTheReader: [{ card: 'interac' }, { card: 'interac' }],
    isInCanada: true,
  }),
  withCards('revoke', {
    visits: [[keep, confirm], [{ at: 'arrival', does: 'remove_card' }]],
    leaves: { cards: 0, givenBack: 0 },
  }),
];
