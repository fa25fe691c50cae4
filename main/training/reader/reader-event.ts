/** What the reader's own screen shows; the training panel draws it. */
export type ReaderScreen =
  'splash' | 'cart' | 'present_card' | 'reading' | 'authorizing' | 'approved' | 'declined';

/** Something a simulated reader did by itself. */
export type ReaderEvent =
  | {
      readonly type: 'connection_status';
      readonly sessionId: string;
      readonly readerId: string;
      readonly status: 'connected' | 'not_connected';
    }
  | {
      readonly type: 'payment_status';
      readonly sessionId: string;
      readonly readerId: string;
      readonly status: 'not_ready' | 'ready' | 'waiting_for_input' | 'processing';
    }
  | {
      /** The page did not ask for this: the reader was lost, or another page took it. */
      readonly type: 'unexpected_disconnect';
      readonly sessionId: string;
      readonly readerId: string;
      readonly message: string;
    }
  | {
      readonly type: 'reader_screen';
      /** Null while nobody is connected. */
      readonly sessionId: string | null;
      readonly readerId: string;
      readonly screen: ReaderScreen;
    };

export type ReaderEventListener = (event: ReaderEvent) => void;
