import { type MarianaTek, marianaTek } from '../../../main/backends/mariana-tek/mariana-tek.ts';
import { kioskId, saleId } from '../../../main/domain/ids.ts';
import type { PaymentIntentFacts } from '../../../main/domain/payment-intent.ts';
import type { PlatformOrder } from '../../../main/domain/platform-order.ts';
import type { CreateRequest, PaymentAbout } from '../../../main/ports/payments-api.ts';
import { openPlatformBench, type PlatformBench } from '../../platforms/platform-bench.ts';
import { marianaSeed } from '../../platforms/start-platform.ts';

export const cartId = '123';
/** The example's cart: 56.78 with the card and 12.34 from the account. Minor units. */
export const byCard = 5_678;
export const byBalance = 1_234;

export const theSale = saleId('sale_0000000001');
export const theKiosk = kioskId('kiosk_0000000001');

export const theOrder: PlatformOrder = {
  id: cartId,
  fromBalance: byBalance,
  balance: byBalance,
  userId: marianaSeed.userId,
  partnerId: marianaSeed.partnerId,
};

export const toCreate: CreateRequest = {
  total: { amount: byCard, currency: 'usd' },
  saleId: theSale,
  kioskId: theKiosk,
  orderHash: 'hash',
  order: theOrder,
};

export const never = new AbortController().signal;

export function about(changes: Partial<PaymentAbout> = {}): PaymentAbout {
  return {
    saleId: theSale,
    kioskId: theKiosk,
    order: theOrder,
    total: toCreate.total,
    last: null,
    clientSecret: null,
    ...changes,
  };
}

export interface MarianaBench extends PlatformBench<'mariana-tek'> {
  readonly mariana: MarianaTek;
  /** How often the platform was asked at this endpoint. */
  asked(endpoint: string): number;
}

/** The adapter on its proof server, where the example's cart stands and the user has 20.00 on the account. */
export async function openMariana(
  changes: Partial<Parameters<typeof marianaTek>[0]> = {},
): Promise<MarianaBench> {
  const bench = await openPlatformBench('mariana-tek');
  const { platform, stripe } = bench;
  platform.model.shop.seedCart({
    id: cartId,
    total: byCard + byBalance,
    userId: marianaSeed.userId,
  });
  const mariana = marianaTek({
    url: platform.url,
    token: platform.token,
    mode: 'test',
    location: marianaSeed.locationId,
    stripeUrl: stripe.url,
    ...changes,
  });
  const asked = (endpoint: string): number =>
    platform.received.filter(({ path }) => path.endsWith(`/${endpoint}/`)).length;
  return { ...bench, mariana, asked };
}

/** A PaymentIntent that was made and shown. */
export async function made({ mariana }: Pick<MarianaBench, 'mariana'>): Promise<{
  readonly paymentIntent: PaymentIntentFacts;
  readonly clientSecret: string;
}> {
  const answer = await mariana.payments.create(toCreate, 'unsent', never);
  if (answer.kind !== 'done' || answer.value.clientSecret === null) {
    throw new Error(`Nothing was made: ${JSON.stringify(answer)}`);
  }
  return { paymentIntent: answer.value.paymentIntent, clientSecret: answer.value.clientSecret };
}
