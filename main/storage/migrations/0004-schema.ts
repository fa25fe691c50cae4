/**
 * The tables of the fourth schema that hold work for the outside: their rows belong to an owner, which may be a sale, a
 * setup, a refund, a card, a member or a consent. There is no foreign key, for an owner is of one of several tables;
 * storage/check-file.ts looks for rows whose owner is gone.
 */
export const ownedSchema = `
create table outbox (
  id integer primary key,
  owner text not null,
  kind text not null,
  -- Of a step that changes something, the domain's number; of reads, in the order they were asked for.
  ordinal integer not null check (ordinal >= 0),
  -- Stored before the request leaves; a repeat carries the same. Null for reads, which need none.
  idempotency_key text,
  email text,
  state text not null check (state in ('waiting', 'done', 'refused', 'set_aside')),
  -- Captures first, then what frees a hold, then what only informs: storage/outbox-work.ts has them all.
  urgency integer not null check (urgency between 0 and 12),
  -- The run of the kiosk that stored it: what another stored may have been sent.
  stored_by_boot text not null,
  stored_at_ms integer not null,
  -- Of a capture: when its hold lapses.
  deadline_ms integer,
  next_at_ms integer not null,
  ended_at_ms integer,
  tries integer not null default 0 check (tries >= 0),
  last_answer text,
  -- Over what says which call to make; see storage/outbox-work.ts.
  seal text not null check (length(seal) = 64),
  -- Every kind of work there is, with whose it may be.
  check (case
    when owner glob 'sale_*' then kind in (
      'payment_intent.create', 'payment_intent.look_up', 'payment_intent.read', 'payment_intent.capture',
      'payment_intent.cancel', 'payment_intent.confirm', 'card.save', 'charge.receipt_email')
    when owner glob 'setup_*' then kind in (
      'setup_intent.create', 'setup_intent.read', 'setup_intent.cancel', 'card.save')
    when owner glob 'refund_*' then kind in ('refund.create', 'refund.look_up', 'refund.read')
    when owner glob 'pm_*' or owner glob 'card_*' or owner glob 'src_*' then kind = 'card.detach'
    when owner glob 'member_*' then kind = 'customer.update'
    when owner glob 'consent_*' then kind = 'consent.email'
    else false
  end),
  check ((kind in (
    'payment_intent.look_up', 'payment_intent.read', 'setup_intent.read', 'refund.look_up', 'refund.read'
  )) = (idempotency_key is null)),
  check ((kind = 'payment_intent.capture') = (deadline_ms is not null)),
  check (email is null or kind in ('charge.receipt_email', 'consent.email') and state = 'waiting'),
  check ((state = 'waiting') = (ended_at_ms is null))
) strict;

create table calls (
  owner text not null check (
    owner glob 'sale_*' or owner glob 'setup_*' or owner glob 'refund_*' or owner glob 'pm_*' or owner glob 'card_*'
    or owner glob 'src_*' or owner glob 'member_*' or owner glob 'consent_*'
  ),
  number integer not null check (number > 0),
  kind text not null,
  ordinal integer not null check (ordinal >= 0),
  outcome text not null check (outcome in ('done', 'refused', 'uncertain', 'busy', 'denied', 'unanswered')),
  status integer,
  code text,
  request_id text,
  duration_ms integer not null check (duration_ms >= 0),
  first_at_ms integer not null,
  last_at_ms integer not null,
  times integer not null check (times > 0),
  seal text not null check (length(seal) = 64),
  primary key (owner, number)
) strict, without rowid;

create table reader_prompts (
  id integer primary key,
  reader_id text not null check (reader_id glob 'tmr_*'),
  -- The sale, the setup or the refund that asks for a card.
  owner text not null,
  -- Of this owner: its id is the owner's with a number.
  attempt_id text not null check (
    substr(attempt_id, 1, length(owner) - instr(owner, '_') + 5)
      = 'att_' || substr(owner, instr(owner, '_') + 1) || '_'
  ),
  -- What the reader shows, and by which ours is told from another till's.
  object text not null,
  kind text not null,
  ordinal integer not null check (ordinal > 0),
  -- Stored before the request leaves; a repeat carries the same.
  idempotency_key text not null unique check (
    idempotency_key = 'foyer_' || owner || '_reader_'
      || substr(attempt_id, length(owner) - instr(owner, '_') + 6) || '_' || ordinal
  ),
  placed_at_ms integer not null,
  ended_at_ms integer,
  outcome text,
  -- Over all the columns above but the id.
  seal text not null check (length(seal) = 64),
  -- An attempt is of one owner, so this is unique by attempt and number; begun with the owner, it also finds its rows.
  unique (owner, attempt_id, ordinal),
  check ((ended_at_ms is null) = (outcome is null)),
  check (case
    when owner glob 'sale_*' then object glob 'pi_*'
      and kind in ('process_payment_intent', 'collect_payment_method', 'confirm_payment_intent')
    when owner glob 'setup_*' then object glob 'seti_*' and kind = 'process_setup_intent'
    when owner glob 'refund_*' then (object glob 'ch_*' or object glob 'py_*' or object glob 'pi_*')
      and kind = 'refund_payment'
    else false
  end)
) strict;
`;

