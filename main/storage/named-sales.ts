import { type SaleId, saleId } from '../domain/ids.ts';

/** Those of the texts that are ids of sales. A row whose very id is damaged has none that could be named. */
export function namedSales(texts: readonly string[]): readonly SaleId[] {
  return texts.flatMap((text) => {
    try {
      return [saleId(text)];
    } catch {
      return [];
    }
  });
}
