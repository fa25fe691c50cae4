import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import { stripePaymentCalls } from '../../../main/backends/commerce-layer/stripe-payment-calls.ts';
import { isOfMode } from '../../../main/backends/mariana-tek/key-mode.ts';
import { marianaCalls } from '../../../main/backends/mariana-tek/mariana-calls.ts';
import { companion } from '../../../main/backends/platform-http/companion.ts';
import { saleId } from '../../../main/domain/ids.ts';
import type { PlatformSettings } from '../../../main/settings/platform-settings.ts';
import type { Settings } from '../../../main/settings/read-settings.ts';
import { answered, answerFound } from './answer-found.ts';
import type { Finding } from './finding.ts';

const timeoutMs = 10_000;

/** No sale has it, so the list of its records is empty. */
const noSale = saleId('sale_0000000000');

/**
 * Asks each system that these settings lead to what changes nothing there: whether it answers, and whether the
 * credentials suffice. A credential that lies in the key store can't be tried from here.
 */
export async function askSystems(settings: Settings): Promise<readonly Finding[]> {
  const { platform } = settings;
  return [
    ...(platform === null ? [] : await askPlatform(platform)),
    ...(await askStripe(settings)),
  ];
}

async function askPlatform(platform: PlatformSettings): Promise<readonly Finding[]> {
  if (platform.system === 'portal') return [await askConnection(platform.url)];
  if (platform.token === null) return [untried('the platform', 'backend.token')];
  const { url } = platform;
  const signal = new AbortController().signal;
  const options = { url, token: platform.token.value, timeoutMs };
  if (platform.system === 'commerce-layer') {
    const answer = await stripePaymentCalls(options).ofSale(noSale, signal);
    return [answerFound('Commerce Layer', 'backend.token', answer)];
  }
  const calls = marianaCalls(options);
  const answer = await calls.configuration(null, signal);
  const told = answerFound('Mariana Tek', 'backend.token', answer);
  if (answer.kind !== 'done') return [told];
  if (!isOfMode(answer.value.publishableKey, platform.mode)) {
    const sentence = `Mariana Tek answers, but does not sell in ${platform.mode} mode. Change backend.mode, or use the address and token of the other one.`;
    return [{ level: 'problem', file: null, field: 'backend.mode', sentence }];
  }
  const readers = await calls.terminalReaders(platform.location, signal);
  return [told, answerFound('Mariana Tek’s list of readers', 'backend.location', readers)];
}

/** The studio's own Stripe, or the one beside a platform. */
async function askStripe({ platform, stripe }: Settings): Promise<readonly Finding[]> {
  const { apiBase, location, secretKey } = stripe;
  if (secretKey === null) {
    const isNone = platform === null || platform.system === 'mariana-tek';
    return isNone ? [] : [untried('Stripe', 'stripe.secretKey')];
  }
  const account =
    platform?.system === 'commerce-layer' ? (platform.connectedAccount ?? undefined) : undefined;
  const beside = { secretKey: secretKey.value, apiBase, timeoutMs, location };
  const { payments, readers } = companion({ ...beside, onDate: () => undefined })(account);
  const signal = new AbortController().signal;
  const probed = await payments.probe(signal);
  const told = answerFound('Stripe', 'stripe.secretKey', probed);
  if (probed.kind !== 'done') return [told];
  const listed = await readers.list(signal);
  return [told, answerFound('Stripe’s list of readers', 'stripe.secretKey', listed)];
}

/** A portal documents no call that changes nothing, so its token is tried by the first sale. */
async function askConnection(url: string): Promise<Finding> {
  const { protocol, hostname, port } = new URL(url);
  const isPlain = protocol === 'http:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const at = { host, port: Number(port === '' ? (isPlain ? 80 : 443) : port) };
  const signal = AbortSignal.timeout(timeoutMs);
  const servername = net.isIP(host) === 0 ? { servername: host } : {};
  const socket = isPlain ? net.connect(at) : tls.connect({ ...at, ...servername });
  try {
    await once(socket, isPlain ? 'connect' : 'secureConnect', { signal });
    return {
      level: 'fine',
      file: null,
      field: 'backend.url',
      sentence: `The portal takes connections${isPlain ? '' : ' with a certificate that is in order'}. Whether backend.token suffices only a sale shows: a portal documents no call that changes nothing.`,
    };
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    const sentence = `The portal takes no connection${why}. Check backend.url and the network.`;
    return { level: 'problem', file: null, field: 'backend.url', sentence };
  } finally {
    socket.destroy();
  }
}

function untried(system: string, field: string): Finding {
  const sentence = `${answered(system)} was not asked: ${field} is neither in the file nor in the environment.`;
  return { level: 'warning', file: null, field, sentence };
}
