import { describe, expect, it } from 'vitest';
import type { SaleStateView } from '../../../preload/contract/sale.ts';
import { direction, type Place, screenOf } from '../../../renderer/state/screen.ts';
import { aSale, aSnapshot } from '../support/snapshots.ts';

const place: Place = {
  browsing: 'choose',
  afterPaying: 'approved',
  leftSaleId: null,
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

describe('the way a screen comes in', () => {
  it('is forward to review and back from it', () => {
    expect(direction('choose', 'review')).toBe('forward');
    expect(direction('review', 'choose')).toBe('back');
  });

  it('is in place while the drawn reader stands', () => {
    expect(direction('starting', 'present')).toBe('stay');
  });
});
