import { isOver, wrongAsked } from '@lentera/core/donor-report/capture'
import type { PhaseDates, ReportedIndicator, ReportModel } from '@lentera/core/donor-report/model'
import { type DonorReport, projectDonorReport } from '@lentera/core/donor-report/project'
import type { StreamState } from '@lentera/core/log/fold'
import { type Phase, Quarter } from '@lentera/core/plan/words'
import { objectives, phases } from '@lentera/core/results/framework'
import { countModeOf, type Indicator, indicators } from '@lentera/core/results/indicators'
import { yearOf } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { ReleasedValue } from '@lentera/release/release'
import type { Viewer } from '../../access/viewer.ts'
import type { Database } from '../../database/database.ts'
import { type Plan, phasesFor, planOf } from '../../rooms/results/framework.ts'
import type { Population, Releases } from '../releases.ts'
import { type Frozen, figuresAt, labelsOf } from './frozen.ts'

/** What reports are made from. */
export type ReportSource = { readonly database: Database; readonly releases: Releases }

/** What there is to choose from when a report is opened. */
export type ReportChoices = {
  readonly phases: readonly { readonly key: Phase; readonly donor: string; readonly dates: readonly PhaseDates[] }[]
  /** Labels, the newest first. */
  readonly cutOffs: readonly string[]
}

export async function choicesFor({ database }: ReportSource, viewer: Viewer): Promise<ReportChoices> {
  const [dated, cutOffs] = await Promise.all([
    datesFor(database, viewer, await ownPlan(database, viewer)),
    database.asPublisher((transaction) => labelsOf(transaction, populationOf(viewer))),
  ])
  return { phases: dated, cutOffs }
}

/**
 * A report of the viewer's organisation with its figures, all of which may leave: those of her programme, or in a regional
 * office of every programme. Counted figures are frozen at its cut-off; what is planned stands as it stands today.
 * Refused: `access.not-found`, `donor-report.entered-in-error`, and as `wrongAsked`.
 */
export async function donorReportFor(
  { database, releases }: ReportSource,
  viewer: Viewer,
  stream: StreamId,
): Promise<Decision<ReportModel<ReleasedValue>>> {
  const report = await findReport(database, viewer, stream)
  if (!report) return refuse('access.not-found')
  if (report.enteredInError) return refuse('donor-report.entered-in-error')
  const population = populationOf(viewer)
  const plan = await ownPlan(database, viewer)
  const [dated, labels] = await Promise.all([
    datesFor(database, viewer, plan),
    database.asPublisher((transaction) => labelsOf(transaction, population)),
  ])
  const phase = dated.find(({ key }) => key === report.phase)
  if (!phase) return refuse('donor-report.phase-not-dated')
  const wrong = wrongAsked(report, { dates: datesOfPhase(phase), cutOffs: labels })
  if (wrong) return { ok: false, refusal: wrong }
  const newest = labels[0] ?? report.cutOff
  const year = yearOf(report.quarter)
  const periods = [report.quarter, report.phase, year, 'all']
  const source = { database, releases }
  const frozen = await figuresAt(source, population, report.cutOff, periods)
  const now = await figuresAt(source, population, newest, [report.quarter])
  const tell = (key: string) => reported(key, report, plan, frozen, now)
  return accept({
    phase,
    quarter: report.quarter,
    year,
    cutOff: report.cutOff,
    isOver: isOver(report),
    programme: { name: await nameOf(database, viewer), country: viewer.country },
    cutOffs: frozen.cutOffs,
    newest,
    objectives: await inOrder(objectives, async ({ number, outcomes }) => ({
      number,
      outcomes: await inOrder(outcomes, async ({ key, outputs }) => ({
        key,
        outputs: await inOrder(outputs, async (output) => ({
          key: output.key,
          indicators: (await inOrder(output.indicators, tell)).flat(),
        })),
      })),
    })),
    narratives: report.narratives,
  })
}

