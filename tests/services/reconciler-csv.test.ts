import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kioskId } from '../../main/domain/ids.ts';
import type { DayReport, ReportRow } from '../../main/services/day-report.ts';
import { noRefunds } from '../../main/services/refunds/refunds-of-day.ts';
import { reportCsv } from '../../main/services/report-csv.ts';

const row: ReportRow = {
  class: 'captured_ordered',
  resolved: true,
  saleId: 'sale_0mi1kqbas00abcdefgh1234',
  code: 'X4TZ',
  state: 'paid',
  paymentIntentId: 'pi_0001',
  paymentIntentStatus: 'succeeded',
  atMs: Date.UTC(2026, 10, 20, 9, 0, 0),
  amount: { amount: 2_800, currency: 'usd' },
  deadlineMs: null,
  last4: '4242',
  tender: null,
  staffDecision: null,
  givenBack: { amount: 0, currency: 'usd' },
  disputed: false,
};

function csvOf(...rows: readonly ReportRow[]): string {
  const report: DayReport = {
    kioskId: kioskId('kiosk_0000000001'),
    fromMs: 0,
    toMs: 1,
    totals: [],
    rows,
    unresolved: 0,
    refunds: noRefunds,
    quarantined: [],
  };
  return reportCsv(report);
}

/** Reads RFC 4180 as a strict reader would. */
function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let cells: string[] = [];
  let rest = text;
  while (rest !== '') {
    const match = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest);
    if (match === null) throw new Error(`no cell: ${rest.slice(0, 40)}`);
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') {
      rows.push(cells);
      cells = [];
    }
    rest = rest.slice(match[0].length);
  }
  return rows;
}

function cellOf(name: string, one: ReportRow): string | undefined {
  const [head = [], cells = []] = readCsv(csvOf(one));
  return cells[head.indexOf(name)];
}

describe('the table of a day', () => {
  it('has a head and a line for each row, each ended by CRLF', () => {
    expect(csvOf(row)).toBe(
      'class,settled,time_utc,code,amount,currency,state,card_last4,tender,staff_decision,' +
        'capture_before_utc,payment_intent_status,given_back,disputed,refund,asked_by,approved_by,' +
        'payment_intent,sale\r\n' +
        'captured_ordered,yes,2026-11-20T09:00:00.000Z,X4TZ,28.00,USD,paid,4242,,,,succeeded,,,,,,' +
        'pi_0001,sale_0mi1kqbas00abcdefgh1234\r\n',
    );
  });

  it.each([
    [2_800, 'usd', '28.00'],
    [5, 'usd', '0.05'],
    [0, 'eur', '0.00'],
    [500, 'jpy', '500'],
    [12_340, 'kwd', '12.340'],
    [99_999_999, 'usd', '999999.99'],
    [700, 'xxx', '700'],
  ])('writes %i %s as %s', (amount, currency, expected) => {
    expect(cellOf('amount', { ...row, amount: { amount, currency } })).toBe(expected);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\r=x', ' =1+1', '|calc', '%0A'])(
    'lets no spreadsheet take %j for a formula',
    (saleId) => {
      expect(cellOf('sale', { ...row, saleId })).toBe(`'${saleId}`);
    },
  );

  it('is read back as it was written, whatever others put into their metadata', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }), (names) => {
        const lines = readCsv(csvOf(...names.map((saleId) => ({ ...row, saleId }))));
        expect(lines).toHaveLength(names.length + 1);
        for (const [index, name] of names.entries()) {
          const cell = lines[index + 1]?.at(-1);
          expect([name, `'${name}`]).toContain(cell);
          expect(cell).not.toMatch(/^[=+\-@\t\r\n|%]/);
        }
      }),
    );
  });
});
