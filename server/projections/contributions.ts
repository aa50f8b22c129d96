import { type Cell, type CountedCells, countCells, difference, type Located } from '@lentera/core/results/count'
import { openFacts } from '@lentera/core/results/indicators'
import type { DatedPhase } from '@lentera/core/results/periods'
import type { Contribution } from '@lentera/core/shared/contribution'
import type { CivilDate } from '@lentera/core/shared/dates'
import type { OrganisationId, PersonKey, ProgrammeId, StreamId, TeamId } from '@lentera/core/shared/ids'
import type { Audience } from '../access/viewer.ts'
import type { Transaction } from '../database/database.ts'
import { linksAround, type MovedLinks } from './person-links.ts'
import type { FoldedStream } from './project.ts'

export type StreamContributions = FoldedStream & { readonly contributions: readonly Contribution[] }

export type Row = {
  audience: Audience
  stream: StreamId
  fact: string
  record: string
  person: PersonKey | null
  happened_on: CivilDate
  organisation: OrganisationId
  team: TeamId | null
  dimensions: Record<string, string>
  amount: string
}

/**
 * Puts what streams contribute now in the place of what they contributed before, and moves the tallies by exactly the
 * difference. Persons are counted, not added up: so everyone whose counting can move (those of the changed streams, and
 * all that links join to them) is counted as she was and as she is.
 *
 * @param phases as they were dated before this change: a phase that moves is counted again afterwards (`phases.ts`)
 */
export async function replaceContributions(
  transaction: Transaction,
  programme: ProgrammeId,
  changed: readonly StreamContributions[],
  moved: MovedLinks,
  phases: readonly DatedPhase[],
): Promise<void> {
  if (changed.length === 0 && moved.persons.size === 0) return
  const changedNames = new Set(changed.map((each) => `${each.audience}|${each.stream}`))
  const now = changed.flatMap((each) => each.contributions.map((contribution) => locate(each, contribution)))
  const persons = new Set([...moved.persons, ...now.flatMap((row) => row.person ?? [])])
  const earlier = await rowsOfStreams(transaction, programme, changed)
  for (const row of earlier) if (row.person) persons.add(row.person)
  const around = await linksAround(transaction, programme, persons, moved)
  const ofPersons = await rowsOfPersons(transaction, programme, [...around.persons])
  const stay = ofPersons.filter((row) => !changedNames.has(`${row.audience}|${row.stream}`))
  const before = countCells([...stay, ...earlier].map(located), around.before, phases)
  const after = countCells([...stay, ...now].map(located), around.after, phases)
  await Promise.all([
    store(transaction, programme, changed, now, earlier),
    moveTallies(transaction, programme, difference(before, after)),
  ])
}

function locate(stream: FoldedStream, contribution: Contribution): Row {
  const owner = ownerOf(stream)
  return {
    audience: stream.audience,
    stream: stream.stream,
    fact: contribution.fact,
    record: contribution.record,
    person: contribution.person,
    happened_on: contribution.on,
    ...owner,
    dimensions: contribution.dimensions,
    amount: String(contribution.amount),
  }
}

/** Whose work a case is, as the entry that opened it says (the log let no one open a case for another's team). */
function ownerOf(stream: FoldedStream): { organisation: OrganisationId; team: TeamId | null } {
  const value = (field: string): unknown => {
    const head = stream.state.records.stream?.fields[field]?.[0]
    return head && 'value' in head ? head.value : null
  }
  // The kind's schema checked both before they were stored.
  return { organisation: value('organisation') as OrganisationId, team: value('team') as TeamId | null }
}

/** A row of the table as it is counted. */
export const located = (row: Row): Located => ({
  fact: row.fact,
  record: row.record,
  person: row.person,
  on: row.happened_on,
  organisation: row.organisation,
  team: row.team,
  dimensions: row.dimensions,
  amount: Number(row.amount),
})

function rowsOfStreams(transaction: Transaction, programme: ProgrammeId, of: readonly FoldedStream[]): Promise<Row[]> {
  return transaction.query<Row>(
    'contributions of streams',
    `select audience, stream, fact, record, person, happened_on, organisation, team, dimensions, amount
     from lentera.contribution where programme = $1 and ${ofStreams}`,
    [programme, ...namesOf(of)],
  )
}

