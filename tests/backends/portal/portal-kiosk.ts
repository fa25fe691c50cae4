import { companion } from '../../../main/backends/platform-http/companion.ts';
import { portal, type PortalBackend } from '../../../main/backends/portal/portal.ts';
import { kioskId, type PaymentIntentId, saleId } from '../../../main/domain/ids.ts';
import { money } from '../../../main/domain/money.ts';
import type { Answer, CreateRequest, LivePaymentIntent } from '../../../main/ports/payments-api.ts';
import { openPlatformBench, type PlatformBench } from '../../platforms/platform-bench.ts';
import { portalAccount } from '../../platforms/start-platform.ts';
import { tapCard } from '../../platforms/tap-card.ts';
import { valueOf } from '../../stripe/value-of.ts';

export const never = new AbortController().signal;
export const total = money(1_299, 'usd');
export const sale = saleId('sale_0000000001');
export const kiosk = kioskId('kiosk_0000000001');

/** A portal joined to a training Stripe, and a kiosk's way to both. */
export interface PortalKiosk extends AsyncDisposable {
  readonly bench: PlatformBench<'portal'>;
  readonly backend: PortalBackend;
  /** The times that replies bore, epoch milliseconds. */
  readonly dates: readonly number[];
}

export async function openPortalKiosk({
  companionKey,
  ...changes
}: {
  readonly token?: string;
  readonly clientSecretPath?: string;
  readonly companionKey?: string;
} = {}): Promise<PortalKiosk> {
  const bench = await openPlatformBench('portal');
  const { secretKey, url, location } = bench.stripe;
  const dates: number[] = [];
  const backend = portal({
    url: bench.platform.url,
    token: bench.platform.token,
    authentication: { header: 'Authorization', prefix: 'Bearer ' },
    accountId: portalAccount,
    clientSecretPath: 'client_secret',
    timeoutMs: 2_000,
    onDate: (atMs) => dates.push(atMs),
    companion: companion({
      secretKey: companionKey ?? secretKey,
      apiBase: url,
      timeoutMs: 2_000,
      location,
      onDate: () => undefined,
    }),
    ...changes,
  });
  return { bench, backend, dates, [Symbol.asyncDispose]: () => bench.close() };
}

export function request(changes: Partial<CreateRequest> = {}): CreateRequest {
  return { total, saleId: sale, kioskId: kiosk, orderHash: 'hash', ...changes };
}

export function create(
  { backend }: PortalKiosk,
  changes: Partial<CreateRequest> = {},
): Promise<Answer<LivePaymentIntent>> {
  return backend.payments.create(request(changes), 'foyer_sale_0000000001_create_1', never);
}

/** Creates a payment and taps a card for it: its money is held. */
export async function hold(
  portalKiosk: PortalKiosk,
  changes: Partial<CreateRequest> = {},
): Promise<PaymentIntentId> {
  const { id } = valueOf(await create(portalKiosk, changes)).paymentIntent;
  await tapCard(portalKiosk.bench, { paymentIntent: id });
  return id;
}

export function capture({ backend }: PortalKiosk, id: PaymentIntentId): Promise<Answer<null>> {
  return backend.payments.capture(id, total, 'foyer_sale_0000000001_capture_1', never);
}

export async function statusAtStripe({ bench }: PortalKiosk, id: string): Promise<string> {
  return (await bench.studio.stripe.paymentIntents.retrieve(id)).status;
}
