/** Unique ids, injected. Sortable by time of making, with a random end. */
export interface IdSource {
  /** `prefix_` and 10 to 40 lower-case letters and digits. */
  next(prefix: 'sale' | 'kiosk' | 'boot' | 'consent' | 'setup'): string;
}
