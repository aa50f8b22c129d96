import { expectedYears, type Levers, type ProjectionProblem, shareOf, withLevers } from '@lentera/planner/projection'
import { QuietButton, Section, SliderField, Stack, TextField, useFormat, useText } from '@lentera/ui/parts'
import { memo } from 'react'
import type { Typing } from '../../records/typed-correction.tsx'
import { type LeverName, leverNames, percentOf, refusedAs, wrongPercent, yearsAhead } from './decisions.ts'

/** What is aimed at: a share by a year. */
export const Target = memo(function Target({
  problem,
  set,
}: Pick<Typing, 'set'> & { readonly problem: ProjectionProblem }) {
  const t = useText()
  const format = useFormat()
  const { target, firstYear } = problem
  if (!target) return null
  return (
    <Section title={t('projection.target')}>
      <Stack>
        <SliderField
          label={t('projection.target-share')}
          value={percentOf(target.share)}
          least={1}
          most={60}
          step={1}
          unit="%"
          say={(value) => format.number(value, 1)}
          onChange={(value) => set('target share', String(value))}
        />
        <SliderField
          label={t('projection.target-year')}
          value={target.year}
          least={firstYear + 1}
          most={firstYear + yearsAhead}
          step={1}
          unit=""
          say={format.plain}
          onChange={(value) => set('target year', String(value))}
        />
      </Stack>
    </Section>
  )
})

/**
 * The four things that can be moved, side by side with what one step of each alone would bring by the target's year. Drawn anew
 * when something was moved, not whenever more draws have come.
 */
export const LeverFields = memo(function LeverFields({ base, levers, typed, set }: LeverFieldsProps) {
  const t = useText()
  const format = useFormat()
  const moved = leverNames.filter((name) => typed[`lever ${name}`])
  const putBack = (): void => {
    for (const name of moved) set(`lever ${name}`, '')
  }
  const names = leverNames.filter((name) => name !== 'promotionOfWomen' || canRise(base))
  return (
    <Section title={t('projection.levers')} note={t('projection.levers-note')}>
      <Stack>
        {names.map((name) => {
          const { least, most, step, by } = scales[name]
          const gain = gainOf(base, levers, name)
          return (
            <SliderField
              key={name}
              label={t(`projection.lever.${name}`)}
              why={[
                t(`projection.lever-why.${name}`),
                t('projection.lever-gain', {
                  step: signed(by, format.number),
                  gain: signed(percentOf(gain), (points) => format.number(points, 1)),
                  year: format.plain(base.target?.year ?? base.firstYear + base.years),
                }),
              ].join(' ')}
              value={percentOf(levers[name])}
              least={least}
              most={most}
              step={step}
              unit="%"
              say={(value) => format.number(value, 1)}
              onChange={(value) => set(`lever ${name}`, String(value))}
            />
          )
        })}
        <TextField
          label={t('projection.ceiling')}
          why={t('projection.ceiling-why')}
          optional
          inputMode="decimal"
          value={typed.ceiling ?? ''}
          {...refusedAs(wrongPercent(typed.ceiling, 'projection.ceiling-out-of-range'))}
          onChange={(value) => set('ceiling', value)}
        />
        {moved.length > 0 && <QuietButton onClick={putBack}>{t('projection.as-it-is')}</QuietButton>}
      </Stack>
    </Section>
  )
})

type LeverFieldsProps = Typing & {
  /** As it was counted and assumed, before anything is moved. */
  readonly base: ProjectionProblem
  readonly levers: Levers
}

const canRise = ({ cells }: ProjectionProblem): boolean => cells.some(({ women }) => women.moves.length > 0)

/** Percents a year. `by`: the step whose gain is told. */
const scales = {
  intakeShare: { least: 0, most: 100, step: 1, by: 10 },
  exitOfWomen: { least: 0, most: 20, step: 0.1, by: -1 },
  promotionOfWomen: { least: 0, most: 20, step: 0.1, by: 1 },
  growth: { least: -5, most: 10, step: 0.1, by: 1 },
} as const satisfies Record<LeverName, object>

/** What one step of a lever alone adds to the share in the target's year, as a part of one. */
function gainOf(base: ProjectionProblem, levers: Levers, name: LeverName): number {
  const at = (changed: Levers): number => {
    const years = base.target ? base.target.year - base.firstYear : base.years
    return shareOf(expectedYears({ ...withLevers(base, changed), years }).at(-1))
  }
  const stepped = {
    ...levers,
    [name]: Math.max(name === 'growth' ? -1 : 0, Math.min(1, levers[name] + scales[name].by / 100)),
  }
  return at(stepped) - at(levers)
}

const signed = (value: number, say: (value: number) => string): string =>
  value < 0 ? `−${say(-value)}` : `+${say(value)}`
