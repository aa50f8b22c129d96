insert into happened (what, audience, stream, said_on, dims)
  select 'outreach', audience, stream, said_on, says from begun where kind = 'awareness.outreach-held'
  union all
  select 'shown', audience, stream, said_on, says from begun where kind = 'awareness.work-shown';

-- Who gave a key is taken out of the headcount of her sex and age, else out of the first in which she could be.
create temp table left_over on commit drop as
  select written.audience, written.stream, written.id, written.coded ->> 'sex' as sex, written.coded ->> 'age' as age,
    min(value::text::int) as heads
  from written join head on head.audience = written.audience and head.stream = written.stream and head.record = written.id::text and field = 'heads'
  where written.kind = 'awareness.heads-counted' group by 1, 2, 3, 4, 5;
create temp table met on commit drop as
  select audience, stream, id, (coded ->> 'person')::uuid as person, says ->> 'sex' as sex, says ->> 'age' as age
  from written where kind = 'awareness.person-met';
create temp table placed (id uuid) on commit drop;
do $$
declare
  someone record;
  group_of uuid;
begin
  for someone in
    select *, false as anywhere from met union all select *, true from met order by anywhere, id
  loop
    -- First everyone where she surely is; then those for whom there was no such place.
    continue when someone.anywhere and exists (select from placed where id = someone.id);
    select id into group_of from left_over
    where audience = someone.audience and stream = someone.stream and heads > 0 and (
      (sex = someone.sex and age = someone.age) or (someone.anywhere
        and (someone.sex in ('unknown', 'unsettled') or sex in ('unknown', someone.sex))
        and (someone.age in ('unknown', 'unsettled') or age in ('unknown', someone.age)))
    ) order by id limit 1;
    if group_of is not null then
      update left_over set heads = heads - 1 where id = group_of and audience = someone.audience;
      insert into placed values (someone.id);
    end if;
  end loop;
end $$;
insert into happened (what, audience, stream, said_on, dims, person, amount, heads)
  select 'reached', audience, stream, begun.said_on,
    jsonb_build_object('setting', says -> 'setting', 'sex', each.sex, 'age', each.age), each.person, amount, heads
  from begun join (
    select audience, stream, sex, age, person, 1 as amount, false as heads from met
    union all select audience, stream, sex, age, null, heads, true from left_over where heads > 0
  ) as each using (audience, stream);

-- The fewest more aware out of the most asked.
insert into happened (what, audience, stream, said_on, dims, amount)
  select 'asked', audience, stream, said_on, jsonb_build_object('question', says -> 'question', 'answer', answer), number
  from (
    select begun.audience, begun.stream, begun.said_on, begun.says,
      max(value::text::int) filter (where field = 'asked') as asked, min(value::text::int) filter (where field = 'moreAware') as aware
    from begun join head on head.audience = begun.audience and head.stream = begun.stream and record = 'stream' and field in ('asked', 'moreAware')
    where kind = 'awareness.sample-taken' group by 1, 2, 3, 4
  ) as sample cross join lateral (values ('more-aware', aware), ('not-more-aware', asked - aware)) as part (answer, number);

-- Of each unit of each work the latest statement; of two amounts the smaller.
insert into happened (what, audience, stream, said_on, dims, amount)
  select distinct on (written.audience, written.stream, written.coded ->> 'unit')
    case written.coded ->> 'unit' when 'people-claimed' then 'claimed' else written.coded ->> 'unit' end,
    written.audience, written.stream, written.said_on,
    jsonb_build_object('channel', begun.says -> 'channel', 'qualifier', written.says -> 'qualifier', 'said-by', written.says -> 'source'),
    (select min(value::text::bigint) from head where head.audience = written.audience and head.stream = written.stream
      and record = written.id::text and field = 'amount')
  from written join begun using (audience, stream) where written.kind = 'awareness.reach-stated'
  order by written.audience, written.stream, written.coded ->> 'unit', written.said_on desc, written.id desc;
