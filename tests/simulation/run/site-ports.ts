import type { PaymentsApi } from '../../../main/ports/payments-api.ts';
import type { Checkout } from '../../../main/services/checkout.ts';
import type { ReaderReports } from '../../../main/services/reader-reports.ts';
import type { MachineParts } from '../kiosk/kiosk-machine.ts';
import type { KioskProcess } from '../kiosk/kiosk-process.ts';
import { type ReaderDevice, ReaderPage } from '../people/reader-page.ts';
import type { Behind } from '../plan/backend.ts';
import { declines, type Milestone } from '../plan/fault.ts';
import type { SaleRun } from '../plan/sale-run.ts';
import { judgeCardRequest } from '../promises/card-requests.ts';
import { judgeLetter } from '../promises/card-watch.ts';
import type { Evidence } from '../promises/evidence.ts';
import { watchedLog } from '../promises/log-watch.ts';
import { judgeArrival, judgeCommand } from '../promises/reader-requests.ts';
import { judgeRequest } from '../promises/sent-requests.ts';
import type { CardOutcome } from '../stripe/payment-intents.ts';
import type { RefundCourse } from '../stripe/refunds.ts';
import { CardsWire } from '../wire/cards-wire.ts';
import { cartPayments } from '../wire/cart-wire.ts';
import { MailWire } from '../wire/mail-wire.ts';
import { commerceMakerPayments, portalPayments } from '../wire/maker-wire.ts';
import { PaymentsWire } from '../wire/payments-wire.ts';
import { type ReaderRequest, ReadersWire } from '../wire/readers-wire.ts';
import { recorderPayments } from '../wire/recorder-wire.ts';
import { RefundsWire } from '../wire/refunds-wire.ts';
import { type Request, Transit, type TransitParts } from '../wire/transit.ts';
import type { Shared } from './shared.ts';

export interface SitePortsParts {
  readonly shared: Shared;
  readonly evidence: Evidence;
  readonly seed: number;
  readonly behind: Behind;
  readonly checkout: () => Checkout | null;
  readonly inHand: () => SaleRun | null;
  readonly reached: (run: SaleRun, milestone: Milestone) => void;
  readonly felt: (kind: string, run: SaleRun) => void;
  readonly onCallFault: () => void;
  readonly reports: () => ReaderReports | null;
  readonly courseOf: (refundId: string) => RefundCourse;
}

type Ports = Pick<MachineParts, 'logOf' | 'paymentsOf' | 'readersOf' | 'besideOf' | 'pageOf'>;

