import type { SaleId } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import type { Sale, StaffDecision } from '../../domain/sale.ts';
import type { Approval, ApprovalAnswer, ApprovalRequest } from '../../ports/approval.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { DecisionOutcome, Reconciler } from '../reconciler.ts';

export interface DecisionRequest {
  readonly saleId: SaleId;
  readonly decision: StaffDecision;
  /** Only of `capture_part`: how much of the hold is taken, minor units. */
  readonly amount: number | null;
  readonly by: string;
  readonly why: string;
  /** Goes to whoever approves it, and nowhere else. */
  readonly proof: string | null;
}

export type ApprovedOutcome =
  | DecisionOutcome
  | {
      readonly kind: 'refused';
      readonly why: Extract<ApprovalAnswer, { kind: 'refused' }>['why'];
    };

/** Staff's decisions, where releasing held money, or taking less of it, needs somebody's approval. */
export class ApprovedDecisions {
  readonly #ledger: Pick<Ledger, 'findSale'>;
  readonly #reconciler: Pick<Reconciler, 'decide' | 'whyNotDecide'>;
  readonly #approval: Approval;

  constructor(options: {
    readonly ledger: Pick<Ledger, 'findSale'>;
    readonly reconciler: Pick<Reconciler, 'decide' | 'whyNotDecide'>;
    readonly approval: Approval;
  }) {
    this.#ledger = options.ledger;
    this.#reconciler = options.reconciler;
    this.#approval = options.approval;
  }

  /**
   * Records the decision and has it carried out, as the reconciler does; judged once more after the approval, which
   * takes its time. What could not be decided anyhow is refused before anybody is asked.
   */
  async decide(request: DecisionRequest): Promise<ApprovedOutcome> {
    const { saleId, decision, by, why, proof } = request;
    const amount = decision === 'capture_part' ? (request.amount ?? 0) : undefined;
    const refusal = this.#reconciler.whyNotDecide(saleId, decision, by, why, amount);
    if (refusal !== null) return { kind: 'refused', why: refusal };
    const sale = this.#ledger.findSale(saleId);
    const asked = sale === null ? null : approvalOf(sale, decision, amount);
    if (asked !== null) {
      const answer = await this.#approval.ask({ ...asked, by: by.trim(), proof });
      if (answer.kind === 'refused') return { kind: 'refused', why: answer.why };
    }
    return this.#reconciler.decide(saleId, decision, by, why, amount);
  }
}

function approvalOf(
  { paymentIntent }: Sale,
  decision: StaffDecision,
  amount: number | undefined,
): { readonly what: ApprovalRequest['what']; readonly amount: Money } | null {
  if (paymentIntent?.status !== 'requires_capture') return null;
  const { currency, amountCapturable } = paymentIntent;
  if (decision === 'cancel')
    return { what: 'void', amount: { amount: amountCapturable, currency } };
  return amount === undefined ? null : { what: 'capture_part', amount: { amount, currency } };
}
