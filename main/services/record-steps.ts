import { type Effect, isReaderEffect } from '../domain/effect.ts';
import { faultMessage } from '../domain/fault-message.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger, OutboxWork, WorkOwner } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';

type ReaderCommand = Extract<Effect, { kind: `reader.${string}` }>;

/** What happened to a record that has a machine of its own, such as a setup or a refund. */
export type RecordTransition<Thing> =
  | { readonly kind: 'ignored'; readonly why: string }
  | {
      readonly kind: 'moved';
      readonly after: Thing;
      readonly effects: readonly (OutboxWork | ReaderCommand)[];
    };

/** What a record's steps are made of. */
export interface RecordKind<Id extends WorkOwner, Thing, Event extends { readonly kind: string }> {
  /** For the log, such as `setup`. */
  readonly name: string;
  readonly find: (id: Id) => Thing | null;
  readonly transition: (thing: Thing, event: Event) => RecordTransition<Thing>;
  readonly stateOf: (thing: Thing) => string;
  readonly save: (before: Thing, after: Thing, event: Event, nowMs: number) => void;
  /** Within the same transaction, after the step is stored. */
  readonly withStep?: (before: Thing, after: Thing) => void;
  /** After the step is on disk. */
  readonly onStep: (thing: Thing) => void;
  readonly command: (thing: Thing, effect: ReaderCommand) => void;
}

export interface RecordStepsOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
}

/** The one door through which anything happens to such a record: read, decide and write in one transaction, then act. */
export class RecordSteps<Id extends WorkOwner, Thing, Event extends { readonly kind: string }> {
  readonly #options: RecordStepsOptions;
  readonly #kind: RecordKind<Id, Thing, Event>;

  constructor(options: RecordStepsOptions, kind: RecordKind<Id, Thing, Event>) {
    this.#options = options;
    this.#kind = kind;
  }

  find(id: Id): Thing | null {
    return this.#kind.find(id);
  }

  /**
   * Applies the event to the stored record. On return the step and its outbox work are on disk, together with what
   * `alongside` wrote; the reader has been commanded after that. An event that means nothing changes nothing, but
   * `alongside` is carried out. Returns null when it was ignored.
   */
  apply(id: Id, event: Event, alongside: () => void = () => undefined): Thing | null {
    const { ledger, clock, log } = this.#options;
    const { name, find, transition, stateOf, save, withStep } = this.#kind;
    const step = ledger.atomically(() => {
      alongside();
      const before = find(id);
      if (before === null) return null;
      const result = transition(before, event);
      if (result.kind === 'ignored') {
        log.write('info', `${name}.event_ignored`, {
          owner: id,
          state: stateOf(before),
          step: event.kind,
          why: result.why,
        });
        return null;
      }
      const nowMs = clock.nowMs();
      save(before, result.after, event, nowMs);
      withStep?.(before, result.after);
      for (const effect of result.effects) {
        if (!isReaderEffect(effect)) ledger.enqueue(id, effect, nowMs);
      }
      return { before, ...result };
    });
    if (step === null) return null;
    log.write('info', `${name}.stepped`, {
      owner: id,
      why: event.kind,
      stateBefore: stateOf(step.before),
      state: stateOf(step.after),
    });
    this.#follow(id, step.after, step.effects);
    return step.after;
  }

  /** What follows a stored step can't undo it: a fault here is told and no more. */
  #follow(id: Id, thing: Thing, effects: readonly { readonly kind: string }[]): void {
    this.#attempt(id, () => {
      this.#kind.onStep(thing);
    });
    for (const effect of effects.filter(isReaderEffect)) {
      this.#attempt(id, () => {
        this.#kind.command(thing, effect);
      });
    }
  }

  #attempt(id: Id, what: () => void): void {
    try {
      what();
    } catch (error) {
      const why = faultMessage(error);
      this.#options.log.write('error', `${this.#kind.name}.not_followed`, { owner: id, why });
    }
  }
}
