/**
 * What the drawn card and reader are doing; it follows the real reader, never leads it. With a card
 * on file, `charging`, no reader is drawn: there is none to look at.
 */
export type PayPhase = 'waking' | 'awaiting' | 'read' | 'asking' | 'leaving' | 'charging';

/** Where the real reader stands, seen by the customer. */
export type ReaderSide = 'left' | 'right' | 'below';
