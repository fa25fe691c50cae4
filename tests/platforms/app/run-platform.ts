import {
  type JoinedStripe,
  marianaSeed,
  type Platforms,
  type PlatformSystem,
  portalAccount,
  startPlatform,
} from '../start-platform.ts';
import type { PlatformRecord } from './platform-record.ts';
import type { PlatformRun } from './platform-run.ts';

/** A proof server with the order of its run. */
export interface RunningPlatform {
  /** What a kiosk's settings say of it, in the section `backend`. */
  readonly section: Readonly<Record<string, string>>;
  record(): PlatformRecord;
  close(): Promise<void>;
}

type Kept = Pick<PlatformRecord, 'order' | 'payments'>;

/** Starts the platform of this run, which sells through that Stripe, and makes its order. */
export async function runPlatform(
  run: PlatformRun,
  stripe: JoinedStripe,
): Promise<RunningPlatform> {
  const { currency, order } = run;
  switch (run.system) {
    case 'mariana-tek': {
      const platform = await startPlatform('mariana-tek', { stripe, currency });
      const { shop } = platform.model;
      const cart = order === null ? null : shop.seedCart({ id: order.id, total: order.total });
      const user = cart === null ? undefined : shop.users.get(cart.userId);
      if (user !== undefined) user.balance = order?.fromBalance ?? 0;
      return running(run, platform, { location: marianaSeed.locationId }, () => ({
        order: cart === null ? null : { id: cart.id, status: cart.status },
        payments: platform.model.made().map(({ id, order: of }) => madeThere(id, of)),
      }));
    }
    case 'portal': {
      const platform = await startPlatform('portal', { stripe, currency });
      return running(run, platform, { accountId: portalAccount }, () => ({
        order: null,
        payments: platform.model.made().map(({ id, order: of }) => madeThere(id, of)),
      }));
    }
    case 'commerce-layer': {
      const platform = await startPlatform('commerce-layer', { stripe, currency });
      const { model } = platform;
      const made =
        order === null ? null : model.seedOrder({ id: order.id, total: order.total, currency });
      return running(run, platform, { role: run.role }, () => ({
        order: made === null ? null : { id: made.id, status: null },
        payments: model.payments.map(({ stripeId, orderId, reference, isMadeHere }) => ({
          payment_intent: stripeId,
          of: orderId,
          reference,
          made_by: isMadeHere ? 'platform' : 'kiosk',
        })),
      }));
    }
  }
}

function madeThere(id: string, of: string): PlatformRecord['payments'][number] {
  return { payment_intent: id, of, reference: null, made_by: 'platform' };
}

function running(
  { system }: PlatformRun,
  platform: Platforms[PlatformSystem],
  own: Readonly<Record<string, string>>,
  kept: () => Kept,
): RunningPlatform {
  const { url, token, received, bugs } = platform;
  return {
    section: { system, url, token, mode: 'test', ...own },
    record: () => ({
      system,
      ...kept(),
      calls: received.map(({ method, path, status }) => `${method} ${path} ${String(status)}`),
      bugs: bugs.map(String),
    }),
    close: () => platform.close(),
  };
}
