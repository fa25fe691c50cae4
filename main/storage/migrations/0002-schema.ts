/**
 * The second schema: every sale's journal is a chain of hashes and its row is sealed; the outbox holds no lease;
 * the answers of calls, the books of the account and damaged rows have tables of their own.
 */
export const chainSchema = `
create table sales (
  id text primary key check (id glob 'sale_*'),
  kiosk_id text not null check (kiosk_id glob 'kiosk_*'),
  state text not null check (state in (
    'open', 'creating', 'presenting', 'authorizing', 'authorized', 'capturing', 'paid',
    'finding_out', 'canceling', 'canceled', 'expired', 'needs_staff'
  )),
  amount integer not null check (amount > 0),
  currency text not null check (length(currency) = 3 and currency = lower(currency)),
  completed integer not null check (completed in (0, 1)),
  -- One sale, one PaymentIntent: no two sales can claim the same.
  payment_intent_id text unique check (payment_intent_id glob 'pi_*'),
  -- Stripe's word as last read; ours is in 'state'.
  payment_intent_status text,
  capture_before_ms integer,
  -- The whole sale as the domain knows it, parsed by schema when it is read back.
  record text not null check (json_valid(record)),
  revision integer not null check (revision >= 0),
  added_at_ms integer not null,
  changed_at_ms integer not null,
  paid_at_ms integer,
  -- The hash of the last entry of its journal.
  hash text not null check (length(hash) = 64),
  -- Over all the columns above; see storage/sale-row.ts.
  seal text not null check (length(seal) = 64),
  check ((state = 'paid') = (paid_at_ms is not null)),
  check (state <> 'paid' or payment_intent_status is 'succeeded'),
  check (state not in ('authorized', 'capturing') or payment_intent_id is not null)
) strict;

create index sales_unsettled on sales (added_at_ms) where state not in ('paid', 'canceled', 'expired');
create index sales_added on sales (added_at_ms);
-- What Stripe showed of a sale after it had ended belongs to the day on which it was seen.
create index sales_changed on sales (changed_at_ms) where state in ('paid', 'canceled', 'expired');

create table payment_attempts (
  id text primary key check (id glob 'att_*'),
  sale_id text not null references sales (id),
  ordinal integer not null check (ordinal > 0),
  stage text not null check (stage in ('sent', 'awaiting_card', 'still_paying', 'card_read', 'processing')),
  process_count integer not null check (process_count between 0 and 3),
  began_at_ms integer not null,
  ended_at_ms integer,
  outcome text,
  unique (sale_id, ordinal),
  check ((ended_at_ms is null) = (outcome is null))
) strict;

create unique index one_live_attempt on payment_attempts (sale_id) where ended_at_ms is null;

create table sale_events (
  -- Grows over all sales: a backup copies what came after its last.
  number integer primary key,
  sale_id text not null references sales (id),
  revision integer not null check (revision >= 0),
  at_ms integer not null,
  event text not null check (json_valid(event)),
  state text not null,
  -- Of the sale's record after this entry; null only where the entry is older than the chain.
  record_hash text check (length(record_hash) = 64),
  hash text not null check (length(hash) = 64),
  unique (sale_id, revision)
) strict;

create table outbox (
  id integer primary key,
  sale_id text not null references sales (id),
  kind text not null check (kind in (
    'payment_intent.create', 'payment_intent.look_up', 'payment_intent.read',
    'payment_intent.capture', 'payment_intent.cancel', 'charge.receipt_email'
  )),
  -- Of a step that changes something, the domain's number; of reads, in the order they were asked for.
  ordinal integer not null check (ordinal >= 0),
  -- Stored before the request leaves; a repeat carries the same. Null for reads, which need none.
  idempotency_key text,
  email text,
  state text not null check (state in ('waiting', 'done', 'refused', 'set_aside')),
  -- Captures first, then what frees a hold, then what only informs.
  urgency integer not null check (urgency between 0 and 5),
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
  check ((kind in ('payment_intent.look_up', 'payment_intent.read')) = (idempotency_key is null)),
  check ((kind = 'payment_intent.capture') = (deadline_ms is not null)),
  check (email is null or kind = 'charge.receipt_email' and state = 'waiting'),
  check ((state = 'waiting') = (ended_at_ms is null))
) strict;

-- A step's number is used once: with it goes the key, which is made of these three. Reads are numbered too, so that
-- this one index also finds the work of a sale: each index more is a page more in every commit.
create unique index outbox_step on outbox (sale_id, kind, ordinal);
-- See storage/outbox-queue.ts for what these two are for. Rows that have ended are in neither.
create index outbox_due on outbox (urgency, next_at_ms, stored_at_ms, sale_id) where state = 'waiting';
create index outbox_deadline on outbox (deadline_ms, next_at_ms, sale_id)
  where state = 'waiting' and kind = 'payment_intent.capture';
create index outbox_set_aside on outbox (urgency, stored_at_ms) where state = 'set_aside';

create table calls (
  sale_id text not null references sales (id),
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
  primary key (sale_id, number)
) strict, without rowid;

-- Rows as they were found damaged. No foreign key: what they name may be gone.
create table quarantine (
  id integer primary key,
  sale_id text not null,
  at_ms integer not null,
  why text not null,
  outcome text not null check (outcome in ('proved', 'not_proved')),
  -- The row of 'sales' and all that hangs on it, as JSON.
  rows text not null check (json_valid(rows))
) strict;

create index quarantine_of_sale on quarantine (sale_id);

create table events_seen (
  id text primary key,
  created_at_ms integer not null
) strict, without rowid;

create index events_seen_created on events_seen (created_at_ms);

create table event_cursor (
  one integer primary key check (one = 1),
  id text not null,
  created_at_ms integer not null,
  seal text not null check (length(seal) = 64)
) strict;

create table sightings (
  id text primary key check (id glob 'pi_*'),
  status text not null,
  amount integer not null check (amount >= 0),
  currency text not null check (length(currency) = 3 and currency = lower(currency)),
  amount_capturable integer not null check (amount_capturable >= 0),
  amount_received integer not null check (amount_received >= 0),
  amount_refunded integer not null check (amount_refunded >= 0),
  created_at_ms integer not null,
  capture_before_ms integer,
  -- From its metadata, as they are.
  sale_id text,
  kiosk_id text,
  order_hash text,
  seen_at_ms integer not null,
  -- When it was first seen as it is now.
  changed_at_ms integer not null,
  seal text not null check (length(seal) = 64)
) strict, without rowid;

create index sightings_created on sightings (created_at_ms);
create index sightings_changed on sightings (changed_at_ms);
create index sightings_of_sale on sightings (sale_id) where sale_id is not null;
create index sightings_held on sightings (created_at_ms) where status = 'requires_capture';

create table sweeps (
  id integer primary key,
  from_ms integer not null,
  to_ms integer not null check (to_ms >= from_ms),
  done_at_ms integer not null,
  seal text not null check (length(seal) = 64)
) strict;

create table day_closes (
  id integer primary key,
  at_ms integer not null,
  by text not null,
  report text not null check (json_valid(report)),
  seal text not null check (length(seal) = 64)
) strict;

create table flags (
  name text primary key
) strict, without rowid;
`;
