import type { Requests } from '../../../preload/contract/contract.ts';
import type { RefundAnswer, RefundOffer, RefundView } from '../../../preload/contract/refunds.ts';
import type { PlainKey } from '../../text/text.ts';
import type { Timers } from '../../state/timers.ts';
import { Filing } from '../filing.svelte.ts';
import { Polled } from '../polled.svelte.ts';
import { newRequestId } from '../request-id.ts';
import type { Saying } from '../saying.ts';
import { refusalSaying } from '../saying.ts';
import type { StaffCalls, Told } from '../staff-calls.ts';
import type { TypedName } from '../typed-name.svelte.ts';

const offerEveryMs = 3_000;
const listEveryMs = 5_000;

/** Something about money given back that staff are about to ask for. Nothing was asked of main yet. */
export type RefundDraft =
  /** The form is one request, however often it is sent. */
  | { readonly kind: 'give'; readonly requestId: string; readonly offer: RefundOffer }
  | { readonly kind: 'deal'; readonly refund: RefundView };

/** What is given back of the sale that lies open, and whatever of all of it is on its way. */
export class RefundDesk {
  /** Every refund that staff may want to see, asked again every five seconds. */
  readonly list: Polled<readonly RefundView[]>;
  /** What can be given back of the open sale; main has none for a sale it does not know. */
  readonly offer: Polled<RefundOffer>;
  readonly filing = new Filing();
  readonly #calls: StaffCalls;
  readonly #timers: Timers;
  readonly #who: TypedName;
  readonly #onChange: () => void;
  #saleId: string | null = null;
  #draft = $state.raw<RefundDraft | null>(null);
  #said = $state.raw<Saying | null>(null);
  #turn = 0;

  /** `onChange` hears that something was asked for: what is shown of the sale is old from then on. */
  constructor(calls: StaffCalls, timers: Timers, who: TypedName, onChange: () => void) {
    this.#calls = calls;
    this.#timers = timers;
    this.#who = who;
    this.#onChange = onChange;
    this.list = new Polled({
      ask: () => calls.ask('refunds:list', {}),
      timers,
      everyMs: listEveryMs,
    });
    this.offer = new Polled({
      ask: () => calls.ask('refunds:offer', { saleId: this.#saleId ?? '' }),
      timers,
      everyMs: offerEveryMs,
      pauses: () => this.#draft !== null,
    });
  }

  /** What is being filled in; null when nothing is. */
  get draft(): RefundDraft | null {
    return this.#draft;
  }

  /** What is said of the last thing that was done, on the sale's sheet. */
  get said(): Saying | null {
    return this.#said;
  }

  /** The name that was typed last behind this door. */
  get name(): string {
    return this.#who.value;
  }

  /** Follows the sale whose history lies open; null when none does. */
  follow(saleId: string | null): void {
    if (saleId === this.#saleId) return;
    this.#turn += 1;
    this.#saleId = saleId;
    this.#fill(null);
    this.offer.end();
    if (saleId !== null) this.offer.begin();
  }

  begin(): void {
    this.list.begin();
  }

  /** Forgets what was told, typed and said. */
  end(): void {
    this.list.end();
    this.follow(null);
  }

  /** Something has changed: asks for what is shown. */
  refresh(): void {
    void this.list.refresh();
    if (this.#saleId !== null && this.#draft === null) void this.offer.refresh();
  }

  askToGive(offer: RefundOffer): void {
    this.#fill({ kind: 'give', requestId: newRequestId(this.#timers.now()), offer });
  }

  askToDeal(refund: RefundView): void {
    this.#fill({ kind: 'deal', refund });
  }

  /** One step back without doing it; false when no form was open. */
  drop(): boolean {
    if (this.#draft === null) return false;
    this.#fill(null);
    this.refresh();
    return true;
  }

  async give(request: Requests['refunds:ask']): Promise<void> {
    await this.#file(() => this.#calls.ask('refunds:ask', request), request.by, 'asked');
  }

  async deal(request: Requests['refunds:acknowledge']): Promise<void> {
    await this.#file(
      () => this.#calls.ask('refunds:acknowledge', request),
      request.by,
      'acknowledged',
    );
  }

  /** Has Stripe asked what has become of it. */
  async check({ refundId }: RefundView): Promise<void> {
    const turn = this.#turn;
    const told = await this.#calls.ask('refunds:check', { refundId });
    if (turn !== this.#turn) return;
    this.#said =
      told.kind === 'refused' ? refusalSaying(told.refusal) : saying('desk.refunds.checking');
    this.#changed();
  }

  /** Takes the prompt for the card off the reader. */
  async stop({ refundId }: RefundView): Promise<void> {
    const turn = this.#turn;
    const told = await this.#calls.ask('refunds:stop', { refundId });
    if (turn !== this.#turn) return;
    if (told.kind === 'refused') this.#said = refusalSaying(told.refusal);
    else if (told.value.kind === 'asked') this.#said = saying('desk.refunds.stopped');
    else this.#said = { ...saying('desk.refunds.stopped'), ...told.value, tone: 'watch' };
    this.#changed();
  }

  async #file(
    ask: () => Promise<Told<RefundAnswer>>,
    by: string,
    done: 'asked' | 'acknowledged',
  ): Promise<void> {
    const answer = await this.filing.ask(ask);
    if (answer === null) return;
    if (answer.kind === 'refused') {
      this.filing.object(answer.sentence);
      return;
    }
    this.#who.keep(by);
    this.#fill(null);
    this.#said = saying(`desk.refunds.${done}`);
    this.#changed();
  }

  #fill(draft: RefundDraft | null): void {
    this.#draft = draft;
    this.#said = null;
    this.filing.clear();
  }

  #changed(): void {
    this.refresh();
    this.#onChange();
  }
}

function saying(key: PlainKey): Saying {
  return { sentence: null, key, tone: 'idle', waits: false };
}
