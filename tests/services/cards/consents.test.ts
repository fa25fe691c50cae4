import { afterEach, describe, expect, it } from 'vitest';
import { consentWording } from '../../../main/domain/consent.ts';
import { consentExport } from '../../../main/services/cards/consent-export.ts';
import { aSale, ourKiosk, ourSale } from '../../support/fakes/sales.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { type BenchOptions, type CardBench, mia, openCardBench, sha256 } from './card-bench.ts';
import { FakeCards, visa } from './fake-cards.ts';
import { agreeToKeep, keepVisa } from './keeping-sale.ts';

const tempFolder = tempFolders();
const opened: CardBench[] = [];

afterEach(async () => {
  for (const bench of opened.splice(0)) await bench.close();
});

function kiosk(stripe: FakeCards, options: BenchOptions = {}, folder = tempFolder()): CardBench {
  const bench = openCardBench(folder, stripe, options);
  opened.push(bench);
  return bench;
}

describe('a consent', () => {
  it('is stored as it was shown, with who, when and where, and a hash over all of it', () => {
    const bench = kiosk(new FakeCards());

    agreeToKeep(bench);

    const [consent] = bench.book.consentsOf(bench.member.key);
    expect(consent).toMatchObject({
      ...consentWording('Linden Yoga'),
      memberKey: bench.member.key,
      kioskId: ourKiosk,
      givenAtMs: bench.clock.nowMs(),
      actedBy: 'member',
      link: null,
      revoked: null,
    });
    expect(bench.onScreen()?.keeping).toEqual({
      memberKey: bench.member.key,
      consentId: consent?.id,
    });
  });

  it('is not taken to a wording that was not shown', () => {
    const bench = kiosk(new FakeCards());
    const member = bench.addMia();
    bench.show(aSale());
    const wordingHash = sha256('another wording');

    const agreed = bench.desk.consents.agree({
      member,
      saleId: ourSale,
      wordingHash,
      copyByEmail: false,
    });

    expect(agreed).toEqual({ kind: 'wording_changed' });
    expect(bench.book.consentsOf(member.key)).toEqual([]);
  });

  it('is not stored for a sale that is no longer at review', () => {
    const bench = kiosk(new FakeCards());
    const member = bench.addMia();
    bench.show(aSale());
    bench.sales.apply(ourSale, { kind: 'confirmed' });
    const { hash } = bench.desk.consents.offer();

    const agreed = bench.desk.consents.agree({
      member,
      saleId: ourSale,
      wordingHash: hash,
      copyByEmail: false,
    });

    expect(agreed.kind).toBe('not_now');
    expect(bench.book.consentsOf(member.key)).toEqual([]);
  });

  it('is stored once, however often the button is pressed', () => {
    const bench = kiosk(new FakeCards());
    agreeToKeep(bench);

    const { hash } = bench.desk.consents.offer();
    const again = bench.desk.consents.agree({
      member: bench.member,
      saleId: ourSale,
      wordingHash: hash,
      copyByEmail: false,
    });

    expect(again).toEqual({ kind: 'agreed' });
    expect(bench.book.consentsOf(bench.member.key)).toHaveLength(1);
  });

  it('is taken back with the wish to keep the card', () => {
    const bench = kiosk(new FakeCards());
    agreeToKeep(bench);

    const heard = bench.desk.consents.dontKeep(ourSale);

    expect(heard).toEqual({ kind: 'heard' });
    expect(bench.onScreen()?.keeping).toBeUndefined();
    expect(bench.book.consentsOf(bench.member.key)[0]?.revoked).toMatchObject({ by: 'member' });
  });

  it('can be taken back while the payment is under way', () => {
    const bench = kiosk(new FakeCards());
    agreeToKeep(bench);
    bench.sales.apply(ourSale, { kind: 'confirmed' });

    bench.desk.consents.dontKeep(ourSale);

    expect(bench.book.consentsOf(bench.member.key)[0]?.revoked).not.toBeNull();
  });
});

