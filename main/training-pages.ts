import type { Envelope } from '../preload/contract/envelope.ts';
import {
  type CancelPressed,
  type CardShown,
  type MishapName,
  type TrainerCall,
  trainerCall,
  type TrainerView,
  type TrainingScreen,
} from '../preload/contract/training.ts';
import { done, refused } from './ipc/router.ts';
import type { KioskEvents } from './kiosk-events.ts';
import type { ReaderEvent } from './training/reader/reader-event.ts';
import type { ReaderFault } from './training/reader/reader-fault.ts';
import type { TrainingStudio } from './training/training-studio.ts';

/** A call of the page to training mode. */
interface TrainingCall {
  readonly method: string;
  readonly params: unknown;
}

const trainersMethods: ReadonlySet<string> = new Set(
  trainerCall.options.map(({ shape }) => shape.method.value),
);

/**
 * The pages one after another: to the training studio each is a session of its own. The trainer
 * who stands beside the kiosk stays the same.
 */
export class TrainingPages {
  readonly #studio: TrainingStudio | null;
  readonly #trainer: Trainer | null;
  #page = 0;

  /** Without a studio, outside training mode, every call is refused. */
  constructor(studio: TrainingStudio | null, events: Pick<KioskEvents, 'tell'>) {
    this.#studio = studio;
    this.#trainer = studio === null ? null : new Trainer(studio);
    studio?.onEvent((session, event) => {
      this.#trainer?.seeOfPage(event);
      if (session === this.#session) events.tell('training:happened', event);
    });
    studio?.onScreen((readerId, screen) => {
      this.#trainer?.seeOfServer(readerId, screen);
      events.tell('training:happened', { type: 'reader_screen', readerId, screen });
    });
  }

  get #session(): string {
    return `page-${this.#page}`;
  }

  /** A page was loaded: what the former one held at the reader ends. */
  turn(): void {
    this.#studio?.endSession(this.#session);
    this.#page += 1;
  }

  /** Carries out what the page's SDK or a trainer asks for. Refuses what has not the form of it. */
  async call(call: TrainingCall): Promise<Envelope<unknown>> {
    if (this.#studio === null || this.#trainer === null) return refused('bad_request');
    if (!trainersMethods.has(call.method)) {
      return done(await this.#studio.call(this.#session, call.method, call.params));
    }
    const parsed = trainerCall.safeParse(call);
    return parsed.success ? done(this.#trainer.do(parsed.data)) : refused('bad_request');
  }
}

const slowBankMs = 30_000;
const updateMs = 60_000;
const lateEventMs = 60_000;

/** What each mishap is to a training reader. */
const faults: Readonly<Record<MishapName, ReaderFault>> = {
  reader_offline: { kind: 'reader_offline' },
  reader_online: { kind: 'reader_online' },
  slow_bank: { kind: 'slow_authorization', extraMs: slowBankMs },
  lost_awaiting: { kind: 'reader_lost_during_collect' },
  lost_before_bank: { kind: 'reader_lost_during_process', effect: 'before' },
  lost_after_bank: { kind: 'reader_lost_during_process', effect: 'after' },
  reply_lost_before_bank: { kind: 'process_reply_lost_before_effect' },
  reply_lost_after_bank: { kind: 'process_reply_lost_after_effect' },
  no_connection: { kind: 'process_connectivity_trouble' },
  updating: { kind: 'reader_updating', forMs: updateMs },
  command_unheard: { kind: 'command_times_out', arrives: false },
  command_heard: { kind: 'command_times_out', arrives: true },
  hardware_fault: { kind: 'hardware_fault' },
  card_unreadable: { kind: 'card_unreadable' },
  customer_cancels: { kind: 'customer_cancels' },
  connection_before_bank: { kind: 'connection_error', authorized: false },
  connection_after_bank: { kind: 'connection_error', authorized: true },
  gone_before_bank: { kind: 'reader_lost_during_action', authorized: false },
  gone_after_bank: { kind: 'reader_lost_during_action', authorized: true },
  event_missing: { kind: 'event_missing' },
  event_late: { kind: 'event_late', byMs: lateEventMs },
  event_twice: { kind: 'event_twice' },
};

/**
 * The trainer beside a kiosk in training mode: shows cards to the reader, presses its cancel, and
 * brings mishaps about, whether the page or main leads it.
 */
class Trainer {
  readonly #studio: TrainingStudio;
  /** The reader that a page holds through the SDK, and what its screen shows. */
  #held: { readonly readerId: string; readonly screen: TrainingScreen } | null = null;
  /** The server-driven reader that asks for a card. */
  #asking: string | null = null;
  #set: readonly MishapName[] = [];

  constructor(studio: TrainingStudio) {
    this.#studio = studio;
  }

  /** Takes in what a reader that a page holds did by itself. */
  seeOfPage(event: ReaderEvent): void {
    const { readerId } = event;
    if (event.type === 'connection_status') {
      if (event.status === 'connected') this.#held = { readerId, screen: 'splash' };
      else if (this.#held?.readerId === readerId) this.#held = null;
    } else if (event.type === 'reader_screen' && this.#held?.readerId === readerId) {
      this.#held = { readerId, screen: event.screen };
    }
  }

  /** Takes in what a reader shows that no page holds. */
  seeOfServer(readerId: string, screen: TrainingScreen): void {
    if (screen === 'present_card') this.#asking = readerId;
    else if (this.#asking === readerId) this.#asking = null;
  }

  /** Does what the trainer asks for, at once. */
  do(call: TrainerCall): CardShown | CancelPressed | TrainerView {
    const reader = this.#reader(call.params.reader);
    switch (call.method) {
      case 'present':
        return this.#studio.present(reader, call.params.testPaymentMethod);
      case 'cancelOnReader':
        return { pressed: this.#studio.cancelOnReader(reader) };
      case 'fault':
        this.#bringAbout(call.params.mishap, reader);
        return this.#view(reader);
      case 'calm':
        this.#studio.calm();
        this.#set = [];
        return this.#view(reader);
      case 'screen':
        return this.#view(reader);
    }
  }

  #bringAbout(mishap: MishapName, reader: string): void {
    this.#studio.fault(reader, faults[mishap]);
    // A reader that is back is not offline: nothing of either stays set.
    const stands = this.#set.filter((set) => set !== mishap && !isOffline(set, mishap));
    this.#set = mishap === 'reader_online' ? stands : [...stands, mishap];
  }

  #view(reader: string): TrainerView {
    const screen =
      this.#held?.readerId === reader ? this.#held.screen : this.#studio.screen(reader);
    return { screen, set: this.#set };
  }

  #reader(named: string | null): string {
    return this.#held?.readerId ?? named ?? this.#asking ?? this.#studio.reader;
  }
}

function isOffline(set: MishapName, mishap: MishapName): boolean {
  return set === 'reader_offline' && mishap === 'reader_online';
}
