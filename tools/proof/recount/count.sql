-- Who is counted as whom. `certain`: joins that nobody disputes; `possible`: all that somebody claims.
create temp table relation on commit drop as
  select says ->> 'a' as a, says ->> 'b' as b,
    case when exists (select from head where head.audience = answer.audience and head.stream = answer.stream
        and field = 'relation' and value = '"unsaid"') then 'unsaid'
      when says ->> 'relation' = 'unsettled' then 'doubt' else says ->> 'relation' end as relation
  from answer where record = 'stream' and says ? 'relation';
create temp table component on commit drop as
  with recursive edge as (
    select a, b, relation from relation where relation in ('same', 'doubt')
    union select b, a, relation from relation where relation in ('same', 'doubt')
  ), walk as (
    select person::text as person, person::text as other, surely from happened, unnest(array[true, false]) as surely where person is not null
    union select a, a, surely from edge, unnest(array[true, false]) as surely
    union select walk.person, edge.b, surely from walk join edge on edge.a = walk.other and (edge.relation = 'same' or not surely)
  ) select person, surely, min(other) as whole from walk group by 1, 2;
create temp table counted_as on commit drop as
  select a.person::uuid as person, b.whole as possible,
    case when a.whole in (
      select one.whole from relation join component one on one.person = a and one.surely join component two on two.person = b and two.surely
      where relation in ('not-same', 'doubt') and one.whole = two.whole
    ) then a.person else a.whole end as certain
  from component a join component b using (person) where a.surely and not b.surely;
create index on counted_as (person);

-- When phases are: what is agreed on, and nothing where it runs backwards or was marked as an error.
create temp table phased on commit drop as
  select coded ->> 'phase' as phase, says ->> 'from' as first, says ->> 'to' as last from begun
  where kind = 'plan.phase-dated' and 'unsettled' not in (says ->> 'from', says ->> 'to') and says ->> 'from' <= says ->> 'to';

create temp table placed_in_time on commit drop as
  select happened.*, begun.organisation, begun.team, period
  from happened join begun using (audience, stream)
  cross join lateral (select
    case when happened.said_on ~ '^\d{4}$' then happened.said_on || '-Q1' when happened.said_on ~ 'Q' then happened.said_on
      else left(happened.said_on, 4) || '-Q' || extract(quarter from (left(happened.said_on, 7) || '-01')::date) end as first,
    case when happened.said_on ~ '^\d{4}$' then happened.said_on || '-Q4' end as last) as lasts
  cross join lateral (
    select 'all' as period union all select left(happened.said_on, 4) union all select first where last is null
    union all select phase from phased where lasts.first >= phased.first and coalesce(lasts.last, lasts.first) <= phased.last
  ) as periods;

create temp table cell as
  select what, period, scope, of_part.dims, count(distinct coalesce(possible, each.person::text))::int as low,
    (count(distinct coalesce(certain, each.person::text)) + coalesce(sum(amount) filter (where heads and each.person is null), 0))::int as high,
    sum(amount)::int as contacts
  from placed_in_time each join asked using (what)
  cross join lateral (select coalesce(jsonb_object_agg(name, coalesce(each.dims ->> name, 'unknown')), '{}') as dims from unnest(asked.names) as name) as of_part
  cross join lateral (select 'programme' as scope union all select 'organisation:' || organisation
    union all select 'team:' || team where team is not null) as scopes
  left join counted_as using (person)
  group by 1, 2, 3, 4;

-- Headcounts and intakes, what each source says of each agency and place, and of each rank of whole agencies beside all of them; `age` 1 is the newest day or period of it.
create temp table stock on commit drop as
  select what, period, agency, told, part, source, organisation, first_day, age::int, sum(amount)::int as whole,
    coalesce(sum(amount) filter (where sex = 'female'), 0)::int as women
  from (
    select dated.*, rank() over (partition by what, period, agency, told, part order by first_day desc) as age
    from (
      select what, period, organisation, amount, dims ->> 'agency' as agency, told, part, dims ->> 'source' as source,
        dims ->> 'sex' as sex, case
          when said_on ~ 'Q' then left(said_on, 4) || '-' || lpad((3 * right(said_on, 1)::int - 2)::text, 2, '0') || '-01'
          else said_on || right('-01-01', 10 - length(said_on)) end as first_day
      from placed_in_time cross join lateral (
        select 'place' as told, dims ->> 'place' as part
        union all select 'rank', unnest(array[dims ->> 'rank', 'all']) where what = 'officers' and dims ->> 'place' = 'national'
      ) as parts where what in ('officers', 'recruits') and amount > 0
    ) as dated
  ) as aged group by 1, 2, 3, 4, 5, 6, 7, 8, 9;
