import { z } from 'zod';
import { saleIdSchema } from './sale.ts';

export const receiptEmailRequest = z.strictObject({
  saleId: saleIdSchema,
  email: z.email().max(254),
});

export interface ReceiptEmailSaved {
  /** On disk here; the snapshot's receipt tells how it goes on. */
  readonly state: 'queued';
}

/** What the card networks want on a receipt; the EMV fields come from the charge. */
export interface ReceiptView {
  readonly studioName: string;
  readonly studioAddress: string | null;
  readonly paidAtMs: number;
  readonly paymentIntentId: string;
  readonly card: {
    readonly brand: string;
    readonly last4: string;
    /** Stripe's words, such as `contactless_emv`. */
    readonly readMethod: string | null;
    readonly applicationPreferredName: string | null;
    /** The AID. */
    readonly dedicatedFileName: string | null;
    readonly authorizationCode: string | null;
    readonly authorizationResponseCode: string | null;
    readonly applicationCryptogram: string | null;
    readonly terminalVerificationResults: string | null;
    readonly transactionStatusInformation: string | null;
    readonly cardholderVerificationMethod: string | null;
    readonly accountType: string | null;
  } | null;
  readonly email: 'none' | 'sending' | 'queued' | 'sent' | 'test_mode' | 'refused';
}
