import { dayOf, type ReportVoice, type SaidFigure, sayFigure } from '../donor-report/say.ts'
import type { FactCited } from '../evidence/entries.ts'
import type { FigureValue } from '../results/figure.ts'
import { sayGroup, wordsOf } from '../results/groups.ts'
import { isExact } from '../shared/counts.ts'
import type { Said } from '../shared/publication.ts'
import type { EditionFigure, Holding } from './model.ts'

/** A figure of an edition as it is read: its number, where that comes from, and how it stands today. */
export type SaidFigureOf = {
  readonly name: string
  /** What it is of: the indicator, the fact, the cell. */
  readonly label: string
  /** The number in words, or why there is none. */
  readonly text: string
  /** Whether `text` is a number. */
  readonly isNumber: boolean
  readonly numbers: SaidFigure['number'] | { readonly value: number; readonly as: 'count' }
  readonly parts: SaidFigure['parts']
  readonly period: string
  readonly unit: string
  /** Where it comes from: definition and cut-off; or publisher, title and edition. */
  readonly source: string
  readonly standing: 'linked' | 'moved' | 'withdrawn'
  /** How it stands, in words. */
  readonly stands: string
  readonly bars: {
    readonly title: string
    /** Everything the picture shows, for who does not see it. */
    readonly alt: string
    readonly rows: readonly {
      readonly group: string
      readonly text: string
      readonly value: number
      readonly share: number
    }[]
  } | null
}

/** One figure in words. Nothing is rounded, filled in or carried over from elsewhere: a number is said where its source has one. */
export function sayEditionFigure(figure: EditionFigure, voice: ReportVoice): SaidFigureOf {
  const { holds, standing: stands } = figure
  const gone = {
    number: null,
    parts: [],
    text: voice.t(`edition.withdrawn.${stands.is === 'withdrawn' ? stands.why : 'no-cell'}`),
  }
  // What was withdrawn is not printed again, also where its number could still be read.
  const said = stands.is === 'withdrawn' ? gone : sayHolding(holds, voice)
  return {
    name: figure.name,
    label: sayLabel(figure, voice),
    text: said.text,
    isNumber: stands.is !== 'withdrawn' && isNumber(holds),
    numbers: said.number,
    parts: said.parts,
    period: sayPeriod(figure, voice),
    unit: sayUnit(holds, voice),
    source: saySource(figure, voice),
    standing: stands.is,
    stands: sayStanding(figure, voice),
    bars: stands.is === 'withdrawn' ? null : sayBars(figure, voice),
  }
}

function sayHolding(holds: Holding, voice: ReportVoice): Pick<SaidFigure, 'text' | 'number' | 'parts'> {
  const { t, number } = voice
  switch (holds.from) {
    case 'indicator':
      return sayFigure(holds.value, voice)
    case 'fact':
      return sayFactValue(holds.fact, voice)
    case 'publication':
      return holds.value === null
        ? { text: t('edition.hidden'), number: null, parts: [] }
        : { text: number(holds.value), number: { value: holds.value, as: 'count' }, parts: [] }
    case 'nowhere':
      return { text: t('edition.withdrawn.no-cell'), number: null, parts: [] }
  }
}

const isNumber = (holds: Holding): boolean =>
  holds.from === 'fact' ||
  (holds.from === 'indicator' && holds.value.kind !== 'protected' && holds.value.kind !== 'none') ||
  (holds.from === 'publication' && holds.value !== null)

/** A percentage with both its numbers where the source gives them. */
function sayFactValue(
  { value }: FactCited,
  { t, percent, number }: ReportVoice,
): Pick<SaidFigure, 'text' | 'number' | 'parts'> {
  if (value.kind === 'percent-tenths')
    return { text: percent(value.tenths / 10, 1), number: { value: value.tenths / 1000, as: 'percent' }, parts: [] }
  const { numerator, denominator } = value
  const share = numerator / denominator
  return {
    text: t('ui.share', { percent: percent(share * 100, 1), part: number(numerator), whole: number(denominator) }),
    number: { value: Math.round(share * 1000) / 1000, as: 'percent' },
    parts: [
      { name: 'part', value: numerator },
      { name: 'whole', value: denominator },
    ],
  }
}

