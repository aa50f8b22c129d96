import { type Interval, isExact } from '../shared/counts.ts'
import { CivilDate } from '../shared/dates.ts'
import type { Country } from '../shared/places.ts'
import type { FigureValue } from './figure.ts'
import { publicationOfRecord, type RecordedFigure } from './publication-of-record.ts'

/**
 * The brochure as this program tells it, once for the page and for the PDF: sentences of our own in the catalogues
 * (`brochure.line.<key>`), whose every number is a slot for a figure of the publication of record or for a cited fact.
 */
export type SaidBrochure = readonly SaidSection[]

export type SaidSection = {
  readonly key: (typeof sections)[number]['key']
  readonly lines: readonly SaidLine[]
}

export type SaidLine = {
  readonly key: string
  /** The sentence, cut at its numbers. */
  readonly pieces: readonly SaidPiece[]
  /** What stands large beside it: its first number of the record. */
  readonly lead?: SaidPiece
  readonly standing?: Standing
  /** Where what it cites stands: `UNODC, Global Report on Trafficking in Persons, 2020`. */
  readonly sources: readonly string[]
}

export type SaidPiece = { readonly text: string; readonly of?: NumberOf }

/** What a number is, for whoever wants to know where it comes from. */
export type NumberOf =
  | { readonly kind: 'record'; readonly figure: RecordedFigure }
  | { readonly kind: 'fact'; readonly fact: Cited }
  /** The day the ASEAN road-map was adopted, as the brochure gives it. */
  | { readonly kind: 'road-map' }

/**
 * How the figures of a line stand to what is counted here; `more` gives each further count under its own name, and `which` says
 * where the record leaves open which of them it means.
 */
export type Standing = {
  readonly agrees: boolean
  readonly text: string
  readonly which?: string
  readonly more: readonly { readonly indicator: string; readonly text: string }[]
}

/** Of a cited fact (`core/evidence`, `FactCited`), what a sentence needs. */
export type Cited = {
  readonly text: string
  readonly value:
    | { readonly kind: 'percent-tenths'; readonly tenths: number }
    | { readonly kind: 'ratio'; readonly numerator: number; readonly denominator: number }
  readonly period?: CivilDate | undefined
  readonly source: string
  readonly edition: string
  readonly verifiedOn: CivilDate
}

/** One figure of the record beside what is counted here, as it may leave (`server/publish/brochure`). */
export type ComparedFigure = {
  readonly key: string
  readonly agrees: boolean
  readonly counted: FigureValue
  readonly beside: readonly { readonly key: string; readonly counted: FigureValue }[]
}

/** Words and numbers in the reader's way. */
export type Voice = {
  readonly t: (id: string, values?: Readonly<Record<string, string | number>>) => string
  readonly number: (value: number) => string
  readonly interval: (interval: Interval) => string
  readonly percent: (percent: number, decimals?: number) => string
  readonly date: (date: CivilDate) => string
}

export function sayBrochure(voice: Voice, facts: readonly Cited[], compared: readonly ComparedFigure[]): SaidBrochure {
  return sections.map(({ key, lines }) => ({ key, lines: lines.map((line) => sayLine(line, voice, facts, compared)) }))
}

/** A figure as the record writes it: with "more than", with its percent sign. */
export function sayRecorded({ value, qualifier, unit }: RecordedFigure, voice: Voice): string {
  const number = unit === 'percent' ? voice.percent(value) : voice.number(value)
  return qualifier === 'exact' ? number : voice.t(`brochure.number.${qualifier}`, { number })
}

/** What is counted here, as far as it leaves. */
export function sayCounted(value: FigureValue, voice: Voice): string {
  const { t, interval, percent } = voice
  const tenths = ({ low, high }: Interval): string =>
    low === high ? percent(low / 10, 1) : `${percent(low / 10, 1)} – ${percent(high / 10, 1)}`
  switch (value.kind) {
    case 'count':
      return value.qualifier && isExact(value.count)
        ? t(`ui.figure.${value.qualifier}`, { number: voice.number(value.count.low) })
        : interval(value.count)
    case 'ratio':
      return t('ui.share', {
        percent: tenths(value.percentTenths),
        part: interval(value.numerator),
        whole: interval(value.denominator),
      })
    case 'sample':
      return t('brochure.sample', {
        share: percent(value.percentTenths / 10, 1),
        said: voice.number(value.said),
        asked: voice.number(value.asked),
        low: percent(value.between.low / 10, 1),
        high: percent(value.between.high / 10, 1),
      })
    case 'protected':
      return t('brochure.protected')
    case 'none':
      return t('brochure.none')
  }
}

