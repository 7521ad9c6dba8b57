-- One row per AccessURL: what a proxy handed over, and what became of it (certificates, sections 9 and 13).
create table issuance (
  jti            text primary key,
  state          text not null check (state in ('RECEIVED', 'SIGNING', 'ISSUED', 'REFUSED', 'EXPIRED')),
  csr_hash       text not null,
  content_hash   text not null,
  session_name   text not null,
  access_url     text not null,
  spki           bytea,
  client_addr    text,
  wan_addr       text,
  refusal_status int,
  refusal_code   text,
  refusal_detail text,
  received_at    timestamptz not null,
  expires_at     timestamptz not null,
  attempts       int not null,
  due_at         timestamptz not null default now(),
  traceparent    text
);
create index issuance_due on issuance (due_at) where state = 'RECEIVED';
create index issuance_open on issuance (expires_at) where state in ('RECEIVED', 'SIGNING');
create index issuance_expires on issuance (expires_at);

-- One row per reserved serial. SIGNING until lease_until, then ISSUED or VOID.
create table certificate (
  serial      text primary key,
  jti         text not null,
  state       text not null check (state in ('SIGNING', 'ISSUED', 'VOID')),
  lease_until timestamptz not null,
  der         bytea,
  not_after   timestamptz not null,
  spki_hash   text not null,
  check ((state = 'ISSUED') = (der is not null))
);
-- The database decides that nobody gets two certificates for one AccessURL.
create unique index certificate_one_per_issuance on certificate (jti) where state <> 'VOID';
create index certificate_signing on certificate (lease_until) where state = 'SIGNING';
create index certificate_not_after on certificate (not_after);

-- What the repository is still to be told. Gone when it has answered 200; with a failure it is a dead letter.
create table delivery (
  jti          text primary key,
  session_name text not null,
  access_url   text not null,
  client_addr  text,
  certificate  bytea,
  refusal_code text,
  received_at  timestamptz not null,
  expires_at   timestamptz not null,
  attempts     int not null,
  due_at       timestamptz not null default now(),
  failure      text,
  traceparent  text,
  check ((certificate is null) <> (refusal_code is null))
);
create index delivery_due on delivery (due_at) where failure is null;
create index delivery_expires on delivery (expires_at);

-- With ca.csr.unique-key: which session a key serves. A row whose session has ended is free to take.
create table live_key (
  spki_hash  text primary key,
  jti        text not null,
  expires_at timestamptz not null
);
