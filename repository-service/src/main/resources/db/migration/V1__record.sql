create table record (
  jti text primary key
);
