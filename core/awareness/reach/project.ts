import { agreedValue, type StreamState, streamRecord } from '../../log/fold.ts'
import { type Conflict, conflictsOf, isEnteredInError, recordsOfKind, setOnce } from '../../log/records.ts'
import { Qualifier } from '../../shared/counts.ts'
import type { CivilDate } from '../../shared/dates.ts'
import { type EntryId, OrganisationId } from '../../shared/ids.ts'
import { Country } from '../../shared/places.ts'
import { leastSaid } from '../said.ts'
import { Channel, ReachSource, ReachUnit } from '../words.ts'
import { reachStated } from './entries.ts'

/** How far a work had reached by a day, in one unit. Of two amounts that differ, the smaller. */
export type ReachStatement = {
  readonly record: EntryId
  readonly asOf: CivilDate
  readonly unit: ReachUnit
  readonly amount: number
  readonly qualifier: Qualifier | undefined
  readonly source: ReachSource | undefined
  readonly enteredInError: boolean
}

export type Work = {
  readonly opening: EntryId
  readonly organisation: OrganisationId
  readonly shownOn: CivilDate
  readonly country: Country | undefined
  readonly channel: Channel | undefined
  readonly title: string | undefined
  readonly enteredInError: boolean
  /** The latest first. */
  readonly statements: readonly ReachStatement[]
  readonly conflicts: readonly Conflict[]
}

/** The state of a stream as a work; undefined while the entry that opens it has not arrived. */
export function projectWork(state: StreamState): Work | undefined {
  const root = state.records[streamRecord]
  const opening = root?.fields.organisation?.[0]?.entry
  const organisation = root && OrganisationId.safeParse(setOnce(root, 'organisation')).data
  if (!root?.on || !opening || !organisation) return undefined
  const title = agreedValue(root, 'title')
  return {
    opening,
    organisation,
    shownOn: root.on,
    country: Country.safeParse(setOnce(root, 'country')).data,
    channel: Channel.safeParse(agreedValue(root, 'channel')).data,
    title: typeof title === 'string' ? title : undefined,
    enteredInError: isEnteredInError(state.records[opening]),
    statements: statementsOf(state),
    conflicts: conflictsOf(state),
  }
}

function statementsOf(state: StreamState): ReachStatement[] {
  return recordsOfKind(state, reachStated.kind)
    .flatMap(({ record, state: said }) => {
      const unit = ReachUnit.safeParse(setOnce(said, 'unit')).data
      if (!unit || !said.on) return []
      return {
        record,
        asOf: said.on,
        unit,
        amount: leastSaid(said, 'amount') ?? 0,
        qualifier: Qualifier.safeParse(agreedValue(said, 'qualifier')).data,
        source: ReachSource.safeParse(agreedValue(said, 'source')).data,
        enteredInError: isEnteredInError(said),
      }
    })
    .sort((a, b) => (`${a.asOf} ${a.record}` < `${b.asOf} ${b.record}` ? 1 : -1))
}

/** What counts: of each unit the latest statement that stands. A counter goes on counting, so statements are not added. */
export function latestReach({ statements }: Pick<Work, 'statements'>): ReachStatement[] {
  return ReachUnit.options.flatMap(
    (unit) => statements.find((each) => each.unit === unit && !each.enteredInError) ?? [],
  )
}
