-- Headcounts, and the recruits of a period. Where two numbers stand, the fewest women beside the most others, and the most beside
-- the fewest, as two sources. A kind of unit is a part of what is counted already.
create temp table ranked on commit drop as
  select case written.kind when 'workforce.rank-counted' then 'officers' else 'recruits' end as what, written.audience, written.stream,
    written.id, written.says -> 'rank' as rank, field, min(value::text::int) as low, max(value::text::int) as high
  from written join head on head.audience = written.audience and head.stream = written.stream and head.record = written.id::text
    and field in ('women', 'men', 'unrecorded')
  where written.kind = 'workforce.rank-counted' or written.kind = 'workforce.flow-counted' and written.says ->> 'happening' = 'recruited'
  group by 1, 2, 3, 4, 5, 6;
insert into happened (what, audience, stream, said_on, dims, amount)
  select ranked.what, begun.audience, begun.stream, begun.said_on,
    jsonb_build_object('agency', begun.says -> 'agency', 'place', begun.says -> 'place', 'on', begun.said_on,
      'source', begun.id || bound, 'rank', ranked.rank, 'sex', case field when 'women' then 'female' when 'men' then 'male' else 'unknown' end),
    case when (bound = ' high') = (field = 'women') then high else low end
  from ranked join begun on begun.audience = ranked.audience and begun.stream = ranked.stream
    and (ranked.what = 'recruits' or begun.says ->> 'unit' = 'all')
  join (select audience, stream, bool_and(low = high) as settled from ranked group by 1, 2) as whole
    on whole.audience = ranked.audience and whole.stream = ranked.stream
  cross join lateral (select '' as bound where settled union all select unnest(array[' low', ' high']) where not settled) as source;

-- A status stands while no other that is not in error follows it.
create temp table status on commit drop as
  select * from written where kind = 'workforce.status-set';
insert into happened (what, audience, stream, said_on, dims)
  select 'recommendation', begun.audience, begun.stream, begun.said_on, jsonb_build_object('status',
    case when not exists (select from status where status.audience = begun.audience and status.stream = begun.stream) then 'proposed'
      else coalesce((
        select min(says ->> 'status') from status one where one.audience = begun.audience and one.stream = begun.stream
          and not exists (select from status other where other.audience = one.audience and other.stream = one.stream
            and other.coded -> 'follows' ? one.id::text)
        having count(distinct says ->> 'status') = 1
      ), 'unsettled') end)
  from begun where kind = 'workforce.recommendation-made'
  union all
  select 'reform', audience, stream, said_on, says from begun where kind = 'workforce.reform-made';

-- What agencies released of their cover: both ends of every band. A release is never said anew.
insert into happened (what, audience, stream, said_on, dims, amount)
  select 'cover', audience, stream, said_on, jsonb_build_object('agency', coded -> 'agency', 'counted', coded -> 'counted', 'cutOff', said_on,
    'on', coded -> 'made', 'organisation', organisation, 'source', id, 'of', of, 'bound', bound), amount::int
  from begun cross join lateral (
    select band.key as of, ends.key as bound, ends.value as amount
    from jsonb_each(case jsonb_typeof(coded -> 'bands') when 'object' then coded -> 'bands' else '{}' end) as band
    cross join lateral jsonb_each(case jsonb_typeof(band.value) when 'object' then band.value else '{}' end) as ends
    union all select 'nothing', 'high', '1' where jsonb_typeof(coded -> 'bands') = 'null'
  ) as said where kind = 'workforce.cover-released';
