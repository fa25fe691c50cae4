import { describe, expect, it } from 'vitest';
import { emailProblem } from '../../../renderer/state/email-address.ts';

describe('an e-mail address', () => {
  it.each([
    ['', 'empty'],
    ['mara', 'at'],
    ['@example.com', 'before'],
    ['mara@', 'after'],
    ['mara@example', 'after'],
    ['mara@@example.com', 'after'],
    ['mara @example.com', 'space'],
    [`${'m'.repeat(250)}@example.com`, 'long'],
  ])('%j is mended with a hint about %s', (address, problem) => {
    expect(emailProblem(address)).toBe(problem);
  });

  it.each(['mara@example.com', 'm.o+x@mail.co.uk', "o'hara@a-b.io"])('%j passes', (address) => {
    expect(emailProblem(address)).toBeNull();
  });
});
