import { type PlainTable, toCsv } from '../shared/csv.ts'
import type { EditionFigure, EditionModel } from './model.ts'
import type { SaidEdition } from './say.ts'
import type { SaidFigureOf } from './say-figure.ts'

/**
 * The figures of an edition as data, one object each and one for each bar: what the number is, in the words of the language asked for;
 * the number itself where there is one (a share between 0 and 1); and all that leads back to its source.
 */
export type EditionData = {
  readonly title: string
  readonly edition: number
  readonly language: string
  readonly frozenOn: string | null
  readonly citation: string
  readonly licence: string | null
  readonly demonstration: boolean
  readonly figures: readonly DataRow[]
}

export type DataRow = {
  readonly name: string
  /** Which part of the figure, by the words of its group; null of the whole. */
  readonly part: string | null
  readonly label: string
  readonly value: string
  /** Null where it is protected, hidden, withdrawn or no single number. */
  readonly number: number | null
  readonly from: string
  readonly indicator: string | null
  readonly definition: number | null
  readonly period: string | null
  readonly cutOff: string | null
  readonly publication: string | null
  readonly hash: string | null
  readonly source: string
  readonly standing: SaidFigureOf['standing']
  readonly stands: string
}

export function dataOf(model: EditionModel, said: SaidEdition, demonstration: boolean): EditionData {
  const { edition } = model
  return {
    title: said.title,
    edition: edition.number,
    language: said.language,
    frozenOn: edition.frozen?.on ?? null,
    citation: said.citation.plain,
    licence: edition.licence ?? null,
    demonstration,
    figures: model.figures.flatMap((figure, at) => {
      const words = said.figures[at]
      return words ? rowsOf(figure, words) : []
    }),
  }
}

/** RFC 4180, a row a figure or bar; of a demonstration every row says so. */
export function dataCsv(data: EditionData): string {
  const head = [...columns.map(snake), 'demonstration']
  const rows = data.figures.map((row) => [
    ...columns.map((column) => (row[column] === null ? '' : String(row[column]))),
    data.demonstration ? 'DEMONSTRATION' : '',
  ])
  return toCsv({ head, rows } satisfies PlainTable)
}

const columns = [
  'name',
  'part',
  'label',
  'value',
  'number',
  'from',
  'indicator',
  'definition',
  'period',
  'cutOff',
  'publication',
  'hash',
  'source',
  'standing',
  'stands',
] as const satisfies readonly (keyof DataRow)[]

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

function rowsOf({ source }: EditionFigure, said: SaidFigureOf): readonly DataRow[] {
  const of = {
    name: said.name,
    label: said.label,
    from: source?.from ?? 'nowhere',
    indicator: source?.from === 'indicator' ? source.indicator : null,
    definition: source?.from === 'indicator' ? source.definition : null,
    period: source?.from === 'indicator' ? source.period : said.period || null,
    cutOff: source?.from === 'indicator' ? source.cutOff : null,
    publication: source?.from === 'publication' ? source.address : null,
    hash: source?.from === 'publication' ? source.hash : null,
    source: said.source,
    standing: said.standing,
    stands: said.stands,
  }
  return [
    { ...of, part: null, value: said.text, number: said.numbers?.value ?? null },
    ...(said.bars?.rows ?? []).map(({ group, text, value }) => ({ ...of, part: group, value: text, number: value })),
  ]
}
