import { z } from 'zod';

const metadata = z.record(z.string().max(40), z.string().max(500)).optional();
const id = (prefix: string): z.ZodString =>
  z.string().regex(new RegExp(`^${prefix}_\\w+$`), `must begin with ${prefix}_`);

const location = z.strictObject({
  id: id('tml'),
  display_name: z.string().min(1),
  address: z.strictObject({
    country: z.string().length(2, 'must be a country of two letters, such as US'),
    city: z.string().nullable().default(null),
    line1: z.string().nullable().default(null),
    line2: z.string().nullable().default(null),
    postal_code: z.string().nullable().default(null),
    state: z.string().nullable().default(null),
  }),
  metadata,
});

const reader = z.strictObject({
  id: id('tmr'),
  label: z.string().min(1),
  location: id('tml').optional(),
  device_type: z.string().min(1).default('simulated_stripe_s700'),
  serial_number: z.string().min(1),
  ip_address: z.ipv4('must be an IPv4 address').default('192.168.1.50'),
  status: z.enum(['online', 'offline']).default('online'),
});

const customer = z.strictObject({
  id: id('cus'),
  name: z.string().nullable().default(null),
  email: z.email('must be an e-mail address').nullable().default(null),
  phone: z.string().nullable().default(null),
  description: z.string().nullable().default(null),
  metadata,
});

const paymentIntent = z.strictObject({
  amount: z.int('must be a whole number of the smallest unit').positive(),
  currency: z.string().length(3, 'must be a currency of three letters, such as usd'),
  capture_method: z.enum(['automatic', 'automatic_async', 'manual']).default('manual'),
  customer: id('cus').optional(),
  description: z.string().optional(),
  metadata,
  /** The card that was presented for it, by its name in Stripe's table of test cards. */
  presented: z.string().optional(),
  /** What happened then. */
  then: z.enum(['captured', 'canceled']).optional(),
});

/** What a ledger can be filled with before the first request. Unknown fields are refused. */
export const startStateSchema = z.strictObject({
  locations: z.array(location).default([]),
  readers: z.array(reader).default([]),
  customers: z.array(customer).default([]),
  payment_intents: z.array(paymentIntent).default([]),
});

export type StartState = z.infer<typeof startStateSchema>;
