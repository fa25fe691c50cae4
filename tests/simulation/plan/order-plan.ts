/** What becomes of a platform's order once its card was charged; `never`: the platform does not notice. */
export const orderCourses = ['submits', 'fails_after_charge', 'fails_on_decline', 'never'] as const;

export type OrderCourse = (typeof orderCourses)[number];

/** The order that a customer brings, made elsewhere, and what the platform does with it. */
export interface OrderPlan {
  /** By this it is known: the customer whose it was first. Another's is shown again. */
  readonly index: number;
  /** Its code is scanned before anything else, or named at review of what was chosen here. */
  readonly begins: 'scan' | 'attach';
  /** What the member's account at the platform holds, minor units. */
  readonly balance: number;
  /** They let it pay what it can. */
  readonly usesBalance: boolean;
  readonly course: OrderCourse;
  /** How long after a charge the platform notices, milliseconds. */
  readonly noticeMs: number;
  /** When the platform takes the money of a card that was approved. */
  readonly captures: 'at_once' | 'when_noticed';
  /** At the platform it costs something else. */
  readonly disagrees: boolean;
  /** The platform does not take the record of its payment. */
  readonly refusesRecord: boolean;
}
