import { commerceLayerAbilities } from '../../../main/backends/commerce-layer/commerce-layer-abilities.ts';
import { marianaAbilities } from '../../../main/backends/mariana-tek/mariana-abilities.ts';
import { portalAbilities } from '../../../main/backends/portal/portal-abilities.ts';
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

/** Commerce Layer in both its roles. */
const platforms = ['mariana-tek', 'portal', 'commerce-layer', 'commerce-layer'] as const;

/** Of the seeds that may choose, so many stay with direct Stripe, whose faults are the most. */
const directShare = 0.5;

const noCards: Abilities['cards'] = {
  keepWithSale: false,
  keepAlone: false,
  charge: false,
  remove: false,
  postalCode: false,
};

/** What each of them declares, but for cards: those are kept with direct Stripe alone in the simulation. */
const declared: Readonly<Record<Behind, Abilities>> = {
  direct: directAbilities,
  mariana_tek: { ...marianaAbilities, cards: noCards },
  portal: { ...portalAbilities, cards: noCards },
  commerce_maker: { ...commerceLayerAbilities('maker'), cards: noCards },
  commerce_recorder: { ...commerceLayerAbilities('recorder'), cards: noCards },
};

export function abilitiesOf(behind: Behind): Abilities {
  return declared[behind];
}

/** What this seed's kiosk stands before. Drawn from a stream of its own: the rest of the seed stays as it was. */
export function drawBehind(seed: number, asked: BackendChoice | undefined): Behind {
  const chance = new Chance(seed, 7);
  const isDirect = chance.happens(directShare);
  const platform = chance.pick(platforms);
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