/** Where everything in it stands, and as of when what is counted here was counted. */
export function saySources(voice: Voice, facts: readonly Cited[], asOf: string | null): readonly string[] {
  const { t, date } = voice
  const day = CivilDate.safeParse(asOf?.slice(0, 10)).data
  // Facts of one report are one source.
  const reports = Map.groupBy(facts, ({ source, edition }) => `${source}, ${edition}`)
  return [
    sayRecord(voice),
    ...[...reports.values()].map((of) => sayReport(of, voice)),
    t('brochure.source.road-map'),
    day ? t('brochure.source.counted', { date: date(day) }) : t('brochure.source.not-counted'),
  ]
}

export function sayRecord({ t, date }: Voice): string {
  const { publisher, title, verifiedOn } = publicationOfRecord
  return t('brochure.source.record', { publisher, title, date: date(CivilDate.parse(verifiedOn)) })
}

/** The source of facts out of one report. */
export function sayReport(of: readonly Cited[], voice: Voice): string {
  const { source, edition, verifiedOn } = ensure(of[0])
  const shares = of.map((fact) => sayFact(fact, undefined, voice).text).join(', ')
  return voice.t('brochure.source.fact', { shares, source, edition, date: voice.date(verifiedOn) })
}

// ---------------------------------------------------------------- what it says, in its order

/** Where a number, or a list of countries, comes from. */
type Slot =
  | { readonly record: string; readonly country?: Country }
  | { readonly record: string; readonly what: 'years' | 'countries' | 'names' }
  | { readonly fact: string; readonly what?: 'period' }
  | { readonly day: 'road-map' }

type Line = { readonly key: string; readonly slots?: Readonly<Record<string, Slot>> }

const byCountry = (record: string): Readonly<Record<string, Slot>> => ({
  women: { record },
  MM: { record, country: 'MM' },
  KH: { record, country: 'KH' },
  TH: { record, country: 'TH' },
})

const sections = [
  {
    key: 'why',
    lines: [
      {
        key: 'detected',
        slots: {
          year: { fact: 'detected-victims-women-and-girls', what: 'period' },
          share: { fact: 'detected-victims-women-and-girls' },
        },
      },
      {
        key: 'police',
        slots: { lowest: { record: 'women-in-police-lowest' }, highest: { record: 'women-in-police-highest' } },
      },
      // Claims without a number stand in sentences of their own: a verdict is on what was counted, and on nothing beside it.
      { key: 'crossings' },
    ],
  },
  {
    key: 'services',
    lines: [
      {
        key: 'forms',
        slots: {
          sexual: { fact: 'detected-women-sexual-exploitation' },
          labour: { fact: 'detected-women-forced-labour' },
          other: { fact: 'detected-women-other-forms' },
        },
      },
      { key: 'aware', slots: { women: { record: 'women-more-aware' } } },
      { key: 'trained', slots: byCountry('women-trained-in-livelihoods') },
      { key: 'grants', slots: { women: { record: 'women-given-livelihood-support' } } },
      { key: 'survivors', slots: byCountry('survivors-supported') },
      {
        key: 'sentenced',
        slots: {
          perpetrators: { record: 'perpetrators-sentenced' },
          years: { record: 'perpetrators-sentenced', what: 'years' },
        },
      },
    ],
  },
  { key: 'understanding', lines: [{ key: 'products', slots: { products: { record: 'knowledge-products' } } }] },
  {
    key: 'capacity',
    lines: [
      {
        key: 'officers',
        slots: {
          officers: { record: 'officers-trained' },
          share: { record: 'women-among-officers-trained' },
          countries: { record: 'officers-trained', what: 'countries' },
          names: { record: 'officers-trained', what: 'names' },
        },
      },
      { key: 'modules', slots: { modules: { record: 'training-modules' } } },
      { key: 'languages' },
      { key: 'trainers' },
      { key: 'webinars', slots: { webinars: { record: 'self-care-webinars' } } },
    ],
  },
  {
    key: 'leadership',
    lines: [
      { key: 'research', slots: { events: { record: 'dissemination-events' } } },
      { key: 'understood' },
      { key: 'exhibition', slots: { visitors: { record: 'exhibition-visitors' } } },
      { key: 'videos', slots: { videos: { record: 'videos' }, people: { record: 'video-viewers' } } },
      { key: 'road-map', slots: { date: { day: 'road-map' } } },
    ],
  },
] as const satisfies readonly { readonly key: string; readonly lines: readonly Line[] }[]

/** The figures of the record that the text names: a test holds that none is left out. */
export const figuresNamed: readonly string[] = sections.flatMap(({ lines }) =>
  lines.flatMap((line: Line) =>
    Object.values(line.slots ?? {}).flatMap((slot) => ('record' in slot ? slot.record : [])),
  ),
)

// ---------------------------------------------------------------- one sentence

