import { DamagedSale } from '../domain/damaged-sale.ts';
import { type LocationId, type ReaderId, type SaleId, shortCode } from '../domain/ids.ts';
import { codeOf, isFinal } from '../domain/sale.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Answer } from '../ports/payments-api.ts';
import type { ReaderBook, ReaderOfSettings, ReaderPrompt } from '../ports/reader-book.ts';
import type { ReaderFacts, ReadersApi } from '../ports/readers-api.ts';
import { doneSo, type KeepingAnswer, nameOf, noName, refusal } from './keeping-answer.ts';
import { locationForm, type TypedLocation } from './location-address.ts';
import { readerChoice } from './reader-choice.ts';
import { isSaleId } from './reader-errand.ts';
import { standingAction } from './reader-use.ts';
import { whyNot, whyUnread } from './reader-words.ts';
import { registrationCode } from './registration-code.ts';
import { saleOnReader } from './sale-on-reader.ts';

const labelMax = 80;

export interface ReaderRegistryOptions {
  readonly readers: ReadersApi;
  readonly book: ReaderBook;
  readonly ledger: Pick<Ledger, 'findSale' | 'unfinishedSales' | 'atomically'>;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly log: Log;
  readonly readerOfSettings: ReaderOfSettings;
  /** A key that was never used. */
  readonly newKey: () => string;
}

/**
 * The account's readers and locations, as staff add, rename and remove them. Each request of a person has a fresh key
 * that is not stored: a registration code works once, a label that is set twice is set, and a location is looked for
 * before it is made, so a repeat by a person does no harm; nothing here repeats by itself.
 */
export class ReaderRegistry {
  readonly #options: ReaderRegistryOptions;

  constructor(options: ReaderRegistryOptions) {
    this.#options = options;
  }

  /** Adds the reader that shows these three words. Refuses what is no such code, and a reader without a label. */
  async register(
    request: {
      readonly code: string;
      readonly label: string;
      readonly locationId: LocationId;
      readonly by: string;
    },
    signal: AbortSignal,
  ): Promise<KeepingAnswer> {
    const { readers, newKey } = this.#options;
    if (nameOf(request.by) === null) return noName;
    const code = registrationCode(request.code);
    if (code === null) return refusal(noCode);
    const label = labelOf(request.label);
    if (label === null) return refusal(noLabel);
    const { locationId } = request;
    const answer = await readers.register({ code, label, locationId }, newKey(), signal);
    const reader = answer.kind === 'done' ? answer.value.id : null;
    this.#wrote('reader.register', reader, answer);
    if (answer.kind === 'done') return doneSo;
    // Stripe has the same word for a code that it does not know and for a location that is gone.
    const isUnknown = answer.kind === 'refused' && answer.code === 'resource_missing';
    return refusal(isUnknown ? unknownCode : whyNot(answer, badCode));
  }

  /** Gives the reader another label, in the kiosk's own choice too. */
  async rename(
    request: { readonly readerId: ReaderId; readonly label: string; readonly by: string },
    signal: AbortSignal,
  ): Promise<KeepingAnswer> {
    const { readers, newKey } = this.#options;
    const by = nameOf(request.by);
    if (by === null) return noName;
    const label = labelOf(request.label);
    if (label === null) return refusal(noLabel);
    const { readerId } = request;
    const answer = await readers.rename(readerId, label, newKey(), signal);
    this.#wrote('reader.rename', readerId, answer);
    if (answer.kind !== 'done') return refusal(whyNot(answer, 'Stripe did not take this label.'));
    this.#keepLabel(answer.value, by);
    return doneSo;
  }

  /**
   * Removes the reader from the account. Refused while it is the kiosk's, and while a payment is open on it: by our own
   * prompts, or by an action about money or a card, read right before. A spare that is not in use is given up with it.
   */
  async deregister(
    { readerId, by }: { readonly readerId: ReaderId; readonly by: string },
    signal: AbortSignal,
  ): Promise<KeepingAnswer> {
    const { readers } = this.#options;
    const name = nameOf(by);
    if (name === null) return noName;
    const before = this.#needed(readerId);
    if (before !== null) return refusal(before);
    const read = await readers.read(readerId, signal);
    if (read.kind !== 'done') return refusal(`Nothing was removed. ${whyUnread(read)}`);
    if ((standingAction(read.value)?.object ?? null) !== null) return refusal(paymentOnIt);
    // Asked again: meanwhile somebody may have chosen it, or a sale have begun on it.
    const since = this.#needed(readerId);
    if (since !== null) return refusal(since);
    const answer = await readers.deregister(readerId, signal);
    this.#wrote('reader.deregister', readerId, answer);
    if (answer.kind !== 'done') return refusal(whyNot(answer, 'Stripe did not remove the reader.'));
    this.#forget(readerId, name);
    return doneSo;
  }

