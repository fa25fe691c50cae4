pragma application_id = 1179605330;
pragma user_version = 4;
CREATE TABLE sales (
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
CREATE TABLE payment_attempts (
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
CREATE TABLE sale_events (
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
CREATE TABLE quarantine (
  id integer primary key,
  sale_id text not null,
  at_ms integer not null,
  why text not null,
  outcome text not null check (outcome in ('proved', 'not_proved')),
  -- The row of 'sales' and all that hangs on it, as JSON.
  rows text not null check (json_valid(rows))
) strict;
CREATE TABLE events_seen (
  id text primary key,
  created_at_ms integer not null
) strict, without rowid;
CREATE TABLE event_cursor (
  one integer primary key check (one = 1),
  id text not null,
  created_at_ms integer not null,
  seal text not null check (length(seal) = 64)
) strict;
CREATE TABLE sightings (
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
CREATE TABLE sweeps (
  id integer primary key,
  from_ms integer not null,
  to_ms integer not null check (to_ms >= from_ms),
  done_at_ms integer not null,
  seal text not null check (length(seal) = 64)
) strict;
CREATE TABLE day_closes (
  id integer primary key,
  at_ms integer not null,
  by text not null,
  report text not null check (json_valid(report)),
  seal text not null check (length(seal) = 64)
) strict;
CREATE TABLE flags (
  name text primary key
) strict, without rowid;
CREATE TABLE reader_choices (
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
CREATE TABLE outbox (
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
CREATE TABLE calls (
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
CREATE TABLE reader_prompts (
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
CREATE TABLE members (
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
CREATE TABLE consents (
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
CREATE TABLE consent_links (
  number integer primary key,
  consent_id text not null unique references consents (id),
  intent_id text not null check (intent_id glob 'pi_*' or intent_id glob 'seti_*'),
  card_id text not null check (card_id glob 'pm_*' or card_id glob 'card_*' or card_id glob 'src_*'),
  last4 text not null check (length(last4) <= 4),
  at_ms integer not null,
  seal text not null check (length(seal) = 64)
) strict;
CREATE TABLE consent_ends (
  number integer primary key,
  consent_id text not null unique references consents (id),
  by text not null check (by <> ''),
  at_ms integer not null,
  seal text not null check (length(seal) = 64)
) strict;
CREATE TABLE cards (
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
CREATE TABLE keepings (
  source text primary key check (source glob 'sale_*' or source glob 'setup_*'),
  outcome text not null check (outcome in ('kept', 'not_kept')),
  card_id text check (card_id glob 'pm_*' or card_id glob 'card_*' or card_id glob 'src_*'),
  why text check (why in ('wallet', 'in_person_only', 'consent_revoked', 'refused')),
  at_ms integer not null,
  seal text not null check (length(seal) = 64),
  check ((outcome = 'kept') = (card_id is not null)),
  check ((outcome = 'not_kept') = (why is not null))
) strict;
CREATE TABLE card_setups (
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
CREATE TABLE setup_events (
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
CREATE TABLE refunds (
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
CREATE TABLE refund_events (
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
insert into sales values('sale_0mi1kqbas0000000000001','kiosk_0mi1kqbas00kiosk00000001','paid',2800,'usd',1,'pi_0001','succeeded',NULL,'{"id":"sale_0mi1kqbas0000000000001","kioskId":"kiosk_0mi1kqbas00kiosk00000001","state":"paid","order":{"lines":[{"itemId":"drop-in","name":"Drop-in class","quantity":1,"unitPrice":{"amount":2800,"currency":"usd"},"total":{"amount":2800,"currency":"usd"}}],"subtotal":{"amount":2800,"currency":"usd"},"taxes":[],"total":{"amount":2800,"currency":"usd"}},"completed":true,"attended":true,"lingering":false,"cancelReason":null,"staffReason":null,"tender":null,"staffDecision":null,"paymentIntent":{"id":"pi_0001","status":"succeeded","amount":2800,"currency":"usd","amountCapturable":0,"amountReceived":2800,"amountRefunded":0,"disputed":false,"acceptsCardPresent":true,"latestChargeId":"ch_0001","lastPaymentError":null,"cancellationReason":null,"captureBeforeMs":null,"card":null,"saleId":"sale_0mi1kqbas0000000000001","kioskId":"kiosk_0mi1kqbas00kiosk00000001","livemode":false},"attempt":null,"attemptsMade":1,"decline":null,"ordinals":{"create":1,"capture":1,"cancel":0},"unsettledStep":{"step":"capture","how":"unproved"},"inconclusiveReads":0,"unanswered":0,"revision":7}',7,1000000,1007000,1007000,'1273967a25c480026f96c834c324807cb6d16cba2fa69c90c5f222d7d2dd26d2','39b91ff5b1b89cac17f7e93129bee9a03f95f533ea8d61e59b31607c019f9a78');
insert into sales values('sale_0mi1kqbas0000000000002','kiosk_0mi1kqbas00kiosk00000001','authorized',2800,'usd',1,'pi_0002','requires_capture',174804000,'{"id":"sale_0mi1kqbas0000000000002","kioskId":"kiosk_0mi1kqbas00kiosk00000001","state":"authorized","order":{"lines":[{"itemId":"drop-in","name":"Drop-in class","quantity":1,"unitPrice":{"amount":2800,"currency":"usd"},"total":{"amount":2800,"currency":"usd"}}],"subtotal":{"amount":2800,"currency":"usd"},"taxes":[],"total":{"amount":2800,"currency":"usd"}},"completed":true,"attended":true,"lingering":false,"cancelReason":null,"staffReason":null,"tender":null,"staffDecision":null,"paymentIntent":{"id":"pi_0002","status":"requires_capture","amount":2800,"currency":"usd","amountCapturable":2800,"amountReceived":0,"amountRefunded":0,"disputed":false,"acceptsCardPresent":true,"latestChargeId":"ch_0001","lastPaymentError":null,"cancellationReason":null,"captureBeforeMs":174804000,"card":null,"saleId":"sale_0mi1kqbas0000000000002","kioskId":"kiosk_0mi1kqbas00kiosk00000001","livemode":false},"attempt":null,"attemptsMade":1,"decline":null,"ordinals":{"create":1,"capture":1,"cancel":0},"unsettledStep":null,"inconclusiveReads":0,"unanswered":0,"revision":5}',5,2000000,2005000,NULL,'03efbfe7d9479949605da7f1aeb5b216d9c58b2d3e452b10461a07a42ed922d4','2f2abebedc5f48c6318313f14e7c0e12e2bf8138f2cdf46a7f97a2282e6d5243');
insert into sales values('sale_0mi1kqbas0000000000003','kiosk_0mi1kqbas00kiosk00000001','presenting',2800,'usd',1,'pi_0003','requires_payment_method',NULL,'{"id":"sale_0mi1kqbas0000000000003","kioskId":"kiosk_0mi1kqbas00kiosk00000001","state":"presenting","order":{"lines":[{"itemId":"drop-in","name":"Drop-in class","quantity":1,"unitPrice":{"amount":2800,"currency":"usd"},"total":{"amount":2800,"currency":"usd"}}],"subtotal":{"amount":2800,"currency":"usd"},"taxes":[],"total":{"amount":2800,"currency":"usd"}},"completed":true,"attended":true,"lingering":false,"cancelReason":null,"staffReason":null,"tender":null,"staffDecision":null,"paymentIntent":{"id":"pi_0003","status":"requires_payment_method","amount":2800,"currency":"usd","amountCapturable":0,"amountReceived":0,"amountRefunded":0,"disputed":false,"acceptsCardPresent":true,"latestChargeId":null,"lastPaymentError":null,"cancellationReason":null,"captureBeforeMs":null,"card":null,"saleId":"sale_0mi1kqbas0000000000003","kioskId":"kiosk_0mi1kqbas00kiosk00000001","livemode":false},"attempt":{"id":"att_0mi1kqbas0000000000003_1","ordinal":1,"stage":"sent","chargeBefore":null,"processCount":0,"inFlight":false,"windowHoldsCard":false,"hint":"none","answeredAt":null},"attemptsMade":1,"decline":null,"ordinals":{"create":1,"capture":0,"cancel":0},"unsettledStep":null,"inconclusiveReads":0,"unanswered":0,"revision":2}',2,3000000,3002000,NULL,'c83f0ff03e8a3d9b39f1fe3a0831669204181398bf633043e69bf96700df80a7','42f233621e1755726ff14aaa89b80803400be5e658cee26a460b1ced9ce33540');
insert into payment_attempts values('att_0mi1kqbas0000000000001_1','sale_0mi1kqbas0000000000001',1,'processing',1,1002000,1005000,'authorized');
insert into payment_attempts values('att_0mi1kqbas0000000000002_1','sale_0mi1kqbas0000000000002',1,'processing',1,2002000,2005000,'authorized');
insert into payment_attempts values('att_0mi1kqbas0000000000003_1','sale_0mi1kqbas0000000000003',1,'sent',0,3002000,NULL,NULL);
insert into sale_events values(1,'sale_0mi1kqbas0000000000001',0,1000000,'{"kind":"opened","sale":{"id":"sale_0mi1kqbas0000000000001","kioskId":"kiosk_0mi1kqbas00kiosk00000001","state":"open","order":{"lines":[{"itemId":"drop-in","name":"Drop-in class","quantity":1,"unitPrice":{"amount":2800,"currency":"usd"},"total":{"amount":2800,"currency":"usd"}}],"subtotal":{"amount":2800,"currency":"usd"},"taxes":[],"total":{"amount":2800,"currency":"usd"}},"completed":false,"attended":true,"lingering":false,"cancelReason":null,"staffReason":null,"tender":null,"staffDecision":null,"paymentIntent":null,"attempt":null,"attemptsMade":0,"decline":null,"ordinals":{"create":0,"capture":0,"cancel":0},"unsettledStep":null,"inconclusiveReads":0,"unanswered":0,"revision":0}}','open','22a292584e1089981a15f99c57b3140e4af83151497fecaa429864b7153eb07f','2f9058c147604379986dce5117952c977322080faa0a90706dfa659db63592a1');
insert into sale_events values(2,'sale_0mi1kqbas0000000000001',1,1001000,'{"kind":"confirmed"}','creating','4ab1333f99e876d1c23567a3b1b4625b5519e1e0ef10f512963a2cb8bbbd56e6','39e4bb659c991e310ce61579d6c0f59810bc08678f2e18b0ebe8a27c3a5d18be');
insert into sale_events values(3,'sale_0mi1kqbas0000000000001',2,1002000,'{"kind":"payment_intent_created","paymentIntent":{"id":"pi_0001","status":"requires_payment_method","amount":2800,"currency":"usd","amountCapturable":0,"amountReceived":0,"amountRefunded":0,"disputed":false,"cancellationReason":null,"acceptsCardPresent":true,"latestChargeId":null,"lastPaymentError":null,"captureBeforeMs":null,"card":null,"saleId":"sale_0mi1kqbas0000000000001","kioskId":"kiosk_0mi1kqbas00kiosk00000001","livemode":false}}','presenting','dc84f711d8eb17e12a97c249f901f5298c83d29847cd76027f5c81ae2e27cdaa','146a5b960413bb47f368344297bed4858daec099a7c407c52b742f7042c7972d');
insert into sale_events values(4,'sale_0mi1kqbas0000000000001',3,1003000,'{"kind":"card_collected","attemptId":"att_0mi1kqbas0000000000001_1","askFirst":false}','authorizing','4cd23b7b5d18b57a316821217884d024520bdb80b03847ced419e3aca7e7a4d8','e166457e98adaa0c4339127325c082d8ac5d15019ff15a54fa23689b799fc981');
insert into sale_events values(5,'sale_0mi1kqbas0000000000001',4,1004000,'{"kind":"process_answered","attemptId":"att_0mi1kqbas0000000000001_1","count":1,"hint":{"kind":"processed"}}','authorizing','432248ad56d38ef5e116623875db3f221f2142403bbcfe3673cab3733adcab3d','c0b200bf6b8e9868d2ddfae7b0f1d7505cd1667f6724f412871e9bc2c46c5789');
insert into sale_events values(6,'sale_0mi1kqbas0000000000001',5,1005000,'{"kind":"payment_intent_read","paymentIntent":{"id":"pi_0001","status":"requires_capture","amount":2800,"currency":"usd","amountCapturable":2800,"amountReceived":0,"amountRefunded":0,"disputed":false,"cancellationReason":null,"acceptsCardPresent":true,"latestChargeId":"ch_0001","lastPaymentError":null,"captureBeforeMs":173804000,"card":null,"saleId":"sale_0mi1kqbas0000000000001","kioskId":"kiosk_0mi1kqbas00kiosk00000001","livemode":false},"leftAt":9007199254740991}','authorized','7b1543f68de07bad2b6922043de53212dfa03b57ce07610924ac36d8b2face8c','9d6b0eeddc4a10e36452d51f410225c6ef5aa53da1cd609ff4c71d3c023a00d2');
insert into sale_events values(7,'sale_0mi1kqbas0000000000001',6,1006000,'{"kind":"step_done","step":"capture"}','capturing','3a60423c8eedacb9602d1812d513931fd13bae14dd75e7f3a4ff6821fe46df71','ac2e2c3acd5b65c424e725a320158b661f6c91f973dc77e9e8701f8047044822');
insert into sale_events values(8,'sale_0mi1kqbas0000000000001',7,1007000,'{"kind":"payment_intent_read","paymentIntent":{"id":"pi_0001","status":"succeeded","amount":2800,"currency":"usd","amountCapturable":0,"amountReceived":2800,"amountRefunded":0,"disputed":false,"cancellationReason":null,"acceptsCardPresent":true,"latestChargeId":"ch_0001","lastPaymentError":null,"captureBeforeMs":null,"card":null,"saleId":"sale_0mi1kqbas0000000000001","kioskId":"kiosk_0mi1kqbas00kiosk00000001","livemode":false},"leftAt":9007199254740991}','paid','6cb81252d41156293a94b3f3735e6a93a0006c1871bc0acd4b4bb36ef77a6782','1273967a25c480026f96c834c324807cb6d16cba2fa69c90c5f222d7d2dd26d2');
insert into sale_events values(9,'sale_0mi1kqbas0000000000002',0,2000000,'{"kind":"opened","sale":{"id":"sale_0mi1kqbas0000000000002","kioskId":"kiosk_0mi1kqbas00kiosk00000001","state":"open","order":{"lines":[{"itemId":"drop-in","name":"Drop-in class","quantity":1,"unitPrice":{"amount":2800,"currency":"usd"},"total":{"amount":2800,"currency":"usd"}}],"subtotal":{"amount":2800,"currency":"usd"},"taxes":[],"total":{"amount":2800,"currency":"usd"}},"completed":false,"attended":true,"lingering":false,"cancelReason":null,"staffReason":null,"tender":null,"staffDecision":null,"paymentIntent":null,"attempt":null,"attemptsMade":0,"decline":null,"ordinals":{"create":0,"capture":0,"cancel":0},"unsettledStep":null,"inconclusiveReads":0,"unanswered":0,"revision":0}}','open','4645751319dcff541ea456378f3b5c729059ac3aa6d52b4fa5f77dcd9fe0d658','6e3db5060ff364d8ddbe41532ad7b28957c97f1b6f2878fcd5f5957bb2db0286');
insert into sale_events values(10,'sale_0mi1kqbas0000000000002',1,2001000,'{"kind":"confirmed"}','creating','42d7a08dc560dbf47f820461b41e25dc12929cc0746530c10c753b703922c783','513316a83492721408f1ece4e35766a18bf536f5a1dd2cc6c668495131bfeaf9');
insert into sale_events values(11,'sale_0mi1kqbas0000000000002',2,2002000,'{"kind":"payment_intent_created","paymentIntent":{"id":"pi_0002","status":"requires_payment_method","amount":2800,"currency":"usd","amountCapturable":0,"amountReceived":0,"amountRefunded":0,"disputed":false,"cancellationReason":null,"acceptsCardPresent":true,"latestChargeId":null,"lastPaymentError":null,"captureBeforeMs":null,"card":null,"saleId":"sale_0mi1kqbas0000000000002","kioskId":"kiosk_0mi1kqbas00kiosk00000001","livemode":false}}','presenting','69801c8b75c72ae8fa9e45d9f2e1995eec3e5383c471afbac489049a22db53b7','ce67cdca6fad371a21d06dad936c5a52844a5f7fb28fd1f5357d1b48e4df6473');
insert into sale_events values(12,'sale_0mi1kqbas0000000000002',3,2003000,'{"kind":"card_collected","attemptId":"att_0mi1kqbas0000000000002_1","askFirst":false}','authorizing','660cb1d9cf3b450db1f4fda5c0c0fa3605b60a1f95390be6b05e7a495eece93a','9862198f2693417d0db0f14cef5270cea0ca8dfd3d1819e62dbf2848cb311cf9');
insert into sale_events values(13,'sale_0mi1kqbas0000000000002',4,2004000,'{"kind":"process_answered","attemptId":"att_0mi1kqbas0000000000002_1","count":1,"hint":{"kind":"processed"}}','authorizing','1392ad2ded5a504ec524321a62e77eff1ce2b64a35fe2bc5c84798d5d214a46f','d975afa94463d341b3b256ef5e7105dd486875a505f5d5b7e98feae003edd923');
insert into sale_events values(14,'sale_0mi1kqbas0000000000002',5,2005000,'{"kind":"payment_intent_read","paymentIntent":{"id":"pi_0002","status":"requires_capture","amount":2800,"currency":"usd","amountCapturable":2800,"amountReceived":0,"amountRefunded":0,"disputed":false,"cancellationReason":null,"acceptsCardPresent":true,"latestChargeId":"ch_0001","lastPaymentError":null,"captureBeforeMs":174804000,"card":null,"saleId":"sale_0mi1kqbas0000000000002","kioskId":"kiosk_0mi1kqbas00kiosk00000001","livemode":false},"leftAt":9007199254740991}','authorized','47a502a4b952b991169442e1804c2d6acec374e1f5c7d12cc87d12fe65b0e37f','03efbfe7d9479949605da7f1aeb5b216d9c58b2d3e452b10461a07a42ed922d4');
insert into sale_events values(15,'sale_0mi1kqbas0000000000003',0,3000000,'{"kind":"opened","sale":{"id":"sale_0mi1kqbas0000000000003","kioskId":"kiosk_0mi1kqbas00kiosk00000001","state":"open","order":{"lines":[{"itemId":"drop-in","name":"Drop-in class","quantity":1,"unitPrice":{"amount":2800,"currency":"usd"},"total":{"amount":2800,"currency":"usd"}}],"subtotal":{"amount":2800,"currency":"usd"},"taxes":[],"total":{"amount":2800,"currency":"usd"}},"completed":false,"attended":true,"lingering":false,"cancelReason":null,"staffReason":null,"tender":null,"staffDecision":null,"paymentIntent":null,"attempt":null,"attemptsMade":0,"decline":null,"ordinals":{"create":0,"capture":0,"cancel":0},"unsettledStep":null,"inconclusiveReads":0,"unanswered":0,"revision":0}}','open','531e9cb99cdb9f1c299d6ad49adefc19a430aa78c8d3ca2ce327365baf705493','d6bde7bfb7f6eae02d5c8e757d936061d5d55833a12cdef0e733be2c61811dd8');
insert into sale_events values(16,'sale_0mi1kqbas0000000000003',1,3001000,'{"kind":"confirmed"}','creating','c864296d2cb9adca0c67f57202e29e167e0f1ad8ef1254f1dbb54512ae050754','7bddbc52de46f847797ea3c1b953c567fa92fe9824a4ea5d3e8a773ac5866d92');
insert into sale_events values(17,'sale_0mi1kqbas0000000000003',2,3002000,'{"kind":"payment_intent_created","paymentIntent":{"id":"pi_0003","status":"requires_payment_method","amount":2800,"currency":"usd","amountCapturable":0,"amountReceived":0,"amountRefunded":0,"disputed":false,"cancellationReason":null,"acceptsCardPresent":true,"latestChargeId":null,"lastPaymentError":null,"captureBeforeMs":null,"card":null,"saleId":"sale_0mi1kqbas0000000000003","kioskId":"kiosk_0mi1kqbas00kiosk00000001","livemode":false}}','presenting','8aae16f2d7d04ae5aa3a58bd1b88f27041c637662548ba11111ee6c5de38e349','c83f0ff03e8a3d9b39f1fe3a0831669204181398bf633043e69bf96700df80a7');
insert into quarantine values(1,'sale_gone000000',7,'its row is missing','not_proved','{}');
insert into events_seen values('evt_1',5);
insert into event_cursor values(1,'evt_1',5,'e10333467a9b4ec9203ab4d29b2a74e189741493eac6760aef4446f95d211845');
insert into sweeps values(1,1,2,3,'a615eeaee21de5179de080de8c3052c8da901138406ba71c38c032845f7d54f4');
insert into day_closes values(1,9,'Mara','{"total":2800}','1bca2fb88ed0476a46cd619e02933e2c08d368b71460d2ced92838edd26e757e');
insert into reader_choices values('main','tmr_front','server_driven',1,'Front desk',1,'Mara',5,'abde4a6c179720df42c62768de4e44da453e2aa944d7ce68ffc806652f54cde5');
insert into outbox values(1,'sale_0mi1kqbas0000000000001','payment_intent.create',1,'foyer_sale_0mi1kqbas0000000000001_create_1',NULL,'done',2,'boot_0000000001',1001000,NULL,1001000,1002000,0,'done 200','3acccdbeb517c132ebc788632c7ef109bcfa9b126025512f96d456eb06ea15f0');
insert into outbox values(2,'sale_0mi1kqbas0000000000001','payment_intent.read',1,NULL,NULL,'done',3,'boot_0000000001',1004000,NULL,1004000,1005000,0,'done 200','2f0d548bed142cbf5aa61539a43376d3f55be17d66dd7c17dccec8aab264a69c');
insert into outbox values(3,'sale_0mi1kqbas0000000000001','payment_intent.capture',1,'foyer_sale_0mi1kqbas0000000000001_capture_1',NULL,'done',0,'boot_0000000001',1005000,173804000,1005000,1006000,0,'done 200','e856c27ea3d9d4a29f3dd771e6c1d6c4f819e9777b25776f31a2324cbfbdf375');
insert into outbox values(4,'sale_0mi1kqbas0000000000001','payment_intent.read',2,NULL,NULL,'done',3,'boot_0000000001',1006000,NULL,1006000,1007000,0,'done 200','c99cf6e7fcbaaf947ed1fdfd9d422016b5596053fab8881a8825677b1faaadab');
insert into outbox values(5,'sale_0mi1kqbas0000000000002','payment_intent.create',1,'foyer_sale_0mi1kqbas0000000000002_create_1',NULL,'done',2,'boot_0000000001',2001000,NULL,2001000,2002000,0,'done 200','ad96fb34ecc8dc152bd70109232120c923e585ee9cdea7b3d2204c6c5bbd6531');
insert into outbox values(6,'sale_0mi1kqbas0000000000002','payment_intent.read',1,NULL,NULL,'done',3,'boot_0000000001',2004000,NULL,2004000,2005000,0,'done 200','e3dbce06e82cd05346dd102c50925a49abb57869921d6883abd03d5165f8c375');
insert into outbox values(7,'sale_0mi1kqbas0000000000002','payment_intent.capture',1,'foyer_sale_0mi1kqbas0000000000002_capture_1',NULL,'waiting',0,'boot_0000000001',2005000,174804000,4001000,NULL,1,'unanswered timeout','1f0f099c4c31951f67c5c50d0d7498400d901f470a549bad769e26ed2d7e08fa');
insert into outbox values(8,'sale_0mi1kqbas0000000000003','payment_intent.create',1,'foyer_sale_0mi1kqbas0000000000003_create_1',NULL,'done',2,'boot_0000000001',3001000,NULL,3001000,3002000,0,'done 200','78de473055ab2f656d096880e2bcb2b242efebd7fb313afc1e40ebc198e7380c');
insert into outbox values(9,'sale_0mi1kqbas0000000000001','charge.receipt_email',1,'foyer_sale_0mi1kqbas0000000000001_receipt_1','mara@example.com','waiting',11,'boot_0000000001',4000000,NULL,4000000,NULL,0,NULL,'e0ff355ad0adfafd4bc658517d3c0c485d596ea9d8ce5c2aca4fbfa754274364');
insert into outbox values(10,'sale_0mi1kqbas0000000000003','payment_intent.cancel',1,'foyer_sale_0mi1kqbas0000000000003_cancel_1',NULL,'set_aside',1,'boot_0000000001',4000000,NULL,4000000,4000000,0,'a fault','8450f0fbfc7a2e172cf8bdf94285fb5a7bb50d8457a07cb1115b8cc4adc2f2d3');
insert into outbox values(11,'member_fe675fe7aaee830b6fed09b64e034f84','customer.update',1,'foyer_member_fe675fe7aaee830b6fed09b64e034f84_customer_1',NULL,'waiting',10,'boot_0000000001',5000000,NULL,5000000,NULL,0,NULL,'be5318544e497e9b19fdb19b94776d1463edbd0b54ba92d72a535a08b04c9b68');
insert into calls values('sale_0mi1kqbas0000000000001',1,'payment_intent.create',1,'done',200,NULL,'req_1',3,1002000,1002000,1,'21dbef21498da61956e55b65e7a278162fdd9ac02467783084a63e127786a388');
insert into calls values('sale_0mi1kqbas0000000000001',2,'payment_intent.read',0,'done',200,NULL,'req_1',3,1005000,1005000,1,'45c2f93210171dbbb68be3e62306868a5c4bc7eeba3e2db8fc44b227be09ee1d');
insert into calls values('sale_0mi1kqbas0000000000001',3,'payment_intent.capture',1,'done',200,NULL,'req_1',3,1006000,1006000,1,'7b95943349e42b9356d246894d093056336cc5a0ea575bf1ed6cd61d177aa3dd');
insert into calls values('sale_0mi1kqbas0000000000001',4,'payment_intent.read',0,'done',200,NULL,'req_1',3,1007000,1007000,1,'806361425d4465f0f55ae488604672d14e122247f27803386fcd733dc5b52259');
insert into calls values('sale_0mi1kqbas0000000000002',1,'payment_intent.create',1,'done',200,NULL,'req_1',3,2002000,2002000,1,'0e7def52ed31d9bdb9932e66003a10399b827050d20b8bc664f6865030917b47');
insert into calls values('sale_0mi1kqbas0000000000002',2,'payment_intent.read',0,'done',200,NULL,'req_1',3,2005000,2005000,1,'44e86d1267b78d3ee3364afe0e780c8286652e0e4f679fdc221e414471a3cbd0');
insert into calls values('sale_0mi1kqbas0000000000002',3,'payment_intent.capture',1,'unanswered',NULL,'timeout',NULL,5,4000000,4000000,1,'42d4b10c3f6b55f13744dca4bbe63146d40f89e449120da905ec8903051dd4cd');
insert into calls values('sale_0mi1kqbas0000000000003',1,'payment_intent.create',1,'done',200,NULL,'req_1',3,3002000,3002000,1,'11ec2bd3a320cf4f914c460589313a87e1a9d3db998e4f590ce848429d38c62e');
insert into calls values('sale_0mi1kqbas0000000000003',2,'reader.collect_payment_method',1,'done',200,NULL,'req_9',5,4000000,4000000,1,'c3ef41fd396b7c1ec401d5e5ae199f5fa152ba70a9ed39d6cc269e44483363d1');
insert into reader_prompts values(1,'tmr_front','sale_0mi1kqbas0000000000001','att_0mi1kqbas0000000000001_1','pi_0001','process_payment_intent',1,'foyer_sale_0mi1kqbas0000000000001_reader_1_1',4000000,4000001,'gone','a1ed0f733bca066e59dd1fa9ceb41f1f18c106c66d83cd807ec6f5c5f659f9dd');
insert into reader_prompts values(2,'tmr_front','sale_0mi1kqbas0000000000003','att_0mi1kqbas0000000000003_1','pi_0003','collect_payment_method',1,'foyer_sale_0mi1kqbas0000000000003_reader_1_1',4000000,NULL,NULL,'217ac92f2714ec04bb30251e24a631a5d77e92f6103a024f47498289dd82114c');
insert into members values('member_fe675fe7aaee830b6fed09b64e034f84','1001','Mia Sample',NULL,'+15550100001',NULL,0,5000000,'e194b27fbcc6cc82e91af073420139dc514138dc781f1e77546b39cb7c919765');
CREATE INDEX sales_unsettled on sales (added_at_ms) where state not in ('paid', 'canceled', 'expired');
CREATE INDEX sales_added on sales (added_at_ms);
CREATE INDEX sales_changed on sales (changed_at_ms) where state in ('paid', 'canceled', 'expired');
CREATE UNIQUE INDEX one_live_attempt on payment_attempts (sale_id) where ended_at_ms is null;
CREATE INDEX quarantine_of_sale on quarantine (sale_id);
CREATE INDEX events_seen_created on events_seen (created_at_ms);
CREATE INDEX sightings_created on sightings (created_at_ms);
CREATE INDEX sightings_changed on sightings (changed_at_ms);
CREATE INDEX sightings_of_sale on sightings (sale_id) where sale_id is not null;
CREATE INDEX sightings_held on sightings (created_at_ms) where status = 'requires_capture';
CREATE UNIQUE INDEX one_reader_in_use on reader_choices (in_use) where in_use = 1;
CREATE UNIQUE INDEX outbox_step on outbox (owner, kind, ordinal);
CREATE INDEX outbox_due on outbox (urgency, next_at_ms, stored_at_ms, owner) where state = 'waiting';
CREATE INDEX outbox_deadline on outbox (deadline_ms, next_at_ms, owner)
  where state = 'waiting' and kind = 'payment_intent.capture';
CREATE INDEX outbox_set_aside on outbox (urgency, stored_at_ms) where state = 'set_aside';
CREATE INDEX reader_prompts_open on reader_prompts (id) where ended_at_ms is null;
CREATE INDEX consents_of_member on consents (member_key, given_at_ms);
CREATE TRIGGER consents_stay before update on consents
  begin select raise(abort, 'a consent is never changed'); end;
CREATE TRIGGER consents_remain before delete on consents
  begin select raise(abort, 'a consent is never removed'); end;
CREATE TRIGGER consent_links_stay before update on consent_links
  begin select raise(abort, 'what a consent led to is never changed'); end;
CREATE TRIGGER consent_links_remain before delete on consent_links
  begin select raise(abort, 'what a consent led to is never removed'); end;
CREATE TRIGGER consent_ends_stay before update on consent_ends
  begin select raise(abort, 'the end of a consent is never changed'); end;
CREATE TRIGGER consent_ends_remain before delete on consent_ends
  begin select raise(abort, 'the end of a consent is never removed'); end;
CREATE INDEX cards_of_member on cards (member_key, kept_at_ms);
CREATE UNIQUE INDEX one_card_of_a_consent on cards (consent_id) where removed_at_ms is null;
CREATE INDEX cards_of_fingerprint on cards (fingerprint)
  where removed_at_ms is null and fingerprint is not null;
CREATE INDEX card_setups_unfinished on card_setups (added_at_ms)
  where state not in ('kept', 'not_kept', 'canceled');
CREATE INDEX refunds_of_sale on refunds (sale_id, added_at_ms);
CREATE INDEX refunds_added on refunds (added_at_ms);
CREATE INDEX refunds_unfinished on refunds (added_at_ms)
  where state not in ('succeeded', 'failed', 'refused', 'canceled');
CREATE INDEX refunds_failed on refunds (added_at_ms) where state = 'failed' and acknowledged = 0;
CREATE TRIGGER setup_events_stay before update on setup_events
  begin select raise(abort, 'an entry is never changed'); end;
CREATE TRIGGER setup_events_remain before delete on setup_events
  begin select raise(abort, 'an entry is never removed'); end;
CREATE TRIGGER refund_events_stay before update on refund_events
  begin select raise(abort, 'an entry is never changed'); end;
CREATE TRIGGER refund_events_remain before delete on refund_events
  begin select raise(abort, 'an entry is never removed'); end;
