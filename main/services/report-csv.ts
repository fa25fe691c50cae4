import type { DayReport, ReportRow } from './day-report.ts';
import { decimalOf } from './refunds/money-words.ts';
import type { RefundRow } from './refunds/refunds-of-day.ts';

/** A column, and what a sale's and a refund's line has in it. */
interface Column {
  readonly name: string;
  readonly ofSale: (row: ReportRow) => string;
  readonly ofRefund: (row: RefundRow) => string;
}

const nothing = (): string => '';

const columns: readonly Column[] = [
  { name: 'class', ofSale: (row) => row.class, ofRefund: refundClass },
  {
    name: 'settled',
    ofSale: (row) => yesOrNo(row.resolved),
    ofRefund: (row) => yesOrNo(row.resolved),
  },
  { name: 'time_utc', ofSale: (row) => timeOf(row.atMs), ofRefund: (row) => timeOf(row.askedAtMs) },
  { name: 'code', ofSale: (row) => row.code ?? '', ofRefund: (row) => row.code },
  {
    name: 'amount',
    ofSale: (row) => decimalOf(row.amount),
    ofRefund: (row) => decimalOf(row.amount),
  },
  {
    name: 'currency',
    ofSale: (row) => row.amount.currency.toUpperCase(),
    ofRefund: (row) => row.amount.currency.toUpperCase(),
  },
  { name: 'state', ofSale: (row) => row.state ?? '', ofRefund: (row) => row.state },
  { name: 'card_last4', ofSale: (row) => row.last4 ?? '', ofRefund: nothing },
  { name: 'tender', ofSale: (row) => row.tender ?? '', ofRefund: nothing },
  { name: 'staff_decision', ofSale: (row) => row.staffDecision ?? '', ofRefund: nothing },
  { name: 'capture_before_utc', ofSale: (row) => timeOf(row.deadlineMs), ofRefund: nothing },
  {
    name: 'payment_intent_status',
    ofSale: (row) => row.paymentIntentStatus ?? '',
    ofRefund: nothing,
  },
  {
    name: 'given_back',
    ofSale: (row) => (row.givenBack.amount === 0 ? '' : decimalOf(row.givenBack)),
    ofRefund: nothing,
  },
  { name: 'disputed', ofSale: (row) => (row.disputed ? 'yes' : ''), ofRefund: nothing },
  { name: 'refund', ofSale: nothing, ofRefund: (row) => row.stripeRefundId ?? row.refundId },
  { name: 'asked_by', ofSale: nothing, ofRefund: (row) => row.by },
  { name: 'approved_by', ofSale: nothing, ofRefund: (row) => row.approvedBy },
  { name: 'payment_intent', ofSale: (row) => row.paymentIntentId ?? '', ofRefund: nothing },
  { name: 'sale', ofSale: (row) => row.saleId ?? '', ofRefund: (row) => row.saleId },
];

/**
 * The rows as a table for a spreadsheet, those of refunds last: RFC 4180, lines end in CRLF, amounts in decimal, times
 * in UTC. A refund's amount is written without a sign; its class says which way the money went.
 */
export function reportCsv(report: DayReport): string {
  const lines = [
    columns.map(({ name }) => name),
    ...report.rows.map((row) => columns.map(({ ofSale }) => ofSale(row))),
    ...report.refunds.rows.map((row) => columns.map(({ ofRefund }) => ofRefund(row))),
  ];
  return lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

function refundClass({ givenBack, cameBack }: RefundRow): string {
  if (givenBack) return 'given_back';
  return cameBack ? 'came_back' : 'not_given_back';
}

function yesOrNo(holds: boolean): string {
  return holds ? 'yes' : 'no';
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

function timeOf(atMs: number | null): string {
  return atMs === null ? '' : new Date(atMs).toISOString();
}
