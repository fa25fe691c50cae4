import type { MishapName, TrainerView, TrainingPrompt } from '../../preload/contract/training.ts';
import type { BenchKey } from './bench-words.ts';
import type { PanelCard } from './card-groups.ts';
import {
  isScreenChanged,
  parseCardShown,
  parsePressed,
  parsePrompt,
  parseTrainerView,
} from './trainer-answers.ts';
import type { TrainingChannel } from './training-channel.ts';

/** What the trainer's panel shows of the training reader, and what a trainer may do to it. */
export class TrainerState {
  readonly #channel: TrainingChannel;
  #view = $state.raw<TrainerView | null>(null);
  #prompt = $state.raw<TrainingPrompt | null>(null);
  #said = $state.raw<BenchKey | null>(null);
  #looks = 0;

  constructor(channel: TrainingChannel) {
    this.#channel = channel;
  }

  /** Null until main has answered. */
  get view(): TrainerView | null {
    return this.#view;
  }

  /** What the reader asks a card for; null when it asks for none, or main has not said. */
  get prompt(): TrainingPrompt | null {
    return this.#prompt;
  }

  /** What came of the last thing done; null when nothing was. */
  get said(): BenchKey | null {
    return this.#said;
  }

  /** Looks at the reader now and whenever its screen changes. Returns the function that stops. */
  watch(reader: string | null): () => void {
    this.#said = null;
    void this.#look('screen', { reader });
    return this.#channel.onEvent((event) => {
      if (isScreenChanged(event)) void this.#look('screen', { reader });
    });
  }

  /** Shows a card; true when the reader took it. */
  async present(card: PanelCard, reader: string | null): Promise<boolean> {
    const shown = parseCardShown(await this.#ask('present', { testPaymentMethod: card, reader }));
    this.#said = shown === null ? 'said.failed' : `said.${shown}`;
    return shown === 'presented';
  }

  /** Presses cancel on the reader; true when there was a button. */
  async cancel(reader: string | null): Promise<boolean> {
    const pressed = parsePressed(await this.#ask('cancelOnReader', { reader }));
    if (pressed === null) this.#said = 'said.failed';
    else this.#said = pressed ? 'said.pressed' : 'said.no_button';
    return pressed === true;
  }

  /** Brings a mishap about, or sets it for what it fits next. */
  async bringAbout(mishap: MishapName, reader: string | null): Promise<void> {
    this.#said = (await this.#look('fault', { mishap, reader })) ? 'said.set' : 'said.failed';
  }

  /** Calls every mishap off. */
  async calm(reader: string | null): Promise<void> {
    this.#said = (await this.#look('calm', { reader })) ? 'said.calm' : 'said.failed';
  }

  /** Asks for a view and shows it, unless a later one was asked for; false when none came. */
  async #look(
    method: 'screen' | 'fault' | 'calm',
    params: { readonly reader: string | null; readonly mishap?: MishapName },
  ): Promise<boolean> {
    this.#looks += 1;
    const look = this.#looks;
    const view = parseTrainerView(await this.#ask(method, params));
    if (view === null) return false;
    const { reader } = params;
    const isAsking = view.screen === 'present_card' && look === this.#looks;
    const prompt = isAsking ? parsePrompt(await this.#ask('prompt', { reader })) : null;
    if (look === this.#looks) {
      this.#view = view;
      this.#prompt = prompt;
    }
    return true;
  }

  async #ask(method: string, params: object): Promise<unknown> {
    return this.#channel.call(method, params).catch(() => null);
  }
}