/** One indicator, or none where the report was opened before there was one. */
async function reported(
  key: string,
  report: DonorReport,
  plan: Plan,
  frozen: Frozen,
  now: Frozen,
): Promise<readonly ReportedIndicator<ReleasedValue>[]> {
  const indicator = indicators.find((each) => each.key === key)
  const definition = report.definitions[key]
  if (!indicator || definition === undefined) return []
  const { unit, subject } = indicator
  const of = (period: string) => frozen.valueOf(indicator, period)
  const [quarter, phase, year, all] = [
    await of(report.quarter),
    await of(report.phase),
    await of(yearOf(report.quarter)),
    await of('all'),
  ]
  const baseline = plan.baselines.find((each) => each.indicator === key)
  return [
    {
      key,
      definition,
      isRedefined: definition !== indicator.definition,
      unit,
      count: countModeOf(indicator),
      about: subject,
      baseline: baseline
        ? { measured: baseline.measured, qualifier: baseline.qualifier, day: baseline.day, source: baseline.source }
        : null,
      targets: plan.targets
        .filter(
          ({ indicator: of, period }) => of === key && [report.phase, yearOf(report.quarter), 'all'].includes(period),
        )
        .map(({ period, aimed, direction, source }) => ({ period, aimed, direction, source })),
      values: { quarter: quarter.value, phase: phase.value, year: year.value, all: all.value },
      asOf: all.asOf,
      since: await changedSince(indicator, report.quarter, quarter.value, now),
    },
  ]
}

/** Of survivors nothing is released by quarter, so nothing can have changed in it that may be said. */
async function changedSince(
  indicator: Indicator,
  quarter: string,
  was: ReleasedValue,
  now: Frozen,
): Promise<ReleasedValue | null> {
  if (indicator.subject !== 'open') return null
  const { value } = await now.valueOf(indicator, quarter)
  return JSON.stringify(value) === JSON.stringify(was) ? null : value
}

/** One after another: the indicators of one fact share a release, which the first of them makes. */
async function inOrder<From, To>(all: readonly From[], make: (each: From) => Promise<To>): Promise<To[]> {
  const made: To[] = []
  for (const each of all) made.push(await make(each))
  return made
}

/** Quarters as they were parsed when the phase was dated. */
const datesOfPhase = ({ dates }: ReportChoices['phases'][number]) =>
  dates.flatMap(({ from, to }) => {
    const [first, last] = [Quarter.safeParse(from).data, Quarter.safeParse(to).data]
    return first && last ? [{ from: first, to: last }] : []
  })

const populationOf = ({ country, programme }: Viewer): Population =>
  country === null ? { kind: 'region' } : { kind: 'programme', programme }

async function findReport(database: Database, viewer: Viewer, stream: StreamId): Promise<DonorReport | undefined> {
  const [row] = await database.asViewer(viewer, (transaction) =>
    transaction.query<{ state: StreamState }>(
      'a donor report',
      `select state from lentera.stream where programme = $1 and audience = $2 and stream = $3 and noun = 'donor-report'`,
      [viewer.programme, `organisation:${viewer.organisation}`, stream],
    ),
  )
  return row && projectDonorReport(row.state)
}

const ownPlan = (database: Database, viewer: Viewer): Promise<Plan> =>
  database.asViewer(viewer, (transaction) => planOf(transaction, viewer))

/** The phases as the viewer's own programme dates them; for a regional office as each country does, and its own. */
async function datesFor(database: Database, viewer: Viewer, plan: Plan): Promise<ReportChoices['phases']> {
  const framework = await phasesFor(database, viewer, plan.phases)
  return phases.map(({ key, donor }) => {
    const phase = framework.find((each) => each.key === key)
    const own =
      phase?.from && phase.to ? [{ country: viewer.country, from: phase.from, to: phase.to, source: phase.source }] : []
    const theirs = (phase?.programmes ?? []).map((each) => ({ ...each, source: null }))
    return { key, donor, dates: [...own, ...theirs] }
  })
}

async function nameOf(database: Database, { programme }: Viewer): Promise<string> {
  const [row] = await database.asPublisher((transaction) =>
    transaction.query<{ name: string }>(
      'name of a programme',
      'select name from lentera.programme where programme = $1',
      [programme],
    ),
  )
  return row?.name ?? ''
}
