import type Database from 'better-sqlite3';
import { keepRefused } from './0004-owners.ts';

/** The fourth schema's outbox, which also takes the recording of a paid order with its platform. */
const outbox = `
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
      'payment_intent.cancel', 'payment_intent.confirm', 'card.save', 'charge.receipt_email', 'order.record')
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
`;

/** As in the fourth schema, and by which sales of one platform order are found. */
const indexes = `
create unique index outbox_step on outbox (owner, kind, ordinal);
create index outbox_due on outbox (urgency, next_at_ms, stored_at_ms, owner) where state = 'waiting';
create index outbox_deadline on outbox (deadline_ms, next_at_ms, owner)
  where state = 'waiting' and kind = 'payment_intent.capture';
create index outbox_set_aside on outbox (urgency, stored_at_ms) where state = 'set_aside';

-- A column of its own: an index over the record's JSON would keep a record that is no JSON any more from being mended.
alter table sales add column platform_order_id text;
create index sales_of_platform_order on sales (platform_order_id) where platform_order_id is not null;
`;

const columns = `id, owner, kind, ordinal, idempotency_key, email, state, urgency, stored_by_boot, stored_at_ms,
  deadline_ms, next_at_ms, ended_at_ms, tries, last_answer, seal`;

/**
 * Brings a file of the fourth schema to the fifth, in a transaction of its caller's. Every row of the outbox is taken
 * over as it is.
 */
export function takeOrders(db: Database.Database): void {
  for (const index of ['outbox_step', 'outbox_due', 'outbox_deadline', 'outbox_set_aside']) {
    db.exec(`drop index ${index}`);
  }
  db.exec('alter table outbox rename to former_outbox');
  db.exec(outbox);
  db.exec(
    `insert or ignore into outbox (${columns}) select ${columns} from former_outbox order by id`,
  );
  keepRefused(db, 'outbox', 'id');
  db.exec('drop table former_outbox');
  db.exec(indexes);
}
