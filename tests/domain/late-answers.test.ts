import fc from 'fast-check';
import { expect, it } from 'vitest';
import { provedNotCharged } from '../../main/domain/sale.ts';
import { after, answered, at, declinedFacts, read } from '../support/fakes/sales.ts';
import { choices, live } from './small-life.ts';
import type { Led } from './small-world.ts';

const anybodyLeads = fc.constantFrom<Led>('by_page', 'one_step', 'two_step');

/*
 * A refused tap leaves a failed Charge while the reader asks for the PIN and tries again by itself
 * (offline_pin_sca_retry: two Charges, the last one counts). A read that left between the two and is answered
 * after the reader said "processed" shows that first Charge; it proves nothing about the second.
 * https://docs.stripe.com/terminal/references/testing
 */
it('does not say "not charged" on a read that left before the reader said "processed"', () => {
  const sale = at.authorizing();
  const late = after(sale, { kind: 'time_passed', wait: 'authorizing' });
  const processed = after(late, answered(late, { kind: 'processed' }));

  const told = after(processed, read(declinedFacts('ch_first_tap'), late.revision));

  expect(provedNotCharged(told)).toBe(false);
  expect(told.state).toBe('finding_out');
});

it('never says "not charged" while Stripe holds the money, even when reads are answered late', () => {
  fc.assert(
    fc.property(choices, anybodyLeads, (chosen, led) => {
      expect(live(chosen, true, led).lies).toEqual([]);
    }),
    { seed: 1817069161, numRuns: 5_000 },
  );
});
