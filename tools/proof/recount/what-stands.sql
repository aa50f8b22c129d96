-- What the entries of the log say and what of it stands, from their texts alone. Every room's count reads these tables.
--   head    one value of one field of one record that no later known entry of the stream has replaced
--   answer  of each record its fields: the value that stands, or 'unsettled' where heads differ
--   begun   streams that were opened and are not entered in error; `written` the same of the records inside them
create temp table known on commit drop as
  select audience, stream, id, kind, author, text::jsonb ->> 'on' as said_on, text::jsonb -> 'coded' as coded,
    text::jsonb -> 'sealed' as sealed, text::jsonb -> 'parents' as parents
  from lentera.entry;
create index on known (audience, stream, id);

create temp table parent on commit drop as
  select child.audience, child.id, named.id as parent
  from known child cross join jsonb_array_elements_text(child.parents) as name
  join known named on named.audience = child.audience and named.stream = child.stream and named.id = name::uuid;
create index on parent (audience, id);

create temp table ancestor on commit drop as
  with recursive up as (
    select audience, id, parent as ancestor from parent
    union
    select up.audience, up.id, parent.parent from up join parent on parent.audience = up.audience and parent.id = up.ancestor
  ) select * from up;
create unique index on ancestor (audience, id, ancestor);

-- Entries that make a record of their own. All others say something of the record they name, or of the stream.
create temp table maker (kind text) on commit drop;
insert into maker values
  ('support.need-recorded'), ('support.service-delivered'),
  ('livelihoods.course-attended'), ('livelihoods.grant-given'), ('livelihoods.business-followed-up'),
  ('justice.stage-reached'), ('justice.accused-recorded'), ('justice.verdict-given'), ('justice.sentence-passed'),
  ('justice.appeal-filed'), ('justice.compensation-recorded'),
  ('training.attendance-recorded'), ('training.trainer-certified'), ('training.trainer-step-taken'),
  ('awareness.heads-counted'), ('awareness.person-met'), ('awareness.reach-stated'),
  ('workforce.rank-counted'), ('workforce.flow-counted'), ('workforce.status-set'), ('evidence.product-distributed');

create temp table said on commit drop as
  select audience, stream, id, author, said_on, field, value,
    case when coded ? 'record' then coded ->> 'record' when kind in (table maker) then id::text else 'stream' end as record
  from known cross join lateral (
    select * from jsonb_each(coded - 'record') union all select * from jsonb_each(sealed)
  ) as each (field, value)
  where kind not like 'log.%' or kind = 'log.person-linked';
create index on said (audience, stream, record, field);

create temp table head on commit drop as
  select * from said one where not exists (
    select from said other join ancestor on ancestor.audience = other.audience and ancestor.id = other.id
    where other.audience = one.audience and other.stream = one.stream and other.record = one.record
      and other.field = one.field and ancestor.ancestor = one.id
  );
create index on head (audience, stream, record, field);

create temp table answer on commit drop as
  select audience, stream, record, jsonb_object_agg(field, value) as says from (
    select audience, stream, record, field,
      case when count(distinct value) = 1 then (array_agg(value))[1] else '"unsettled"' end as value
    from head group by 1, 2, 3, 4
  ) each group by 1, 2, 3;

create temp table wrong on commit drop as
  select distinct audience, stream, record from head where field = 'enteredInError' and value = 'true';

create temp table begun on commit drop as
  select distinct on (opening.audience, opening.stream) opening.audience, opening.stream, opening.id, opening.kind,
    opening.said_on, opening.coded ->> 'organisation' as organisation, opening.coded ->> 'team' as team,
    (opening.coded ->> 'person')::uuid as person, opening.coded, says
  from known opening join answer on answer.audience = opening.audience and answer.stream = opening.stream and record = 'stream'
  where opening.coded ? 'organisation' and opening.kind not like 'log.%' and not exists (
    select from known marked join wrong on wrong.audience = marked.audience and wrong.stream = marked.stream
      and wrong.record = marked.id::text
    where marked.audience = opening.audience and marked.stream = opening.stream and marked.coded ? 'organisation'
  )
  order by opening.audience, opening.stream, opening.id;
create index on begun (audience, stream);

create temp table written on commit drop as
  select known.audience, known.stream, known.id, known.kind, known.said_on, known.coded, answer.says,
    coalesce(nullif(answer.says ->> 'quarter', 'unsettled'), known.said_on) as counted_on
  from known join answer on answer.audience = known.audience and answer.stream = known.stream and record = known.id::text
  join begun on begun.audience = known.audience and begun.stream = known.stream
  where known.kind in (table maker) and not exists (
    select from wrong where wrong.audience = known.audience and wrong.stream = known.stream and wrong.record = known.id::text
  );

-- One thing that happened, as a room's count says it. `heads`: people of whom nobody said who they are.
create temp table happened (
  what text, audience text, stream uuid, said_on text, dims jsonb,
  person uuid, amount bigint default 1, heads boolean default false
) on commit drop;
