import { expect } from 'vitest';
import type { HistoryLine } from '../../../preload/contract/staff.ts';
import type { Snapshot } from '../../../preload/contract/kiosk.ts';
import { isPlainKey, textFor } from '../../../renderer/text/text.ts';
import type { StudioKiosk } from './studio-kiosk.ts';
import { frontReader, type TestStudio } from './test-studio.ts';
import { wordsOnScreen } from './words-on-screen.ts';

/** What a customer and staff were told of one mishap, and what became of the money. */
export interface Row {
  /** The sentences on the customer's screen. */
  readonly customer: string;
  /** What the sale's history says of calls to the reader that were not carried out, with what a check of its status says. */
  readonly staff: string;
  /** Stripe's status of the one PaymentIntent, and each of its charges. */
  readonly ended: string;
}

/** A sale's code is chance; the table has this one for all, so that two runs can be compared. */
const anyCode = '7F3K';

/** The table of mishaps, made of what was observed while they happened. */
export class ErrorTable {
  readonly #rows: string[] = [];

  /** What is told while the screen shows this. */
  async told(kiosk: StudioKiosk, snapshot: Snapshot): Promise<Omit<Row, 'ended'>> {
    const customer = await wordsOnScreen(snapshot);
    const { sentence } = await kiosk.page.ask('readers:check', { readerId: frontReader });
    const { lines } = await kiosk.page.ask('money:history', { saleId: snapshot.sale?.id ?? '' });
    const staff = [...counted(lines.flatMap(notCarriedOut)), sentence].join(' ');
    return { customer, staff: staff.replaceAll(snapshot.sale?.code ?? '', anyCode) };
  }

  /** Keeps the row, with the one PaymentIntent as it stands now. Fails when there is more than one. */
  async keep(error: string, told: Omit<Row, 'ended'>, studio: TestStudio): Promise<Row> {
    const [entry, ...more] = await studio.ledger();
    expect(more).toEqual([]);
    const charges = entry?.charges.join(', ') ?? '';
    const ended = `${entry?.status ?? 'none'}, ${charges === '' ? 'no charge' : charges}`;
    const { customer, staff } = told;
    this.#rows.push(`reader error | ${error} | ${customer} | ${staff} | ${ended}`);
    return { customer, staff, ended };
  }

  /** One line for each row, under a line that names the columns. */
  lines(): readonly string[] {
    return [
      'reader error | what happens | what the customer reads | what staff are told | PaymentIntent',
      ...this.#rows,
    ];
  }
}

function notCarriedOut({ what, answer }: HistoryLine): string[] {
  if (answer === null || answer.outcome === 'done' || !what.startsWith('reader.')) return [];
  const say = textFor('en');
  const words = (key: string): string => (isPlainKey(key) ? say(key) : key);
  const code = answer.code === null ? '' : `: ${words(`desk.answer.code.${answer.code}`)}`;
  return [`${words(`desk.work.${what}`)}: ${words(`desk.answer.${answer.outcome}`)}${code}.`];
}

/** Each sentence once, where it came first, with how often it came. */
function counted(sentences: readonly string[]): string[] {
  return [...new Set(sentences)].map((sentence) => {
    const times = sentences.filter((other) => other === sentence).length;
    return times === 1 ? sentence : `${sentence} (${times} times)`;
  });
}
