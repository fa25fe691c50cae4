import type { Snapshot } from '../../preload/contract/kiosk.ts';
import type { MoneyOverview } from '../../preload/contract/staff.ts';
import type { FaultTarget, PlatformFaults } from '../platforms/faults.ts';
import { openPlatformBench, type PlatformBench } from '../platforms/platform-bench.ts';
import type { PlatformServer } from '../platforms/serve-platform.ts';
import { marianaSeed, portalAccount } from '../platforms/start-platform.ts';
import { asleep } from '../support/studio/requests-under-way.ts';
import type { StripeLedger } from '../support/studio/stripe-ledger.ts';
import { StudioKiosk, type StudioKioskOptions } from '../support/studio/studio-kiosk.ts';
import { TestStudio } from '../support/studio/test-studio.ts';
import { abilitiesOf } from './abilities-of.ts';
import { ledgerOfAll } from './ledger-of-all.ts';
import { stripeInBetween } from './stripe-in-between.ts';

/** Every system the kit knows; a fifth is one name more here, and its places below. */
export const systems = [
  'direct',
  'mariana-tek',
  'portal',
  'commerce-layer',
  /** Commerce Layer, which is told of PaymentIntents that the kiosk makes itself. */
  'commerce-layer recorder',
] as const;

export type System = (typeof systems)[number];

const pin = '739105';

/** What one class costs, in minor units. */
export const price = 2_400;

/** Where each system makes a payment, and where its money is taken or asked after. */
const pathOf: Readonly<Record<System, Readonly<Record<'create' | 'settle', string>>>> = {
  direct: { create: '/v1/payment_intents', settle: '/capture' },
  'mariana-tek': {
    create: '/api/stripe/v1/payment_intent/',
    settle: '/api/stripe/v1/payment_status/',
  },
  portal: { create: '/v1/payment/intent', settle: '/v1/payment/capture' },
  'commerce-layer': { create: '/api/stripe_payments', settle: '/capture' },
  'commerce-layer recorder': { create: '/v1/payment_intents', settle: '/capture' },
};

/** Those that are Stripe's own, and not the platform's. */
const stripesPaths: ReadonlySet<string> = new Set(['/v1/payment_intents', '/capture']);

type AnyBench =
  PlatformBench<'mariana-tek'> | PlatformBench<'portal'> | PlatformBench<'commerce-layer'>;

export interface JoinedOptions extends Pick<StudioKioskOptions, 'catalogue'> {
  readonly integration?: StudioKioskOptions['integration'];
  /** Default: usd. */
  readonly currency?: string;
  /** In the section `backend` of the settings, beside what the system needs. */
  readonly backend?: object;
  readonly settings?: object;
}

interface Parts {
  readonly system: System;
  readonly studio: TestStudio;
  /** Null behind direct Stripe. */
  readonly bench: AnyBench | null;
  /** Between the kiosk and Stripe. */
  readonly stripe: PlatformServer;
  readonly currency: string;
}

/** A kiosk behind one of the systems: the real one, opened by its configuration, over real HTTP. */
export class JoinedKiosk {
  readonly parts: Parts;
  kiosk: StudioKiosk;
  #orders = 0;

  private constructor(parts: Parts, kiosk: StudioKiosk) {
    this.parts = parts;
    this.kiosk = kiosk;
  }

  static async open(system: System, options: JoinedOptions = {}): Promise<JoinedKiosk> {
    const { integration = 'sdk', backend = {}, settings, catalogue, currency = 'usd' } = options;
    const bench = await benchOf(system, currency);
    const studio = bench?.studio ?? (await TestStudio.open());
    const { clock } = studio;
    const stripe = await stripeInBetween(studio.server.url, {
      nowMs: () => clock.nowMs(),
      sleep: (ms, signal) => asleep(clock.sleep(ms, signal)),
    });
    const section = bench === null ? {} : { backend: sectionOf(bench, system, backend) };
    // Settings that want main to lead where it can't are refused in a sentence, and open no kiosk at all.
    const canLead = abilitiesOf[system].readers === 'led';
    const kiosk = await StudioKiosk.open(studio, {
      integration: canLead ? integration : 'sdk',
      ...(catalogue === undefined ? {} : { catalogue }),
      settings: { refunds: { askPin: false }, ...section, ...settings },
      environment: { FOYER_STRIPE_API_BASE: stripe.url, ...withoutKey(system) },
    });
    return new JoinedKiosk({ system, studio, bench, stripe, currency }, kiosk);
  }

  get snapshot(): Snapshot {
    return this.kiosk.page.snapshot;
  }

  /** How many requests to make a payment have arrived, whatever was answered. */
  get createsArrived(): number {
    const { system, bench, stripe } = this.parts;
    const path = pathOf[system].create;
    const isStripes = bench === null || path === '/v1/payment_intents';
    const { received } = isStripes ? stripe : bench.platform;
    return received.filter((call) => call.method === 'POST' && call.path === path).length;
  }

