/** The third schema: which readers staff chose, and every prompt that this kiosk put, or may have put, on one. */
export const readers = `
create table reader_choices (
  role text primary key check (role in ('main', 'spare')),
  -- Null takes the only one there is, which the JS SDK alone can do.
  reader_id text unique check (reader_id glob 'tmr_*'),
  integration text not null check (integration in ('sdk', 'server_driven')),
  shared integer not null check (shared in (0, 1)),
  label text not null,
  in_use integer not null check (in_use in (0, 1)),
  chosen_by text not null,
  chosen_at_ms integer not null,
  -- Over all the columns above; see storage/sealed-tables.ts.
  seal text not null check (length(seal) = 64),
  check (reader_id is not null or (role = 'main' and integration = 'sdk'))
) strict;

-- One of them takes payments.
create unique index one_reader_in_use on reader_choices (in_use) where in_use = 1;

create table reader_prompts (
  id integer primary key,
  reader_id text not null check (reader_id glob 'tmr_*'),
  sale_id text not null references sales (id),
  -- Of this sale: its id is the sale's with a number.
  attempt_id text not null check (
    substr(attempt_id, 1, length(sale_id)) = 'att_' || substr(sale_id, 6) || '_'
  ),
  payment_intent_id text not null check (payment_intent_id glob 'pi_*'),
  kind text not null check (kind in (
    'process_payment_intent', 'collect_payment_method', 'confirm_payment_intent'
  )),
  ordinal integer not null check (ordinal > 0),
  -- Stored before the request leaves; a repeat carries the same.
  idempotency_key text not null unique check (
    idempotency_key =
      'foyer_' || sale_id || '_reader_' || substr(attempt_id, length(sale_id) + 1) || '_' || ordinal
  ),
  placed_at_ms integer not null,
  ended_at_ms integer,
  outcome text,
  -- Over all the columns above but the id.
  seal text not null check (length(seal) = 64),
  -- An attempt is of one sale, so this is unique by attempt and number; begun with the sale, it also finds its rows.
  unique (sale_id, attempt_id, ordinal),
  check ((ended_at_ms is null) = (outcome is null))
) strict;

create index reader_prompts_open on reader_prompts (id) where ended_at_ms is null;
`;
