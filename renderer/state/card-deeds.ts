/** What a member can do at review with cards on file. */
export interface CardDeeds {
  /** Keep the card that will be tapped. */
  readonly keep: () => void;
  readonly dontKeep: () => void;
  /** Say who they are, and choose then. */
  readonly identify: () => void;
  readonly choosePayment: () => void;
  readonly payWith: (cardId: string) => void;
  readonly payInPerson: () => void;
  /** It is somebody else. */
  readonly forget: () => void;
}
