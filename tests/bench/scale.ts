/** How much is done. A quick run says whether all is in order; a full one is what the figures are quoted from. */
export interface Scale {
  readonly rounds: number;
  /** Rows each contender handles in a round. */
  readonly rowsPerRound: number;
  readonly fewRows: number;
  readonly someRows: number;
  /** A file of years. */
  readonly manyRows: number;
  /** Measured sales on each file. */
  readonly sales: number;
  /** Sales through the desk before its memory is looked at. */
  readonly salesForMemory: number;
  /** Captures that wait while the network is away. */
  readonly capturesWaiting: number;
  /** The built app in its window is measured, too. */
  readonly withApp: boolean;
}

export const fullScale: Scale = {
  rounds: 15,
  rowsPerRound: 200,
  fewRows: 1_000,
  someRows: 100_000,
  manyRows: 1_000_000,
  sales: 1_000,
  salesForMemory: 10_000,
  capturesWaiting: 200,
  withApp: true,
};

export const quickScale: Scale = {
  rounds: 5,
  rowsPerRound: 200,
  fewRows: 1_000,
  someRows: 10_000,
  manyRows: 100_000,
  sales: 200,
  salesForMemory: 1_000,
  capturesWaiting: 40,
  withApp: false,
};
