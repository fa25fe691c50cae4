/** The model's only source of names and chance, so that one seed gives one run. */
export interface ModelIds {
  /** A name never given before, beginning with `prefix` and an underscore: `pi_3Qx…`. */
  next(prefix: string): string;
}
