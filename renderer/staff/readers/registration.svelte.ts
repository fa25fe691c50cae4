/** What staff have typed of a new reader; it outlives a visit to the form for its location. */
export class Registration {
  code = $state('');
  label = $state('');
  /** The location they chose; null before. */
  locationId = $state<string | null>(null);
  /** The name of the location they made on the way. */
  madeLocation = $state<string | null>(null);

  forget(): void {
    this.code = '';
    this.label = '';
    this.locationId = null;
    this.madeLocation = null;
  }
}
