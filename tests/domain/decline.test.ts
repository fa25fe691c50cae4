import fc from 'fast-check';
import { expect, it } from 'vitest';
import { declineReason } from '../../main/domain/decline.ts';

it('tells the customer what helps them to pay', () => {
  expect(declineReason('card_declined', 'insufficient_funds')).toBe('insufficient_funds');
  expect(declineReason('expired_card', null)).toBe('expired_card');
  expect(declineReason('expired_card', 'expired_card')).toBe('expired_card');
  expect(declineReason('card_declined', 'incorrect_pin')).toBe('incorrect_pin');
  expect(declineReason('card_declined', 'offline_pin_required')).toBe('insert_card');
  expect(declineReason('card_declined', 'online_or_offline_pin_required')).toBe('insert_card');
  expect(declineReason('processing_error', null)).toBe('try_again');
});

it('never tells the customer of fraud, of a lost or of a stolen card', () => {
  for (const declineCode of [
    'fraudulent',
    'lost_card',
    'stolen_card',
    'pickup_card',
    'restricted_card',
    'merchant_blacklist',
    'security_violation',
    'pin_try_exceeded',
    'withdrawal_count_limit_exceeded',
  ]) {
    expect(declineReason('card_declined', declineCode)).toBe('declined');
  }
});

it('has a word for every code Stripe may think of', () => {
  const known = [
    'declined',
    'insufficient_funds',
    'expired_card',
    'incorrect_pin',
    'insert_card',
    'try_again',
  ];
  fc.assert(
    fc.property(fc.string(), fc.option(fc.string()), (code, declineCode) => {
      expect(known).toContain(declineReason(code, declineCode));
    }),
  );
});
