/** What a connection says of its own durability when it is asked. */
export interface InForce {
  readonly journalMode: string;
  /** 2 is FULL: a commit is on the medium when it returns. */
  readonly synchronous: number;
}

/** A queue as its users have it. Each enqueue and each completion is durable on return. */
export interface Queue {
  readonly name: string;
  readonly inForce: InForce;
  enqueue(): unknown;
  /** Takes the next job and marks it done. Throws when there is none. */
  claimAndComplete(): unknown;
  close(): unknown;
}
