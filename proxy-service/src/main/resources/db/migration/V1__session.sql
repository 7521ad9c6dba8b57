-- One accepted CSR (certificates, section 13). The row is the queue: state, attempts, next_attempt and
-- lease_until are what a worker claims by.
create table session (
  name_hash    text primary key,               -- HMAC-SHA256 of the session name, hex
  session_name text,                           -- until the CA has it
  csr_hash     text not null,                  -- SHA-256 of the DER, hex
  csr          bytea,                          -- DER, until the CA has it
  addr         text not null,                  -- ClientLocalAddress
  wan          text not null,                  -- ClientWANAddress
  observed     text not null,                  -- where the request came from
  jti          text not null,
  access_url   text not null,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  state        text not null,
  attempts     integer not null default 0,
  next_attempt timestamptz not null,
  lease_until  timestamptz,
  open_claim   text,                           -- mode wan: one open session per (wan, addr)
  key_claim    text,                           -- csr.unique-key: one live session per key
  constraint session_jti_key unique (jti),
  constraint session_open_claim_key unique (open_claim),
  constraint session_key_claim_key unique (key_claim)
);
create index session_waiting on session (next_attempt) where state = 'ACCEPTED';
create index session_waiting_since on session (created_at) where state = 'ACCEPTED';
create index session_open on session (observed) where state = 'ACCEPTED';
create index session_expires on session (expires_at);
