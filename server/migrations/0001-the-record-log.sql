-- The record log and what is derived from it. PostgreSQL 15 subset.
-- Rules (docs/decisions): the programme is first in every key; row-level security is forced on every table that holds
-- programme data; the application's role may insert and read entries, never change or delete one.

create schema lentera;

-- Roles are made by the migration (they belong to the cluster); here only what they may do.
grant usage on schema lentera to lentera_app, lentera_publish;

-- One row a programme: `head` is the number of the last entry; taking numbers locks it, so numbers have no gaps and a
-- reader that has seen n has seen all up to n.
create table lentera.programme (
  programme uuid primary key,
  name text not null,
  country text,
  zone text not null,
  demonstration boolean not null,
  head bigint not null default 0
);

-- `text` is the canonical text as signed; every other column is derived from it. `audience` is who may read it: the
-- programme, an organisation, a team, or the stewards. It is part of the key, so that the same id under another audience
-- is simply another row: nobody learns what exists where she may not look.
create table lentera.entry (
  programme uuid not null references lentera.programme,
  audience text not null,
  id uuid not null,
  number bigint not null,
  stream uuid not null,
  kind text not null,
  version int not null,
  author uuid not null,
  device uuid not null,
  hash text not null,
  text text not null,
  signature text not null,
  -- A day, not an instant: in support the moment of arrival would tell when she came.
  received_on date not null,
  primary key (programme, audience, id),
  unique (programme, number)
);
create index entry_of_stream on lentera.entry (programme, audience, stream, number);
create index entry_by_number on lentera.entry (programme, audience, number);

-- Entries of a removed member's device, kept until a person decides.
create table lentera.quarantined_entry (
  programme uuid not null references lentera.programme,
  audience text not null,
  id uuid not null,
  text text not null,
  signature text not null,
  refusal text not null,
  received_on date not null,
  primary key (programme, audience, id)
);

create table lentera.stream (
  programme uuid not null references lentera.programme,
  audience text not null,
  stream uuid not null,
  noun text not null,
  state jsonb not null,
  primary key (programme, audience, stream)
);
create index stream_by_noun on lentera.stream (programme, audience, noun);

-- What each device says it has made, in order, whether it was stored or refused.
create table lentera.chain_link (
  programme uuid not null references lentera.programme,
  device uuid not null,
  position bigint not null,
  hash text not null,
  primary key (programme, device, position),
  unique (programme, device, hash)
);

-- Order-free digest of all entries of an audience (eight sums of 32 bits over their hashes): proves completeness against faults.
create table lentera.audience_digest (
  programme uuid not null references lentera.programme,
  audience text not null,
  entries bigint not null,
  digest text not null,
  primary key (programme, audience)
);

-- Membership, folded from the log.
create table lentera.organisation (
  programme uuid not null references lentera.programme,
  organisation uuid not null,
  name text not null,
  root_sign text not null,
  root_recovery text not null,
  primary key (programme, organisation)
);
create table lentera.team (
  programme uuid not null references lentera.programme,
  team uuid not null,
  organisation uuid not null,
  name text not null,
  primary key (programme, team)
);
create table lentera.member (
  programme uuid not null references lentera.programme,
  member uuid not null,
  organisation uuid not null,
  team uuid,
  roles text[] not null,
  label text not null,
  certificate jsonb not null,
  removed boolean not null default false,
  primary key (programme, member)
);
create table lentera.device (
  programme uuid not null references lentera.programme,
  device uuid not null,
  member uuid not null,
  certificate jsonb not null,
  sign_key text not null,
  primary key (programme, device)
);

-- Counting. `contribution` stays inside the house; boards read `tally`.
create table lentera.person_link (
  programme uuid not null references lentera.programme,
  stream uuid not null,
  a uuid not null,
  b uuid not null,
  relation text not null check (relation in ('same', 'not-same', 'unsaid', 'doubt')),
  primary key (programme, stream)
);
create index person_link_a on lentera.person_link (programme, a);
create index person_link_b on lentera.person_link (programme, b);

create table lentera.contribution (
  programme uuid not null references lentera.programme,
  audience text not null,
  stream uuid not null,
  fact text not null,
  record text not null,
  person uuid,
  happened_on text not null,
  organisation uuid not null,
  team uuid,
  dimensions jsonb not null,
  amount bigint not null,
  primary key (programme, audience, stream, fact, record)
);
create index contribution_of_person on lentera.contribution (programme, person);

-- `scope` is what a cell counts over: a team, an organisation, the programme. Only a team reads its own live (`audience`);
-- the wider ones have the audience `nobody`: they leave as of a cut-off, through publishing.
create table lentera.tally (
  programme uuid not null references lentera.programme,
  name text not null,
  scope text not null,
  audience text not null,
  fact text not null,
  period text not null,
  dimensions jsonb not null,
  persons_low bigint not null check (persons_low >= 0),
  persons_high bigint not null check (persons_high >= 0),
  contacts bigint not null,
  primary key (programme, name)
);
create index tally_of_fact on lentera.tally (programme, audience, fact, period);

-- Tallies as they stood when a cut-off passed: what everyone outside the case team sees of survivors.
create table lentera.cut_off (
  programme uuid not null references lentera.programme,
  label text not null,
  head bigint not null,
  made_at timestamptz not null,
  primary key (programme, label)
);
create table lentera.tally_at_cut_off (
  programme uuid not null references lentera.programme,
  label text not null,
  name text not null,
  scope text not null,
  audience text not null,
  fact text not null,
  period text not null,
  dimensions jsonb not null,
  persons_low bigint not null,
  persons_high bigint not null,
  contacts bigint not null,
  primary key (programme, label, name)
);

