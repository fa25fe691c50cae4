import { expect, it } from 'vitest';
import { isLoopback } from '../../main/mail/is-loopback.ts';

it.each(['localhost', 'LOCALHOST', 'localhost.', '127.0.0.1', '127.8.9.1', '::1', '0:0::0:1'])(
  '%s is this computer',
  (host) => {
    expect(isLoopback(host)).toBe(true);
  },
);

it.each([
  'smtp.example.com',
  'localhost.example.com',
  'notlocalhost',
  '127.0.0.1.example.com',
  '128.0.0.1',
  '0.0.0.0',
  '192.168.1.1',
  '::',
  '::2',
  '',
])('%j is not: what is sent there may be listened to', (host) => {
  expect(isLoopback(host)).toBe(false);
});
