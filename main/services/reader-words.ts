import type { Answer } from '../ports/payments-api.ts';

type Failed = Exclude<Answer<never>, { kind: 'done' }>;

/** For staff, when a reader or Stripe is slow to answer. https://docs.stripe.com/terminal/network-requirements */
export const networkAdvice =
  'Check that the reader has power and shows a network, that kiosk and reader have a good connection, and that the studio’s network lets both reach Stripe.';

const readerWords: Readonly<Record<string, string>> = {
  terminal_reader_busy:
    'The reader is busy: it charges a card, a card is still in it, or it updates its software or changes its settings. Wait a moment and try again.',
  terminal_reader_timeout: `The reader did not answer in time; it may have heard all the same. Check its status before you try again. ${networkAdvice}`,
  terminal_reader_offline: `Stripe has not heard from the reader for two minutes or more. It is most likely off, or without internet. ${networkAdvice}`,
  terminal_reader_hardware_fault:
    'The reader reports a fault of its own. Use another reader, and tell Stripe this one’s serial number.',
  terminal_reader_invalid_location_for_activation:
    'This reader can’t be used in the country of that location. Choose a location in the country it was sold for.',
  terminal_location_country_unsupported:
    'Stripe has no Terminal in this country. Check the two letters of the country.',
  resource_missing:
    'Stripe does not know it (any more). Look at the list again: it may have been removed, or belong to another account or mode.',
};

/**
 * Why Stripe did not do what staff asked, and what to do now. `otherwise` is said of a refusal that has no words of its
 * own here; its code goes with it, for support.
 */
export function whyNot(answer: Failed, otherwise: string): string {
  switch (answer.kind) {
    case 'refused':
      return readerWords[answer.code] ?? `${otherwise} (${answer.code})`;
    case 'busy':
      return readerWords[answer.code] ?? 'Stripe is busy and did nothing. Try again in a moment.';
    case 'denied':
      return `Stripe does not let this kiosk’s key do that (${answer.code}). In the Stripe dashboard, give the key the right to read and write Terminal readers and locations.`;
    case 'uncertain':
      return 'Stripe had a fault of its own, and it may or may not have been done. Look at the list again before you try once more.';
    case 'unanswered':
      return `Stripe did not answer, and it may or may not have been done. Look at the list again before you try once more. ${networkAdvice}`;
  }
}

/** The same for what only looks and changes nothing. */
export function whyUnread(answer: Failed): string {
  switch (answer.kind) {
    case 'uncertain':
      return 'Stripe had a fault of its own. Try again in a moment.';
    case 'unanswered':
      return `Stripe did not answer. ${networkAdvice}`;
    case 'refused':
    case 'busy':
    case 'denied':
      return whyNot(answer, 'Stripe refused to tell.');
  }
}
