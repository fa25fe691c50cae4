/** What the drawn card and reader are doing; it follows the real reader, never leads it. */
export type PayPhase = 'waking' | 'awaiting' | 'read' | 'asking' | 'leaving';

/** Where the real reader stands, seen by the customer. */
export type ReaderSide = 'left' | 'right' | 'below';
