import path from 'node:path';
import { parseArgs } from 'node:util';
import { priceOrder } from '../../../main/domain/order.ts';
import { readCatalogue } from '../../../main/settings/read-catalogue.ts';
import type { CommerceLayerSettings } from '../../../main/settings/platform-settings.ts';
import { findTestCard, type TestCard } from '../../../main/training/model/test-cards.ts';
import { projectRoot } from '../run-command.ts';
import { Unusable } from './unusable.ts';

const usage = `npm run -s demo -- [--backend NAME] [--json] [--catalogue FILE] [--item NAME]
                      [--card NAME] [--integration sdk|server-driven] [--from-balance AMOUNT]
                      [--role maker|recorder] [--built]

  --backend NAME        sell with direct (Stripe itself, the default), mariana-tek, portal or
                        commerce-layer, each on its proof server
  --json                print one JSON object and nothing else on standard output
  --catalogue FILE      sell from this catalogue instead of the example
  --item NAME           buy the item of this name (default: the first one)
  --card NAME           present this card of Stripe's testPaymentMethod names (default: visa)
  --integration WHICH   who leads the reader: the page with the JS SDK (sdk, the default), or the
                        main process through Stripe's reader endpoints (server-driven)
  --from-balance AMOUNT only for mariana-tek: so much of the order, in minor units, is paid from the
                        member's account, and the rest with the card (default: 0)
  --role WHICH          only for commerce-layer: who makes the PaymentIntent, Commerce Layer
                        (maker, the default) or the kiosk, which records it there (recorder)
  --built               use what is in dist/ instead of building first`;

/** The words of the command line, and those of the settings. */
export const integrations = { sdk: 'sdk', 'server-driven': 'server_driven' } as const;

const backends = ['direct', 'mariana-tek', 'portal', 'commerce-layer'] as const;

export type DemoBackend = (typeof backends)[number];

/** What one run of the demo shows. */
export interface Plan {
  readonly backend: DemoBackend;
  readonly json: boolean;
  readonly catalogueFile: string;
  /** Null where the catalogue has one only. */
  readonly category: string | null;
  readonly item: string;
  /** What the item costs with its taxes, in minor units. */
  readonly total: number;
  readonly currency: string;
  /** Minor units of the total that the member's account at the platform pays. */
  readonly fromBalance: number;
  readonly role: CommerceLayerSettings['role'];
  readonly card: TestCard;
  readonly integration: keyof typeof integrations;
  readonly isBuilt: boolean;
}

/** Reads the command line. Refuses, by Unusable, what no demo can show. */
export function readPlan(): Plan {
  const { values } = parseArgs({
    options: {
      backend: { type: 'string', default: 'direct' },
      json: { type: 'boolean', default: false },
      catalogue: {
        type: 'string',
        default: path.join(projectRoot, 'resources', 'catalogue.example.json'),
      },
      item: { type: 'string' },
      card: { type: 'string', default: 'visa' },
      integration: { type: 'string', default: 'sdk' },
      'from-balance': { type: 'string', default: '0' },
      role: { type: 'string', default: 'maker' },
      built: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) throw new Unusable(usage);
  const { integration } = values;
  const backend = backends.find((name) => name === values.backend);
  if (backend === undefined) {
    throw new Unusable(`There is no back end ${values.backend}: it is ${backends.join(', ')}.`);
  }
  if (!isIntegration(integration)) {
    throw new Unusable(`There is no integration ${integration}: it is sdk or server-driven.`);
  }
  if (backend === 'mariana-tek' && integration !== 'sdk') {
    throw new Unusable(
      'Behind Mariana Tek only the page can lead the reader: leave server-driven out.',
    );
  }
  const { role, 'from-balance': balance } = values;
  if (role !== 'maker' && (role !== 'recorder' || backend !== 'commerce-layer')) {
    throw new Unusable('The role is maker or recorder, and recorder only for commerce-layer.');
  }
  if (balance !== '0' && (backend !== 'mariana-tek' || !/^[1-9]\d{0,7}$/.test(balance))) {
    throw new Unusable('Only behind mariana-tek an account pays, a whole number of minor units.');
  }
  const catalogueFile = path.resolve(values.catalogue);
  return {
    backend,
    json: values.json,
    catalogueFile,
    ...wantedOf(catalogueFile, values.item),
    fromBalance: Number(balance),
    role,
    card: cardOf(values.card),
    integration,
    isBuilt: values.built,
  };
}

function isIntegration(word: string): word is Plan['integration'] {
  return Object.hasOwn(integrations, word);
}

function cardOf(name: string): TestCard {
  const card = findTestCard(name);
  if (card === undefined) throw new Unusable(`There is no test card ${name}.`);
  if (card.type !== 'card_present') {
    throw new Unusable(`The kiosk takes no ${name} card yet: it needs ${card.type}.`);
  }
  return card;
}

function wantedOf(
  catalogueFile: string,
  named: string | undefined,
): Pick<Plan, 'category' | 'item' | 'total' | 'currency'> {
  const catalogue = readCatalogue(catalogueFile);
  const { categories, currency } = catalogue;
  const wanted = named ?? categories[0]?.items[0]?.name ?? '';
  const category = categories.find(({ items }) => items.some(({ name }) => name === wanted));
  const item = category?.items.find(({ name }) => name === wanted);
  if (category === undefined || item === undefined) {
    throw new Unusable(`The catalogue has no item named "${wanted}".`);
  }
  const priced = priceOrder(catalogue, [{ itemId: item.id, quantity: 1 }]);
  if (priced.kind === 'refused') throw new Unusable(`"${wanted}" can't be sold: ${priced.why}.`);
  return {
    category: categories.length > 1 ? category.name : null,
    item: wanted,
    total: priced.order.total.amount,
    currency,
  };
}
