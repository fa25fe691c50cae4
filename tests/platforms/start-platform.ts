import { CommerceLayerModel } from './commerce-layer/model.ts';
import { MarianaTekModel } from './mariana-tek/model.ts';
import { PortalModel } from './portal/model.ts';
import { type PlatformClock, type PlatformServer, servePlatform } from './serve-platform.ts';
import { trainingPlatformStripe } from './training-platform-stripe.ts';

/** The Stripe a platform is joined to: the training Stripe of a kiosk's bench. */
export interface JoinedStripe {
  readonly url: string;
  readonly secretKey: string;
  readonly publishableKey: string;
  /** The Stripe location of the studio's readers. */
  readonly location: string;
}

/** How a platform is started. */
export interface PlatformOptions {
  readonly stripe: JoinedStripe;
  /** Default: the real time. With a virtual clock, a slow call waits until that clock is moved. */
  readonly clock?: PlatformClock;
  /** Default `usd`: what its amounts are in. */
  readonly currency?: string;
}

/** A platform that listens. `model` holds what it knows, and what a test may change about it. */
export interface Platform<Model> extends PlatformServer {
  readonly model: Model;
  /** What a kiosk signs in with, as `Authorization: Bearer`. */
  readonly token: string;
}

/** Which systems there are. */
export interface Platforms {
  readonly 'mariana-tek': Platform<MarianaTekModel>;
  readonly portal: Platform<PortalModel>;
  readonly 'commerce-layer': Platform<CommerceLayerModel>;
}

export type PlatformSystem = keyof Platforms;

/** What a Mariana Tek begins with: a location of one partner, and a user with so much on the account. */
export const marianaSeed = {
  locationId: '123',
  partnerId: '72341',
  userId: '234510',
  /** Minor units. */
  balance: 2_000,
} as const;

/** The account a portal begins with. */
export const portalAccount = 'account_123456';

type Started = Required<PlatformOptions>;
type Starter<System extends PlatformSystem> = (options: Started) => Promise<Platforms[System]>;

const starters: { [System in PlatformSystem]: Starter<System> } = {
  'mariana-tek': async ({ stripe, clock, currency }: Started) => {
    const token = 'mariana-access-token';
    const server = await servePlatform(
      () =>
        new MarianaTekModel({
          token,
          stripe: trainingPlatformStripe(stripe.url, stripe.secretKey),
          publishableKey: stripe.publishableKey,
        }),
      clock,
    );
    const { shop } = server.model;
    const { locationId, partnerId, userId, balance } = marianaSeed;
    shop.seedLocation({ id: locationId, partnerId, stripeLocation: stripe.location, currency });
    shop.seedUser(userId, balance);
    return { ...server, token };
  },
  portal: async ({ stripe, clock, currency }: Started) => {
    const token = 'portal-access-token';
    const server = await servePlatform(
      () =>
        new PortalModel({ token, stripe: trainingPlatformStripe(stripe.url, stripe.secretKey) }),
      clock,
    );
    server.model.accounts.set(portalAccount, currency);
    return { ...server, token };
  },
  'commerce-layer': async ({ stripe, clock }: Started) => {
    const token = 'commerce-access-token';
    const server = await servePlatform(
      (url) =>
        new CommerceLayerModel({
          token,
          stripe: trainingPlatformStripe(stripe.url, stripe.secretKey),
          publishableKey: stripe.publishableKey,
          url,
          nowMs: () => clock.nowMs(),
        }),
      clock,
    );
    return { ...server, token };
  },
};

/** Starts a platform's proof server on a free loopback port. It is to be closed before its Stripe. */
export function startPlatform<System extends PlatformSystem>(
  system: System,
  { stripe, clock = realTime, currency = 'usd' }: PlatformOptions,
): Promise<Platforms[System]> {
  return starters[system]({ stripe, clock, currency });
}

const realTime: PlatformClock = {
  nowMs: () => Date.now(),
  sleep: (ms, signal) => {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => {
      resolve(undefined);
    }, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new Error('the platform was closed'));
    });
    return promise;
  },
};
