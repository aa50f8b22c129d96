insert into happened (what, audience, stream, said_on, dims)
  select 'product', audience, stream, coalesce(nullif(says ->> 'publishedOn', 'unsettled'), said_on),
    jsonb_build_object('product', says -> 'kind', 'standing', case says ->> 'withdrawn'
      when 'true' then 'withdrawn' when 'unsettled' then 'unsettled' else 'standing' end)
  from begun where kind = 'evidence.product-published'
  union all
  select 'event', audience, stream, coalesce(nullif(says ->> 'heldOn', 'unsettled'), said_on), says
  from begun where kind = 'evidence.event-held'
  union all
  select 'met', audience, stream, coalesce(nullif(says ->> 'heldOn', 'unsettled'), said_on),
    jsonb_build_object('level', says -> 'level', 'audience', group_met)
  from begun cross join jsonb_array_elements_text(
    case jsonb_typeof(says -> 'audiences') when 'array' then says -> 'audiences' else '["unsettled"]' end) as group_met
  where kind = 'evidence.event-held';

-- Copies and downloads: while it is disputed which of the two a number is of, it is of neither.
insert into happened (what, audience, stream, said_on, dims, amount)
  select says ->> 'carrier', audience, stream, said_on, says,
    (select min(value::text::bigint) from head where head.audience = written.audience and head.stream = written.stream
      and record = written.id::text and field = 'amount')
  from written where kind = 'evidence.product-distributed' and says ->> 'carrier' <> 'unsettled';

-- Participants. Of counts that differ the smallest total; else by sex, the rest as what it is.
insert into happened (what, audience, stream, said_on, dims, amount)
  select 'participant', audience, stream, said_on, jsonb_build_object('level', level, 'sex', sex), number
  from (
    select begun.audience, begun.stream, says ->> 'level' as level, coalesce(nullif(says ->> 'heldOn', 'unsettled'), begun.said_on) as said_on,
      count(distinct value) as counts, (array_agg(value))[1] as value, min((value ->> 'total')::int) as total
    from begun join head on head.audience = begun.audience and head.stream = begun.stream and record = 'stream' and field = 'participants'
    where kind = 'evidence.event-held' and value <> 'null' group by 1, 2, 3, 4
  ) as counted cross join lateral (
    select 'unsettled' as sex, total as number where counts > 1
    union all select sex, amount::int from jsonb_each_text(value - 'total') as part (sex, amount) where counts = 1
    union all
    select case when value ? 'female' and not value ? 'male' then 'not-female' else 'unknown' end,
      total - (select coalesce(sum(amount::int), 0) from jsonb_each_text(value - 'total') as part (sex, amount))
    where counts = 1
  ) as part where number > 0;