/** Made after the rows have been copied. */
export const ownedIndexes = `
-- A step's number is used once: with it goes the key, which is made of these three. Reads are numbered too, so that
-- this one index also finds the work of an owner: each index more is a page more in every commit.
create unique index outbox_step on outbox (owner, kind, ordinal);
-- See storage/outbox-queue.ts for what these two are for. Rows that have ended are in neither.
create index outbox_due on outbox (urgency, next_at_ms, stored_at_ms, owner) where state = 'waiting';
create index outbox_deadline on outbox (deadline_ms, next_at_ms, owner)
  where state = 'waiting' and kind = 'payment_intent.capture';
create index outbox_set_aside on outbox (urgency, stored_at_ms) where state = 'set_aside';

create index reader_prompts_open on reader_prompts (id) where ended_at_ms is null;
`;

/** Members, their consents and cards, and what is done with them. Every row is sealed; see storage/sealed-tables.ts. */
export const cardSchema = `
-- A cache of Stripe's Customers, by the studio's own number for them.
create table members (
  key text primary key check (key glob 'member_*' and length(key) = 39),
  member_id text not null unique check (length(member_id) between 1 and 64),
  name text not null,
  email text,
  phone text,
  customer_id text unique check (customer_id glob 'cus_*'),
  customer_ordinal integer not null check (customer_ordinal >= 0),
  saved_at_ms integer not null,
  seal text not null check (length(seal) = 64)
) strict;

-- What a member agreed to, to the letter. What it led to and how it ended are rows of their own.
create table consents (
  -- Grows over all consents: a backup copies what came after its last. So it is with the others below.
  number integer primary key,
  id text not null unique check (id glob 'consent_*'),
  member_key text not null references members (key),
  kiosk_id text not null check (kiosk_id glob 'kiosk_*'),
  given_at_ms integer not null,
  acted_by text not null check (acted_by <> ''),
  version text not null check (version <> ''),
  language text not null check (language <> ''),
  text text not null check (text <> ''),
  hash text not null check (length(hash) = 64),
  seal text not null check (length(seal) = 64)
) strict;

create index consents_of_member on consents (member_key, given_at_ms);

create table consent_links (
  number integer primary key,
  consent_id text not null unique references consents (id),
  intent_id text not null check (intent_id glob 'pi_*' or intent_id glob 'seti_*'),
  card_id text not null check (card_id glob 'pm_*' or card_id glob 'card_*' or card_id glob 'src_*'),
  last4 text not null check (length(last4) <= 4),
  at_ms integer not null,
  seal text not null check (length(seal) = 64)
) strict;

create table consent_ends (
  number integer primary key,
  consent_id text not null unique references consents (id),
  by text not null check (by <> ''),
  at_ms integer not null,
  seal text not null check (length(seal) = 64)
) strict;

-- What was agreed can be proved only if nobody, this program included, can write over it.
create trigger consents_stay before update on consents
  begin select raise(abort, 'a consent is never changed'); end;
create trigger consents_remain before delete on consents
  begin select raise(abort, 'a consent is never removed'); end;
create trigger consent_links_stay before update on consent_links
  begin select raise(abort, 'what a consent led to is never changed'); end;
create trigger consent_links_remain before delete on consent_links
  begin select raise(abort, 'what a consent led to is never removed'); end;
create trigger consent_ends_stay before update on consent_ends
  begin select raise(abort, 'the end of a consent is never changed'); end;
create trigger consent_ends_remain before delete on consent_ends
  begin select raise(abort, 'the end of a consent is never removed'); end;

create table cards (
  id text primary key check (id glob 'pm_*' or id glob 'card_*' or id glob 'src_*'),
  member_key text not null references members (key),
  consent_id text not null references consents (id),
  customer_id text check (customer_id glob 'cus_*'),
  brand text not null,
  last4 text not null check (length(last4) <= 4),
  exp_month integer not null check (exp_month between 1 and 12),
  exp_year integer not null check (exp_year between 1 and 9999),
  fingerprint text,
  allow_redisplay text not null check (allow_redisplay in ('always', 'limited', 'unspecified')),
  wallet text,
  kept_at_ms integer not null,
  removed_at_ms integer,
  removed_by text,
  seal text not null check (length(seal) = 64),
  check ((removed_at_ms is null) = (removed_by is null))
) strict;

create index cards_of_member on cards (member_key, kept_at_ms);
-- One consent is for one card.
create unique index one_card_of_a_consent on cards (consent_id) where removed_at_ms is null;
create index cards_of_fingerprint on cards (fingerprint)
  where removed_at_ms is null and fingerprint is not null;

-- What became of the wish to keep a card, by the sale or the setup it came with.
create table keepings (
  source text primary key check (source glob 'sale_*' or source glob 'setup_*'),
  outcome text not null check (outcome in ('kept', 'not_kept')),
  card_id text check (card_id glob 'pm_*' or card_id glob 'card_*' or card_id glob 'src_*'),
  why text check (why in ('wallet', 'in_person_only', 'consent_revoked', 'refused')),
  at_ms integer not null,
  seal text not null check (length(seal) = 64),
  check ((outcome = 'kept') = (card_id is not null)),
  check ((outcome = 'not_kept') = (why is not null))
) strict;

create table card_setups (
  id text primary key check (id glob 'setup_*'),
  member_key text not null references members (key),
  consent_id text not null references consents (id),
  state text not null check (state in (
    'creating', 'presenting', 'confirming', 'saving', 'kept', 'not_kept', 'canceling', 'canceled'
  )),
  -- One setup, one SetupIntent: no two setups can claim the same.
  setup_intent_id text unique check (setup_intent_id glob 'seti_*'),
  -- The whole setup as the domain knows it, parsed by schema when it is read back.
  record text not null check (json_valid(record)),
  revision integer not null check (revision >= 0),
  added_at_ms integer not null,
  changed_at_ms integer not null,
  -- The hash of the last entry of its journal.
  hash text not null check (length(hash) = 64),
  seal text not null check (length(seal) = 64),
  check (state not in ('saving', 'kept') or setup_intent_id is not null)
) strict;

create index card_setups_unfinished on card_setups (added_at_ms)
  where state not in ('kept', 'not_kept', 'canceled');

create table setup_events (
  number integer primary key,
  owner text not null references card_setups (id),
  revision integer not null check (revision >= 0),
  at_ms integer not null,
  event text not null check (json_valid(event)),
  state text not null,
  record_hash text not null check (length(record_hash) = 64),
  hash text not null check (length(hash) = 64),
  unique (owner, revision)
) strict;

create table refunds (
  id text primary key check (id glob 'refund_*'),
  -- No foreign key: that money was given back stays known when its sale's record can't be proved any more.
  sale_id text not null check (sale_id glob 'sale_*'),
  payment_intent_id text not null check (payment_intent_id glob 'pi_*'),
  amount integer not null check (amount > 0),
  currency text not null check (length(currency) = 3 and currency = lower(currency)),
  state text not null check (state in (
    'asked', 'presenting', 'processing', 'finding_out', 'pending', 'succeeded', 'failed', 'refused', 'canceled'
  )),
  -- Staff have seen that it failed.
  acknowledged integer not null check (acknowledged in (0, 1)),
  -- One request, one Refund: no two rows can claim the same.
  stripe_refund_id text unique check (stripe_refund_id glob 're_*' or stripe_refund_id glob 'pyr_*'),
  record text not null check (json_valid(record)),
  revision integer not null check (revision >= 0),
  added_at_ms integer not null,
  changed_at_ms integer not null,
  hash text not null check (length(hash) = 64),
  seal text not null check (length(seal) = 64),
  check (state not in ('pending', 'succeeded', 'failed') or stripe_refund_id is not null)
) strict;

create index refunds_of_sale on refunds (sale_id, added_at_ms);
create index refunds_added on refunds (added_at_ms);
create index refunds_unfinished on refunds (added_at_ms)
  where state not in ('succeeded', 'failed', 'refused', 'canceled');
create index refunds_failed on refunds (added_at_ms) where state = 'failed' and acknowledged = 0;

create table refund_events (
  number integer primary key,
  owner text not null references refunds (id),
  revision integer not null check (revision >= 0),
  at_ms integer not null,
  event text not null check (json_valid(event)),
  state text not null,
  record_hash text not null check (length(record_hash) = 64),
  hash text not null check (length(hash) = 64),
  unique (owner, revision)
) strict;

create trigger setup_events_stay before update on setup_events
  begin select raise(abort, 'an entry is never changed'); end;
create trigger setup_events_remain before delete on setup_events
  begin select raise(abort, 'an entry is never removed'); end;
create trigger refund_events_stay before update on refund_events
  begin select raise(abort, 'an entry is never changed'); end;
create trigger refund_events_remain before delete on refund_events
  begin select raise(abort, 'an entry is never removed'); end;
`;
