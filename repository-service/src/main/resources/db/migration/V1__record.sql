-- What the CA has said of a session, until its AccessURL has ended (certificates, section 13).
create table record (
  jti             text primary key,
  session_hash    text not null,
  client_addr     text,
  -- PEM, leaf first. Null in a refusal, and in the tombstone of a certificate that was deleted.
  cert            text,
  -- SHA-256 of the leaf's DER: tells a repeat from a conflict, in a tombstone too.
  cert_hash       bytea,
  san_ips         text[] not null,
  -- The CA's reason, when there will be no certificate.
  refusal         text,
  stored          timestamptz not null,
  first_collected timestamptz,
  expires_at      timestamptz not null,
  constraint certificate_or_refusal check ((cert_hash is null) <> (refusal is null))
);
create index record_expires_at on record (expires_at);
create index record_first_collected on record (first_collected) where cert is not null;
