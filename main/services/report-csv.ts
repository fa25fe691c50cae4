import { exponentOf, type Money } from '../domain/money.ts';
import type { DayReport, ReportRow } from './day-report.ts';

const columns: readonly (readonly [string, (row: ReportRow) => string])[] = [
  ['class', (row) => row.class],
  ['settled', (row) => (row.resolved ? 'yes' : 'no')],
  ['time_utc', (row) => timeOf(row.atMs)],
  ['code', (row) => row.code ?? ''],
  ['amount', (row) => decimalOf(row.amount)],
  ['currency', (row) => row.amount.currency.toUpperCase()],
  ['state', (row) => row.state ?? ''],
  ['card_last4', (row) => row.last4 ?? ''],
  ['tender', (row) => row.tender ?? ''],
  ['staff_decision', (row) => row.staffDecision ?? ''],
  ['capture_before_utc', (row) => timeOf(row.deadlineMs)],
  ['payment_intent_status', (row) => row.paymentIntentStatus ?? ''],
  ['payment_intent', (row) => row.paymentIntentId ?? ''],
  ['sale', (row) => row.saleId ?? ''],
];

/** The rows as a table for a spreadsheet: RFC 4180, lines end in CRLF, amounts in decimal, times in UTC. */
export function reportCsv(report: DayReport): string {
  const head = columns.map(([name]) => name);
  const rows = report.rows.map((row) => columns.map(([, cellOf]) => cellOf(row)));
  return [head, ...rows].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

/**
 * A cell that a spreadsheet would take for a formula is made text by an apostrophe: others' metadata is in here.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
function cell(text: string): string {
  const plain =
    /^[=+\-@\t\r\n|%]/.test(text.trimStart()) || /^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** By whole digits, without a float: 2800 usd is 28.00, 500 jpy is 500. An unknown currency stays in minor units. */
function decimalOf({ amount, currency }: Money): string {
  const exponent = exponentOf(currency) ?? 0;
  const digits = String(amount).padStart(exponent + 1, '0');
  return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

function timeOf(atMs: number | null): string {
  return atMs === null ? '' : new Date(atMs).toISOString();
}
