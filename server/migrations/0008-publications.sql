-- What is published, as it was made: immutable, under its hash. Beside it what only those see who sign; what its making spent; and
-- of which bytes it was made. Chance made part of it, so nothing can make it again.
create table lentera.publication_content (
  programme uuid not null references lentera.programme,
  publication uuid not null,
  address text not null,
  -- SHA-256 of `content`, which is the very text that was hashed.
  hash text not null,
  content text not null,
  inside jsonb not null,
  -- Of whom it tells (`populationKey`), and what it spent: thousandths, and units of 10^-12.
  population text not null,
  method text not null,
  epsilon bigint not null check (epsilon >= 0),
  delta bigint not null check (delta >= 0),
  made_of text,
  prepared_at timestamptz not null,
  primary key (programme, publication),
  unique (programme, address)
);
create index content_by_making on lentera.publication_content (programme, prepared_at);
alter table lentera.publication_content enable row level security;
alter table lentera.publication_content force row level security;
create policy to_publish on lentera.publication_content to lentera_publish using (true) with check (true);
create policy of_owner on lentera.publication_content to current_user using (true) with check (true);
grant select, insert on lentera.publication_content to lentera_publish;

-- Who signed what, and of what it was made: streams that everyone of the programme reads, and no other.
create policy to_publish on lentera.stream for select to lentera_publish
  using (audience = 'programme' and noun in ('publication', 'release-budget', 'holding', 'data-set'));
grant select on lentera.stream to lentera_publish;
