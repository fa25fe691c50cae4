import { type KioskId, kioskId } from '../../../main/domain/ids.ts';

export const ourKiosk: KioskId = kioskId('kiosk_0mi1kqbas00kiosk00000001');
/** The one at the other end of the foyer, where two share a reader. */
export const secondKiosk: KioskId = kioskId('kiosk_0mi1kqbas00kiosk00000002');
