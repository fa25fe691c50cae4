import type Stripe from 'stripe';

/** What decides a new Dispute. */
export interface DisputeSeed {
  readonly id: string;
  readonly createdSec: number;
  readonly charge: Stripe.Charge;
  readonly reason: string;
  readonly brand: string;
}

/** How long a merchant has to answer, in seconds. */
const answerWithinSec = 9 * 24 * 60 * 60;

/** A complete new Dispute over all that a charge took. https://docs.stripe.com/api/disputes/object */
export function newDispute(seed: DisputeSeed): Stripe.Dispute {
  const { charge } = seed;
  return {
    id: seed.id,
    object: 'dispute',
    amount: charge.amount_captured,
    balance_transactions: [],
    charge: charge.id,
    created: seed.createdSec,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence,
    evidence_details: {
      due_by: seed.createdSec + answerWithinSec,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    network_reason_code: null,
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: {
        brand: seed.brand,
        case_type: 'chargeback',
        network: seed.brand,
        network_reason_code: null,
      },
      type: 'card',
    },
    reason: seed.reason,
    status: 'needs_response',
  };
}

const noEvidence: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};
