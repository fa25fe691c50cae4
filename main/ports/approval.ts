import type { Money } from '../domain/money.ts';

/** What somebody wants to do with money that another must agree to. */
export interface ApprovalRequest {
  readonly what: 'refund' | 'void' | 'capture_part' | 'charge';
  readonly amount: Money;
  /** The name of whoever asks. */
  readonly by: string;
  /** What was typed as proof; null where nothing was. Never stored, never logged. */
  readonly proof: string | null;
}

export type ApprovalAnswer =
  /** `by` is who approved it. */
  | { readonly kind: 'approved'; readonly by: string }
  | { readonly kind: 'refused'; readonly why: 'proof_wanted' | 'proof_wrong' | 'locked_out' };

/** Who may agree to giving money back, and how they prove it. */
export interface Approval {
  ask(request: ApprovalRequest): Promise<ApprovalAnswer>;
}
