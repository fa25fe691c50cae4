import type { TestCard, Verification } from '../test-cards.ts';

/**
 * The fields card networks want on a receipt. The cryptogram and the authorization code come from
 * the model's id source: they differ between charges and mean nothing.
 * https://docs.stripe.com/terminal/features/receipts
 */
export function emvReceipt(
  card: TestCard,
  verification: Verification | null,
  nextId: (prefix: string) => string,
): {
  account_type: string;
  application_cryptogram: string;
  application_preferred_name: string;
  authorization_code: string | null;
  authorization_response_code: string;
  cardholder_verification_method: string;
  dedicated_file_name: string;
  terminal_verification_results: string;
  transaction_status_information: string;
} {
  return {
    account_type: card.funding === 'debit' ? 'checking' : card.funding,
    application_cryptogram: hexDigits(nextId('cryptogram')),
    application_preferred_name: card.applicationName,
    authorization_code:
      verification === null ? null : hexDigits(nextId('authorization')).slice(0, 6),
    authorization_response_code: verification === null ? '3035' : '3030',
    cardholder_verification_method: verification ?? 'failure',
    dedicated_file_name: card.dedicatedFileName,
    terminal_verification_results: '8000008000',
    transaction_status_information: '6800',
  };
}

/** Sixteen hexadecimal digits that follow from a text alone (two rounds of FNV-1a). */
function hexDigits(text: string): string {
  return [0x811c9dc5, 0x01000193]
    .map((seed) => {
      let hash = seed;
      for (const character of text) {
        hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
      }
      return hash.toString(16).toUpperCase().padStart(8, '0');
    })
    .join('');
}
