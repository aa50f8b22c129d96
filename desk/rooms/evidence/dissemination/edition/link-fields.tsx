import type { StandingFact } from '@lentera/core/evidence/capture'
import { FigurePeriod, type FigureSource } from '@lentera/core/evidence/dissemination/edition/words'
import { indicators } from '@lentera/core/results/indicators'
import { CivilDate } from '@lentera/core/shared/dates'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { ChoiceField, SelectField, TextField, useFormat, useText } from '@lentera/ui/parts'
import type { Projected } from '../../../../device/context.ts'
import type { Typed } from '../../../../device/use-kept-form.ts'
import type { Typing } from '../../../records/typed-correction.tsx'
import type { Choices } from './use-edition.ts'

export type LinkFieldsProps = Typing & {
  /** Undefined while there is no network: cut-offs and publications are the server's. */
  readonly choices: Choices | undefined
  readonly facts: readonly Projected<StandingFact>[]
  readonly today: CivilDate
}

/** Where a figure comes from. Nobody types what it is. */
export function LinkFields(props: LinkFieldsProps) {
  const t = useText()
  const { typed, set } = props
  return (
    <>
      <ChoiceField
        label={t('edition.link-from')}
        value={typed.from ?? null}
        choices={(['indicator', 'fact', 'publication'] as const).map((value) => ({
          value,
          label: t(`edition.from.${value}`),
        }))}
        onChange={(from) => set('from', from)}
      />
      {typed.from === 'indicator' && <IndicatorFields {...props} />}
      {typed.from === 'fact' && (
        <SelectField
          label={t('edition.from.fact')}
          value={typed.fact ?? ''}
          choices={props.facts
            .filter(({ state }) => !state.withdrawn)
            .map(({ stream, state }) => ({
              value: stream,
              label: `${t(`fact.${state.fact.text}`)} (${state.fact.source})`,
            }))}
          onChange={(fact) => set('fact', fact)}
        />
      )}
      {typed.from === 'publication' && <PublicationFields {...props} />}
      <TextField
        label={t('edition.link-name')}
        why={t('edition.link-name-why')}
        optional
        value={typed.name ?? ''}
        onChange={(name) => set('name', name)}
      />
    </>
  )
}

function IndicatorFields({ typed, set, choices, today }: LinkFieldsProps) {
  const t = useText()
  const format = useFormat()
  const indicator = indicators.find(({ key }) => key === typed.indicator)
  const breakdowns = (indicator?.breakdowns ?? []).flatMap((by) => (by.length === 1 && by[0] ? [by[0]] : []))
  return (
    <>
      <SelectField
        label={t('plan.indicator')}
        value={typed.indicator ?? ''}
        choices={indicators.map(({ key }) => ({ value: key, label: t(`indicator.${key}`) }))}
        onChange={(key) => set('indicator', key)}
      />
      <SelectField
        label={t('edition.period')}
        why={t('edition.period-why')}
        value={typed.period ?? 'all'}
        choices={periodsUpTo(today, indicator?.subject !== 'survivor').map((value) => ({
          value,
          label: value === 'all' ? t('results.period.all') : format.date(value),
        }))}
        onChange={(period) => set('period', period)}
      />
      <SelectField
        label={t('donor-report.cut-off')}
        why={t('edition.cut-off-why')}
        value={typed.cutOff ?? choices?.cutOffs[0] ?? ''}
        choices={(choices?.cutOffs ?? []).map((value) => ({ value, label: dayOf(value, format.date) }))}
        onChange={(cutOff) => set('cutOff', cutOff)}
      />
      {breakdowns.length > 0 && (
        <SelectField
          label={t('edition.by')}
          why={t('edition.by-why')}
          optional
          value={typed.by ?? ''}
          empty={t('edition.by-none')}
          choices={breakdowns
            .filter((by) => by !== 'years')
            .map((value) => ({ value, label: t(`results.dimension.${value}`) }))}
          onChange={(by) => set('by', by)}
        />
      )}
    </>
  )
}

function PublicationFields({ typed, set, choices }: LinkFieldsProps) {
  const t = useText()
  const chosen = choices?.publications.find(({ address }) => address === typed.address)
  return (
    <>
      <SelectField
        label={t('edition.from.publication')}
        {...(choices?.publications.length === 0 ? { why: t('edition.no-publications') } : {})}
        value={typed.address ?? ''}
        choices={(choices?.publications ?? []).map(({ address, title }) => ({ value: address, label: title }))}
        onChange={(address) => set('address', address)}
      />
      {chosen?.fields.map(({ name, codes }) => (
        <SelectField
          key={name}
          label={name}
          optional
          value={typed[`code ${name}`] ?? ''}
          empty={t('edition.whole')}
          choices={codes.map(({ code, label }) => ({ value: code, label }))}
          onChange={(code) => set(`code ${name}`, code)}
        />
      ))}
    </>
  )
}

/** Refused: `evidence.figure-source-not-understood`. */
export function readLink(
  typed: Typed,
  choices: Choices | undefined,
  facts: readonly Projected<StandingFact>[],
): Decision<FigureSource> {
  const unclear = refuse('evidence.figure-source-not-understood')
  if (typed.from === 'indicator') {
    const indicator = indicators.find(({ key }) => key === typed.indicator)
    const period = FigurePeriod.safeParse(typed.period ?? 'all').data
    const cutOff = CivilDate.safeParse(typed.cutOff ?? choices?.cutOffs[0]).data
    if (!indicator || !period || !cutOff) return unclear
    const by = indicator.breakdowns.some((each) => each.join() === typed.by) ? typed.by : undefined
    const { key, definition } = indicator
    return accept({ from: 'indicator', indicator: key, definition, period, cutOff, ...(by ? { by } : {}) })
  }
  if (typed.from === 'fact') {
    const fact = facts.find(({ stream }) => stream === typed.fact)
    return fact ? accept({ from: 'fact', fact: fact.stream, said: fact.state.said }) : unclear
  }
  const publication =
    typed.from === 'publication' && choices?.publications.find(({ address }) => address === typed.address)
  if (!publication) return unclear
  const codes = publication.fields.flatMap(({ name }) => {
    const code = typed[`code ${name}`]
    return code ? [[name, code] as const] : []
  })
  const { address, hash } = publication
  return accept({ from: 'publication', address, hash, codes: Object.fromEntries(codes) })
}

/** As it is typed; else by what it is of. */
export function nameOfLink({ name = '' }: Typed, source: FigureSource): string {
  if (name.trim() !== '') return name
  const of = source.from === 'indicator' ? source.indicator : source.from === 'publication' ? source.address : 'fact'
  return of.slice(0, 40).replace(/-+$/, '')
}

/** Since the beginning, the last five years, and of what is about nobody the last eight quarters. */
function periodsUpTo(today: CivilDate, withQuarters: boolean): readonly ('all' | CivilDate)[] {
  const year = Number(today.slice(0, 4))
  const years = Array.from({ length: 5 }, (_, back) => CivilDate.parse(String(year - back)))
  const last = year * 4 + Math.ceil(Number(today.slice(5, 7)) / 3) - 1
  const quarters = Array.from({ length: 8 }, (_, back) =>
    CivilDate.parse(`${Math.floor((last - back) / 4)}-Q${((last - back) % 4) + 1}`),
  )
  return ['all', ...years, ...(withQuarters ? quarters : [])]
}

function dayOf(label: string, date: (day: CivilDate) => string): string {
  const day = CivilDate.safeParse(label).data
  return day ? date(day) : label
}
