import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import {
  type AuditDimension,
  isLikelyTotal,
  isTotalName,
  joined,
  type NamedPartitions,
  type Partition,
  partitionsIn,
} from '../audit/hierarchy.ts'
import type { PublishedTable } from '../audit/published.ts'
import type { Rules } from './rules.ts'

/** A table whose shape nobody's data chose: what the rules and the names of its codes say, and nothing that its counts do. */
export type Declared = {
  /** Its columns but those that the rules ignore: what a label says of a code would be told by the rows there are. */
  readonly table: PublishedTable
  readonly dimensions: readonly AuditDimension[]
  /** Of each dimension every code, as the rules list them or in the order of their letters; wholes last. */
  readonly codes: readonly (readonly string[])[]
}

/**
 * The dimensions of a table for differential privacy. `findDimensions` tries sums: what it finds depends on single persons, and what is
 * printed by it tells of them. Here a whole is what the rules say, or the one code that is called a total; every column is a dimension that
 * the rules do not ignore; a code is one that the rules list or, where they list none, that has a row: then the list of codes is taken as public.
 *
 * Refuses by names alone: `protect.several-totals` {dimension}; `protect.several-partitions` {dimension}, since a person would be in
 * several parts; `protect.code-not-listed` {dimension, rows}.
 */
export function declaredTable(given: PublishedTable, { hierarchies, codes: listed }: Rules): Decision<Declared> {
  const ignored = new Set(hierarchies.ignore ?? [])
  const kept = [...given.dimensions.keys()].filter((place) => !ignored.has(given.dimensions[place] ?? ''))
  const table: PublishedTable = {
    name: given.name,
    dimensions: kept.map((place) => given.dimensions[place] ?? ''),
    rows: given.rows.map(({ codes, shown }) => ({ codes: kept.map((place) => codes[place] ?? ''), shown })),
  }
  const combined = (hierarchies.combine ?? []).filter((names) => names.every((name) => table.dimensions.includes(name)))
  const inGroup = new Set(combined.flat())
  const groups = [...combined, ...table.dimensions.filter((name) => !inGroup.has(name)).map((name) => [name])]
  const dimensions: AuditDimension[] = []
  const codes: (readonly string[])[] = []
  for (const columns of groups) {
    const name = columns.join(joined)
    const places = columns.map((column) => table.dimensions.indexOf(column))
    const inRows = table.rows.map((row) => places.map((place) => row.codes[place] ?? '').join(joined))
    const declared = declaredCodes(name, inRows, hierarchies.partitions?.[name], listed[name])
    if (!declared.ok) return declared
    dimensions.push({ name, columns, partitions: declared.value.partitions })
    codes.push(declared.value.codes)
  }
  return accept({ table, dimensions, codes })
}

function declaredCodes(
  name: string,
  inRows: readonly string[],
  said: NamedPartitions | undefined,
  listed: readonly string[] | undefined,
): Decision<{ readonly partitions: readonly Partition[]; readonly codes: readonly string[] }> {
  const isTotal = (code: string, is: (part: string) => boolean): boolean => code.split(joined).every(is)
  const present = [...new Set(inRows)]
  const isNamed = (code: string): boolean => isTotal(code, isTotalName) || isTotal(code, isLikelyTotal)
  const known = listed === undefined ? present.toSorted() : [...new Set([...listed, ...present.filter(isNamed)])]
  const totals = known.filter((code) => isTotal(code, isTotalName))
  const wholes = totals.length > 0 ? totals : known.filter((code) => isTotal(code, isLikelyTotal))
  if (said === undefined && wholes.length > 1) return refuse('protect.several-totals', { dimension: name })
  const [whole] = wholes
  const parts = known.filter((code) => code !== whole)
  const partitions =
    said !== undefined ? partitionsIn(said) : whole === undefined || parts.length === 0 ? [] : byKind(whole, parts)
  const own = new Set(partitions.map((partition) => partition.whole))
  const times = new Map<string, number>()
  for (const part of partitions.flatMap((partition) => partition.parts)) times.set(part, (times.get(part) ?? 0) + 1)
  if (own.size < partitions.length || [...times.values()].some((count) => count > 1))
    return refuse('protect.several-partitions', { dimension: name })
  const all = [...new Set([...known, ...partitions.flatMap((partition) => partition.parts)])]
  const codes = [...all.filter((code) => !own.has(code)), ...own]
  const allowed = new Set(codes)
  const rows = inRows.filter((code) => !allowed.has(code)).length
  return rows > 0 ? refuse('protect.code-not-listed', { dimension: name, rows }) : accept({ partitions, codes })
}

/** Of columns that the rules combine the first says by which kind the whole is split: several kinds are several ways. */
function byKind(whole: string, parts: readonly string[]): readonly Partition[] {
  if (!whole.includes(joined)) return [{ whole, parts }]
  const kinds = new Map<string, string[]>()
  for (const part of parts) {
    const kind = part.split(joined)[0] ?? ''
    kinds.set(kind, [...(kinds.get(kind) ?? []), part])
  }
  return [...kinds.values()].map((its) => ({ whole, parts: its }))
}
