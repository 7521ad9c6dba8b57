-- Events on their way to Kafka. The row is written with the fact it tells and deleted when the broker
-- has acknowledged it. A repeatable migration: written so that running it again changes nothing.
create table if not exists outbox (
  id          bigint generated always as identity primary key,
  topic       text not null,
  key         text not null,
  body        text not null,
  traceparent text,
  created_at  timestamptz not null default now(),
  lease_until timestamptz
);
create index if not exists outbox_key_id on outbox (key, id);
