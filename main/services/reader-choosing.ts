import type { ReaderId } from '../domain/ids.ts';
import { codeOf } from '../domain/sale.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type {
  ChosenReader,
  ReaderBook,
  ReaderChoice,
  ReaderIntegration,
  ReaderOfSettings,
} from '../ports/reader-book.ts';
import type { ReaderFacts, ReadersApi } from '../ports/readers-api.ts';
import { doneSo, type KeepingAnswer, nameOf, noName, refusal } from './keeping-answer.ts';
import type { ErrandSteps } from './errands.ts';
import { readerChoice, readerInUse } from './reader-choice.ts';
import { isSmartReader } from './reader-kind.ts';
import { noReaders } from './reader-list.ts';
import { whyUnread } from './reader-words.ts';
import { isLivePayment, saleOnReader } from './sale-on-reader.ts';

export interface ReaderChoosingOptions {
  /** Null where the system behind the kiosk can't lead a reader itself. */
  readonly readers: Pick<ReadersApi, 'read'> | null;
  readonly book: ReaderBook;
  readonly ledger: Pick<Ledger, 'unfinishedSales' | 'atomically'>;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly log: Log;
  readonly readerOfSettings: ReaderOfSettings;
  /** Absent where sales alone ask for cards. */
  readonly errands?: Pick<ErrandSteps, 'asking'>;
  /** The only place where the SDK finds readers: its connection tokens are for this location. Null: everywhere. */
  readonly locationOfSdk: string | null;
  /** The choice is stored: whoever leads the reader follows it now. */
  readonly onChosen: () => void;
}

export interface ChooseRequest {
  readonly role: 'main' | 'spare';
  /** Null takes the spare away. */
  readonly readerId: ReaderId | null;
  readonly integration: ReaderIntegration;
  readonly isShared: boolean;
  readonly by: string;
}

/** Which readers the kiosk takes payments on, and how it leads them: as staff choose, at once and without a restart. */
export class ReaderChoosing {
  readonly #options: ReaderChoosingOptions;

  constructor(options: ReaderChoosingOptions) {
    this.#options = options;
  }

  /**
   * Makes a reader the main one or the spare. Refused for a reader that can't be led so, and while a payment is under
   * way on the reader that it would take the place of. On return the choice is on disk, with who made it.
   */
  async choose(request: ChooseRequest, signal: AbortSignal): Promise<KeepingAnswer> {
    const by = nameOf(request.by);
    if (by === null) return noName;
    const { role, readerId, integration, isShared } = request;
    if (readerId === null) return this.#takeAway(role, by);
    const { readers } = this.#options;
    if (readers === null) {
      if (integration === 'server_driven') return refusal(sdkOnly);
      return this.#place(role, { readerId, label: '', integration, isShared }, by);
    }
    const answer = await readers.read(readerId, signal);
    if (answer.kind !== 'done') {
      return refusal(`The reader could not be looked at. ${whyUnread(answer)}`);
    }
    const unfit = this.#unfit(answer.value, integration);
    if (unfit !== null) return refusal(unfit);
    return this.#place(role, { readerId, label: answer.value.label, integration, isShared }, by);
  }

  /** Takes payments on the main reader, or on the spare, from now on. Refused while one is under way. */
  use(role: 'main' | 'spare', by: string): KeepingAnswer {
    const name = nameOf(by);
    if (name === null) return noName;
    const { readers } = this.#options;
    return this.#change(name, (choice) => {
      const next = role === 'main' ? choice.main : choice.spare;
      if (next === null) return 'There is no spare reader. Choose one first.';
      if (choice.using === role) return choice;
      if (next.integration === 'server_driven' && readers === null) return sdkOnly;
      return this.#underWay() ?? { ...choice, using: role };
    });
  }

  /** Why this reader can't be led this way; null when it can. */
  #unfit(reader: ReaderFacts, integration: ReaderIntegration): string | null {
    const { locationOfSdk } = this.#options;
    if (integration === 'server_driven') {
      return isSmartReader(reader.deviceType) ? null : notSmart;
    }
    if (locationOfSdk === null || reader.locationId === locationOfSdk) return null;
    return `The SDK finds only readers at this kiosk’s own location (${locationOfSdk}), and this one is elsewhere. Choose the server-driven integration, or a reader of that location.`;
  }

  #place(role: 'main' | 'spare', chosen: ChosenReader, by: string): KeepingAnswer {
    return this.#change(by, (choice) => {
      const other = role === 'main' ? choice.spare : choice.main;
      if (other?.readerId === chosen.readerId) {
        return 'Main reader and spare must be two different readers.';
      }
      const underWay = choice.using === role ? this.#underWay() : null;
      return underWay ?? { ...choice, [role]: chosen };
    });
  }

  #takeAway(role: 'main' | 'spare', by: string): KeepingAnswer {
    if (role === 'main') return refusal('The kiosk needs a main reader. Choose another instead.');
    return this.#change(by, (choice) =>
      choice.using === 'spare'
        ? 'The kiosk uses the spare now. Let it use the main reader first.'
        : { ...choice, spare: null },
    );
  }

  /** Decides by what is stored in this moment, and stores what differs; a sentence refuses. */
  #change(by: string, decide: (choice: ReaderChoice) => ReaderChoice | string): KeepingAnswer {
    const { book, ledger, clock, log, readerOfSettings, onChosen } = this.#options;
    const decided = ledger.atomically(() => {
      const before = readerChoice(book, readerOfSettings);
      const choice = decide(before);
      if (choice === before) return null;
      if (typeof choice !== 'string') book.saveChoice(choice, by, clock.nowMs());
      return choice;
    });
    if (decided === null) return doneSo;
    if (typeof decided === 'string') return refusal(decided);
    const inUse = readerInUse(decided);
    log.write('info', 'reader.chosen', {
      reader: inUse.readerId ?? 'the only one',
      mode: inUse.integration,
      state: decided.using,
    });
    onChosen();
    return doneSo;
  }

  #underWay(): string | null {
    const { ledger, errands } = this.#options;
    const sale = saleOnReader(ledger);
    if (sale === null) return (errands?.asking() ?? []).length > 0 ? errandOnIt : null;
    return isLivePayment(sale)
      ? `Sale ${codeOf(sale)} is being paid on the reader. Let it end, or cancel it on the customer’s screen, then choose.`
      : `How sale ${codeOf(sale)} ended on the reader is being found out. Wait for that, then choose.`;
  }
}

const errandOnIt =
  'The reader keeps a card or gives money back for this kiosk now. Let it end, or stop it, then choose.';
const sdkOnly = `This kiosk can lead readers with the JS SDK only. ${noReaders}`;
const notSmart =
  'Only a smart reader can be led by Stripe’s servers; this one is reached by an app beside it. Choose the SDK, or another reader.';
