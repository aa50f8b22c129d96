import type { Headcount } from '@lentera/core/workforce/project'
import {
  assumedAmong,
  intakeFor,
  leaningOf,
  leversOf,
  type Missing,
  type ProjectionProblem,
  pooledAmong,
  shareOf,
} from '@lentera/planner/projection'
import { type BandLine, BandOverYears, DataTable, Section, useFormat, useText } from '@lentera/ui/parts'
import { useSnapshot } from '../../../device/context.ts'
import { sayCode } from '../../records/say.ts'
import styles from '../workforce.module.css'
import type { Scenario } from './decisions.ts'
import type { Gathered } from './evidence.ts'
import ownStyles from './projection.module.css'
import type { Answer } from './words.ts'

/** The path of the shares with its band, and under it what it rests on: printed on the picture, since it will be carried away. */
export function Outlook({ base, problem, answer, scenarios, answers, rests }: OutlookProps) {
  const t = useText()
  const format = useFormat()
  const notes = useNotes(base, problem, answer, rests)
  const { target } = problem
  const others = scenarios.flatMap(({ name }, i): BandLine[] => {
    const of = answers[i]
    const look = ([2, 3, 6] as const)[i] ?? 2
    return of ? [{ id: `scenario ${i}`, label: name, look, points: pointsOf(of) }] : []
  })
  return (
    <BandOverYears
      title={t('projection.chart')}
      units={t('projection.chart-units')}
      source={sourcesOf(rests).join(' · ')}
      band={{ id: 'now', label: t('projection.this-path'), look: 1, points: pointsOf(answer) }}
      others={others}
      target={
        target
          ? {
              percent: 100 * target.share,
              year: target.year,
              label: t('projection.target-line', {
                share: format.percent(100 * target.share, 1),
                year: format.plain(target.year),
              }),
            }
          : undefined
      }
      notes={notes}
    />
  )
}

export type OutlookProps = {
  /** As it was counted, before any lever was moved. */
  readonly base: ProjectionProblem
  readonly problem: ProjectionProblem
  readonly answer: Answer
  readonly scenarios: readonly Scenario[]
  /** Of the scenarios, in their order. */
  readonly answers: readonly (Answer | undefined)[]
  readonly rests: Rests
}

/** What a projection rests on. */
export type Rests = {
  readonly headcount: Headcount
  readonly gathered: Gathered
  readonly missing: readonly Missing[]
}

const pointsOf = ({ expected, bands }: Answer): BandLine['points'] =>
  expected.flatMap(({ year }, t) => {
    const band = bands.all[t]
    return band ? [{ year, low: 100 * band.low, mid: 100 * band.mid, high: 100 * band.high }] : []
  })

const sourcesOf = ({ headcount, gathered }: Rests): readonly string[] => [
  ...new Set([headcount, ...gathered.used].flatMap(({ source }) => source ?? [])),
]

function useNotes(
  base: ProjectionProblem,
  problem: ProjectionProblem,
  { expected, bands }: Answer,
  rests: Rests,
): readonly string[] {
  const t = useText()
  const format = useFormat()
  const isDemonstration = useSnapshot(({ demonstration }) => demonstration)
  const { headcount, gathered, missing } = rests
  const [first] = expected
  const percent = (part: number): string => format.percent(100 * part, 1)
  const basis = (what: Missing, happened: { readonly years: number } | null): string =>
    happened && !missing.includes(what)
      ? t('projection.basis.counted', { years: format.number(happened.years) })
      : t('projection.basis.assumed', { among: assumedAmong })
  const { exits, promotions } = gathered.evidence
  const leaning = leaningOf(gathered.evidence).map(({ rank, sex, part }) =>
    gathered.isOneRank
      ? t(`projection.leaning.all-${sex}`, { part: percent(part) })
      : t(`projection.leaning.${sex}`, { rank: t(`workforce.rank.${rank}`), part: percent(part) }),
  )
  const [stood, set] = [leversOf(base), leversOf(problem)]
  const moved = (lever: 'exitOfWomen' | 'promotionOfWomen'): boolean => Math.abs(set[lever] - stood[lever]) > 1e-6
  const canRise = problem.cells.some(({ women }) => women.moves.length > 0)
  return [
    ...(isDemonstration ? [t('projection.note.demonstration')] : []),
    t('projection.note.start', {
      women: format.number(first?.women ?? 0),
      officers: format.number(first?.officers ?? 0),
      day: format.date(headcount.on),
    }),
    t('projection.note.exit', {
      women: percent(rateOf(base, 'women', (flow) => flow.exit)),
      men: percent(rateOf(base, 'men', (flow) => flow.exit)),
      basis: basis('exit', exits),
    }),
    ...(moved('exitOfWomen') ? [t('projection.note.exit-set', { women: percent(set.exitOfWomen) })] : []),
    ...(leaning.length > 0 ? [t('projection.note.pooled', { among: pooledAmong, who: leaning.join(', ') })] : []),
    ...(canRise ? [t('projection.note.promotion', { basis: basis('promotion', promotions) })] : []),
    ...(canRise && moved('promotionOfWomen')
      ? [t('projection.note.promotion-set', { women: percent(set.promotionOfWomen) })]
      : []),
    t('projection.note.intake', { share: percent(problem.intakeShare), growth: percent(problem.growth) }),
    ...(problem.ceiling === null ? [] : [t('projection.note.ceiling', { share: percent(problem.ceiling) })]),
    ...(gathered.isOneRank ? [t('projection.note.one-rank')] : []),
    ...(gathered.unrecorded > 0 ? [t('projection.note.unrecorded', { count: gathered.unrecorded })] : []),
    t('projection.note.draws', { draws: format.number(bands.draws) }),
  ]
}

