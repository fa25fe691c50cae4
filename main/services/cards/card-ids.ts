/** New ids for what begins here; what a port of ids gives, for two nouns more. */
export interface CardIds {
  next(prefix: 'sale' | 'kiosk' | 'boot' | 'consent' | 'setup'): string;
}
