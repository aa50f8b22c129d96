import type {
  Publication,
  PublishedCode,
  PublishedField,
  PublishedMethod,
  PublishedRecords,
  Said,
} from '@lentera/core/shared/publication'
import { keptBy } from './kept.ts'

/** One of the things that a field of a publication can be, as a view names it. */
export type Category = {
  /** Index into the field's `codes`; -1: nothing stands in the field. */
  readonly place: number
  /** As the address of a view and its CSV write it. */
  readonly code: string
  /** Absent where nothing stands in the field. */
  readonly label: Said | null
  /** Not recorded, or not said: drawn as unknown, after all others. */
  readonly isUnknown: boolean
  /** Nothing stands in the field, which in made-up records may also be since what stood there is shared by few. */
  readonly mayBeLeftOut?: true
}

/** Whether its records are of nobody, so that every count of them is off by a little. */
export const isSynthetic = ({ name }: PublishedMethod): boolean => name === 'dp-records' || name === 'k-records'

/** A name that is not taken. */
export const free = (name: string, taken: readonly string[]): string =>
  taken.includes(name) ? free(`${name}_`, taken) : name

/** What an address and the CSV of a view write for a field in which nothing stands. */
const absentCode = ({ codes }: PublishedField): string =>
  free(
    'not-recorded',
    codes.map(({ code }) => code),
  )

/** What the CSV of a view writes for all of a field together: its own code for that, where it has one. */
export function allOf({ codes }: PublishedField): PublishedCode {
  const taken = codes.map(({ code }) => code)
  return codes.find(({ is }) => is === 'total') ?? { code: free('all', taken), label: { en: 'all' }, is: 'total' }
}

/**
 * What a field is split into: its codes in their order, then the unknown, then, of records, those in which nothing stands in it.
 * Not the code of all together, which is a whole and no part.
 */
export function categoriesOf({ fields, data, method }: Publication, field: number): readonly Category[] {
  const split = fields[field]
  if (!split) return []
  const codes = split.codes.map((code, place) => categoryOf(code, place))
  const parts = codes.filter(({ place }) => split.codes[place]?.is !== 'total')
  const isAbsentSomewhere = data.kind === 'records' && (isAbsentIn(data)[field] ?? false)
  return [
    ...parts.filter(({ isUnknown }) => !isUnknown),
    ...parts.filter(({ isUnknown }) => isUnknown),
    ...(isAbsentSomewhere ? [absent(split, isSynthetic(method))] : []),
  ]
}

const absent = (field: PublishedField, isMadeUp: boolean): Category => ({
  place: -1,
  code: absentCode(field),
  label: null,
  isUnknown: true,
  ...(isMadeUp && { mayBeLeftOut: true }),
})

/** The code that stands for all of a field together. */
export function totalOf({ codes }: PublishedField): number | undefined {
  const place = codes.findIndex((code) => code.is === 'total')
  return place === -1 ? undefined : place
}

function categoryOf({ code, label, is }: PublishedCode, place: number): Category {
  return { place, code, label, isUnknown: is === 'unknown' }
}

/** By field, whether there are records in which nothing stands in it. */
const isAbsentIn = keptBy(({ rows }: PublishedRecords): readonly boolean[] => {
  const absent = (rows[0]?.codes ?? []).map(() => false)
  for (const { codes } of rows)
    codes.forEach((code, field) => {
      if (code === -1) absent[field] = true
    })
  return absent
})
