import { sayBaseline, sayTarget } from '../plan/say.ts'
import { sayCounted, type Voice } from '../results/brochure.ts'
import type { FigureValue } from '../results/figure.ts'
import { type Interval, isExact } from '../shared/counts.ts'
import { CivilDate } from '../shared/dates.ts'
import type { PrintedLanguage } from '../shared/languages.ts'
import type { ReportedIndicator, ReportModel } from './model.ts'
import { narrativeIn } from './project.ts'
import { readNarrative } from './slots.ts'
import { type Part, partOfObjective, type ReportedPeriod } from './words.ts'

/** A report as it is read: words and numbers in one language, once for the screen, for DOCX and for XLSX. */
export type SaidReport = {
  readonly language: PrintedLanguage
  readonly title: string
  readonly under: string
  /** What a reader must know first: whose report, when frozen, that the quarter was not over. */
  readonly notes: readonly string[]
  readonly summary: SaidNarrative
  /** Whether any figure of the quarter is another at the newest cut-off. */
  readonly hasChanged: boolean
  readonly columns: Readonly<Record<'indicator' | 'baseline' | 'target' | ReportedPeriod | 'since', string>>
  readonly objectives: readonly SaidObjective[]
  readonly definitions: readonly SaidDefinition[]
  readonly sources: readonly string[]
}

export type SaidObjective = {
  readonly number: 1 | 2 | 3 | 4
  readonly title: string
  readonly narrative: SaidNarrative
  readonly outcomes: readonly {
    readonly title: string
    readonly outputs: readonly { readonly title: string; readonly rows: readonly SaidRow[] }[]
  }[]
}

/** `note`: that it is missing, or stands in another language, or twice. */
export type SaidNarrative = {
  readonly language: PrintedLanguage
  readonly paragraphs: readonly string[]
  readonly note: string | null
}

export type SaidRow = {
  readonly key: string
  readonly name: string
  readonly baseline: SaidFigure
  readonly target: string
  readonly values: Readonly<Record<ReportedPeriod, SaidFigure>>
  readonly since: SaidFigure | null
}

/** `number`: only where the figure is one exact number; of a share its hundredths. `parts`: further numbers it is made of. */
export type SaidFigure = {
  readonly text: string
  readonly number: { readonly value: number; readonly as: 'count' | 'at-least' | 'about' | 'percent' } | null
  readonly parts: readonly { readonly name: PartName; readonly value: number }[]
}
export type PartName = 'from' | 'to' | 'part' | 'whole' | 'said' | 'asked'

export type SaidDefinition = {
  readonly key: string
  readonly name: string
  readonly text: string
  readonly unit: string
  readonly count: string
  readonly version: string
  /** As of which cut-off, and when it was counted. */
  readonly counted: string
}

/** Words, numbers and instants in the reader's way. */
export type ReportVoice = Voice & {
  readonly language: PrintedLanguage
  /** An instant, ISO 8601, on the clock of the programme. */
  readonly instant: (at: string) => string
  /** Whether the wording of this language is a draft. */
  readonly isDraft: boolean
  /** For a text that stands in another language than the rest: its figures are written as its own words are. */
  readonly of: (language: PrintedLanguage) => Voice
}

export function sayReport(model: ReportModel, voice: ReportVoice): SaidReport {
  const { t, date } = voice
  const quarter = date(model.quarter)
  const indicators = indicatorsOf(model)
  const hasChanged = indicators.some(({ since }) => since !== null)
  return {
    hasChanged,
    language: voice.language,
    title: t('donor-report.title', { phase: t(`phase.${model.phase.key}`), quarter }),
    under: sayProgramme(model, voice),
    notes: [
      t('donor-report.frozen', { date: date(model.cutOff) }),
      ...(model.isOver ? [] : [t('donor-report.not-over', { quarter, date: date(model.cutOff) })]),
      ...(model.newest === model.cutOff ? [] : [sayChange(hasChanged, model, voice)]),
      t('donor-report.protected-note'),
      ...(voice.isDraft ? [t('brochure.draft')] : []),
    ],
    summary: sayNarrative(model, 'summary', voice),
    columns: {
      indicator: t('plan.indicator'),
      baseline: t('plan.baseline'),
      target: t('plan.target'),
      quarter,
      phase: t(`phase.${model.phase.key}`),
      year: date(model.year),
      all: t('donor-report.period.all'),
      since: t('donor-report.since', { date: dayOf(model.newest, voice) }),
    },
    objectives: model.objectives.map(({ number, outcomes }) => ({
      number,
      title: t(`objective.${number}`),
      narrative: sayNarrative(model, partOfObjective(number), voice),
      outcomes: outcomes.map(({ key, outputs }) => ({
        title: t(`outcome.${key}`),
        outputs: outputs.map((output) => ({
          title: t(`output.${output.key}`),
          rows: output.indicators.map((each) => sayRow(each, voice)),
        })),
      })),
    })),
    definitions: indicators.map((each) => sayDefinition(each, model, voice)),
    sources: saySources(model, voice),
  }
}

