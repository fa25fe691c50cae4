import { describe, expect, it } from 'vitest';
import {
  connectionWord,
  errorCode,
  paymentWord,
  stripeWord,
} from '../../renderer/reader/terminal-words.ts';

describe('the words of the SDK', () => {
  it('knows how a connection may stand, and takes an unknown word for none', () => {
    const words = ['not_connected', 'connecting', 'connected', 'hibernating', ''];

    expect(words.map(connectionWord)).toEqual([
      'not_connected',
      'connecting',
      'connected',
      'not_connected',
      'not_connected',
    ]);
  });

  it('knows how a payment may stand, and takes an unknown word for not ready', () => {
    const words = ['not_ready', 'ready', 'waiting_for_input', 'processing', 'resting', ''];

    expect(words.map(paymentWord)).toEqual([
      'not_ready',
      'ready',
      'waiting_for_input',
      'processing',
      'not_ready',
      'not_ready',
    ]);
  });

  it('keeps codes it has never seen as long as the contract has room for them', () => {
    expect(errorCode('tap_to_pay_moon_phase')).toBe('tap_to_pay_moon_phase');
    expect(errorCode('x'.repeat(64))).toBe('x'.repeat(64));
  });

  it.each([[undefined], [null], [''], [7], [{}], ['With Space'], ['UPPER'], ['x'.repeat(65)]])(
    'calls %j an unknown error, and no word',
    (code) => {
      expect(errorCode(code)).toBe('unknown_error');
      expect(stripeWord(code)).toBeNull();
    },
  );
});
