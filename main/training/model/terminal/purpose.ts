import type { MetadataChange } from '../form/metadata.ts';
import type { Presentation } from '../moves/presentation.ts';

/** A payment: the card is asked for the PaymentIntent's amount. */
export interface PaymentPurpose {
  readonly kind: 'payment';
  readonly paymentIntent: string;
  readonly allowRedisplay: Presentation['allowRedisplay'];
  /** Whether a tip may be added on the reader. */
  readonly tipping: boolean;
}

/** A setup: the card is kept for later, and no money moves. */
export interface SetupPurpose {
  readonly kind: 'setup';
  readonly setupIntent: string;
  readonly allowRedisplay: NonNullable<Presentation['allowRedisplay']>;
}

/** A refund in person: the card that paid gets money back. */
export interface RefundPurpose {
  readonly kind: 'refund';
  readonly charge: string;
  /** Smallest unit. */
  readonly amount: number;
  readonly metadata: RefundMetadata;
}

/** Pairs and not a map: a prompt is kept on file as JSON. */
export type RefundMetadata = readonly (readonly [string, string])[];

/**
 * What a reader asks for a card for, whoever leads it. Everything that differs between the three
 * is decided by this: which cards are taken, what is done with one, and what the screen says.
 */
export type Purpose = PaymentPurpose | SetupPurpose | RefundPurpose;

/** The id of the object that a card is for. */
export function subjectOf(purpose: Purpose): string {
  switch (purpose.kind) {
    case 'payment':
      return purpose.paymentIntent;
    case 'setup':
      return purpose.setupIntent;
    case 'refund':
      return purpose.charge;
  }
}

/** Metadata as a client sent it, in the form a prompt keeps it in. */
export function refundMetadata(metadata: MetadataChange | undefined): RefundMetadata {
  return [...(metadata ?? [])];
}
