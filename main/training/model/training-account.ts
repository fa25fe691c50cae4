/** How the account behaves where Stripe leaves it open, or takes its time. */
export interface AccountSettings {
  /**
   * What comes of a phone that is presented to be kept: a card that may be charged only off
   * session, or none. Stripe's documents describe both.
   */
  readonly wallets: 'generated_limited' | 'none';
  /** How long the search of customers lags behind, in milliseconds. */
  readonly searchDelayMs: number;
  /** When a refund that is not settled at once turns, in milliseconds after it was made. */
  readonly refundTurnsAfterMs: number;
  /** When the holder of a card that disputes does so, in milliseconds after the charge. */
  readonly disputedAfterMs: number;
}

/** Stripe says that a search finds what is new within a minute, usually. https://docs.stripe.com/search */
const settingsDefault: AccountSettings = {
  wallets: 'generated_limited',
  searchDelayMs: 60_000,
  refundTurnsAfterMs: 60_000,
  disputedAfterMs: 60_000,
};

/** The settings of one account. Nothing of it is kept over a restart: whoever starts it sets it. */
export class TrainingAccount {
  settings: AccountSettings = settingsDefault;

  /** Changes some settings and leaves the others. */
  set(settings: Partial<AccountSettings>): void {
    this.settings = { ...this.settings, ...settings };
  }
}
