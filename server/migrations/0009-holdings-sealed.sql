-- Bytes of files that something is made of and that nobody reads: sealed under a key of the server that is in no table. Files that others
-- published for everybody stay in `blob`.
create table lentera.holding_bytes (
  programme uuid not null references lentera.programme,
  -- SHA-256 of the file.
  hash text not null,
  sealed bytea not null,
  primary key (programme, hash)
);
alter table lentera.holding_bytes enable row level security;
alter table lentera.holding_bytes force row level security;
create policy of_programme on lentera.holding_bytes to lentera_app
  using (programme = nullif(current_setting('lentera.programme', true), '')::uuid)
  with check (programme = nullif(current_setting('lentera.programme', true), '')::uuid);
create policy of_owner on lentera.holding_bytes to current_user using (true) with check (true);
-- The same file brought again is sealed anew: the server's secret may be another by then.
grant select, insert, update (sealed) on lentera.holding_bytes to lentera_app;
