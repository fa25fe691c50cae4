import { type Abilities, directAbilities } from '../../../main/ports/abilities.ts';
import { Chance } from '../time/chance.ts';

/** The systems that a seed can run with, as the simulation's command names them. */
export const backends = ['direct', 'mariana-tek', 'portal', 'commerce-layer'] as const;

export type Backend = (typeof backends)[number];

/** What is asked for: one system, or `all`, evenly. */
export type BackendChoice = Backend | 'all';

/** What a seed's kiosk stands before; Commerce Layer has two roles. */
export const behinds = [
  'direct',
  'mariana_tek',
  'portal',
  'commerce_maker',
  'commerce_recorder',
] as const;

export type Behind = (typeof behinds)[number];

/** Of the seeds that may choose, so many stay with direct Stripe, whose faults are the most. */
const directShare = 0.55;

const noCards: Abilities['cards'] = {
  keepWithSale: false,
  keepAlone: false,
  charge: false,
  remove: false,
  postalCode: false,
};

/** What each of them declares, as far as the simulation sells with it: cards are kept with direct Stripe alone. */
const declared: Readonly<Record<Behind, Abilities>> = {
  direct: directAbilities,
  mariana_tek: {
    ...directAbilities,
    system: 'Mariana Tek',
    idempotency: 'none',
    order: 'required',
    accountBalance: true,
    settles: 'platform',
    list: false,
    events: false,
    refunds: false,
    receiptEmail: false,
    cards: noCards,
    readers: 'listed',
    connectionToken: 'with_order',
  },
  portal: { ...directAbilities, system: 'Portal', idempotency: 'none', cards: noCards },
  commerce_maker: {
    ...directAbilities,
    system: 'Commerce Layer',
    idempotency: 'none',
    order: 'required',
    cards: noCards,
  },
  commerce_recorder: {
    ...directAbilities,
    system: 'Commerce Layer',
    order: 'required',
    recordsOrder: true,
    cards: noCards,
  },
};

export function abilitiesOf(behind: Behind): Abilities {
  return declared[behind];
}

/** What this seed's kiosk stands before. Drawn from a stream of its own: the rest of the seed stays as it was. */
export function drawBehind(seed: number, asked: BackendChoice | undefined): Behind {
  const chance = new Chance(seed, 7);
  const isDirect = chance.happens(directShare);
  const platform = chance.pick(['mariana-tek', 'mariana-tek', 'portal', 'commerce-layer'] as const);
  const any = chance.pick(backends);
  const drawn = asked === 'all' ? any : (asked ?? (isDirect ? 'direct' : platform));
  switch (drawn) {
    case 'direct':
    case 'portal':
      return drawn;
    case 'mariana-tek':
      return 'mariana_tek';
    case 'commerce-layer':
      return chance.happens(0.5) ? 'commerce_maker' : 'commerce_recorder';
  }
}
