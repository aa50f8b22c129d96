-- Casework. Counted is whose undisputed answer to being counted is yes.
insert into happened (what, audience, stream, said_on, dims, person)
  select 'case', audience, stream, said_on, says, person from begun
  where kind = 'support.case-opened' and says ->> 'consentCounting' = 'given'
  union all
  select 'service', written.audience, written.stream, written.counted_on, begun.says || written.says, person
  from written join begun using (audience, stream)
  where written.kind = 'support.service-delivered' and begun.says ->> 'consentCounting' = 'given';

-- Livelihoods. The figures are of women.
insert into happened (what, audience, stream, said_on, dims, person)
  select case written.kind when 'livelihoods.course-attended' then 'course' when 'livelihoods.grant-given' then 'grant' else 'follow-up' end,
    written.audience, written.stream, written.counted_on, begun.says || written.says, person
  from written join begun using (audience, stream)
  where written.kind like 'livelihoods.%' and begun.says ->> 'consentCounting' = 'given' and begun.says ->> 'sex' = 'female';

-- Criminal cases. What appeals have made of each verdict, then how each accused stands.
create temp table verdict on commit drop as
  select given.audience, given.stream, given.id::text as verdict, given.coded ->> 'accused' as accused, given.says ->> 'verdict' as said,
    case when bool_or(appeal.says ->> 'outcome' = 'overturned') then 'overturned'
      when bool_or(appeal.says ->> 'outcome' = 'unsettled') then 'unsettled'
      when bool_or(appeal.says ->> 'outcome' = 'pending') then 'under-appeal' else 'stands' end as holds
  from written given
  left join written appeal on appeal.audience = given.audience and appeal.stream = given.stream
    and appeal.kind = 'justice.appeal-filed' and appeal.coded ->> 'verdict' = given.id::text
  where given.kind = 'justice.verdict-given' group by 1, 2, 3, 4, 5;
create temp table accused on commit drop as
  select a.audience, a.stream, a.id, a.counted_on, a.says,
    case when count(verdict) = 0 then 'none-yet'
      when count(distinct said) > 1 or bool_or(holds = 'unsettled') then 'unsettled'
      when bool_or(holds = 'under-appeal') then 'under-appeal' else min(said) end as standing
  from written a left join verdict on verdict.audience = a.audience and verdict.stream = a.stream
    and verdict.accused = a.id::text and holds <> 'overturned'
  where a.kind = 'justice.accused-recorded' group by 1, 2, 3, 4, 5;
insert into happened (what, audience, stream, said_on, dims, person)
  select case written.kind when 'justice.stage-reached' then 'stage' else 'compensation' end,
    written.audience, written.stream, counted_on, written.says, person
  from written join begun using (audience, stream)
  where written.kind in ('justice.stage-reached', 'justice.compensation-recorded')
  union all
  select 'accused', audience, stream, counted_on, says || jsonb_build_object('verdict', standing), id from accused
  union all
  select 'sentence', passed.audience, passed.stream, passed.counted_on,
    jsonb_build_object('sex', accused.says ->> 'sex', 'years', case passed.says ->> 'sentence'
      when 'unsettled' then 'unsettled' when 'imprisonment' then coalesce(passed.says ->> 'years', 'unsettled')
      when 'life-imprisonment' then 'life' else 'none' end), accused.id
  from written passed join verdict on verdict.audience = passed.audience and verdict.stream = passed.stream
    and verdict.verdict = passed.coded ->> 'verdict' and said = 'convicted' and holds = 'stands'
  join accused on accused.audience = passed.audience and accused.stream = passed.stream
    and accused.id::text = verdict.accused and standing = 'convicted'
  where passed.kind = 'justice.sentence-passed';

-- Stories. The text that stands is all of one entry; of readings by others than its writer, one sent back holds.
create temp table approved on commit drop as
  select begun.audience, begun.stream, begun.person, begun.says ->> 'language' as language, reading.said_on
  from begun
  join head text on text.audience = begun.audience and text.stream = begun.stream and text.record = 'stream' and text.field = 'text'
  cross join lateral (
    select said_on from head where audience = text.audience and stream = text.stream and record = text.id::text
      and field = 'reading' and author <> text.author and value = '"approved"' order by id limit 1
  ) reading
  where begun.kind = 'story.begun' and begun.says ->> 'language' <> 'unsettled'
    and not exists (select from head where audience = text.audience and stream = text.stream and record = 'stream'
      and field in ('text', 'changedName', 'photo') and id <> text.id)
    and exists (select from head where audience = text.audience and stream = text.stream and record = 'stream' and field = 'changedName')
    and not exists (select from head where audience = text.audience and stream = text.stream and record = text.id::text
      and field = 'reading' and author <> text.author and value = '"sent-back"');
-- Of answers given apart: withdrawn before refused before given, then what ends sooner, then what was said later.
create temp table consent on commit drop as
  select distinct on (audience, stream, field) audience, stream, field as use, value ->> 'answer' as answer, said_on, ends from (
    select *, least(value ->> 'until', latest / 4 || '-Q' || latest % 4 + 1) as ends from (
      select *, left(said_on, 4)::int * 4 + right(said_on, 1)::int - 1 + 8 as latest from head
      where record = 'stream' and field in ('printed-report', 'website', 'social-media', 'press', 'training', 'donor-meeting')
    ) dated
  ) each
  where (audience, stream) in (select audience, stream from approved)
  order by audience, stream, field, array_position(array['withdrawn', 'refused', 'given'], value ->> 'answer'), ends, said_on desc;
insert into happened (what, audience, stream, said_on, dims, person)
  select 'story', audience, stream, greatest(consent.said_on, approved.said_on),
    jsonb_build_object('use', use, 'language', language), person
  from approved join consent using (audience, stream)
  where answer = 'given' and greatest(consent.said_on, approved.said_on) <= ends;
