import { z } from 'zod';

import { serverDrivenFaults } from '../model/terminal/server-driven-fault.ts';
import { setupConfigSchema } from './card-wish.ts';
import { collectConfigSchema } from './collect-config.ts';
import { failure, type ReaderResult } from './reader-result.ts';

const nothing = z.strictObject({});
const text = z.string().max(500);

/** What the page told the SDK's simulator. */
const simulator = z.strictObject({
  testPaymentMethod: text.nullable(),
  tipAmount: z.int().nonnegative().nullable(),
});

/** The mishaps that can be rehearsed, as `ReaderFault` has them. */
const readerFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('process_reply_lost_after_effect') }),
  z.strictObject({ kind: z.literal('process_reply_lost_before_effect') }),
  z.strictObject({ kind: z.literal('process_connectivity_trouble') }),
  z.strictObject({ kind: z.literal('reader_lost_during_collect') }),
  z.strictObject({
    kind: z.literal('reader_lost_during_process'),
    effect: z.enum(['before', 'after']),
  }),
  ...serverDrivenFaults,
]);

/** What each command takes. A page is not trusted: what does not fit is refused. */
const calls = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('discoverReaders'),
    params: z.strictObject({
      connectionToken: text,
      simulated: z.boolean(),
      location: text.nullable(),
      deviceType: text.nullable(),
    }),
  }),
  z.strictObject({
    method: z.literal('connectReader'),
    params: z.strictObject({ connectionToken: text, reader: text, failIfInUse: z.boolean() }),
  }),
  z.strictObject({ method: z.literal('disconnectReader'), params: nothing }),
  z.strictObject({
    method: z.literal('setReaderDisplay'),
    params: z.strictObject({
      type: z.literal('cart'),
      cart: z.object({
        line_items: z
          .array(z.object({ description: text, amount: z.int(), quantity: z.int().positive() }))
          .max(200),
        tax: z.int().nullish(),
        total: z.int(),
        currency: z.string().length(3),
      }),
    }),
  }),
  z.strictObject({ method: z.literal('clearReaderDisplay'), params: nothing }),
  z.strictObject({
    method: z.literal('collectPaymentMethod'),
    params: z.strictObject({ clientSecret: text, config: collectConfigSchema, simulator }),
  }),
  z.strictObject({
    method: z.literal('collectSetupIntentPaymentMethod'),
    params: z.strictObject({
      clientSecret: text,
      allowRedisplay: z.enum(['always', 'limited', 'unspecified']),
      config: setupConfigSchema,
      simulator,
    }),
  }),
  z.strictObject({
    method: z.literal('collectRefundPaymentMethod'),
    params: z.strictObject({
      charge: text,
      amount: z.int().positive(),
      currency: z.string().length(3),
      simulator,
    }),
  }),
  z.strictObject({ method: z.literal('cancelCollectPaymentMethod'), params: nothing }),
  z.strictObject({ method: z.literal('cancelCollectSetupIntentPaymentMethod'), params: nothing }),
  z.strictObject({ method: z.literal('cancelCollectRefundPaymentMethod'), params: nothing }),
  z.strictObject({
    method: z.literal('processPayment'),
    params: z.strictObject({ collected: text, paymentIntent: text }),
  }),
  z.strictObject({
    method: z.literal('confirmSetupIntent'),
    params: z.strictObject({ collected: text, setupIntent: text }),
  }),
  z.strictObject({
    method: z.literal('processRefund'),
    params: z.strictObject({ collected: text }),
  }),
  z.strictObject({
    method: z.literal('present'),
    params: z.strictObject({ testPaymentMethod: text }),
  }),
  z.strictObject({
    method: z.literal('prompt'),
    params: z.strictObject({ reader: text.nullable() }),
  }),
  z.strictObject({ method: z.literal('arm'), params: z.strictObject({ fault: readerFault }) }),
]);

export type ReaderCall = z.infer<typeof calls>;

/** Reads a command. Refuses with `invalid_argument`, naming the field but never its value. */
export function readReaderCall(method: string, params: unknown): ReaderResult<ReaderCall> {
  const call = calls.safeParse({ method, params });
  if (call.success) {
    return call.data;
  }
  const fields = call.error.issues.map(({ path }) => path.join('.')).join(', ');
  return failure('invalid_argument', `Training mode cannot carry out this command: ${fields}.`);
}
