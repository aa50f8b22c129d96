-- When a programme says that a phase is: derived from the log, and the quarters that tallies of that period count. A phase
-- that is not dated, or of which two answers stand, has no row.
create table lentera.phase (
  programme uuid not null references lentera.programme,
  phase text not null,
  first_quarter text not null,
  last_quarter text not null,
  primary key (programme, phase),
  check (first_quarter <= last_quarter)
);
alter table lentera.phase enable row level security;
alter table lentera.phase force row level security;
create policy of_programme on lentera.phase to lentera_app
  using (programme = nullif(current_setting('lentera.programme', true), '')::uuid)
  with check (programme = nullif(current_setting('lentera.programme', true), '')::uuid);
create policy of_owner on lentera.phase to current_user using (true) with check (true);
-- The region shows beside a phase which quarters each programme means by it.
create policy to_publish on lentera.phase for select to lentera_publish using (true);
grant select, insert, update, delete on lentera.phase to lentera_app;
grant select on lentera.phase to lentera_publish;