-- What was released, as it was released: immutable, so that a later version of the rules never shows the same cut-off
-- another way (what one way hides the other might give away).
create table lentera.release (
  fact text not null,
  as_of text not null,
  -- Which cut-offs of which programmes it stands on, and on which release before it.
  path text not null,
  released_at timestamptz not null,
  tables jsonb not null,
  primary key (fact, path)
);
alter table lentera.release enable row level security;
alter table lentera.release force row level security;
create policy to_publish on lentera.release to lentera_publish using (true) with check (true);
create policy of_owner on lentera.release to current_user using (true) with check (true);
grant select, insert on lentera.release to lentera_publish;

-- Outside the log (the list stands in ARCHITECTURE.md): keys that can be destroyed, accounts, sessions, bytes.
create table lentera.wrapped_key (
  programme uuid not null references lentera.programme,
  audience text not null,
  stream uuid not null,
  key uuid not null,
  epoch int not null,
  -- `member:<id>`, `recovery` or `key:<id>`
  recipient text not null,
  wrapped text not null,
  hash text not null,
  primary key (programme, audience, key, epoch, recipient)
);
create index wrapped_key_of_stream on lentera.wrapped_key (programme, audience, stream);

create table lentera.account (
  -- SHA-256 of the login name: the names people choose are not listed anywhere.
  lookup text primary key,
  programme uuid not null references lentera.programme,
  member uuid not null,
  kdf jsonb not null,
  verifier text not null,
  wrapped jsonb not null
);
create table lentera.session (
  token text primary key,
  programme uuid not null references lentera.programme,
  member uuid not null,
  last_used timestamptz not null
);

create table lentera.blob (
  programme uuid not null references lentera.programme,
  hash text not null,
  bytes bytea not null,
  primary key (programme, hash)
);
-- An imported data set's rows as they are in the source, repeats too.
create table lentera.data_set_row (
  programme uuid not null references lentera.programme,
  data_set uuid not null,
  line int not null,
  cells jsonb not null,
  primary key (programme, data_set, line)
);

-- The second lock. Plain settings and no sub-queries (Citus 13.2 refuses or silently empties the rest):
--   lentera.programme   the tenant, always in the policy because it distributes
--   lentera.audiences   what this viewer may read, comma separated
--   lentera.work        'projection' while the log writes what it derives, 'sign-in' while a session is looked up
do $$
declare
  t text;
begin
  foreach t in array array['entry', 'quarantined_entry', 'stream', 'audience_digest', 'contribution', 'tally',
                           'tally_at_cut_off', 'wrapped_key'] loop
    execute format('alter table lentera.%I enable row level security', t);
    execute format('alter table lentera.%I force row level security', t);
    execute format($p$create policy of_audience on lentera.%I to lentera_app
      using (programme = nullif(current_setting('lentera.programme', true), '')::uuid
             and (audience = any(string_to_array(nullif(current_setting('lentera.audiences', true), ''), ','))
                  or current_setting('lentera.work', true) = 'projection'))
      with check (programme = nullif(current_setting('lentera.programme', true), '')::uuid)$p$, t);
  end loop;
  foreach t in array array['programme', 'chain_link', 'organisation', 'team', 'member', 'device', 'person_link',
                           'cut_off', 'blob', 'data_set_row'] loop
    execute format('alter table lentera.%I enable row level security', t);
    execute format('alter table lentera.%I force row level security', t);
    execute format($p$create policy of_programme on lentera.%I to lentera_app
      using (programme = nullif(current_setting('lentera.programme', true), '')::uuid)
      with check (programme = nullif(current_setting('lentera.programme', true), '')::uuid)$p$, t);
  end loop;
  foreach t in array array['account', 'session'] loop
    execute format('alter table lentera.%I enable row level security', t);
    execute format('alter table lentera.%I force row level security', t);
    execute format($p$create policy at_sign_in on lentera.%I to lentera_app
      using (current_setting('lentera.work', true) = 'sign-in'
             or programme = nullif(current_setting('lentera.programme', true), '')::uuid)
      with check (programme = nullif(current_setting('lentera.programme', true), '')::uuid)$p$, t);
  end loop;
end $$;
-- Tables FORCEd also for their owner: the owner reads everything only by asking for it by name.
do $$
declare
  t text;
begin
  foreach t in array array['entry', 'quarantined_entry', 'stream', 'audience_digest', 'contribution', 'tally',
                           'tally_at_cut_off', 'wrapped_key', 'programme', 'chain_link', 'organisation', 'team', 'member',
                           'device', 'person_link', 'cut_off', 'blob', 'data_set_row', 'account', 'session'] loop
    execute format($p$create policy of_owner on lentera.%I to %I using (true) with check (true)$p$, t, current_user);
  end loop;
  -- Publishing reads tallies, nothing else.
  foreach t in array array['cut_off', 'tally_at_cut_off', 'programme'] loop
    execute format('create policy to_publish on lentera.%I for select to lentera_publish using (true)', t);
  end loop;
end $$;

grant select, insert on lentera.entry, lentera.chain_link, lentera.blob, lentera.data_set_row, lentera.cut_off,
  lentera.tally_at_cut_off to lentera_app;
grant select, insert, update on lentera.programme, lentera.stream, lentera.audience_digest, lentera.organisation,
  lentera.team, lentera.member, lentera.device, lentera.person_link to lentera_app;
grant select, insert, update, delete on lentera.contribution, lentera.tally, lentera.wrapped_key, lentera.account,
  lentera.session, lentera.quarantined_entry to lentera_app;
grant select on lentera.cut_off, lentera.tally_at_cut_off, lentera.programme to lentera_publish;
