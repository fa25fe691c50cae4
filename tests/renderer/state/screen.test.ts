import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../preload/contract/kiosk.ts';
import type { SaleStateView, SaleView } from '../../../preload/contract/sale.ts';
import { direction, type Place, screenOf } from '../../../renderer/state/screen.ts';
import { aSetup, aStoredCard } from '../support/cards.ts';
import { aSale, aSnapshot } from '../support/snapshots.ts';

const place: Place = {
  browsing: 'choose',
  afterPaying: 'approved',
  leftSaleId: null,
  asksOrder: false,
  errand: null,
};
const closed = {
  kind: 'settings',
  file: 'settings.json',
  field: null,
  sentence: 'Mend it.',
} as const;

describe('the one screen of a snapshot', () => {
  it('is never the approved one unless the sale is paid', () => {
    const states: readonly SaleStateView[] = [
      'open',
      'creating',
      'presenting',
      'authorizing',
      'authorized',
      'capturing',
      'finding_out',
      'canceling',
      'canceled',
      'expired',
      'needs_staff',
    ];
    for (const afterPaying of ['approved', 'receipt', 'email'] as const) {
      const screens = states.map((state) =>
        screenOf(aSnapshot({ sale: aSale({ state }) }), { ...place, afterPaying }),
      );
      expect(screens).not.toContain(afterPaying);
    }
  });

  it('is the closed one when the kiosk is closed, also before a review is paid', () => {
    expect(screenOf(aSnapshot({ closed }), place)).toBe('closed');
    expect(screenOf(aSnapshot({ closed, sale: aSale() }), place)).toBe('closed');
  });

  it('shows money in motion to its end, although the kiosk has closed meanwhile', () => {
    const sale = aSale({ state: 'finding_out' });

    expect(screenOf(aSnapshot({ closed, sale }), place)).toBe('finding_out');
  });
});

describe('a card on file that pays', () => {
  const charged = (part: Partial<SaleView>, pending = false): Snapshot =>
    aSnapshot({ sale: aSale({ storedCard: aStoredCard({ pending }), ...part }) });

  it('shows no reader, from the first request to the answer', () => {
    expect(screenOf(charged({ state: 'creating' }), place)).toBe('charging');
    expect(screenOf(charged({ state: 'authorizing' }), place)).toBe('charging');
  });

  it('is pending while it waits, and never approved', () => {
    for (const state of ['creating', 'authorizing'] as const) {
      expect(screenOf(charged({ state }, true), place)).toBe('pending');
    }
  });

  it('is found out like every other when its outcome is not known', () => {
    expect(screenOf(charged({ state: 'finding_out' }, true), place)).toBe('finding_out');
  });
});

describe('what a member does with cards', () => {
  const there: Place = { ...place, errand: 'consent' };

  it('lies over review, over a paid sale, and over no sale', () => {
    expect(screenOf(aSnapshot(), there)).toBe('consent');
    expect(screenOf(aSnapshot({ sale: aSale() }), there)).toBe('consent');
    expect(screenOf(aSnapshot({ sale: aSale({ state: 'paid' }) }), there)).toBe('consent');
  });

  it('gives way to money in motion, and to a card at the reader', () => {
    const moving = aSale({ state: 'authorizing' });

    expect(screenOf(aSnapshot({ sale: moving, setup: aSetup() }), there)).toBe('present');
    expect(screenOf(aSnapshot({ setup: aSetup() }), there)).toBe('setup');
  });

  it('shows a card at the reader to its end, although the kiosk has closed meanwhile', () => {
    expect(screenOf(aSnapshot({ closed, setup: aSetup() }), place)).toBe('setup');
    expect(screenOf(aSnapshot({ closed }), there)).toBe('closed');
  });
});

describe('the way a screen comes in', () => {
  it('is forward to review and back from it', () => {
    expect(direction('choose', 'review')).toBe('forward');
    expect(direction('review', 'choose')).toBe('back');
  });

  it('is in place while the drawn reader stands', () => {
    expect(direction('starting', 'present')).toBe('stay');
  });
});
