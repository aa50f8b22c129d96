import type { Inside, Made } from '@lentera/core/evidence/publication/answers'
import type { Method } from '@lentera/core/evidence/publication/words'
import type { PublishedQuality, PublishedRecords } from '@lentera/core/shared/publication'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { PublishedTable } from '@lentera/release/audit'
import {
  type MicrodataSettings,
  type Quality,
  qualityOf,
  type RandomBits,
  type Records,
  readRecords,
  releaseMicrodata,
  type Watch,
} from '@lentera/release/microdata'
import type { Labels } from './labels.ts'
import { isCountOf } from './records-beside.ts'
import { differenceOf, isPartOf } from './same-records.ts'

type RecordsMethod = Extract<Method, { name: 'dp-records' | 'k-records' }>

/** An earlier release of records: by which method, and of which bytes; `sameName` where it is said to be of the same people. */
export type EarlierRecords = {
  readonly bytes: Uint8Array
  readonly name: string
  readonly method: 'dp-records' | 'k-records'
  readonly sameName: boolean
}

export type RecordsTask = {
  readonly bytes: Uint8Array
  /** As it was said when the file was brought; null where that was counted otherwise. */
  readonly rows: number | null
  readonly edition: string
  readonly about: 'survivors' | 'others'
  /** Columns of which the steward said that they hold no names. */
  readonly categories: readonly string[]
  readonly method: RecordsMethod
  readonly earlier: readonly EarlierRecords[]
  /** Tables of the programme that were made before. */
  readonly tables?: readonly EarlierCounts[]
}

/** An earlier table beside which records are made: what it was made of, read. */
export type EarlierCounts = {
  readonly name: string
  readonly sameName: boolean
  readonly counted: PublishedTable
}

/**
 * Records made of coded records, and everything that is said of them. Refused: as `readRecords` and `releaseMicrodata`;
 * `publication.rows-differ` {said, read}; `publication.same-people` {name}; `publication.two-promises`;
 * `publication.made-once`; `publication.differs-by-few` {least}.
 *
 * What is published of the quality of private records costs nothing of the budget: the release is made once more from
 * itself, and how far the second lies from the first stands for how far the first lies from the real ones (the parametric
 * bootstrap: Ferrando, Wang & Sheldon 2022, "Parametric bootstrap for differentially private confidence intervals"). What
 * of the tail was lost the first time cannot be lost again, so that of losses it knows only a part, and says so (`estimated`).
 */
export function makeRecords(task: RecordsTask, labels: Labels, bits: RandomBits, watch: Watch): Decision<Made> {
  const read = readRecords(task.bytes, { categories: task.categories })
  if (!read.ok) return read
  const real = read.value
  if (task.rows !== null && real.count !== task.rows)
    return refuse('publication.rows-differ', { said: task.rows, read: real.count })
  const apart = keepsApart(real, task)
  if (!apart.ok) return apart
  const settings = settingsOf(task)
  const made = releaseMicrodata(real, settings, bits, watch)
  if (!made.ok) return made
  const { records, people, warnings, method } = made.value
  const k = task.method.name === 'k-records' ? task.method.k : 10
  const compare = comparing(labels, settings.length, k, watch)
  const quality = compare(real, records)
  if (!quality.ok) return quality
  const again =
    settings.method === 'dp' ? releaseMicrodata(records, { ...settings, notSurvivors: true }, bits, watch) : undefined
  const estimated = again?.ok ? compare(records, again.value.records) : undefined
  const fields = records.columns.map(({ name, values }) => labels.field(name, values.toSorted(inCounting)))
  return accept({
    unit: 'records',
    // Made-up records are nobody: of real persons is said what the noise let be measured, or what a multiple of k hides.
    persons: method.name === 'k' ? Math.floor(real.count / method.k) * method.k : people,
    asOf: task.edition,
    method:
      method.name === 'k'
        ? { name: 'k-records', k: method.k, length: method.length }
        : { name: 'dp-records', epsilon: method.epsilon, delta: method.delta, length: method.length },
    fields,
    data: rowsOf(records, fields),
    quality:
      settings.method === 'dp'
        ? estimated?.ok
          ? { ...published(estimated.value), estimated: true }
          : null
        : rounded(published(quality.value)),
    inside: {
      audit: null,
      quality: published(quality.value),
      warnings: [...warnings, ...(task.categories.length > 0 ? ['said-categories'] : [])],
      picture: pictureOf(real, records, labels),
    },
  })
}

function settingsOf({ method, about }: RecordsTask): MicrodataSettings {
  const notSurvivors = about === 'others'
  if (method.name === 'k-records') return { method: 'k', k: method.k, length: method.length, notSurvivors }
  const { epsilon, deltaExponent, length } = method
  return { method: 'dp', epsilon: epsilon / 1000, delta: 10 ** -deltaExponent, length, notSurvivors }
}

/**
 * What k persons hold has no budget: two makings of the same people at 10 and at 5 bound what only the second has between 5 and 9,
 * so that they are made once, whatever the k and whatever the files are called. Of other people of the same name nobody came or
 * went, or at least so many did: the difference would tell of them.
 */
