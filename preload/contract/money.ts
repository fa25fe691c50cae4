/** An integer in the currency's minor unit, as Stripe counts it, and Stripe's lower-case code. */
export interface MoneyView {
  readonly amount: number;
  readonly currency: string;
}

/** How to write amounts of the kiosk's one currency. Stripe's exponents are not Intl's. */
export interface CurrencyView {
  readonly code: string;
  /** Digits after the decimal point in `amount`: 0, 2 or 3. */
  readonly exponent: number;
}
