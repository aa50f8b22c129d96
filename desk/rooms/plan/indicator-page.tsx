import {
  correctBaseline,
  correctTarget,
  markBaselineInError,
  markTargetInError,
  setBaseline,
  setTarget,
} from '@lentera/core/plan/capture'
import type { Baseline, Target } from '@lentera/core/plan/project'
import { Direction, Phase, Qualifier } from '@lentera/core/plan/words'
import { countModeOf, type Indicator, indicators } from '@lentera/core/results/indicators'
import { CivilDate, yearOf } from '@lentera/core/shared/dates'
import { refuse } from '@lentera/core/shared/refusals'
import {
  ChoiceField,
  DateField,
  EmptyState,
  PageTitle,
  QuietButton,
  Section,
  SelectField,
  Stack,
  TextField,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { type Projected, useDesk, useSnapshot } from '../../device/context.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { RecordRow, RecordRows } from '../records/rows.tsx'
import { Correct, type Typing } from '../records/typed-correction.tsx'
import { AimedFields, MeasuredFields, readAimed, readMeasured, typedNumbers } from './number-fields.tsx'
import styles from './plan.module.css'
import { sayBaseline, sayPeriod, saySaid, sayTarget } from './say.ts'
import { useMayPlan, usePlan } from './use-plan.ts'

/** One indicator: what it counts, what it stood at, and what it aims at. */
export function IndicatorPage() {
  const t = useText()
  const { indicator: key } = useParams({ strict: false })
  const indicator = indicators.find((each) => each.key === key)
  if (!indicator)
    return (
      <EmptyState title={t('plan.not-here')} action={<Link to="/results/plan">{t('plan.back')}</Link>}>
        {t('plan.not-here-text')}
      </EmptyState>
    )
  return (
    <>
      <PageTitle over={<Link to="/results/plan">{t('plan.back')}</Link>}>
        <span className={styles.title}>{t(`indicator.${indicator.key}`)}</span>
      </PageTitle>
      <Stack>
        <Definition indicator={indicator} />
        <Baselines indicator={indicator} />
        <Targets indicator={indicator} />
      </Stack>
    </>
  )
}

type OfIndicator = { readonly indicator: Indicator }

function Definition({ indicator }: OfIndicator) {
  const t = useText()
  const by = indicator.breakdowns.filter((names) => names.length === 1).flat()
  return (
    <Section title={t('plan.definition')}>
      <p className={styles.text}>{t(`definition.${indicator.key}`)}</p>
      <dl className={styles.facts}>
        <dt>{t('plan.unit')}</dt>
        <dd>{t(`unit.${indicator.unit}`)}</dd>
        <dt>{t('plan.count')}</dt>
        <dd>{t(`count-mode.${countModeOf(indicator)}`)}</dd>
        <dt>{t('plan.by')}</dt>
        <dd>{by.length === 0 ? t('plan.by-none') : by.map((name) => t(`results.dimension.${name}`)).join(', ')}</dd>
      </dl>
    </Section>
  )
}

// ---------------------------------------------------------------- the baseline

function Baselines({ indicator }: OfIndicator) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const me = useSnapshot((snapshot) => snapshot.me)
  const known = usePlan().baselines.find(({ state }) => state.indicator === indicator.key)
  const isShare = indicator.ratio === true
  const fields = (typing: Typing) => <BaselineFields {...typing} isShare={isShare} />
  const stood = known?.state
  const { today } = desk.moment()
  return (
    <Section title={t('plan.baseline')} note={t('plan.baseline-note')}>
      {!known && (
        <New
          none={t('plan.not-given')}
          label={t('plan.set-baseline')}
          fields={fields}
          decide={(typed) => {
            const said = readBaseline(typed, isShare)
            if (!said || !me) return refuse('plan.day-to-come')
            return setBaseline(indicator, said, undefined, { organisation: me.organisation, today })
          }}
        />
      )}
      {known && stood && (
        <RecordRows none="">
          <Said
            planned={known}
            correction={(onDone) => (
              <Correct
                label={t('plan.baseline')}
                stood={typedBaseline(stood)}
                fields={fields}
                decide={(typed) => {
                  const said = readBaseline(typed, isShare)
                  return said ? correctBaseline(indicator, stood, said, today) : refuse('plan.day-to-come')
                }}
                inError={{
                  stands: stood.enteredInError,
                  says: t('plan.never-was'),
                  mark: (is) => markBaselineInError(stood, is, today),
                }}
                onDone={onDone}
              />
            )}
          >
            <span className={styles.name}>{sayBaseline(stood, t, format)}</span>
            <span>{stood.day ? format.date(stood.day) : t('results.unsettled')}</span>
          </Said>
        </RecordRows>
      )}
    </Section>
  )
}

function BaselineFields({ isShare, typed, set }: Typing & { readonly isShare: boolean }) {
  const t = useText()
  return (
    <>
      <MeasuredFields isShare={isShare} typed={typed} set={set} />
      <ChoiceField
        label={t('plan.qualifier')}
        value={typed.qualifier ?? 'exact'}
        choices={Qualifier.options.map((value) => ({ value, label: t(`plan.qualifier.${value}`) }))}
        onChange={(value) => set('qualifier', value)}
      />
      <DateField
        label={t('plan.day')}
        finest="day"
        value={CivilDate.safeParse(typed.day).data ?? null}
        onChange={(day) => set('day', day ?? '')}
      />
      <SourceField typed={typed} set={set} />
    </>
  )
}

const typedBaseline = ({ measured, qualifier = 'exact', day, source = '' }: Baseline): Typed => ({
  ...typedNumbers(measured),
  qualifier,
  day: day ?? '',
  source,
})