function keepsApart(real: Records, { method, earlier, tables = [] }: RecordsTask): Decision<void> {
  const counted = tables.find(({ sameName, counted: table }) => !sameName && isCountOf(table, real))
  if (counted) return refuse('publication.same-people', { name: counted.name })
  for (const before of earlier) {
    const read = readRecords(before.bytes, { wasRead: true })
    if (!read.ok) continue
    const { came, gone, ...found } = differenceOf(real, read.value)
    const isOfSamePeople = found.isOfSamePeople || isPartOf(real, read.value) || isPartOf(read.value, real)
    if (!before.sameName && isOfSamePeople) return refuse('publication.same-people', { name: before.name })
    if (!before.sameName) continue
    // What is held by k has no epsilon: beside it no budget would say what these people lose in all.
    if (before.method !== method.name) return refuse('publication.two-promises')
    if (method.name !== 'k-records') continue
    if (isOfSamePeople) return refuse('publication.made-once')
    const least = Math.max(5, method.k)
    const isFew = (persons: number): boolean => persons > 0 && persons < least
    if (isFew(came) || isFew(gone)) return refuse('publication.differs-by-few', { least })
  }
  return accept(undefined)
}

/** As people count: 9-17 comes before 18-20. */
const inCounting = new Intl.Collator('en', { numeric: true }).compare

function rowsOf({ count, columns }: Records, fields: Made['fields']): PublishedRecords {
  const places = columns.map(({ values }, at) => {
    const codes = fields[at]?.codes.map(({ code }) => code) ?? []
    return [-1, ...values.map((value) => codes.indexOf(value))]
  })
  const counts = new Map<string, { readonly codes: readonly number[]; count: number }>()
  for (let record = 0; record < count; record++) {
    const codes = columns.map((column, at) => places[at]?.[column.codes[record] ?? 0] ?? -1)
    const key = codes.join(',')
    const row = counts.get(key) ?? { codes, count: 0 }
    row.count++
    counts.set(key, row)
  }
  // In the order of their codes: the order in which records were made never shows.
  return { kind: 'records', rows: [...counts.values()].sort((a, b) => inOrder(a.codes, b.codes)) }
}

function inOrder(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((code, place) => code !== b[place])
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}

/** Questions are called as their fields are in English. */
function comparing(labels: Labels, length: number, k: number, watch: Watch) {
  const said = (column: string): string => labels.field(column, []).label.en
  return (real: Records, released: Records): Decision<Quality> => {
    const names = real.columns.map(({ name }) => name)
    const pairs = names.length > 10 ? [] : names.flatMap((a, at) => names.slice(at + 1).map((b) => [a, b]))
    const questions = [...names.map((name) => [name]), ...pairs].map((columns) => ({
      name: columns.map(said).join(' × '),
      columns,
    }))
    return qualityOf(real, released, { length: Math.min(length, 3), k, questions, watch })
  }
}

function published({ byLength, tail, questions }: Quality): PublishedQuality {
  return {
    byLength: byLength.map(({ length, combinations, errorUnion, suppressed, fabricated }) => ({
      length,
      combinations,
      error: errorUnion,
      suppressed,
      fabricated,
    })),
    tail,
    questions: questions.map(({ name, distance }) => ({ name, distance })),
  }
}

/** To two figures: of records that k persons hold, exact sums over the real ones would be one more table of them. */
function rounded({ byLength, tail, questions }: PublishedQuality): PublishedQuality {
  const two = (value: number): number => Number(value.toPrecision(2))
  const share = ({ number, weight }: { readonly number: number; readonly weight: number }) => ({
    number: two(number),
    weight: two(weight),
  })
  return {
    byLength: byLength.map((each) => ({
      length: each.length,
      combinations: two(each.combinations),
      error: two(each.error),
      suppressed: share(each.suppressed),
      fabricated: share(each.fabricated),
    })),
    tail: tail && {
      half: two(tail.half),
      ninety: two(tail.ninety),
      ninetyNine: two(tail.ninetyNine),
      largest: two(tail.largest),
    },
    questions: questions.map(({ name, distance }) => ({ name, distance: two(distance) })),
  }
}

function pictureOf(real: Records, released: Records, labels: Labels): Inside['picture'] {
  return real.columns.map(({ name, values, codes }) => {
    const other = released.columns.find((column) => column.name === name)
    const counts = countsOf(codes, values)
    const shown = other ? countsOf(other.codes, other.values) : new Map<string, number>()
    // What was not released is in no field of the publication, and has a name all the same.
    const field = labels.field(name, [...new Set([...counts.keys(), ...shown.keys()])].toSorted(inCounting))
    return {
      field: name,
      label: field.label,
      parts: field.codes.map(({ code, label }) => ({
        code,
        label,
        real: counts.get(code) ?? 0,
        released: shown.get(code) ?? 0,
      })),
    }
  })
}

function countsOf(codes: ArrayLike<number>, values: readonly string[]): Map<string, number> {
  const counts = new Map(values.map((value) => [value, 0]))
  for (let at = 0; at < codes.length; at++) {
    const value = values[(codes[at] ?? 0) - 1]
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}
