/** A stored sale whose seal, form or journal is broken. It is never guessed at: storage mends it or staff decide. */
export class DamagedSale extends Error {
  /** As the file has it, which may be no id any more. */
  readonly saleId: string;

  constructor(saleId: string, why: string, cause?: unknown) {
    super(`The record of ${saleId} is damaged: ${why}`, { cause });
    this.name = 'DamagedSale';
    this.saleId = saleId;
  }
}