describe('a copy', () => {
  it('goes to the address on file, with the wording to the letter and how to end it', async () => {
    const bench = kiosk(new FakeCards());
    agreeToKeep(bench, true);
    await bench.work();

    const [consent] = bench.book.consentsOf(bench.member.key);
    const [letter] = bench.letters;
    expect(letter).toMatchObject({ id: consent?.id, to: mia.email });
    expect(letter?.text).toContain(consent?.text);
    expect(letter?.text).toContain('2026-11-20 09:00:00 UTC');
    expect(letter?.text).toContain(`Consent: ${consent?.id ?? ''}`);
    expect(letter?.text).toContain('under “My cards”');
  });

  it('is sent again, as the same letter, when nobody knows whether it was taken', async () => {
    const bench = kiosk(new FakeCards());
    bench.mailAnswers.push({ kind: 'unanswered', code: 'no_answer' });
    agreeToKeep(bench, true);
    await bench.work();
    await bench.clock.advance(60_000);
    await bench.work();

    expect(bench.letters).toHaveLength(2);
    expect(bench.letters[0]).toEqual(bench.letters[1]);
  });

  it('is not sent to an address that does not exist a second time', async () => {
    const bench = kiosk(new FakeCards());
    bench.mailAnswers.push({ kind: 'refused', code: '550' });
    agreeToKeep(bench, true);
    await bench.work();
    await bench.clock.advance(600_000);
    await bench.work();

    expect(bench.letters).toHaveLength(1);
  });

  it('is not sent unasked', async () => {
    const bench = kiosk(new FakeCards());
    agreeToKeep(bench);
    await bench.work();

    expect(bench.letters).toEqual([]);
  });
});

describe('taking a consent back', () => {
  it('removes the card for good, in the same moment', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    await keepVisa(bench, stripe);

    bench.desk.consents.revoke(visa, 'Dana');

    expect(bench.book.findCard(visa)).toMatchObject({ removedBy: 'Dana' });
    expect(bench.desk.consents.liveConsentOf(visa)).toBeNull();
    expect(bench.ledger.hasOpenWork(visa)).toBe(true);
  });

  it('twice keeps who did it first, and asks Stripe once', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    await keepVisa(bench, stripe);

    bench.desk.consents.revoke(visa, 'member');
    bench.desk.consents.revoke(visa, 'Dana');
    await bench.work();

    expect(bench.book.findCard(visa)?.removedBy).toBe('member');
    expect(stripe.count('detachCard')).toBe(1);
  });
});

describe('an export', () => {
  it('reproduces every text to the letter, with its facts, after a restart', async () => {
    const stripe = new FakeCards();
    const folder = tempFolder();
    const before = openCardBench(folder, stripe);
    await keepVisa(before, stripe);
    const { hash } = before.desk.consents.offer();
    before.show(null);
    before.desk.consents.agree({
      member: before.member,
      saleId: null,
      wordingHash: hash,
      copyByEmail: false,
    });
    before.desk.consents.revoke(visa, 'Dana');
    await before.close();

    const after = kiosk(stripe, { boot: 'boot_0000000002', firstId: 50 }, folder);
    const text = after.desk.consents.exportOf(after.member.key) ?? '';

    const shown = consentWording('Linden Yoga').text;
    const between =
      /---- the text they saw, to the letter ----\n([\s\S]*?)\n---- end of the text ----/g;
    expect([...text.matchAll(between)].map(([, found]) => found)).toEqual([shown, shown]);
    expect(text).toContain('Card: pm_visa, ending in 4242, from pi_0001');
    expect(text).toContain('Card: none was kept under it');
    expect(text).toMatch(/Revoked: 2026-11-20 .*, by Dana/);
    expect(text.match(/Hash: fits/g)).toHaveLength(2);
  });

  it('says so when the hash does not fit what is written', () => {
    const bench = kiosk(new FakeCards());
    agreeToKeep(bench);
    const { book, member } = bench;
    const changed = book.consentsOf(member.key).map((one) => ({ ...one, text: `${one.text}!` }));

    const what = { member, merchant: 'Linden Yoga', consents: changed, atMs: 0, damaged: 2 };
    const text = consentExport(what, sha256);

    expect(text).toContain('Hash: DOES NOT FIT');
    expect(text).toContain('of any member: 2');
  });

  it('of a member nobody knows does not exist', () => {
    const bench = kiosk(new FakeCards());

    expect(bench.desk.consents.exportOf(bench.member.key)).toBeNull();
  });
});
