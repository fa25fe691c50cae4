import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accentOn, contrast, onAccent } from '../../../renderer/styles/accent.ts';

const colour = fc
  .integer({ min: 0, max: 0xff_ff_ff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('words on the studio accent', () => {
  it('measures contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 3);
  });

  it('are readable on any accent a studio can choose', () => {
    fc.assert(
      fc.property(colour, (accent) => contrast(accent, onAccent(accent)) >= 4.5),
      { numRuns: 2_000 },
    );
  });

  it('keep the house ink and paper where those are enough', () => {
    expect(onAccent('#2f5d50')).toBe('#fdfbf6');
    expect(onAccent('#f2c744')).toBe('#23201a');
  });
});

describe('the accent as a mark', () => {
  it('is seen on paper and at dusk, whatever it was', () => {
    fc.assert(
      fc.property(
        colour,
        fc.constantFrom('#f4efe6', '#25221d'),
        (accent, ground) => contrast(accentOn(accent, ground, 4.5), ground) >= 4.5,
      ),
      { numRuns: 2_000 },
    );
  });

  it('stays the colour of the studio where it is seen already', () => {
    expect(accentOn('#2f5d50', '#f4efe6', 4.5)).toBe('#2f5d50');
  });
});
