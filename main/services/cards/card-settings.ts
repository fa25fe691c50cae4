/** What of cards on file the studio wants. */
export interface CardSettings {
  /** Members are offered to keep a card. */
  readonly keep: boolean;
  /** A charge to a card on file may wait for the network, within these limits; null: it may not. */
  readonly waiting: WaitingLimits | null;
}

/** Minor units of the studio's currency, and hours. */
export interface WaitingLimits {
  /** The largest charge that may wait. */
  readonly each: number;
  /** All that wait at once. */
  readonly total: number;
  /** From the choice of the card; what has not been charged by then is not charged. */
  readonly hours: number;
}