/** What a run of the kiosk sees of the world, with the checker looking on. */
export function sitePorts(parts: SitePortsParts): Ports {
  const { shared, evidence, seed, checkout, reached, felt } = parts;
  const { agenda, trace, verdicts, stripe, readers, faults } = shared;
  const { network, kioskId, actor, abilities } = evidence;
  const device: ReaderDevice = { inFlight: 0 };
  const ofSale = (id: string | null): SaleRun | null => (id === null ? null : evidence.runOf(id));

  const noteSent = ({ call, saleId }: Request): void => {
    const run = ofSale(saleId);
    if (run === null) return;
    if (call === 'create') reached(run, 'confirmed');
    if (call === 'capture') reached(run, 'capture_sent');
    if (call === 'cancel') reached(run, 'cancel_sent');
  };

  const transit = (process: KioskProcess, onDate: TransitParts['onDate']): TransitParts => ({
    seed,
    agenda,
    network,
    process,
    witness: {
      left: (request, boot) => {
        if (trace.isKept) {
          trace.add(`wire: ${request.call} ${request.key ?? request.intentId ?? ''} left`);
        }
        if (isOfReader(request)) judgeCommand(evidence, request, boot);
        else if (isOfCards(request)) judgeCardRequest(evidence, request, boot);
        else judgeRequest(evidence, request, boot);
        evidence.wire.left(request, boot, agenda.nowMs);
        noteSent(request);
      },
      answered: (request, answer, boot) => {
        if (trace.isKept) trace.add(`wire: ${request.call} answered ${answer.kind}`);
        evidence.wire.answered(request, answer, boot);
        if (isOfReader(request)) evidence.readers.answered(request, answer, boot, agenda.nowMs);
      },
    },
    runOf: (id) => (id === null ? parts.inHand() : ofSale(id)),
    onFault: (kind, request) => {
      parts.onCallFault();
      faults.add(kind);
      if (isOfReader(request)) faults.add(`reader_${kind}`);
      if (isOfCards(request) || request.call === 'confirm') faults.add(`card_${kind}`);
      trace.add(`fault: ${kind} hits ${request.call}`);
    },
    onDate,
  });

  return {
    logOf: (process) =>
      watchedLog(verdicts, process, trace.isKept ? (line) => trace.add(`log: ${line}`) : null),
    paymentsOf: (process, time) => {
      const around = transit(process, (serverMs) => time.heard(serverMs));
      const direct = new PaymentsWire(stripe, actor, (saleId) => bankOf(ofSale(saleId)), around);
      return behindPlatform(parts, direct, new Transit(around));
    },
    readersOf: (process, time, asker) =>
      new ReadersWire({
        ...transit(process, (serverMs) => time.heard(serverMs)),
        kioskId,
        asker,
        stripe,
        readers,
        onArrival: (request, reader, isLate) => judgeArrival(evidence, request, reader, isLate),
        onReaderFault: (name, { call }) => {
          parts.onCallFault();
          faults.add(name);
          trace.add(`fault: ${name} answers ${call}`);
        },
      }),
    besideOf: (process, time) => {
      const around = transit(process, (serverMs) => time.heard(serverMs));
      return {
        cards: parts.behind === 'direct' ? new CardsWire(stripe, actor, around) : null,
        refunds: abilities.refunds
          ? new RefundsWire({ ...around, stripe, by: actor, courseOf: parts.courseOf })
          : null,
        mailer: new MailWire({ ...around, onLetter: (letter) => judgeLetter(evidence, letter) }),
      };
    },
    pageOf: (process) =>
      new ReaderPage({
        seed,
        agenda,
        network,
        stripe,
        device,
        process,
        checkout,
        reports: parts.reports,
        runOf: evidence.runOf,
        reached,
        onFault: felt,
        onCollect: (run) => {
          verdicts.check('P5', run.inFlight === 0, () => {
            return `${run.id ?? ''} asks for another card while one may still be charged`;
          });
        },
        note: (what, run) => trace.add(`${what} for customer ${String(run.plan.index)}`),
      }),
  };
}

/** The payments port as the system behind the kiosk makes it, beside or instead of direct Stripe's. */
function behindPlatform(
  { shared, evidence, behind }: SitePortsParts,
  direct: PaymentsWire,
  transit: Transit,
): PaymentsApi {
  const { stripe, orders, verdicts } = shared;
  const parts = { stripe, orders, transit, by: evidence.actor };
  switch (behind) {
    case 'direct':
      return direct;
    case 'mariana_tek':
      return cartPayments(parts, (what) => {
        verdicts.check('O2', false, () => `${what} is asked for, which is not declared`);
      });
    case 'portal':
      return portalPayments(parts, direct);
    case 'commerce_maker':
      return commerceMakerPayments(parts, direct);
    case 'commerce_recorder':
      return recorderPayments(parts, direct);
  }
}

/** What the bank of a card on file says in this sale. */
function bankOf(run: SaleRun | null): CardOutcome {
  const bank = run?.plan.card?.bank ?? 'approved';
  if (bank === 'approved') return { kind: 'approved' };
  const [code, declineCode] =
    bank === 'authentication_required' ? ([bank, bank] as const) : declines[bank];
  return { kind: 'declined', code, declineCode, hasCharge: true };
}

function isOfCards({ call, about }: Request): boolean {
  return about !== undefined && !call.startsWith('reader_');
}

function isOfReader(request: Request): request is ReaderRequest {
  return request.readerId !== undefined;
}
