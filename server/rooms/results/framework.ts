import type { StreamState } from '@lentera/core/log/fold'
import { planned as plannedNouns } from '@lentera/core/log/kind'
import {
  type Baseline,
  datesOf,
  isOwnStream,
  type PlannedPhase,
  projectBaseline,
  projectPhase,
  projectTarget,
  type Target,
} from '@lentera/core/plan/project'
import type { Figure } from '@lentera/core/results/figure'
import { objectives, phases } from '@lentera/core/results/framework'
import { type CountMode, countModeOf, type Indicator, indicators } from '@lentera/core/results/indicators'
import type { DatedPhase } from '@lentera/core/results/periods'
import type { StreamId } from '@lentera/core/shared/ids'
import type { Viewer } from '../../access/viewer.ts'
import type { Database, Transaction } from '../../database/database.ts'
import { type BoardSource, figuresFor } from './figures.ts'

/**
 * The whole results framework as one reader may see it: objective, outcome, output, indicator, and of each indicator what
 * is planned beside what is counted. What is planned is said by somebody, with a source; null and an empty list are "not given".
 */
export type Framework = {
  readonly phases: readonly FrameworkPhase[]
  readonly objectives: readonly {
    readonly number: number
    readonly outcomes: readonly {
      readonly key: string
      readonly outputs: readonly { readonly key: string; readonly indicators: readonly FrameworkIndicator[] }[]
    }[]
  }[]
}

/** `from` and `to` are those of the reader's own programme; null where it has not said them, or not agreed on them. */
export type FrameworkPhase = {
  readonly key: string
  readonly donor: string
  readonly from: string | null
  readonly to: string | null
  readonly source: string | null
  /** In a regional office: which quarters each country's programme means. Its figures are of the union of them. */
  readonly programmes?: readonly { readonly country: string | null; readonly from: string; readonly to: string }[]
}

export type FrameworkIndicator = {
  readonly key: string
  readonly definition: number
  readonly unit: Indicator['unit']
  readonly count: CountMode
  readonly about: Indicator['subject']
  readonly disaggregation: readonly (readonly string[])[]
  readonly baseline: Pick<Baseline, 'measured' | 'qualifier' | 'day' | 'source' | 'organisation' | 'saidOn'> | null
  readonly targets: readonly Pick<Target, 'period' | 'aimed' | 'direction' | 'source' | 'organisation' | 'saidOn'>[]
  readonly actuals: readonly Pick<Figure, 'period' | 'scope' | 'value' | 'asOf' | 'countedAt'>[]
}

/** @param now milliseconds since 1970, for `countedAt` */
export async function frameworkFor(source: BoardSource, viewer: Viewer, now: number = Date.now()): Promise<Framework> {
  const { database } = source
  const { plan, years } = await database.asViewer(viewer, async (transaction) => ({
    plan: await planOf(transaction, viewer),
    years: await yearsOf(transaction, viewer),
  }))
  const figures: Figure[] = []
  const aimed = plan.targets.map(({ period }) => period)
  for (const period of new Set(['all', ...phases.map(({ key }) => key), ...[...years, ...aimed].sort()]))
    figures.push(...(await figuresFor(source, viewer, period, now)))
  const actuals = Map.groupBy(figures, ({ key }) => key)
  const indicatorOf = (key: string): FrameworkIndicator[] => {
    const indicator = indicators.find((each) => each.key === key)
    return indicator ? [framed(indicator, plan, actuals.get(key) ?? [])] : []
  }
  return {
    phases: await phasesFor(database, viewer, plan.phases),
    objectives: objectives.map(({ number, outcomes }) => ({
      number,
      outcomes: outcomes.map(({ key, outputs }) => ({
        key,
        outputs: outputs.map((output) => ({ key: output.key, indicators: output.indicators.flatMap(indicatorOf) })),
      })),
    })),
  }
}

export type Plan = {
  readonly phases: readonly PlannedPhase[]
  readonly baselines: readonly Baseline[]
  readonly targets: readonly Target[]
}

function framed(indicator: Indicator, plan: Plan, actuals: readonly Figure[]): FrameworkIndicator {
  const { key, definition, unit, subject, breakdowns } = indicator
  const baseline = plan.baselines.find((each) => each.indicator === key)
  return {
    key,
    definition,
    unit,
    count: countModeOf(indicator),
    about: subject,
    disaggregation: breakdowns.filter((by) => by.length > 0),
    baseline: baseline
      ? {
          measured: baseline.measured,
          qualifier: baseline.qualifier,
          day: baseline.day,
          source: baseline.source,
          organisation: baseline.organisation,
          saidOn: baseline.saidOn,
        }
      : null,
    targets: plan.targets
      .filter((each) => each.indicator === key)
      .map(({ period, aimed, direction, source, organisation, saidOn }) => ({
        period,
        aimed,
        direction,
        source,
        organisation,
        saidOn,
      })),
    actuals: actuals.map(({ period, scope, value, asOf, countedAt }) => ({ period, scope, value, asOf, countedAt })),
  }
}

/** What the reader's own programme plans, as it stands: without what was entered in error. */
export async function planOf(transaction: Transaction, viewer: Viewer): Promise<Plan> {
  const rows = await transaction.query<{ stream: StreamId; noun: string; state: StreamState }>(
    'streams of a plan',
    `select stream, noun, state from lentera.stream
     where programme = $1 and audience = 'programme' and noun = any($2::text[]) order by stream`,
    [viewer.programme, [...plannedNouns]],
  )
  const standing = <T extends PlannedPhase | Baseline | Target>(
    noun: string,
    project: (state: StreamState) => T | undefined,
  ) =>
    rows.flatMap((row) => {
      const each = row.noun === noun ? project(row.state) : undefined
      return each && isOwnStream(row.stream, each) && !each.enteredInError ? [each] : []
    })
  return {
    phases: standing('phase', projectPhase),
    baselines: standing('baseline', projectBaseline),
    targets: standing('target', projectTarget),
  }
}

/** The years in which anything is counted that this reader may see live. */
async function yearsOf(transaction: Transaction, viewer: Viewer): Promise<string[]> {
  const rows = await transaction.query<{ period: string }>(
    'years of tallies',
    `select distinct period from lentera.tally where programme = $1 and period ~ '^\\d{4}$' and contacts > 0 order by period`,
    [viewer.programme],
  )
  return rows.map(({ period }) => period)
}

export async function phasesFor(
  database: Database,
  viewer: Viewer,
  planned: readonly PlannedPhase[],
): Promise<FrameworkPhase[]> {
  const countries =
    viewer.country === null
      ? await database.asPublisher((transaction) =>
          transaction.query<DatedPhase & { country: string | null }>(
            'phases of the countries',
            `select phase.phase as key, first_quarter as "from", last_quarter as "to", programme.country
             from lentera.phase join lentera.programme on programme.programme = phase.programme
             where programme.country is not null order by programme.country`,
          ),
        )
      : undefined
  return phases.map(({ key, donor }) => {
    const said = planned.find(({ phase }) => phase === key)
    const dates = said && datesOf(said)
    const programmes = countries
      ?.filter((each) => each.key === key)
      .map(({ country, from, to }) => ({ country, from, to }))
    return {
      key,
      donor,
      from: dates?.from ?? null,
      to: dates?.to ?? null,
      source: said?.source ?? null,
      ...(programmes ? { programmes } : {}),
    }
  })
}
