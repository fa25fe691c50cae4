import { describe, expect, it } from 'vitest';
import { testCards } from '../../../main/training/model/test-cards.ts';
import { mishapNames } from '../../../preload/contract/training.ts';
import { enTraining } from '../../../renderer/text/en-training.ts';
import { benchWords } from '../../../renderer/training/bench-words.ts';
import { cardGroups } from '../../../renderer/training/card-groups.ts';
import { isMishap, mishapGroups } from '../../../renderer/training/mishap-groups.ts';
import { TrainerState } from '../../../renderer/training/trainer.svelte.ts';

/** A line to main that answers each call when the test lets it. */
function slowLine() {
  const waiting: ((value: unknown) => void)[] = [];
  const trainer = new TrainerState({
    call: () => new Promise((resolve) => waiting.push(resolve)),
    onEvent: () => () => undefined,
  });
  return { trainer, waiting };
}

const view = (screen: string) => ({ screen, set: [] });

describe('the trainer’s panel', () => {
  it('has every test card of the training Stripe, each once', () => {
    const shown = cardGroups.flatMap(({ cards }): readonly string[] => cards);

    expect([...shown].sort()).toEqual(
      testCards.map(({ testPaymentMethod }) => testPaymentMethod).sort(),
    );
  });

  it('has every mishap with the integration it can happen with', () => {
    const shown = new Set(
      (['sdk', 'server_driven'] as const).flatMap((integration) =>
        mishapGroups(integration).flatMap(({ mishaps }) => mishaps),
      ),
    );

    expect([...shown].sort()).toEqual([...mishapNames].sort());
    expect(mishapNames.every(isMishap)).toBe(true);
  });

  it('says everything without exclamation, and longer in the pseudo-locale', () => {
    const keys = Object.keys(enTraining) as (keyof typeof enTraining)[];

    expect(keys.filter((key) => enTraining[key].includes('!'))).toEqual([]);
    expect(
      keys.filter((key) => benchWords('en-XA')(key).length < enTraining[key].length * 1.4),
    ).toEqual([]);
  });

  it('shows what it asked for last, also when an older answer comes later', async () => {
    const { trainer, waiting } = slowLine();
    trainer.watch('tmr_front');
    const calm = trainer.calm('tmr_front');

    waiting[1]?.(view('approved'));
    await calm;
    waiting[0]?.(view('present_card'));
    await Promise.resolve();

    expect(trainer.view).toEqual(view('approved'));
  });

  it('shows nothing of an answer it cannot read, and says that it failed', async () => {
    const { trainer, waiting } = slowLine();
    const calm = trainer.calm(null);

    waiting[0]?.({ screen: 'a cat', set: [] });
    await calm;

    expect([trainer.view, trainer.said]).toEqual([null, 'said.failed']);
  });
});
