import type { MemberKey } from '../../domain/ids.ts';
import { knowsPhone, type Member } from '../../domain/member.ts';
import type { CardBook } from '../../ports/card-book.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Customers } from './customers.ts';
import { memberKeyOf } from './new-member.ts';
import type { TextHash } from './text-hash.ts';
import { WrongTries } from './wrong-tries.ts';

/** A member who has asked for nothing this long has left. The page's own idle clock is shorter. Milliseconds. */
const idleMs = 180_000;

export interface MemberSessionOptions {
  readonly book: CardBook;
  readonly clock: Clock;
  readonly hash: TextHash;
  readonly customers: Customers;
  /** True while something of theirs goes on at the screen: a sale, or a setup. They are not idle then. */
  readonly isBusy: () => boolean;
  readonly onChange: () => void;
}

export type Identified =
  | { readonly kind: 'identified'; readonly member: Member }
  | { readonly kind: 'not_known' }
  | { readonly kind: 'locked'; readonly forMs: number }
  | { readonly kind: 'unreachable' };

/** Who stands at the screen. Kept in main: the page can only ask, and is told no more than the member may see. */
export class MemberSession {
  readonly #options: MemberSessionOptions;
  readonly #wrongTries: WrongTries;
  #key: MemberKey | null = null;
  #lastSeenMs = 0;
  /** Grows whenever somebody leaves, so that an answer that comes late identifies nobody. */
  #visits = 0;

  constructor(options: MemberSessionOptions) {
    this.#options = options;
    this.#wrongTries = new WrongTries(options.clock);
  }

  /** The member at the screen, as the file has them now; null when nobody is known to stand there. */
  get member(): Member | null {
    return this.#key === null ? null : this.#options.book.findMember(this.#key);
  }

  /**
   * Finds the member by their number and the last four digits of their phone. A number this kiosk does not know is
   * asked for at Stripe. Which of the two was wrong is not told, and too many wrong ones lock the number, or all.
   */
  async identify(
    memberId: string,
    phoneLastFour: string,
    signal: AbortSignal,
  ): Promise<Identified> {
    const { hash, customers, onChange } = this.#options;
    const key = memberKeyOf(memberId, hash);
    const forMs = this.#wrongTries.lockedForMs(key);
    if (forMs > 0) return { kind: 'locked', forMs };
    const counted = this.#wrongTries.begin(key);
    const visit = this.#visits;
    const found = await customers.find(memberId, signal);
    if (found.kind !== 'done') {
      counted.undecided();
      return { kind: 'unreachable' };
    }
    const member = found.value;
    if (member === null || !knowsPhone(member, phoneLastFour)) return { kind: 'not_known' };
    counted.right();
    if (visit !== this.#visits) return { kind: 'not_known' };
    this.#key = member.key;
    this.touch();
    onChange();
    return { kind: 'identified', member };
  }

  /** They did something. */
  touch(): void {
    this.#lastSeenMs = this.#options.clock.monotonicMs();
  }

  /** They left, or a page was loaded. */
  leave(): void {
    this.#visits += 1;
    if (this.#key === null) return;
    this.#key = null;
    this.#options.onChange();
  }

  /** Looked after now and then: whoever has been quiet for long has left. */
  leaveWhenIdle(): void {
    const { clock, isBusy } = this.#options;
    if (this.#key === null) return;
    if (isBusy()) this.touch();
    else if (clock.monotonicMs() - this.#lastSeenMs >= idleMs) this.leave();
  }
}
