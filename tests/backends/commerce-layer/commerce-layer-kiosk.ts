import {
  commerceLayer,
  type CommerceLayerBackend,
  type CommerceLayerOptions,
} from '../../../main/backends/commerce-layer/commerce-layer.ts';
import { companion } from '../../../main/backends/platform-http/companion.ts';
import { kioskId, saleId } from '../../../main/domain/ids.ts';
import { money } from '../../../main/domain/money.ts';
import type { PaymentIntentFacts } from '../../../main/domain/payment-intent.ts';
import type {
  Answer,
  CreateRequest,
  LivePaymentIntent,
  PaymentAbout,
} from '../../../main/ports/payments-api.ts';
import { openPlatformBench, type PlatformBench } from '../../platforms/platform-bench.ts';

export const never = new AbortController().signal;
export const total = money(2_800, 'usd');
export const sale = saleId('sale_0000000001');
export const kiosk = kioskId('kiosk_0000000001');
export const order = {
  id: 'ABCRtyUpBa',
  fromBalance: 0,
  balance: 0,
  userId: null,
  partnerId: null,
} as const;

/** Commerce Layer joined to a training Stripe, with one order, and a kiosk's way to both. */
export interface CommerceKiosk extends AsyncDisposable {
  readonly bench: PlatformBench<'commerce-layer'>;
  readonly backend: CommerceLayerBackend;
  readonly traces: readonly string[];
  /** What staff were told of refusals. */
  readonly sentences: readonly string[];
}

export async function openCommerceKiosk({
  companionKey,
  ...changes
}: Partial<CommerceLayerOptions> & {
  readonly companionKey?: string;
} = {}): Promise<CommerceKiosk> {
  const bench = await openPlatformBench('commerce-layer');
  bench.platform.model.seedOrder({ id: order.id, total: total.amount, currency: 'usd' });
  const { secretKey, url, location } = bench.stripe;
  const traces: string[] = [];
  const sentences: string[] = [];
  const backend = commerceLayer({
    url: bench.platform.url,
    token: bench.platform.token,
    role: 'maker',
    mode: 'test',
    timeoutMs: 2_000,
    onTrace: (traceId) => traces.push(traceId),
    onRefused: (sentence) => sentences.push(sentence),
    companion: companion({
      secretKey: companionKey ?? secretKey,
      apiBase: url,
      timeoutMs: 2_000,
      location,
      onDate: () => undefined,
    }),
    ...changes,
  });
  return { bench, backend, traces, sentences, [Symbol.asyncDispose]: () => bench.close() };
}

export function create(
  { backend }: CommerceKiosk,
  changes: Partial<CreateRequest> = {},
): Promise<Answer<LivePaymentIntent>> {
  return backend.payments.create(
    { total, saleId: sale, kioskId: kiosk, orderHash: 'hash', order, ...changes },
    'foyer_sale_0000000001_create_1',
    never,
  );
}

/** What the kiosk knows of the sale when it calls. */
export function about(last: PaymentIntentFacts | null): PaymentAbout {
  return { saleId: sale, kioskId: kiosk, order, total, last, clientSecret: null };
}
