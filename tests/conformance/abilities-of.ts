import { commerceLayerAbilities } from '../../main/backends/commerce-layer/commerce-layer-abilities.ts';
import { marianaAbilities } from '../../main/backends/mariana-tek/mariana-abilities.ts';
import { portalAbilities } from '../../main/backends/portal/portal-abilities.ts';
import { type Abilities, directAbilities } from '../../main/ports/abilities.ts';
import type { System } from './joined-kiosk.ts';

/** What each back end declares. */
export const abilitiesOf: Readonly<Record<System, Abilities>> = {
  direct: directAbilities,
  'mariana-tek': marianaAbilities,
  portal: portalAbilities,
  'commerce-layer': commerceLayerAbilities('maker'),
  'commerce-layer recorder': commerceLayerAbilities('recorder'),
};
