import type { MemberRow, StaffCardView } from '../../../preload/contract/cards.ts';
import type { Requests } from '../../../preload/contract/contract.ts';
import type { Timers } from '../../state/timers.ts';
import { Filing } from '../filing.svelte.ts';
import { newRequestId } from '../request-id.ts';
import type { StaffCalls } from '../staff-calls.ts';
import type { TypedName } from '../typed-name.svelte.ts';
import { ChargeDraft } from './charge-draft.svelte.ts';
import type { MemberDraft, MemberField } from './member-draft.ts';
import { MemberList } from './member-list.svelte.ts';
import { OpenMember } from './open-member.svelte.ts';

/** What was done last, to be said once on the sheet. */
export type Done =
  { readonly what: 'saved' } | { readonly what: 'removed'; readonly card: StaffCardView };

/** The members as staff see them, the one that lies open, and what is asked for them. Nothing changes before it was confirmed. */
export class MemberDesk {
  readonly list: MemberList;
  readonly open: OpenMember;
  /** What the form on the desk asks of main. */
  readonly filing = new Filing<MemberField>();
  /** The export of what the open member agreed to. */
  readonly exporting = new Filing();
  readonly #calls: StaffCalls;
  readonly #timers: Timers;
  readonly #who: TypedName;
  #draft = $state.raw<MemberDraft | null>(null);
  #done = $state.raw<Done | null>(null);
  #exportFile = $state<string | null>(null);

  constructor(calls: StaffCalls, timers: Timers, who: TypedName) {
    this.#calls = calls;
    this.#timers = timers;
    this.#who = who;
    this.list = new MemberList(calls);
    this.open = new OpenMember(calls, timers, () => this.#draft !== null);
  }

  /** What is being filled in; null when nothing is. */
  get draft(): MemberDraft | null {
    return this.#draft;
  }

  get done(): Done | null {
    return this.#done;
  }

  /** Where main wrote the open member's consents; null before it did. */
  get exportFile(): string | null {
    return this.#exportFile;
  }

  /** The name that was typed last behind this door. */
  get name(): string {
    return this.#who.value;
  }

  begin(): void {
    void this.list.find('');
  }

  /** Forgets what was told, typed and said. */
  end(): void {
    this.show(null);
    this.list.forget();
  }

  /** Something has changed: asks for what is shown. */
  refresh(): void {
    if (this.open.memberId !== null && this.#draft === null) void this.open.sheet.refresh();
  }

  /** Opens a member's sheet; null goes back to the list. */
  show(memberId: string | null): void {
    this.#fill(null);
    this.exporting.clear();
    this.#exportFile = null;
    if (memberId === null) this.open.close();
    else this.open.open(memberId);
  }

  edit(member: MemberRow | null): void {
    this.#fill({ kind: 'save', member });
  }

  askToRemove(card: StaffCardView, member: MemberRow): void {
    this.#fill({ kind: 'remove', card, member });
  }

  /** Begins a charge; the form is one request from here on. */
  async askToCharge(member: MemberRow, cards: readonly StaffCardView[]): Promise<void> {
    const charge = new ChargeDraft(newRequestId(this.#timers.now()), this.name);
    if (cards.length === 1) charge.cardId = cards[0]?.cardId ?? null;
    this.#fill({ kind: 'charge', charge, member });
    const told = await this.#calls.ask('catalogue:read', {});
    charge.show(told.kind === 'told' ? told.value : null);
  }

  /** One step back without doing it; false when no form was open. */
  drop(): boolean {
    const draft = this.#draft;
    if (draft === null) return false;
    if (draft.kind === 'charge' && draft.charge.isSure) {
      draft.charge.isSure = false;
      this.filing.clear();
      return true;
    }
    this.#fill(null);
    this.refresh();
    return true;
  }

  /** Adds a member. Main would change one that has this number already, so that is looked up first, and said. */
  async add(
    request: Requests['members:save'],
    taken: (member: MemberRow) => string,
  ): Promise<void> {
    const draft = this.#draft;
    const told = await this.#calls.ask('members:read', { memberId: request.memberId.trim() });
    if (this.#draft !== draft) return;
    if (told.kind === 'told') this.filing.object(taken(told.value.member), 'memberId');
    else if (told.refusal.code === 'not_now') await this.save(request);
    else await this.filing.ask(() => Promise.resolve(told));
  }

  async save(request: Requests['members:save']): Promise<void> {
    const answer = await this.filing.ask(() => this.#calls.ask('members:save', request));
    if (answer === null) return;
    if (answer.kind === 'refused') {
      this.filing.object(answer.sentence, answer.field);
      return;
    }
    this.show(answer.member.memberId);
    this.#done = { what: 'saved' };
    void this.list.find(this.list.words);
  }

  async remove(card: StaffCardView, by: string): Promise<void> {
    const { cardId } = card;
    const sheet = await this.filing.ask(() =>
      this.#calls.ask('members:remove-card', { cardId, by }),
    );
    if (sheet === null) return;
    this.#who.keep(by);
    this.#fill(null);
    this.#done = { what: 'removed', card };
    void this.open.sheet.refresh();
  }

  async charge(request: Requests['members:charge']): Promise<void> {
    const answer = await this.filing.ask(() => this.#calls.ask('members:charge', request));
    if (answer === null) return;
    if (answer.kind === 'refused') {
      this.filing.object(answer.sentence);
      return;
    }
    this.#who.keep(request.by);
    this.#fill(null);
    this.open.follow(answer);
  }

  async exportConsents(): Promise<void> {
    const { memberId } = this.open;
    if (memberId === null) return;
    const written = await this.exporting.ask(() =>
      this.#calls.ask('members:export-consents', { memberId }),
    );
    if (written !== null) this.#exportFile = written.file;
  }

  #fill(draft: MemberDraft | null): void {
    this.#draft = draft;
    this.#done = null;
    this.filing.clear();
  }
}