const sayChange = (hasChanged: boolean, { newest }: ReportModel, voice: Voice): string =>
  hasChanged
    ? voice.t('donor-report.changed', { date: dayOf(newest, voice) })
    : voice.t('donor-report.unchanged', { date: dayOf(newest, voice) })

const indicatorsOf = ({ objectives }: Pick<ReportModel, 'objectives'>): readonly ReportedIndicator[] =>
  objectives.flatMap(({ outcomes }) =>
    outcomes.flatMap(({ outputs }) => outputs.flatMap(({ indicators }) => indicators)),
  )

// ---------------------------------------------------------------- figures

function sayRow({ key, baseline, targets, values, since }: ReportedIndicator, voice: ReportVoice): SaidRow {
  const { t } = voice
  const periodOf = (period: string): string => {
    if (period === 'all') return t('results.period.all')
    const year = CivilDate.safeParse(period).data
    return year ? voice.date(year) : t(`phase.${period}`)
  }
  return {
    key,
    name: t(`indicator.${key}`),
    baseline: saidBaseline(baseline, voice),
    target:
      targets.length === 0
        ? t('plan.not-given')
        : targets.map((target) => `${periodOf(target.period)}: ${sayTarget(target, voice)}`).join('; '),
    values: {
      quarter: sayFigure(values.quarter, voice),
      phase: sayFigure(values.phase, voice),
      year: sayFigure(values.year, voice),
      all: sayFigure(values.all, voice),
    },
    since: since && sayFigure(since, voice),
  }
}

/** What somebody says it stood at: a number where it is one whole number, told as exactly as it was said. */
function saidBaseline(baseline: ReportedIndicator['baseline'], voice: Voice): SaidFigure {
  if (!baseline) return { text: voice.t('plan.not-given'), number: null, parts: [] }
  const { measured, qualifier } = baseline
  const as = qualifier === 'exact' ? 'count' : qualifier === 'more-than' ? undefined : qualifier
  const isNumber = measured !== undefined && 'value' in measured && as !== undefined
  return { text: sayBaseline(baseline, voice), number: isNumber ? { value: measured.value, as } : null, parts: [] }
}

/** A figure in words, and its numbers. What is protected or not there has none: never a zero in its place. */
export function sayFigure(value: FigureValue, voice: Voice): SaidFigure {
  const { t } = voice
  switch (value.kind) {
    case 'count': {
      const text = sayCounted(value, voice)
      return isExact(value.count)
        ? { text, number: { value: value.count.low, as: value.qualifier ?? 'count' }, parts: [] }
        : { text, number: null, parts: bounds(value.count) }
    }
    case 'ratio': {
      const { numerator, denominator, percentTenths } = value
      const exact = isExact(numerator) && isExact(denominator)
      return {
        text: sayCounted(value, voice),
        number: isExact(percentTenths) ? { value: percentTenths.low / 1000, as: 'percent' } : null,
        parts: exact
          ? [
              { name: 'part', value: numerator.low },
              { name: 'whole', value: denominator.low },
            ]
          : [],
      }
    }
    case 'sample':
      return {
        text: sayCounted(value, voice),
        number: { value: value.percentTenths / 1000, as: 'percent' },
        parts: [
          { name: 'said', value: value.said },
          { name: 'asked', value: value.asked },
        ],
      }
    case 'protected':
      return { text: t(`donor-report.protected.${value.rule}`), number: null, parts: [] }
    case 'none':
      return { text: t(`donor-report.none.${value.why}`), number: null, parts: [] }
  }
}

