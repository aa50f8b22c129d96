import { type Identities, identify, type PersonLink } from '@lentera/core/log/persons'
import { datesOf, isOwnStream, projectPhase } from '@lentera/core/plan/project'
import { type CountedCells, countCells } from '@lentera/core/results/count'
import type { DatedPhase } from '@lentera/core/results/periods'
import type { PersonKey, ProgrammeId } from '@lentera/core/shared/ids'
import type { Transaction } from '../database/database.ts'
import { located, moveTallies, type Row } from './contributions.ts'
import type { FoldedStream } from './project.ts'

/** The phases of a programme that are dated. */
export async function phasesOf(transaction: Transaction, programme: ProgrammeId): Promise<DatedPhase[]> {
  return transaction.query<DatedPhase>(
    'phases of a programme',
    `select phase as key, first_quarter as "from", last_quarter as "to" from lentera.phase
     where programme = $1 order by phase`,
    [programme],
  )
}

/**
 * Stores which quarters the programme now says a phase has, and counts every phase that moved again, whole: in the
 * transaction that stored the entry, so that no reader sees dates and figures that do not belong together. It reads the
 * contributions once, page by page (about 25,000 a second were measured on a busy machine); a phase is dated a few times in its life.
 *
 * @param before the phases as they were: what `replaceContributions` has moved their tallies by
 */
export async function projectPhases(
  transaction: Transaction,
  programme: ProgrammeId,
  folded: readonly FoldedStream[],
  before: readonly DatedPhase[],
): Promise<void> {
  for (const { stream, state } of folded.filter(({ noun }) => noun === 'phase')) {
    const planned = projectPhase(state)
    if (!planned || !isOwnStream(stream, planned)) continue
    const now = datesOf(planned)
    const was = before.find(({ key }) => key === planned.phase)
    if (was?.from === now?.from && was?.to === now?.to) continue
    await transaction.query('forget phase', 'delete from lentera.phase where programme = $1 and phase = $2', [
      programme,
      planned.phase,
    ])
    await transaction.query(
      'forget tallies of a phase',
      'delete from lentera.tally where programme = $1 and period = $2',
      [programme, planned.phase],
    )
    if (!now) continue
    await transaction.query('store phase', 'insert into lentera.phase values ($1, $2, $3, $4)', [
      programme,
      now.key,
      now.from,
      now.to,
    ])
    await countPhase(transaction, programme, now)
  }
}

/**
 * Counts one phase from nothing. Counts of groups that share no person add up (`countCells`), so the programme is taken
 * in such groups: those whom links join, all at once, for they are few; then everyone else, whole persons a page; then
 * what is about nobody.
 *
 * @param page contributions read and counted together: what is held in memory, whatever the size of the programme
 */
export async function countPhase(
  transaction: Transaction,
  programme: ProgrammeId,
  phase: DatedPhase,
  page = 20_000,
): Promise<void> {
  const links = await transaction.query<PersonLink>(
    'links of a programme',
    'select a, b, relation from lentera.person_link where programme = $1',
    [programme],
  )
  const as = identify(links)
  const joined = [...new Set(links.flatMap(({ a, b }) => [a, b]))]
  const add = (rows: readonly Row[]): Promise<void> => moveTallies(transaction, programme, counted(rows, as, phase))
  await add(
    await rowsOf(transaction, programme, phase, 'joined persons of a phase', 'person = any($4::uuid[])', [joined]),
  )
  let after: PersonKey | null = null
  do {
    const last: { person: PersonKey | null } | undefined = (
      await transaction.query<{ person: PersonKey | null }>(
        'last person of a page',
        `select max(person::text)::uuid as person from (
           select person from lentera.contribution
           where programme = $1 and person is not null and ($2::uuid is null or person > $2) order by person limit $3
         ) as page`,
        [programme, after, page],
      )
    )[0]
    const from = after
    after = last?.person ?? null
    if (after)
      await add(
        await rowsOf(
          transaction,
          programme,
          phase,
          'other persons of a phase',
          'person <= $4 and ($5::uuid is null or person > $5) and not person = any($6::uuid[])',
          [after, from, joined],
        ),
      )
  } while (after)
  await countNobodys(transaction, programme, phase, page, add)
}

/** What names no person, by the table's own key. */
async function countNobodys(
  transaction: Transaction,
  programme: ProgrammeId,
  phase: DatedPhase,
  page: number,
  add: (rows: readonly Row[]) => Promise<void>,
): Promise<void> {
  let last: Row | undefined
  do {
    const rows: Row[] = await rowsOf(
      transaction,
      programme,
      phase,
      'nobodys of a phase',
      `person is null and ($4::text is null or (audience, stream, fact, record) > ($4, $5::uuid, $6, $7))
       order by audience, stream, fact, record limit $8`,
      [last?.audience ?? null, last?.stream ?? null, last?.fact ?? null, last?.record ?? null, page],
    )
    await add(rows)
    last = rows.length === page ? rows.at(-1) : undefined
  } while (last)
}

const counted = (rows: readonly Row[], as: Identities, phase: DatedPhase): CountedCells =>
  countCells(rows.map(located), as, [phase], (period) => period === phase.key)

/** Of the years the phase touches; which of them lie in it, `countCells` says. */
function rowsOf(
  transaction: Transaction,
  programme: ProgrammeId,
  { from, to }: DatedPhase,
  name: string,
  where: string,
  values: readonly unknown[],
): Promise<Row[]> {
  return transaction.query<Row>(
    name,
    `select audience, stream, fact, record, person, happened_on, organisation, team, dimensions, amount
     from lentera.contribution
     where programme = $1 and left(happened_on, 4) between $2 and $3 and ${where}`,
    [programme, from.slice(0, 4), to.slice(0, 4), ...values],
  )
}
