import { afterEach, describe, expect, it } from 'vitest';
import { aSale } from '../../support/fakes/sales.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { type CardBench, mia, openCardBench } from './card-bench.ts';
import { FakeCards } from './fake-cards.ts';

const tempFolder = tempFolders();
const opened: CardBench[] = [];
const { signal } = new AbortController();
const minuteMs = 60_000;

afterEach(async () => {
  for (const bench of opened.splice(0)) await bench.close();
});

function kiosk(stripe = new FakeCards()): CardBench {
  const bench = openCardBench(tempFolder(), stripe);
  opened.push(bench);
  return bench;
}

const identify = (bench: CardBench, memberId = '1001', digits = '0001') =>
  bench.desk.session.identify(memberId, digits, signal);

/** Tries this often with digits that are not theirs. */
async function tryWrong(bench: CardBench, times: number, memberId = '1001'): Promise<string[]> {
  const answers: string[] = [];
  for (let count = 0; count < times; count += 1) {
    answers.push((await identify(bench, memberId, '9999')).kind);
  }
  return answers;
}

describe('a member', () => {
  it('is known by their number and the end of their phone', async () => {
    const bench = kiosk();
    bench.addMia();

    const identified = await identify(bench);

    expect(identified).toMatchObject({ kind: 'identified', member: mia });
    expect(bench.desk.session.member).toMatchObject(mia);
  });

  it('whom this kiosk does not know is asked for at Stripe', async () => {
    const stripe = new FakeCards();
    const { name, email, phone } = mia;
    stripe.addCustomer('1001', { name, email, phone });

    expect(await identify(kiosk(stripe))).toMatchObject({ kind: 'identified', member: mia });
  });

  it('can’t be told from one who does not exist', async () => {
    const bench = kiosk();
    bench.addMia();

    expect(await identify(bench, '1001', '9999')).toEqual({ kind: 'not_known' });
    expect(await identify(bench, '7777', '0001')).toEqual({ kind: 'not_known' });
  });

  it('without a phone can’t be identified by any digits', async () => {
    const bench = kiosk();
    bench.book.saveMember({ ...bench.member, phone: null }, 0);

    expect((await identify(bench, '1001', '0000')).kind).toBe('not_known');
  });

  it('is forgotten when they leave, and when the page is loaded', async () => {
    const bench = kiosk();
    bench.addMia();
    await identify(bench);
    bench.desk.session.leave();
    const left = bench.desk.session.member;
    await identify(bench);
    bench.desk.windowLoaded();

    expect(left).toBeNull();
    expect(bench.desk.session.member).toBeNull();
  });

  it('is forgotten after three quiet minutes, but not while they pay', async () => {
    const bench = kiosk();
    bench.addMia();
    await identify(bench);
    bench.show(aSale());
    await bench.clock.advance(10 * minuteMs);
    bench.desk.session.leaveWhenIdle();
    const whilePaying = bench.desk.session.member;
    bench.show(null);

    await bench.clock.advance(3 * minuteMs);
    bench.desk.session.leaveWhenIdle();

    expect(whilePaying).not.toBeNull();
    expect(bench.desk.session.member).toBeNull();
  });

  it('is not at the screen when they left before Stripe answered', async () => {
    const stripe = new FakeCards();
    const { name, email, phone } = mia;
    stripe.addCustomer('1001', { name, email, phone });
    const bench = kiosk(stripe);
    stripe.meanwhile.set('listCustomers', () => {
      bench.desk.windowLoaded();
    });

    await identify(bench);

    expect(bench.desk.session.member).toBeNull();
  });
});

describe('wrong tries', () => {
  it('lock the number after five, for fifteen minutes, also for who knows the digits', async () => {
    const bench = kiosk();
    bench.addMia();
    const answers = await tryWrong(bench, 5);

    const locked = await identify(bench);
    await bench.clock.advance(15 * minuteMs - 1);
    const stillLocked = await identify(bench);
    await bench.clock.advance(1);
    const free = await identify(bench);

    expect(answers).toEqual(Array.from({ length: 5 }, () => 'not_known'));
    expect(locked).toEqual({ kind: 'locked', forMs: 15 * minuteMs });
    expect(stillLocked).toEqual({ kind: 'locked', forMs: 1 });
    expect(free.kind).toBe('identified');
  });

  it('of one number lock no other', async () => {
    const bench = kiosk();
    bench.addMia();
    await tryWrong(bench, 5, '1002');

    expect((await identify(bench)).kind).toBe('identified');
  });

  it('of any number lock all after twenty', async () => {
    const bench = kiosk();
    bench.addMia();
    for (let number = 0; number < 20; number += 1) await tryWrong(bench, 1, `2${String(number)}`);

    const locked = await identify(bench);
    await bench.clock.advance(15 * minuteMs);

    expect(locked).toEqual({ kind: 'locked', forMs: 15 * minuteMs });
    expect((await identify(bench)).kind).toBe('identified');
  });

  it('that began at once are not more than those that came one by one', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    stripe.addCustomer('1001', { phone: mia.phone });

    const answers = await Promise.all(
      Array.from({ length: 9 }, () => bench.desk.session.identify('1001', '9999', signal)),
    );

    expect(answers.filter(({ kind }) => kind === 'locked')).toHaveLength(4);
  });

  it('are forgotten after the right one', async () => {
    const bench = kiosk();
    bench.addMia();
    await tryWrong(bench, 4);
    await identify(bench);
    await tryWrong(bench, 4);

    expect((await identify(bench)).kind).toBe('identified');
  });

  it('do not count while Stripe can’t be reached', async () => {
    const stripe = new FakeCards();
    for (let count = 0; count < 30; count += 1) stripe.next('searchCustomers', 'lost');
    const bench = kiosk(stripe);

    const answers = await tryWrong(bench, 30);

    expect(new Set(answers)).toEqual(new Set(['unreachable']));
  });
});
