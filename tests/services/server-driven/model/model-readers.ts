import type { ReaderId } from '../../../../main/domain/ids.ts';
import type { Answer } from '../../../../main/ports/payments-api.ts';
import type { ReaderFacts, ReadersApi } from '../../../../main/ports/readers-api.ts';
import { done, refused } from '../../../support/fakes/fake-payments.ts';
import type { Life } from './life.ts';
import type { ModelReader } from './model-reader.ts';
import type { Wire } from './wire.ts';

/** The reader endpoints as one kiosk sees them. */
export function readersApiOf(
  life: Life,
  wire: Wire,
  readers: ReadonlyMap<ReaderId, ModelReader>,
): ReadersApi {
  const underWay = new Map<ReaderId, string>();
  const call = (
    name: string,
    id: ReaderId,
    key: string | null,
    asked: unknown,
    signal: AbortSignal,
    carryOut: (reader: ModelReader) => Answer<ReaderFacts>,
  ): Promise<Answer<ReaderFacts>> =>
    wire.call({
      life,
      name,
      key,
      asked: [id, asked],
      signal,
      carryOut: () => {
        const reader = readers.get(id);
        return reader === undefined ? refused('resource_missing') : carryOut(reader);
      },
    });
  /** One command at a time on a reader: a second one beside it is a fault of the kiosk's. */
  const command: typeof call = async (name, id, ...rest) => {
    const other = underWay.get(id);
    if (other !== undefined) readers.get(id)?.wrongs.push(`${name} while ${other} was under way`);
    underWay.set(id, name);
    try {
      return await call(name, id, ...rest);
    } finally {
      underWay.delete(id);
    }
  };
  const notModelled = (): Promise<Answer<never>> => Promise.resolve(refused('not_modelled'));
  return {
    read: (id, signal) => call('look', id, null, null, signal, (reader) => done(reader.facts)),
    list: notModelled,
    register: notModelled,
    rename: notModelled,
    deregister: notModelled,
    listLocations: notModelled,
    createLocation: notModelled,
    processPaymentIntent: (id, intent, config, key, signal) =>
      command('process', id, key, [intent, config], signal, (reader) =>
        reader.prompt(life.name, 'process_payment_intent', intent),
      ),
    collectPaymentMethod: (id, intent, config, key, signal) =>
      command('collect', id, key, [intent, config], signal, (reader) =>
        reader.prompt(life.name, 'collect_payment_method', intent),
      ),
    confirmPaymentIntent: (id, intent, key, signal) =>
      command('confirm', id, key, intent, signal, (reader) => reader.confirm(life.name, intent)),
    processSetupIntent: (id, intent, config, key, signal) =>
      command('keep', id, key, [intent, config], signal, (reader) =>
        reader.keepCard(life.name, intent),
      ),
    refundPayment: (id, refund, config, key, signal) =>
      command('give_back', id, key, [refund, config], signal, (reader) =>
        reader.giveBack(life.name, refund),
      ),
    cancelAction: (id, signal) =>
      command('cancel_action', id, null, null, signal, (reader) => reader.cancel(life.name)),
    setReaderDisplay: (reader, cart, signal) =>
      command('display', reader.id, null, cart, signal, (one) => one.display(life.name)),
  };
}
