import { describe, expect, it, vi } from 'vitest';
import { testCards } from '../../../main/training/model/test-cards.ts';
import { mishapNames } from '../../../preload/contract/training.ts';
import { benchSentences, benchWords } from '../../../renderer/training/bench-words.ts';
import { groupsFor } from '../../../renderer/training/card-groups.ts';
import { isMishap, mishapGroups } from '../../../renderer/training/mishap-groups.ts';
import { parsePrompt } from '../../../renderer/training/trainer-answers.ts';
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
  it('has every test card of the training Stripe, each once, where Interac is taken', () => {
    const shown = groupsFor('cad').flatMap(({ cards }): readonly string[] => cards);

    expect([...shown].sort()).toEqual(
      testCards.map(({ testPaymentMethod }) => testPaymentMethod).sort(),
    );
  });

  it('has Interac cards only where they can pay, and phones everywhere', () => {
    const cardsIn = (currency: string): readonly string[] =>
      groupsFor(currency).flatMap(({ cards }) => cards);

    expect(cardsIn('cad')).toEqual(expect.arrayContaining(['interac', 'interac_other']));
    expect(cardsIn('usd')).not.toContain('interac');
    expect(cardsIn('usd')).toContain('wallet_visa');
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
    const keys = Object.keys(benchSentences) as (keyof typeof benchSentences)[];

    expect(keys.filter((key) => benchSentences[key].includes('!'))).toEqual([]);
    expect(
      keys.filter((key) => benchWords('en-XA')(key).length < benchSentences[key].length * 1.4),
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

  it('says what the reader asks a card for until it asks no more', async () => {
    const { trainer, waiting } = slowLine();
    const refund = { for: 'refund', amount: { amount: 1200, currency: 'cad' } };

    const asking = trainer.calm('tmr_front');
    waiting[0]?.(view('present_card'));
    await vi.waitUntil(() => waiting.length === 2);
    waiting[1]?.({ prompt: refund });
    await asking;
    const asked = trainer.prompt;
    const reading = trainer.calm('tmr_front');
    waiting[2]?.(view('reading'));
    await reading;

    expect([asked, trainer.prompt]).toEqual([refund, null]);
  });

  it.each([
    [{ prompt: { for: 'setup', amount: null } }, { for: 'setup', amount: null }],
    [{ prompt: { for: 'refund', amount: { amount: '12' } } }, null],
    [{ prompt: { for: 'a ride', amount: null } }, null],
    [{ prompt: null }, null],
  ])('reads %j as what a reader asks a card for, or as nothing', (answer, prompt) => {
    expect(parsePrompt(answer)).toEqual(prompt);
  });

  it('shows nothing of an answer it cannot read, and says that it failed', async () => {
    const { trainer, waiting } = slowLine();
    const calm = trainer.calm(null);

    waiting[0]?.({ screen: 'a cat', set: [] });
    await calm;

    expect([trainer.view, trainer.said]).toEqual([null, 'said.failed']);
  });
});
