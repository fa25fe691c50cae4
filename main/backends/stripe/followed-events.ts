import type Stripe from 'stripe';

/**
 * The events that can mean something to a sale of ours or its reader. Stripe takes at most 20 names in one call. That
 * one was created is none of them: it holds no money yet, and would often be listed before its own create is answered.
 * Nor is that one requires an action, which a card that is present never asks for.
 * https://docs.stripe.com/api/events/list
 */
export const followedEvents = [
  'payment_intent.amount_capturable_updated',
  'payment_intent.processing',
  'payment_intent.payment_failed',
  'payment_intent.succeeded',
  'payment_intent.canceled',
  'charge.captured',
  'charge.failed',
  'charge.expired',
  'charge.refunded',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
  'charge.dispute.closed',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'terminal.reader.action_succeeded',
  'terminal.reader.action_failed',
  'terminal.reader.action_updated',
] as const satisfies readonly Stripe.Event['type'][];
