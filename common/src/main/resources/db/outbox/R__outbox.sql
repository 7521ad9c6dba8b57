-- Events on their way to Kafka. The row is written with the fact it tells and deleted when the broker
-- has acknowledged it. A repeatable migration: written so that running it again changes nothing.
create table if not exists outbox (
  id          bigint generated always as identity primary key,
  topic       text not null,
  key         text not null,
  body        text not null,
  traceparent text,
  created_at  timestamptz not null default now()
);
-- They are read in the order of their ids alone.
drop index if exists outbox_key_id;

-- Who sends them: one of all replicas, until its lease runs out. At most one row.
create table if not exists outbox_lease (
  single boolean primary key default true check (single),
  holder text not null,
  until  timestamptz not null
);
