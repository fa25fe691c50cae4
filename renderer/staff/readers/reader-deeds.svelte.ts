import { SvelteMap } from 'svelte/reactivity';
import type { Requests } from '../../../preload/contract/contract.ts';
import type { ReaderAnswer, ReaderCheck } from '../../../preload/contract/readers.ts';
import type { PlainKey } from '../../text/text.ts';
import type { StaffCalls, Told } from '../staff-calls.ts';
import type { TypedName } from '../typed-name.svelte.ts';
import { type Place, placeOf, type ReaderDraft } from './reader-draft.ts';
import { Registration } from './registration.svelte.ts';
import { refusalSaying, type Saying, waitingSaying } from '../saying.ts';

/** The commands that change something about readers; each bears the name of who asked. */
export type ReaderDeedName =
  | 'readers:register'
  | 'readers:rename'
  | 'readers:deregister'
  | 'readers:choose'
  | 'readers:use'
  | 'readers:free'
  | 'locations:create';

/** What staff do with readers, from the button to main's sentence. Nothing changes before it was confirmed. */
export class ReaderDeeds {
  readonly registration = new Registration();
  readonly #calls: StaffCalls;
  readonly #who: TypedName;
  readonly #onAnswer: () => void;
  #draft = $state.raw<ReaderDraft | null>(null);
  #inForm = $state.raw<Saying | null>(null);
  #isNameMissing = $state(false);
  readonly #said = new SvelteMap<Place, Saying>();
  #returnTo: Place | null = null;
  #turn = 0;

  /** `onAnswer` hears of each answer of main: what is shown of the readers is old from then on. */
  constructor(calls: StaffCalls, who: TypedName, onAnswer: () => void) {
    this.#calls = calls;
    this.#who = who;
    this.#onAnswer = onAnswer;
  }

  /** What is being filled in; null when nothing is. */
  get draft(): ReaderDraft | null {
    return this.#draft;
  }

  /** What is said of the draft, in its form. */
  get inForm(): Saying | null {
    return this.#inForm;
  }

  get isNameMissing(): boolean {
    return this.#isNameMissing;
  }

  /** The name that was typed last behind this door. */
  get name(): string {
    return this.#who.value;
  }

  /** True under a form and while main is asked. */
  get isBusy(): boolean {
    return this.#draft !== null || [...this.#said.values()].some(({ waits }) => waits);
  }

  /** What was said last of this place. */
  saidAt(place: Place): Saying | null {
    return this.#said.get(place) ?? null;
  }

  /** Begins a deed. What was said at its place is not said again. */
  draw(draft: ReaderDraft): void {
    this.#fill(draft);
    this.#say(placeOf(draft), null);
  }

  /** One step back without doing it. */
  drop(): void {
    const draft = this.#draft;
    if (draft === null) return;
    if (draft.kind === 'register') this.registration.forget();
    this.#leave(draft);
    this.#onAnswer();
  }

  /** True once, for the place that staff come back to when a form is left. */
  takeReturn(place: Place): boolean {
    if (this.#returnTo !== place) return false;
    this.#returnTo = null;
    return true;
  }

  /** Forgets everything; an answer still on its way is not shown any more. */
  forget(): void {
    this.#turn += 1;
    this.#fill(null);
    this.#said.clear();
    this.#returnTo = null;
    this.registration.forget();
  }

  /** Says in the form what is missing, before main is asked. */
  object(key: PlainKey): void {
    this.#inForm = { sentence: null, key, tone: 'watch', waits: false };
  }

  /** Asks main for the draft, once. */
  async carryOut<Name extends ReaderDeedName>(name: Name, request: Requests[Name]): Promise<void> {
    const draft = this.#draft;
    if (draft === null || this.#inForm?.waits === true) return;
    const turn = this.#turn;
    this.#inForm = waitingSaying;
    this.#isNameMissing = false;
    const told: Told<ReaderAnswer> = await this.#calls.ask(name, request);
    if (turn !== this.#turn) return;
    const saying = outcome(told, draft);
    const isDone = told.kind === 'told' && told.value.result === 'done';
    if (isDone) this.#who.keep(request.by);
    if (this.#draft !== draft) {
      // Staff went back meanwhile: what came of it is said where it was begun.
      this.#say(placeOf(draft), saying);
    } else if (isDone) {
      if (draft.kind === 'register') this.registration.forget();
      this.#leave(draft);
      this.#say(placeOf(draft), saying);
    } else {
      this.#inForm = saying;
      this.#isNameMissing = told.kind === 'told' && told.value.result === 'no_name';
    }
    this.#onAnswer();
  }

  /** Has a reader and the payment on it read anew. Several readers can be asked about at once. */
  async check(readerId: string): Promise<void> {
    if (this.saidAt(readerId)?.waits === true) return;
    const turn = this.#turn;
    this.#say(readerId, waitingSaying);
    const told = await this.#calls.ask('readers:check', { readerId });
    if (turn !== this.#turn) return;
    this.#say(readerId, told.kind === 'refused' ? refusalSaying(told.refusal) : found(told.value));
    this.#onAnswer();
  }

  #leave(draft: ReaderDraft): void {
    const goesOn = draft.kind === 'location' && draft.isForReader;
    this.#fill(goesOn ? { kind: 'register' } : null);
    this.#returnTo = goesOn ? null : placeOf(draft);
  }

  #fill(draft: ReaderDraft | null): void {
    this.#draft = draft;
    this.#inForm = null;
    this.#isNameMissing = false;
  }

  #say(place: Place, saying: Saying | null): void {
    if (saying === null) this.#said.delete(place);
    else this.#said.set(place, saying);
  }
}

function outcome(told: Told<ReaderAnswer>, { kind }: ReaderDraft): Saying {
  if (told.kind === 'refused') return refusalSaying(told.refusal);
  const { result, sentence } = told.value;
  switch (result) {
    case 'done':
      return { sentence, key: `desk.readers.done.${kind}`, tone: 'good', waits: false };
    case 'refused':
      return { sentence, key: 'desk.readers.refused', tone: 'watch', waits: false };
    case 'no_name':
      return { sentence, key: 'desk.form.no_name', tone: 'watch', waits: false };
  }
}

function found({ result, sentence }: ReaderCheck): Saying {
  const tone = result === 'read' ? 'idle' : 'watch';
  return { sentence, key: 'desk.readers.refused', tone, waits: false };
}