function sayLine(
  { key, slots = {} }: Line,
  voice: Voice,
  facts: readonly Cited[],
  compared: readonly ComparedFigure[],
): SaidLine {
  const filled = Object.entries(slots).map(([name, slot]) => [name, saySlot(slot, voice, facts, compared)] as const)
  // The sentence is asked for with marks in the place of its numbers, and cut there: the catalogue decides their order.
  const sentence = voice.t(
    `brochure.line.${key}`,
    Object.fromEntries(filled.map(([name]) => [name, `${mark}${name}${mark}`])),
  )
  const numbers = new Map(filled)
  const pieces = sentence.split(mark).flatMap((text, at): SaidPiece[] => {
    const number = at % 2 === 1 ? numbers.get(text) : undefined
    return number ? [number] : text === '' ? [] : [{ text }]
  })
  const lead = filled.find(([, { of }]) => of?.kind === 'record')?.[1]
  const standing = standingOf(
    [...new Set(Object.values(slots).flatMap((slot) => ('record' in slot ? slot.record : [])))],
    voice,
    compared,
  )
  const cited = filled.flatMap(([, { of }]) => (of?.kind === 'fact' ? `${of.fact.source}, ${of.fact.edition}` : []))
  return {
    key,
    pieces,
    ...(lead ? { lead } : {}),
    ...(standing ? { standing } : {}),
    sources: [...new Set(cited)],
  }
}

/** In no text: a character that is kept for private use. */
const mark = '\uE000'

function saySlot(slot: Slot, voice: Voice, facts: readonly Cited[], compared: readonly ComparedFigure[]): SaidPiece {
  if ('day' in slot) {
    return { text: voice.date(CivilDate.parse(publicationOfRecord.roadMap.adoptedOn)), of: { kind: slot.day } }
  }
  if ('fact' in slot) return sayFact(ensure(facts.find(({ text }) => text === slot.fact)), slot.what, voice)
  const figure = recordedFigure(slot.record)
  const of = { kind: 'record', figure } as const
  if ('what' in slot) return { text: sayAbout(figure, slot.what, voice), ...(slot.what === 'names' ? {} : { of }) }
  const part = figure.parts?.find(({ country }) => country === slot.country)
  if (part) return { text: voice.number(part.value), of }
  const counted = compared.find(({ key }) => key === figure.key)
  // What a source says of "about so many" is not made more exact by agreeing with the record.
  const isAbout = counted?.agrees === true && counted.counted.kind === 'count' && counted.counted.qualifier === 'about'
  const number = sayRecorded(figure, voice)
  return { text: isAbout ? voice.t('ui.figure.about', { number }) : number, of }
}

function sayAbout(
  { part = {}, across = [] }: RecordedFigure,
  what: 'years' | 'countries' | 'names',
  { t, number }: Voice,
): string {
  if (what === 'years') return number(Number(part.years))
  return what === 'countries' ? number(across.length) : across.map((country) => t(`country.${country}`)).join(', ')
}

function sayFact(fact: Cited, what: 'period' | undefined, voice: Voice): SaidPiece {
  const of = { kind: 'fact', fact } as const
  if (what === 'period') return { text: voice.date(ensure(fact.period)), of }
  const { value } = fact
  return {
    text: voice.percent(value.kind === 'ratio' ? (100 * value.numerator) / value.denominator : value.tenths / 10),
    of,
  }
}

function standingOf(keys: readonly string[], voice: Voice, compared: readonly ComparedFigure[]): Standing | undefined {
  const of = compared.filter(({ key }) => keys.includes(key))
  if (of.length === 0) return undefined
  const different = of.filter(({ agrees }) => !agrees)
  const shares = of.filter(({ agrees, counted }) => agrees && counted.kind === 'ratio')
  return {
    agrees: different.length === 0,
    text: [
      ...(different.length === 0 ? [voice.t('brochure.agrees')] : []),
      ...different.map(({ key, counted }) =>
        voice.t('brochure.differs', {
          recorded: sayRecorded(recordedFigure(key), voice),
          counted: sayCounted(counted, voice),
        }),
      ),
    ].join(' '),
    ...(of.some(({ beside }) => beside.length > 0) ? { which: voice.t('brochure.which') } : {}),
    more: [
      // A percentage alone says nothing: both its numbers stand beside it.
      ...shares.map(({ key, counted }) => ({
        indicator: nameOf(recordedFigure(key), voice),
        text: sayCounted(counted, voice),
      })),
      ...of.flatMap(({ beside }) =>
        beside.map(({ key, counted }) => ({
          indicator: voice.t(`indicator.${key}`),
          text: sayCounted(counted, voice),
        })),
      ),
    ],
  }
}

/** What an indicator is called, with the country where the record says it of one alone. */
export function nameOf({ indicator, country }: RecordedFigure, { t }: Voice): string {
  const name = indicator ? t(`indicator.${indicator}`) : ''
  return country ? `${t(`country.${country}`)}: ${name}` : name
}

const recordedFigure = (key: string): RecordedFigure =>
  ensure(publicationOfRecord.figures.find((figure: RecordedFigure) => figure.key === key))

function ensure<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('the brochure names a figure or a fact that is not there')
  return value
}
