-- Who we are (PoHTTP, section 6): private keys, encrypted, and our self-issued certificates over them.
create table own_key (
  -- The node id of the key, or the id of a session key.
  id      text primary key,
  -- identity or session.
  purpose text not null,
  sealed  bytea not null,
  created timestamptz not null
);
create table own_certificate (
  digest      bytea primary key,
  node_id     text not null,
  certificate bytea not null,
  not_before  timestamptz not null,
  not_after   timestamptz not null
);

-- Private gateways (section 11.1).
create table gateway (
  id         text primary key,
  -- When it last did. Null: an operator has revoked what had not registered.
  registered timestamptz,
  revoked    timestamptz
);
-- Authorisations that have been used, until they would have expired.
create table used_authorization (
  digest  bytea primary key,
  expires timestamptz not null
);
create index used_authorization_expires on used_authorization (expires);

-- Parcels for our private gateways (section 10). Once collected the octets go; what tells a repeat stays until the expiry.
create table parcel (
  seq         bigint generated always as identity primary key,
  -- SHA-256 of gateway, recipient, sender and message id: what a parcel is known by.
  identity    bytea not null unique,
  gateway     text not null,
  recipient   text not null,
  sender      text not null,
  message_id  text not null,
  created     timestamptz not null,
  expires     timestamptz not null,
  -- SHA-256 of the octets.
  digest      bytea not null,
  size        integer not null,
  -- As received. Null: collected.
  octets      bytea,
  -- The gateway that it came from, as that says: X-Relaynet-Gateway (section 8).
  sent_by     text,
  -- What this version of it is acknowledged by.
  delivery_id uuid not null unique,
  arrived     timestamptz not null
);
alter table parcel alter column octets set storage external;
-- No question about what waits is to be answered by an index that is for another. All cost the same in the plan of an empty
-- table, and a connection keeps that while the table fills: so each index says which rows it holds in a way of its own.
create index parcel_waiting on parcel (gateway, seq) include (size) where octets is not null;
create index parcel_recipient on parcel (recipient) include (size) where num_nulls(octets) = 0;
create index parcel_expires on parcel (expires);

-- Parcels for other Internet nodes (section 9).
create table outbound (
  seq          bigint generated always as identity primary key,
  -- SHA-256 of Internet address, recipient, sender and message id.
  identity     bytea not null unique,
  -- Where to, as the parcel names it.
  internet_address text not null,
  -- The host, port and path that leads to; addresses that lead to one URL are one peer. Static routes have peers of their own.
  peer         text not null,
  recipient    text not null,
  sender       text not null,
  message_id   text not null,
  -- The registered gateway it came from; null for an operator's.
  gateway      text,
  content_type text not null,
  created      timestamptz not null,
  expires      timestamptz not null,
  digest       bytea not null,
  size         integer not null,
  -- Null: delivered.
  octets       bytea,
  -- Counts the octets that took others' place.
  version      integer not null default 0,
  attempts     integer not null default 0,
  -- Not before then; null: as soon as may be.
  due_at       timestamptz,
  -- Why it is a dead letter, and since when; null while it waits and after its delivery. The octets stay for an operator.
  dead         text,
  dead_at      timestamptz,
  arrived      timestamptz not null
);
alter table outbound alter column octets set storage external;
-- What waits for a peer is in one of these: a peer with very many is looked at in a step or two.
create index outbound_fresh on outbound (peer, seq) where octets is not null and dead is null and due_at is null;
create index outbound_delayed on outbound (peer, due_at, seq) where octets is not null and dead is null and due_at is not null;
-- Those that have not had their last attempt; after that one they are due when they expire.
create index outbound_ending on outbound (peer, expires)
  where octets is not null and dead is null and coalesce(due_at < expires, true);
create index outbound_dead on outbound (internet_address, seq) where dead is not null;
create index outbound_kept on outbound (gateway) include (size) where num_nulls(octets) = 0;
create index outbound_expires on outbound (expires);

-- A URL we deliver to: when it is looked at next and by whom, and how it has behaved.
create table peer (
  -- As in outbound.
  address     text primary key,
  due_at      timestamptz,
  holder      uuid,
  lease_until timestamptz,
  -- Attempts in a row that failed.
  failures    integer not null default 0,
  -- Nothing is sent before then but parcels for the last time.
  pause_until timestamptz,
  -- Nothing at all is.
  rest_until  timestamptz,
  -- Whether its last attempt was answered.
  sound       boolean not null default false,
  -- When it was last taken up.
  used        timestamptz not null default now()
);
create index peer_due_at on peer (due_at) where due_at is not null;
create index peer_sound on peer (due_at) where due_at is not null and sound;
create index peer_used on peer (used);
