/** One letter to one person, as plain text. */
export interface Letter {
  /**
   * The same for every try to send the same words. The receiver's Message-ID is made of it, so that one that comes
   * twice after a lost answer is known as one.
   */
  readonly id: string;
  /** One bare address, such as `mia@example.com`. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** What came of a letter. `code` is the mail server's three digits, or the fault's name; it holds no address. */
export type MailAnswer =
  /** The mail server took it over; whether it reaches the person is then that server's business. */
  | { readonly kind: 'sent' }
  /** The letter itself will never be taken: its address does not exist or is none. Not sent. */
  | { readonly kind: 'refused'; readonly code: string }
  /**
   * Not taken for a reason that is not the letter's (no connection, a busy or greylisting server, a wrong password), or
   * no answer after it was handed over. Send it again later, with the same id.
   */
  | { readonly kind: 'unanswered'; readonly code: string };

/** Sends letters. Neither addresses nor words of theirs are ever logged. */
export interface Mailer {
  /** Takes one minute at most, and less when `signal` aborts. Never rejects for what a server or a network does. */
  send(letter: Letter, signal: AbortSignal): Promise<MailAnswer>;
}

/** Who the letters come from. The address is plain ASCII; its domain is also that of each Message-ID. */
export interface MailSender {
  /** Empty when there is none. */
  readonly name: string;
  readonly address: string;
}

/** A mail server that takes letters for others, and how to be let in. */
export interface MailAccount {
  readonly host: string;
  readonly port: number;
  /** True: encrypted from the first byte (port 465). False: it begins in the clear and turns to TLS. */
  readonly secure: boolean;
  /** Null when the server asks for none. */
  readonly login: { readonly user: string; readonly password: string } | null;
  readonly from: MailSender;
}