function sayLabel({ source, holds, name }: EditionFigure, voice: ReportVoice): string {
  const { t } = voice
  if (holds.from === 'publication')
    return (
      holds.cell.map(({ field, code }) => `${saidIn(field, voice)}: ${saidIn(code, voice)}`).join(', ') ||
      saidIn(holds.title, voice)
    )
  if (holds.from === 'fact') return t(`fact.${holds.fact.text}`)
  return source?.from === 'indicator' ? t(`indicator.${source.indicator}`) : name
}

function sayPeriod({ source, holds }: EditionFigure, { t, date }: ReportVoice): string {
  if (source?.from === 'indicator') return source.period === 'all' ? t('results.period.all') : date(source.period)
  if (holds.from === 'fact') return holds.fact.period ? date(holds.fact.period) : ''
  return ''
}

function sayUnit(holds: Holding, { t }: ReportVoice): string {
  if (holds.from === 'indicator') return t(`unit.${holds.unit}`)
  return holds.from === 'publication' ? holds.unit : ''
}

function saySource({ source, holds }: EditionFigure, voice: ReportVoice): string {
  const { t } = voice
  if (source?.from === 'indicator')
    return t('edition.source.indicator', {
      version: source.definition,
      date: dayOf(holds.from === 'indicator' && holds.asOf ? holds.asOf : source.cutOff, voice),
    })
  if (holds.from === 'fact') {
    const { source: of, edition, page, verifiedOn } = holds.fact
    const cited = page ? t('edition.source.page', { source: of, edition, page }) : `${of}, ${edition}`
    return t('edition.source.fact', { cited, date: dayOf(verifiedOn, voice) })
  }
  if (holds.from === 'publication')
    return t('edition.source.publication', {
      publisher: holds.publisher,
      title: saidIn(holds.title, voice),
      date: dayOf(holds.asOf, voice),
      hash: source?.from === 'publication' ? source.hash.slice(0, 12) : '',
    })
  return source?.from === 'publication' ? source.address : t('edition.source.nowhere')
}

function sayStanding({ standing: stands }: EditionFigure, voice: ReportVoice): string {
  const { t } = voice
  if (stands.is === 'linked') return t('edition.linked')
  if (stands.is === 'withdrawn') {
    const why = t(`edition.withdrawn.${stands.why}`)
    return stands.note ? `${why}: ${stands.note}` : why
  }
  const why = t(`edition.moved.${stands.why}`)
  if (!stands.now) return why
  const now =
    'value' in stands.now ? sayFigure(stands.now.value, voice).text : sayFactValue(stands.now.fact, voice).text
  return t('edition.moved.now', { why, now })
}

function sayBars({ source, holds }: EditionFigure, voice: ReportVoice): SaidFigureOf['bars'] {
  if (source?.from !== 'indicator' || !source.by || holds.from !== 'indicator' || !holds.bars) return null
  const { t } = voice
  const by = source.by
  const ofGroup = wordsOf([holds], t)
  const rows = holds.bars.flatMap(({ group, value }) => {
    const amount = exactOf(value)
    return amount === null
      ? []
      : [{ group: sayGroup(by, group, ofGroup), text: sayFigure(value, voice).text, value: amount }]
  })
  // A picture of a part of what was counted would show something else.
  if (rows.length < holds.bars.length || rows.length === 0) return null
  const most = Math.max(...rows.map(({ value }) => value), 1)
  const title = t('edition.bars', { figure: t(`indicator.${source.indicator}`), by: t(`results.dimension.${by}`) })
  return {
    title,
    alt: t('edition.bars-alt', { title, rows: rows.map(({ group, text }) => `${group}: ${text}`).join('; ') }),
    rows: rows.map((row) => ({ ...row, share: row.value / most })),
  }
}

const exactOf = (value: FigureValue): number | null =>
  value.kind === 'count' && isExact(value.count) ? value.count.low : null

const saidIn = (said: Said, { language }: ReportVoice): string => said[language] ?? said.en