/** Over all ranks, weighted by who serves there now. */
function rateOf(
  { cells }: ProjectionProblem,
  sex: 'women' | 'men',
  rate: (flow: ProjectionProblem['cells'][number]['women']) => number,
): number {
  const all = cells.reduce((sum, cell) => sum + cell[sex].people, 0)
  return all === 0 ? 0 : cells.reduce((sum, cell) => sum + cell[sex].people * rate(cell[sex]), 0) / all
}

/** The share in the target's year in one line: not read out, since what the target needs is. */
export function Then({ problem, answer }: Pick<OutlookProps, 'problem' | 'answer'>) {
  const t = useText()
  const format = useFormat()
  const year = problem.target?.year ?? problem.firstYear + problem.years
  const band = answer.bands.all[year - problem.firstYear]
  if (!band) return null
  const percent = (part: number): string => format.percent(100 * part, 1)
  return (
    <p className={ownStyles.now} aria-hidden>
      {t('projection.then', {
        year: format.plain(year),
        mid: percent(band.mid),
        low: percent(band.low),
        high: percent(band.high),
      })}
    </p>
  )
}

/** What the target asks for, how likely this path reaches it, and the one line of algebra to check it by. */
export function WhatItNeeds({ problem, answer }: Pick<OutlookProps, 'problem' | 'answer'>) {
  const t = useText()
  const format = useFormat()
  const { target, ceiling, firstYear } = problem
  const { needed, bands, expected } = answer
  if (!target || !needed || !bands.target) return null
  const percent = (part: number): string => format.percent(100 * part, 1)
  const aim = { target: percent(target.share), year: format.plain(target.year) }
  const [from, officers] = [shareOf(expected[0]), expected[0]?.officers ?? 0]
  const leaving = problem.cells.reduce(
    (sum, { women, men }) => sum + women.people * women.exit + men.people * men.exit,
    0,
  )
  const alike = { from, exit: leaving / officers, growth: problem.growth, years: target.year - firstYear }
  // Where nobody is recruited there is no share of recruits.
  const closed = alike.growth > -alike.exit ? intakeFor(alike, target.share) : undefined
  const { met, chance } = bands.target
  return (
    <Section title={t('projection.needs')}>
      <p className={styles.name} role="status">
        {needed.kind === 'out-of-reach'
          ? t('projection.out-of-reach', { ...aim, most: percent(needed.most) })
          : needed.intakeShare === 0
            ? t('projection.reached-anyway', aim)
            : t('projection.needed', { ...aim, share: percent(needed.intakeShare) })}
      </p>
      {ceiling !== null && needed.kind === 'reached' && needed.intakeShare > ceiling && (
        <p>{t('projection.ceiling-too-low', { ...aim, ceiling: percent(ceiling) })}</p>
      )}
      <p>
        {t('projection.chance', { ...aim, count: Math.round(100 * chance) })}{' '}
        {met.mid === null
          ? t('projection.met-never', { year: format.plain(firstYear + problem.years) })
          : t('projection.met', {
              low: sayYear(met.low),
              mid: sayYear(met.mid),
              high: sayYear(met.high),
            })}
      </p>
      {closed !== undefined && (
        <p className="small">
          {t('projection.formula', {
            exit: percent(alike.exit),
            share: closed > 1 ? t('projection.more-than-all') : percent(Math.max(0, closed)),
          })}
        </p>
      )}
    </Section>
  )

  function sayYear(year: number | null): string {
    return year === null ? t('projection.later') : format.plain(year)
  }
}

/** Rank by rank, now and in the target's year: how many lead is another question than how many there are. */
export function RanksThen({ problem, answer }: Pick<OutlookProps, 'problem' | 'answer'>) {
  const t = useText()
  const format = useFormat()
  const year = problem.target?.year ?? problem.firstYear + problem.years
  const rows = answer.bands.ranks.map(({ rank, shares }) => ({
    rank,
    now: shares[0],
    later: shares[year - problem.firstYear],
  }))
  if (rows.length < 2) return null
  const percent = (part: number | undefined): string => (part === undefined ? '' : format.percent(100 * part, 1))
  return (
    <div className={`card ${styles.table}`}>
      <DataTable
        caption={t('projection.ranks', { year: format.plain(year) })}
        rows={rows.toReversed()}
        keyOf={({ rank }) => rank}
        columns={[
          {
            id: 'rank',
            label: t('projection.rank'),
            value: ({ rank }) => sayCode((code) => t(`workforce.rank.${code}`), rank, t),
          },
          { id: 'now', label: t('projection.now'), value: ({ now }) => percent(now?.mid), align: 'end' },
          ...(['low', 'mid', 'high'] as const).map((at) => ({
            id: at,
            label: t(`ui.chart.draws.${at}`),
            value: ({ later }: (typeof rows)[number]) => percent(later?.[at]),
            align: 'end' as const,
          })),
        ]}
      />
    </div>
  )
}
