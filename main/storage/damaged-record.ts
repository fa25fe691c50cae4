/** A stored setup or refund whose row and journal are both broken. It is never guessed at. */
export class DamagedRecord extends Error {
  constructor(id: string) {
    super(`The record of ${id} is damaged, and its journal does not prove it.`);
    this.name = 'DamagedRecord';
  }
}
