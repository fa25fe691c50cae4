/** The first schema. The tables themselves refuse nonsense; see storage/open.ts for the pragmas. */
export const sales = `
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
  check ((state = 'paid') = (paid_at_ms is not null)),
  check (state <> 'paid' or payment_intent_status is 'succeeded'),
  check (state not in ('authorized', 'capturing') or payment_intent_id is not null)
) strict;

create index sales_unfinished on sales (added_at_ms)
  where state not in ('paid', 'canceled', 'expired', 'needs_staff');

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
  sale_id text not null references sales (id),
  revision integer not null,
  at_ms integer not null,
  event text not null check (json_valid(event)),
  state text not null,
  primary key (sale_id, revision)
) strict, without rowid;

create table outbox (
  id integer primary key,
  sale_id text not null references sales (id),
  kind text not null check (kind in (
    'payment_intent.create', 'payment_intent.look_up', 'payment_intent.read',
    'payment_intent.capture', 'payment_intent.cancel', 'charge.receipt_email'
  )),
  ordinal integer not null check (ordinal >= 0),
  -- Stored before the request leaves; a repeat carries the same. Null for reads, which need none.
  idempotency_key text unique,
  email text,
  state text not null check (state in ('waiting', 'sending', 'done', 'refused', 'set_aside')),
  -- Captures first, then what frees a hold, then what only informs.
  urgency integer not null,
  next_at_ms integer not null,
  created_at_ms integer not null,
  first_sent_at_ms integer,
  ended_at_ms integer,
  tries integer not null default 0,
  -- The boot that is working on it. A lease of another boot is free: that process is gone.
  boot text,
  last_error text,
  check ((state = 'sending') = (boot is not null)),
  check ((kind in ('payment_intent.look_up', 'payment_intent.read')) = (idempotency_key is null)),
  check (email is null or kind = 'charge.receipt_email')
) strict;

create index outbox_due on outbox (state, urgency, next_at_ms) where state in ('waiting', 'sending');
create unique index one_waiting_read on outbox (sale_id)
  where state = 'waiting' and kind = 'payment_intent.read';
create index outbox_of_sale on outbox (sale_id, kind);
`;
