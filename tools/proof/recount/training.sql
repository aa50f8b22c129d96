-- Sessions and who was there.
insert into happened (what, audience, stream, said_on, dims, person)
  select 'session', audience, stream, said_on, says, null from begun where kind = 'training.session-held'
  union all
  select 'attendance', written.audience, written.stream, begun.said_on,
    written.says || jsonb_build_object('country', begun.says -> 'country'), nullif(written.says ->> 'officer', 'unsettled')::uuid
  from written join begun using (audience, stream) where written.kind = 'training.attendance-recorded'
  -- A certificate counts on the later of two days said apart, and is lapsed as soon as one says so.
  union all
  select 'certificate', written.audience, written.stream,
    (select max(value #>> '{}') from head where head.audience = written.audience and head.stream = written.stream
      and record = written.id::text and field = 'certifiedOn'),
    written.says || jsonb_build_object('country', begun.says -> 'country', 'sex', begun.says -> 'sex', 'certificate',
      case when exists (select from head where head.audience = written.audience and head.stream = written.stream
        and record = written.id::text and field = 'lapsed' and value <> 'null') then 'lapsed' else 'standing' end),
    (begun.coded ->> 'trainer')::uuid
  from written join begun using (audience, stream) where written.kind = 'training.trainer-certified'
  union all
  select 'module', audience, stream, said_on, coded, null from begun where kind = 'training.module-opened'
  union all
  select 'language', audience, stream,
    coalesce((select max(head.said_on) from head where head.audience = begun.audience and head.stream = begun.stream
      and record = 'stream' and field = language), said_on),
    jsonb_build_object('module', coded -> 'module', 'language', language, 'state', coalesce(says ->> language, 'missing')), null
  from begun, unnest(array['en', 'id', 'ms', 'fil', 'km', 'lo', 'my', 'th', 'vi', 'zh', 'ta', 'pt', 'tet']) as language
  where kind = 'training.module-opened'
  union all
  select 'request', audience, stream, coalesce(nullif(says ->> 'askedOn', 'unsettled'), said_on), says, null
  from begun where kind = 'training.self-care-requested'
  union all
  select 'webinar', audience, stream, coalesce(nullif(says ->> 'heldOn', 'unsettled'), said_on), says, null
  from begun where kind = 'training.self-care-webinar-held';

-- At a webinar: nobody where fewer than five were there, no sexes where a group is of fewer than five.
create temp table webinar on commit drop as
  select begun.audience, begun.stream, coalesce(nullif(says ->> 'heldOn', 'unsettled'), begun.said_on) as said_on, says ->> 'topic' as topic,
    count(distinct value) as counts, (array_agg(value))[1] as value,
    min((select sum(number::int) from jsonb_each_text(value) as count (sex, number))) as total
  from begun join head on head.audience = begun.audience and head.stream = begun.stream and record = 'stream' and field = 'attendance'
  where kind = 'training.self-care-webinar-held' group by 1, 2, 3, 4;
insert into happened (what, audience, stream, said_on, dims, amount)
  select 'at-webinar', audience, stream, said_on, jsonb_build_object('topic', topic, 'sex', sex), number
  from webinar cross join lateral (
    select 'unsettled' as sex, total as number where counts > 1
    union all
    select case when split then sex else 'not-split' end, sum(amount::int)
    from jsonb_each_text(value) as count (sex, amount), lateral (
      select (value ->> 'female')::int >= 5 and (value ->> 'male')::int >= 5
        and (value ->> 'another')::int not between 1 and 4 and (value ->> 'unknown')::int not between 1 and 4 as split
    ) as may
    where counts = 1 group by 1
  ) as part where total >= 5;
