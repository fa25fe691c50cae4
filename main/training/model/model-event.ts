import type Stripe from 'stripe';

/** Which event types the model appends, and what each carries. */
export interface ModelEventObjects {
  'payment_intent.created': Stripe.PaymentIntent;
  'payment_intent.amount_capturable_updated': Stripe.PaymentIntent;
  'payment_intent.requires_action': Stripe.PaymentIntent;
  'payment_intent.payment_failed': Stripe.PaymentIntent;
  'payment_intent.succeeded': Stripe.PaymentIntent;
  'payment_intent.canceled': Stripe.PaymentIntent;
  'charge.succeeded': Stripe.Charge;
  'charge.failed': Stripe.Charge;
  'charge.captured': Stripe.Charge;
  'charge.refunded': Stripe.Charge;
  'charge.expired': Stripe.Charge;
  'charge.updated': Stripe.Charge;
  'charge.dispute.created': Stripe.Dispute;
  'charge.refund.updated': Stripe.Refund;
  'refund.created': Stripe.Refund;
  'refund.updated': Stripe.Refund;
  'refund.failed': Stripe.Refund;
  'setup_intent.created': Stripe.SetupIntent;
  'setup_intent.succeeded': Stripe.SetupIntent;
  'setup_intent.setup_failed': Stripe.SetupIntent;
  'setup_intent.canceled': Stripe.SetupIntent;
  'payment_method.attached': Stripe.PaymentMethod;
  'payment_method.detached': Stripe.PaymentMethod;
  'payment_method.updated': Stripe.PaymentMethod;
  'customer.created': Stripe.Customer;
  'customer.updated': Stripe.Customer;
  'customer.deleted': Stripe.Customer;
  'terminal.reader.action_succeeded': Stripe.Terminal.Reader;
  'terminal.reader.action_failed': Stripe.Terminal.Reader;
  'terminal.reader.action_updated': Stripe.Terminal.Reader;
}

export type ModelEventType = keyof ModelEventObjects;

/** A name in the table above that Stripe does not have would fail here. */
type Known<Type extends Stripe.Event['type']> = Type;

/** One line of the event log. The object is the version that was current when it happened. */
export type ModelEvent = Omit<Stripe.Event, 'type' | 'data'> & {
  readonly type: Known<ModelEventType>;
  readonly data: { readonly object: ModelEventObjects[ModelEventType] };
};