  /** Makes a location, unless its country asks for more, or one like it is there already. */
  async createLocation(
    { by, ...typed }: TypedLocation & { readonly by: string },
    signal: AbortSignal,
  ): Promise<KeepingAnswer> {
    const { readers, newKey } = this.#options;
    if (nameOf(by) === null) return noName;
    const form = locationForm(typed);
    if (form.kind === 'lacking') return refusal(form.sentence);
    const { name, address } = form.request;
    const listed = await readers.listLocations(signal);
    if (listed.kind !== 'done') return refusal(`No location was made. ${whyUnread(listed)}`);
    const isThere = listed.value.some(
      (location) => location.name === name && location.country === address.country,
    );
    if (isThere)
      return refusal(
        'There is a location of this name already. Use it, or name this one otherwise.',
      );
    const answer = await readers.createLocation(form.request, newKey(), signal);
    this.#wrote('location.create', null, answer);
    return answer.kind === 'done' ? doneSo : refusal(whyNot(answer, badAddress));
  }

  /** Why the kiosk needs this reader now; null when it does not. */
  #needed(id: ReaderId): string | null {
    const { book, ledger, readerOfSettings } = this.#options;
    const { main, spare, using } = readerChoice(book, readerOfSettings);
    if (main.readerId === id) {
      return 'This is the kiosk’s main reader. Choose another main reader first.';
    }
    if (using === 'spare' && spare?.readerId === id) {
      return 'The kiosk uses this reader now. Let it use the main reader first.';
    }
    for (const { owner } of this.#promptsOn(id)) {
      if (!isSaleId(owner)) return errandOnIt;
      if (!this.#hasEnded(owner)) return paymentOf(shortCode(owner));
    }
    // Without a name the main reader is the only one there is: this one.
    const sale = main.readerId === null && using === 'main' ? saleOnReader(ledger) : null;
    return sale === null ? null : paymentOf(codeOf(sale));
  }

  #promptsOn(id: ReaderId): readonly ReaderPrompt[] {
    return this.#options.book.openPrompts().filter(({ readerId }) => readerId === id);
  }

  #hasEnded(id: SaleId): boolean {
    try {
      const sale = this.#options.ledger.findSale(id);
      return sale === null || isFinal(sale.state);
    } catch (error) {
      // Of a damaged sale nothing is certain.
      if (!(error instanceof DamagedSale)) throw error;
      return false;
    }
  }

  /** A reader that is gone holds no prompt of ours, and is nobody's spare. */
  #forget(id: ReaderId, by: string): void {
    const { book, ledger, clock, readerOfSettings } = this.#options;
    ledger.atomically(() => {
      for (const prompt of this.#promptsOn(id)) {
        book.endPrompt(prompt.id, 'deregistered', clock.nowMs());
      }
      const choice = readerChoice(book, readerOfSettings);
      if (choice.spare?.readerId !== id) return;
      book.saveChoice({ ...choice, spare: null }, by, clock.nowMs());
    });
  }

  #keepLabel({ id, label }: ReaderFacts, by: string): void {
    const { book, ledger, clock } = this.#options;
    ledger.atomically(() => {
      const choice = book.choice();
      if (choice === null) return;
      const { main, spare } = choice;
      if (main.readerId !== id && spare?.readerId !== id) return;
      const renamed = {
        ...choice,
        main: main.readerId === id ? { ...main, label } : main,
        spare: spare?.readerId === id ? { ...spare, label } : spare,
      };
      book.saveChoice(renamed, by, clock.nowMs());
    });
  }

  /** Who asked is not in the log: it holds no names. */
  #wrote(event: string, reader: ReaderId | null, answer: Answer<unknown>): void {
    this.#options.log.write(answer.kind === 'done' ? 'info' : 'warn', event, {
      ...(reader === null ? {} : { reader }),
      outcome: answer.kind,
      ...('code' in answer ? { code: answer.code } : {}),
      ...('requestId' in answer ? { requestId: answer.requestId } : {}),
    });
  }
}

function labelOf(typed: string): string | null {
  const label = typed.trim().slice(0, labelMax);
  return label === '' ? null : label;
}

function paymentOf(code: string): string {
  return `A payment of this kiosk is open on the reader (sale ${code}). Let it end, or cancel it on the customer’s screen.`;
}

const errandOnIt =
  'This kiosk keeps a card or gives money back on the reader now. Let it end, or stop it at this kiosk.';
const noCode =
  'This is not a registration code. It is three words that the reader shows, such as sepia-cerulean-aqua: open its settings and choose to generate a pairing code.';
const noLabel = 'Give the reader a label, such as Front desk.';
const unknownCode =
  'Stripe does not know this code, or the location is gone. A code works once and for a short while: let the reader show a new one, and see that the location is still in the list.';
const badCode =
  'Stripe did not take this code. A code works once and for a short while: let the reader show a new one.';
const badAddress = 'Stripe did not take this address. Look at each field and at the country.';
const paymentOnIt =
  'A payment is on the reader now. Check its status; let the payment end, or free the reader first.';
