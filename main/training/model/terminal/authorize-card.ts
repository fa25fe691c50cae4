import { ApiError, type ApiErrorBody } from '../api-error.ts';
import type { Ledger } from '../ledger.ts';
import type { Presentation } from '../moves/presentation.ts';
import { enterPhase } from './reader-phases.ts';
import type {
  ActionResult,
  CardOrder,
  CollectedPhase,
  Made,
  Mishap,
  ReaderPhase,
} from './reader-state.ts';
import { type ServedObject, servePurpose } from './serve-purpose.ts';

const notConnected: ActionResult = {
  status: 'failed',
  code: 'connection_error',
  message: 'Could not connect to Stripe.',
  apiError: null,
};

/** Sends a card that was read to its bank. From here on nothing calls it back. */
export function beginAuthorizing(
  ledger: Ledger,
  readerId: string,
  card: {
    readonly order: CardOrder;
    readonly presentation: Presentation;
    readonly fromMs: number;
    readonly collected: CollectedPhase | null;
  },
): void {
  const { faults, timings } = ledger.world;
  const slow = faults.take(readerId, ['slow_authorization']);
  enterPhase(ledger, readerId, {
    kind: 'authorizing',
    order: card.order,
    presentation: card.presentation,
    mishap: mishapOf(faults.take(readerId, ['connection_error', 'reader_lost_during_action'])),
    untilMs: card.fromMs + timings.authorizingMs + (slow?.extraMs ?? 0),
    collected: card.collected,
  });
}

function mishapOf(
  fault:
    | { readonly kind: 'connection_error'; readonly authorized: boolean }
    | { readonly kind: 'reader_lost_during_action'; readonly authorized: boolean }
    | undefined,
): Mishap {
  if (fault === undefined) {
    return null;
  }
  const kind = fault.kind === 'connection_error' ? 'connection_error' : 'reader_lost';
  return { kind, authorized: fault.authorized };
}

/** Stripe has answered, or nobody will ever know on the reader. */
export function finishAuthorizing(
  ledger: Ledger,
  readerId: string,
  phase: Extract<ReaderPhase, { readonly kind: 'authorizing' }>,
): void {
  const { mishap } = phase;
  const reached = mishap?.authorized ?? true;
  const result = reached ? askStripe(ledger, phase) : notConnected;
  if (mishap?.kind === 'reader_lost') {
    enterPhase(ledger, readerId, { kind: 'lost' });
    return;
  }
  enterPhase(ledger, readerId, {
    kind: 'reporting',
    result: mishap === null ? result : notConnected,
    // A confirm that never reached Stripe may be repeated while the reader still has the card.
    next: reached || phase.collected === null ? { kind: 'resting' } : phase.collected,
    untilMs: phase.untilMs + (ledger.world.timings.reportingMs ?? 0),
  });
}

function askStripe(
  ledger: Ledger,
  { order, presentation }: Extract<ReaderPhase, { readonly kind: 'authorizing' }>,
): ActionResult {
  try {
    const served = servePurpose(ledger, order.purpose, presentation);
    return served.kind === 'approved'
      ? { status: 'succeeded', made: madeBy(served.object) }
      : failedBy(served.refusal);
  } catch (error) {
    if (error instanceof ApiError) {
      return failedBy(error.body);
    }
    throw error;
  }
}

/** Of these two the action shows an id, and the intent's own it shows from the beginning. */
function madeBy(object: ServedObject): Made {
  if ('refund' in object) {
    return { refund: object.refund.id };
  }
  return 'setupIntent' in object && object.generatedCard !== null
    ? { generatedCard: object.generatedCard }
    : {};
}

/** The failure of an action that Stripe's API brought about. */
export function failedBy(body: ApiErrorBody): ActionResult {
  const { code, message } = body;
  const { type, decline_code: declineCode, charge, doc_url: docUrl } = body;
  return {
    status: 'failed',
    code: code ?? type,
    message,
    apiError: {
      type,
      message,
      ...(code === undefined ? {} : { code }),
      ...(declineCode === undefined ? {} : { decline_code: declineCode }),
      ...(charge === undefined ? {} : { charge }),
      ...(docUrl === undefined ? {} : { doc_url: docUrl }),
    },
  };
}
