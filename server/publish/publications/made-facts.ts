import type { Made } from '@lentera/core/evidence/publication/answers'
import type { Source } from '@lentera/core/evidence/publication/entries'
import { type Indicator, indicators } from '@lentera/core/results/indicators'
import type { PublishedCode, PublishedField, PublishedTable } from '@lentera/core/shared/publication'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { defaultSettings, type ReleasedCell } from '@lentera/release/release'
import type { Population, Releases } from '../releases.ts'
import type { Labels } from './labels.ts'

type Facts = Extract<Source, { kind: 'facts' }>

/** The cut-offs of a population that are over, the newest first: in one that is being made a programme may still be missing. */
export type CutOffs = { readonly labels: readonly string[] }

/**
 * What was released of some indicators at a cut-off, as one table: nothing is protected here, and nothing is shown that the chain
 * of releases (decision 0012) does not show. Refused: `publication.no-such-cut-off` {cutOff, newest},
 * `publication.indicator-not-released` {indicator}, `publication.units-mixed`.
 */
export async function makeFacts(
  { indicators: keys, cutOff }: Facts,
  population: Population,
  releases: Releases,
  { labels: cutOffs }: CutOffs,
  labels: Labels,
): Promise<Decision<Made>> {
  if (!cutOffs.includes(cutOff)) return refuse('publication.no-such-cut-off', { cutOff, newest: cutOffs[0] ?? '–' })
  const chosen = keys.flatMap((key) => publishable.find((each) => each.key === key) ?? [])
  const missing = keys.find((key) => chosen.every((each) => each.key !== key))
  if (missing !== undefined) return refuse('publication.indicator-not-released', { indicator: missing })
  if (new Set(chosen.map(({ measure }) => measure)).size > 1) return refuse('publication.units-mixed')
  const rows: Row[] = []
  for (const indicator of chosen) {
    const release = await releases.at(population, indicator.fact, cutOff)
    for (const cell of release?.tables.cells ?? []) rows.push(rowOf(indicator, cell))
  }
  if (rows.length === 0) return refuse('publication.no-such-cut-off', { cutOff, newest: cutOffs[0] ?? '–' })
  const { fields, cells } = tableOf(rows, labels)
  return accept({
    unit: chosen[0]?.measure === 'persons' ? 'persons' : 'contacts',
    persons: null,
    asOf: cutOff,
    method: { name: 'cut-off-tables', minimum: defaultSettings.minimum },
    fields,
    data: { kind: 'table', cells },
    quality: null,
    inside: {
      audit: {
        cells: cells.length,
        hidden: cells.filter(({ value }) => value === null).length,
        open: 0,
        minimum: defaultSettings.minimum,
        earlier: cutOffs.filter((label) => label < cutOff).length,
      },
      quality: null,
      warnings: [],
      picture: [],
    },
  })
}

/** What is counted of those who could be harmed, and released at every cut-off. */
export const publishable: readonly Indicator[] = indicators.filter(
  ({ subject, measure, ratio, part }) => subject === 'survivor' && measure !== 'latest' && !ratio && part === undefined,
)

type Row = { readonly codes: ReadonlyMap<string, string>; readonly value: number | null; readonly why?: string }

function rowOf(indicator: Indicator, { cell, persons, contacts }: ReleasedCell): Row {
  const counted = indicator.measure === 'persons' ? persons : contacts
  const codes = new Map([['indicator', indicator.key], ['year', cell.period], ...Object.entries(cell.dimensions)])
  if (counted.kind === 'protected') return { codes, value: null, why: counted.rule }
  // Somebody may stand in it twice, and until that is settled the count is an interval.
  return counted.low === counted.high ? { codes, value: counted.low } : { codes, value: null, why: 'unsettled' }
}

const whole = 'total'

/** Every row's codes as indices into the fields; a row that says nothing of a field is of all of it. */
function tableOf(
  rows: readonly Row[],
  labels: Labels,
): { readonly fields: readonly PublishedField[]; readonly cells: PublishedTable['cells'] } {
  const told = rows.filter((row) => row.value !== 0 || ![...row.codes.values()].includes('unsettled'))
  const names = [...new Set(told.flatMap(({ codes }) => [...codes.keys()]))]
  const fields = names
    .map((name) => {
      const values = [...new Set(told.flatMap(({ codes }) => codes.get(name) ?? []))]
      const hasWhole = name !== 'indicator' && told.some(({ codes }) => !codes.has(name))
      return fieldOf(name, hasWhole ? [whole, ...values] : values, labels)
    })
    .filter(({ codes }) => codes.length > 1)
  const places = fields.map(({ codes }) => new Map(codes.map(({ code }, place) => [code, place])))
  return {
    fields,
    cells: told.map(({ codes, value, why }) => ({
      codes: fields.map(({ name }, at) => places[at]?.get(codes.get(name) ?? whole) ?? 0),
      value,
      ...(why === undefined ? {} : { why }),
    })),
  }
}

function fieldOf(name: string, codes: readonly string[], labels: Labels): PublishedField {
  if (name === 'indicator')
    return {
      name,
      label: labels.of(['publication.field.indicator'], name),
      kind: 'category',
      codes: codes.map((code) => ({ code, label: labels.of([`indicator.${code}`], code) })),
    }
  if (name === 'year') {
    const ordered = codes.toSorted((a, b) => (a === 'all' ? -1 : b === 'all' ? 1 : a < b ? -1 : 1))
    return {
      name,
      label: labels.of(['publication.field.year'], 'year'),
      kind: 'year',
      codes: ordered.map(
        (code): PublishedCode =>
          code === 'all'
            ? { code, label: labels.of(['publication.all-years'], 'All years'), is: 'total' }
            : { code, label: { en: code } },
      ),
    }
  }
  return labels.field(name, codes)
}