  /** Where the calls go that a fault of this step is to meet: the platform, or Stripe itself. */
  faultsOf(step: 'create' | 'settle'): { faults: PlatformFaults; target: FaultTarget } {
    const { system, bench, stripe } = this.parts;
    const on = pathOf[system][step];
    const isStripes = bench === null || stripesPaths.has(on);
    return { faults: (isStripes ? stripe : bench.platform).faults, target: { on, method: 'POST' } };
  }

  /** The code of an order that the platform made for one class; null where there is no such thing. */
  newOrder(balance = 0, total = price): string | null {
    const { bench, currency } = this.parts;
    if (bench === null) return null;
    this.#orders += 1;
    const id = `order${String(this.#orders)}`;
    const code = `foyer:order?id=${id}&total=${String(total)}`;
    const { model } = bench.platform;
    if ('shop' in model) {
      model.shop.seedCart({ id, total });
      const { userId, partnerId } = marianaSeed;
      return `${code}&user=${userId}&partner=${partnerId}&balance=${String(balance)}`;
    }
    if (!('orders' in model)) return null;
    model.seedOrder({ id, total, currency });
    return code;
  }

  /** A sale at review, of one class or of this order. */
  async review(code: string | null = this.newOrder()): Promise<string> {
    const { page } = this.kiosk;
    if (code === null) {
      const lines = [{ itemId: 'evening-flow', quantity: 1 }];
      return (await page.ask('sale:start', { lines })).saleId;
    }
    const answer = await page.ask('order:open', { code });
    if (answer.kind === 'refused') throw new Error(`The order was refused: ${answer.why}.`);
    return answer.saleId;
  }

  async confirm(code: string | null = this.newOrder()): Promise<string> {
    const saleId = await this.review(code);
    await this.kiosk.page.ask('sale:confirm', { saleId });
    return saleId;
  }

  /** Confirms, and waits for the reader to ask for the card. */
  async buy(code: string | null = this.newOrder()): Promise<string> {
    const saleId = await this.confirm(code);
    await this.kiosk.untilState('awaiting_card');
    return saleId;
  }

  /** Buys with a card, and waits until it is paid. */
  async pay(card = 'visa', code: string | null = this.newOrder()): Promise<string> {
    const saleId = await this.buy(code);
    this.kiosk.present(card);
    await this.kiosk.untilState('paid');
    return saleId;
  }

  /** As a power cut would: see StudioKiosk. */
  async restart(awayMs = 0): Promise<void> {
    this.kiosk = await this.kiosk.restart(awayMs);
  }

  /** Unlocks the staff page; what it says of the system behind the kiosk. */
  async asStaff(): Promise<MoneyOverview['system']> {
    const { page } = this.kiosk;
    const { pin: door } = await page.ask('staff:status', {});
    if (door === 'not_set') await page.ask('staff:set-pin', { pin, current: null });
    await page.ask('staff:unlock', { pin });
    return (await page.ask('money:overview', {})).system;
  }

  /** Every PaymentIntent of the account, whoever made it, oldest first. */
  ledger(): Promise<StripeLedger> {
    return ledgerOfAll(this.parts.studio.stripe);
  }

  async close(): Promise<void> {
    const { bench, studio, stripe } = this.parts;
    await this.kiosk.close();
    await stripe.close();
    await (bench ?? studio).close();
  }
}

async function benchOf(system: System, currency: string): Promise<AnyBench | null> {
  switch (system) {
    case 'direct':
      return null;
    case 'mariana-tek':
      return openPlatformBench('mariana-tek', { currency });
    case 'portal':
      return openPlatformBench('portal', { currency });
    case 'commerce-layer':
    case 'commerce-layer recorder':
      return openPlatformBench('commerce-layer', { currency });
  }
}

/** The section `backend` of the settings of a kiosk behind this platform. */
function sectionOf({ platform }: AnyBench, system: System, backend: object): object {
  const role = system === 'commerce-layer recorder' ? { role: 'recorder' } : {};
  const named = system === 'commerce-layer recorder' ? 'commerce-layer' : system;
  const common = { system: named, url: platform.url, token: platform.token, mode: 'test', ...role };
  if (system === 'mariana-tek') {
    return { ...common, location: marianaSeed.locationId, ...backend };
  }
  return system === 'portal'
    ? { ...common, accountId: portalAccount, ...backend }
    : { ...common, ...backend };
}

/** A kiosk behind Mariana Tek has no key of Stripe's. */
function withoutKey(system: System): Readonly<Record<string, string>> {
  if (system !== 'mariana-tek') return {};
  return { FOYER_STRIPE_SECRET_KEY: '', FOYER_STRIPE_LOCATION: '' };
}
