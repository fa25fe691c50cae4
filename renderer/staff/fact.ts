/** One line of a list of facts. `tone` is null where there is nothing to judge. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly tone: 'good' | 'watch' | 'bad' | 'idle' | null;
}
