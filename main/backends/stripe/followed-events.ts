import type Stripe from 'stripe';

/**
 * The events that can mean something to a sale, a setup or a refund of ours, or to its reader. Stripe takes at most 20
 * names in one call, and each type costs room on every page, so none is followed that tells what another does as well:
 * a capture and a failure are told by the PaymentIntent, a refund by the Refund, since October 2024 for every kind of
 * it, and of a dispute the PaymentIntent that is read shows no more than that there is one. That something was created
 * is told of refunds alone, which others make, too: a PaymentIntent or a SetupIntent would often be listed before its
 * own create is answered. Nor is one followed that requires an action, which neither a card that is present nor one
 * that is charged off session can be asked for.
 * https://docs.stripe.com/api/events/list
 * https://docs.stripe.com/changelog/acacia/2024-10-28/refund-webhook-update
 */
export const followedEvents = [
  'payment_intent.amount_capturable_updated',
  'payment_intent.processing',
  'payment_intent.payment_failed',
  'payment_intent.succeeded',
  'payment_intent.canceled',
  'charge.expired',
  'charge.dispute.created',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.closed',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'setup_intent.succeeded',
  'setup_intent.setup_failed',
  'setup_intent.canceled',
  'terminal.reader.action_succeeded',
  'terminal.reader.action_failed',
  'terminal.reader.action_updated',
] as const satisfies readonly Stripe.Event['type'][];
