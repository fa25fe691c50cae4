import { expect, test } from 'vitest';
import { readValue, writeClone, writeValue } from './src/structured-clone.ts';
import { FrameCutter, textFrame } from './src/websocket-frames.ts';

const overTheWire = (value: unknown): unknown =>
  readValue(JSON.parse(JSON.stringify(writeClone(value))) as ReturnType<typeof writeClone>);

test('keeps two mentions of one object one object', () => {
  const shared = { amount: 1 };

  const back = overTheWire({ first: shared, second: shared }) as { first: object; second: object };

  expect(back.first).toBe(back.second);
});

test('does not let a key named __proto__ change what is read', () => {
  const sent: unknown = JSON.parse('{"__proto__": {"isAdmin": true}}');

  const back = overTheWire(sent) as object;

  expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
  expect(Object.keys(back)).toEqual(['__proto__']);
});

test('drops prototypes and methods of classes, as structured clone does', () => {
  class Sale {
    readonly amount = 5;
    total(): number {
      return this.amount;
    }
  }

  expect(overTheWire(new Sale())).toEqual({ amount: 5 });
});

test.for([
  ['a function', () => 1],
  ['a symbol', Symbol('sale')],
  ['a promise', Promise.resolve(1)],
  ['a function deep inside', { list: [new Map([[1, () => 1]])] }],
] as const)('refuses %s', ([, value]) => {
  expect(() => writeClone(value)).toThrow('An object could not be cloned.');
});

test('refuses functions even when nothing has cloned the value before', () => {
  expect(() => writeValue({ act: () => 1 })).toThrow('An object could not be cloned.');
});

test.for([5, 125, 126, 65_535, 65_536, 200_000])(
  'cuts a message of %i bytes out of a stream that comes in pieces',
  (length) => {
    const text = 'x'.repeat(length);
    const bytes = Buffer.concat([textFrame(text), textFrame('next')]);
    const cutter = new FrameCutter();

    const middle = Math.floor(length / 2) + 1;
    const frames = [
      ...cutter.cut(bytes.subarray(0, middle)),
      ...cutter.cut(bytes.subarray(middle)),
    ];

    expect(frames.map((frame) => frame.payload.toString())).toEqual([text, 'next']);
  },
);

test('reads the masked frames of a client', () => {
  const mask = [1, 2, 3, 4];
  const payload = [...Buffer.from('hello')].map((byte, at) => byte ^ mask[at % 4]!);

  const [frame] = new FrameCutter().cut(Buffer.from([0x81, 0x80 | 5, ...mask, ...payload]));

  expect(frame?.payload.toString()).toBe('hello');
});
