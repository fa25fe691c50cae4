import { brandName } from './brand-name.ts';

/** A card as its holder knows it, such as `Visa •••• 4242`; the digits never part from their dots. */
export function cardName({
  brand,
  last4,
}: {
  readonly brand: string;
  readonly last4: string;
}): string {
  return `${brandName(brand)} ••••\u00A0${last4}`;
}