/**
 * Exactly these pairs of audience and stream. The first two conditions are for the index: on a join with the pairs the
 * planner, which has no statistics of a young table, has read all of it (50 ms a batch instead of one).
 */
const ofStreams = `audience = any($2::text[]) and stream = any($3::uuid[]) and audience || '|' || stream = any($4::text[])`

function namesOf(streams: readonly FoldedStream[]): readonly string[][] {
  return [
    [...new Set(streams.map((each) => each.audience))],
    streams.map((each) => each.stream),
    streams.map((each) => `${each.audience}|${each.stream}`),
  ]
}

function rowsOfPersons(
  transaction: Transaction,
  programme: ProgrammeId,
  persons: readonly PersonKey[],
): Promise<Row[]> {
  return transaction.query<Row>(
    'contributions of persons',
    `select audience, stream, fact, record, person, happened_on, organisation, team, dimensions, amount
     from lentera.contribution where programme = $1 and person = any($2::uuid[])`,
    [programme, persons],
  )
}

async function store(
  transaction: Transaction,
  programme: ProgrammeId,
  changed: readonly StreamContributions[],
  now: readonly Row[],
  earlier: readonly Row[],
): Promise<void> {
  const retracted =
    earlier.length > 0 &&
    transaction.query(
      'retract contributions',
      `delete from lentera.contribution where programme = $1 and ${ofStreams}`,
      [programme, ...namesOf(changed)],
    )
  const stored = now.length > 0 && storeRows(transaction, programme, now)
  await Promise.all([retracted, stored])
}

function storeRows(transaction: Transaction, programme: ProgrammeId, now: readonly Row[]): Promise<unknown> {
  return transaction.query(
    'store contributions',
    `insert into lentera.contribution
       (programme, audience, stream, fact, record, person, happened_on, organisation, team, dimensions, amount)
     select $1, * from unnest($2::text[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::uuid[],
       $9::uuid[], $10::jsonb[], $11::bigint[])`,
    [
      programme,
      now.map((row) => row.audience),
      now.map((row) => row.stream),
      now.map((row) => row.fact),
      now.map((row) => row.record),
      now.map((row) => row.person),
      now.map((row) => row.happened_on),
      now.map((row) => row.organisation),
      now.map((row) => row.team),
      now.map((row) => JSON.stringify(row.dimensions)),
      now.map((row) => row.amount),
    ],
  )
}

/** Survivors are counted live for their own team only; what is about nobody who could be harmed, for the whole programme. */
function audienceOf({ fact, scope }: Cell): string {
  if (openFacts.has(fact)) return 'programme'
  return scope.startsWith('team:') ? scope : 'nobody'
}

export async function moveTallies(
  transaction: Transaction,
  programme: ProgrammeId,
  moved: CountedCells,
): Promise<void> {
  if (moved.size === 0) return
  const cells = [...moved]
  const values = [
    programme,
    cells.map(([name]) => name),
    cells.map(([, { cell }]) => cell.scope),
    cells.map(([, { cell }]) => audienceOf(cell)),
    cells.map(([, { cell }]) => cell.fact),
    cells.map(([, { cell }]) => cell.period),
    cells.map(([, { cell }]) => JSON.stringify(cell.dimensions)),
    cells.map(([, { count }]) => count.persons.low),
    cells.map(([, { count }]) => count.persons.high),
    cells.map(([, { count }]) => count.contacts),
  ]
  // Not `on conflict do update`: its proposed row, a negative difference, would break the promise that counts are never
  // below zero before it is ever added.
  await transaction.query(
    'move tallies',
    `with moved as (
       select * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::bigint[],
         $9::bigint[], $10::bigint[]) as moved (name, scope, audience, fact, period, dimensions, low, high, contacts)
     ), updated as (
       update lentera.tally as tally set
         persons_low = tally.persons_low + moved.low,
         persons_high = tally.persons_high + moved.high,
         contacts = tally.contacts + moved.contacts
       from moved where tally.programme = $1 and tally.name = moved.name
       returning tally.name
     )
     insert into lentera.tally
       (programme, name, scope, audience, fact, period, dimensions, persons_low, persons_high, contacts)
     select $1, moved.* from moved where moved.name not in (select name from updated)`,
    values,
  )
}