/** Undefined where no day is chosen. */
function readBaseline(typed: Typed, isShare: boolean) {
  const day = CivilDate.safeParse(typed.day).data
  const qualifier = Qualifier.safeParse(typed.qualifier ?? 'exact').data
  return day && qualifier && { measured: readMeasured(typed, isShare), qualifier, day, source: typed.source ?? '' }
}

// ---------------------------------------------------------------- the targets

function Targets({ indicator }: OfIndicator) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const me = useSnapshot((snapshot) => snapshot.me)
  const targets = usePlan().targets.filter(({ state }) => state.indicator === indicator.key)
  const isShare = indicator.ratio === true
  const { today } = desk.moment()
  return (
    <Section title={t('plan.targets')} note={t('plan.targets-note')}>
      <RecordRows none={t('plan.not-given')}>
        {targets.map((known) => (
          <Said
            key={known.stream}
            planned={known}
            correction={(onDone) => (
              <Correct
                label={sayPeriod(known.state.period, t, format)}
                stood={typedTarget(known.state)}
                fields={(typing) => <TargetFields {...typing} isShare={isShare} />}
                decide={(typed) => correctTarget(indicator, known.state, readTarget(typed, isShare), today)}
                inError={{
                  stands: known.state.enteredInError,
                  says: t('plan.never-was'),
                  mark: (is) => markTargetInError(known.state, is, today),
                }}
                onDone={onDone}
              />
            )}
          >
            <span className={styles.name}>{sayPeriod(known.state.period, t, format)}</span>
            <span>{sayTarget(known.state, t, format)}</span>
          </Said>
        ))}
      </RecordRows>
      <New
        label={t('plan.set-target')}
        fields={(typing) => (
          <>
            <PeriodField {...typing} today={today} />
            <TargetFields {...typing} isShare={isShare} />
          </>
        )}
        decide={(typed) => {
          const period = typed.period ?? ''
          const standing = targets.find(({ state }) => state.period === period)?.state
          if (!me) return refuse('desk.unexpected')
          return setTarget(indicator, period, readTarget(typed, isShare), standing, {
            organisation: me.organisation,
            today,
          })
        }}
      />
    </Section>
  )
}

function PeriodField({ typed, set, today }: Typing & { readonly today: CivilDate }) {
  const t = useText()
  const format = useFormat()
  const year = Number(yearOf(today))
  // The years of a programme that is running: its past ones, and those a plan looks ahead to.
  const years = Array.from({ length: 9 }, (_, back) => String(year + 4 - back))
  return (
    <SelectField
      label={t('plan.period')}
      value={typed.period ?? ''}
      empty={t('plan.period-choose')}
      choices={['all', ...Phase.options, ...years].map((value) => ({ value, label: sayPeriod(value, t, format) }))}
      onChange={(value) => set('period', value)}
    />
  )
}

function TargetFields({ isShare, typed, set }: Typing & { readonly isShare: boolean }) {
  const t = useText()
  return (
    <>
      <AimedFields isShare={isShare} typed={typed} set={set} />
      <ChoiceField
        label={t('plan.direction')}
        value={typed.direction ?? 'at-least'}
        choices={Direction.options.map((value) => ({ value, label: t(`plan.direction.${value}`) }))}
        onChange={(value) => set('direction', value)}
      />
      <SourceField typed={typed} set={set} />
    </>
  )
}

const typedTarget = ({ aimed, direction = 'at-least', source = '' }: Target): Typed => ({
  ...typedNumbers(aimed),
  direction,
  source,
})

const readTarget = (typed: Typed, isShare: boolean) => ({
  aimed: readAimed(typed, isShare),
  direction: Direction.safeParse(typed.direction).data ?? 'at-least',
  source: typed.source ?? '',
})

// ---------------------------------------------------------------- what both share

function SourceField({ typed, set }: Typing) {
  const t = useText()
  return (
    <TextField
      label={t('plan.source')}
      why={t('plan.source-why')}
      value={typed.source ?? ''}
      onChange={(value) => set('source', value)}
    />
  )
}

function Said({ planned, correction, children }: SaidProps) {
  const t = useText()
  const format = useFormat()
  const me = useSnapshot((snapshot) => snapshot.me)
  const mayPlan = useMayPlan()
  const { state, unsent } = planned
  return (
    <RecordRow
      row={{ record: state.opening, enteredInError: state.enteredInError }}
      // One stream is one baseline or target: whatever two answers stand for is of it.
      conflicts={state.conflicts.map((each) => ({ ...each, record: state.opening }))}
      correction={mayPlan ? correction : undefined}
    >
      {children}
      {unsent && <span className={styles.none}>{t('support.unsent')}</span>}
      <span className={styles.said}>{saySaid(state, me, t, format)}</span>
    </RecordRow>
  )
}

type SaidProps = {
  readonly planned: Projected<Baseline | Target>
  readonly correction: (onDone: () => void) => ReactNode
  readonly children: ReactNode
}

/** What was not said yet: that it was not, and for who may say it the form. */
function New({ none, label, fields, decide }: NewProps) {
  const mayPlan = useMayPlan()
  const [isOpen, setOpen] = useState(false)
  if (isOpen)
    return <Correct label={label} stood={nothing} fields={fields} decide={decide} onDone={() => setOpen(false)} />
  return (
    <>
      {none !== undefined && <p className={styles.none}>{none}</p>}
      {mayPlan && (
        <div className={styles.new}>
          <QuietButton onClick={() => setOpen(true)}>{label}</QuietButton>
        </div>
      )}
    </>
  )
}

type NewProps = Pick<Parameters<typeof Correct>[0], 'fields' | 'decide'> & {
  readonly none?: string
  readonly label: string
}

const nothing: Typed = {}