const bounds = ({ low, high }: Interval): SaidFigure['parts'] => [
  { name: 'from', value: low },
  { name: 'to', value: high },
]

// ---------------------------------------------------------------- narratives

/** The text of a part with every slot filled by its figure. Of two texts that stand beside each other both are given. */
export function sayNarrative(
  model: Pick<ReportModel, 'objectives' | 'narratives'>,
  part: Part,
  voice: ReportVoice,
): SaidNarrative {
  const { t, language } = voice
  const narrative = narrativeIn(model, part, language)
  if (!narrative) return { language, paragraphs: [], note: t('donor-report.no-text') }
  const paragraphs = narrative.versions.flatMap((text) =>
    fillNarrative(model, part, text, voice.of(narrative.language))
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  )
  const isTwofold = narrative.versions.length > 1
  const isOther = narrative.language !== language
  return {
    language: narrative.language,
    paragraphs,
    note: isTwofold
      ? t('donor-report.two-texts')
      : isOther
        ? t('donor-report.text-in-other', { language: t(`language.${narrative.language}`) })
        : null,
  }
}

/**
 * What is no number stands in brackets, so that nobody reads it as part of the sentence. What stood in a slot that no longer is
 * one stays as it was typed: nothing is dropped from what somebody wrote.
 */
export function fillNarrative(model: Pick<ReportModel, 'objectives'>, part: Part, text: string, voice: Voice): string {
  const pieces = readNarrative(part, text)
  if (!pieces.ok) return text
  const known = indicatorsOf(model)
  return pieces.value
    .map((piece) => {
      if ('text' in piece) return piece.text
      const value = known.find(({ key }) => key === piece.slot.key)?.values[piece.slot.period]
      const { text: said } = sayFigure(value ?? { kind: 'none', why: 'nothing-recorded' }, voice)
      return value === undefined || value.kind === 'none' || value.kind === 'protected' ? `[${said}]` : said
    })
    .join('')
}

// ---------------------------------------------------------------- definitions and sources

function sayDefinition(
  { key, definition, isRedefined, unit, count, asOf }: ReportedIndicator,
  model: ReportModel,
  voice: ReportVoice,
): SaidDefinition {
  const { t } = voice
  const at = model.cutOffs
    .map(({ madeAt }) => madeAt)
    .sort()
    .at(-1)
  return {
    key,
    name: t(`indicator.${key}`),
    text: t(`definition.${key}`),
    unit: t(`unit.${unit}`),
    count: t(`count-mode.${count}`),
    version: isRedefined
      ? t('donor-report.redefined', { version: definition })
      : t('donor-report.definition', { version: definition }),
    counted: t('donor-report.counted', {
      date: dayOf(asOf ?? model.cutOff, voice),
      time: at ? voice.instant(at) : t('figure.none.no-cut-off-yet'),
    }),
  }
}

function saySources(model: ReportModel, voice: ReportVoice): readonly string[] {
  const { t } = voice
  return [
    t('donor-report.source.programme', { name: sayProgramme(model, voice) }),
    ...model.phase.dates.map(({ country, from, to, source }) =>
      t('donor-report.source.phase', {
        who: country ? t(`country.${country}`) : model.programme.name,
        phase: t(`phase.${model.phase.key}`),
        from: dayOf(from, voice),
        to: dayOf(to, voice),
        source: source ?? t('donor-report.source.not-here'),
      }),
    ),
    ...model.cutOffs.map(({ programme, label, madeAt }) =>
      t('donor-report.source.cut-off', { name: programme, date: dayOf(label, voice), time: voice.instant(madeAt) }),
    ),
    t('donor-report.source.plan'),
  ]
}

const sayProgramme = ({ programme: { name, country } }: ReportModel, { t }: Voice): string =>
  country ? t('donor-report.programme', { name }) : t('donor-report.region', { name })

/** A cut-off's label, or another day written down, as its reader writes days; what is no day as it stands. */
export function dayOf(label: string, { date }: Voice): string {
  const day = CivilDate.safeParse(label).data
  return day ? date(day) : label
}
