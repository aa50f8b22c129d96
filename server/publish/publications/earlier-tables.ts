import type { SinceEarlier } from '@lentera/core/evidence/publication/answers'
import type { PublishedTable as Cells, PublishedField } from '@lentera/core/shared/publication'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { readLongTable } from '@lentera/core/sheets/long-table'
import type { PublishedTable } from '@lentera/release/audit'
import { asRead, type Beside, type LaidEarlier, layBeside, type MethodOfTable } from '@lentera/release/editions'
import { hiddenSign } from '@lentera/release/suppress'
import { findPart, type Part, withColumns } from './part-of.ts'

/** An earlier release of a table: as it was shown, and the bytes it was made of. */
export type EarlierTable = {
  readonly bytes: Uint8Array
  /** Of the holding; `sameName` where it is said to be of the same people. */
  readonly name: string
  readonly sameName: boolean
  readonly method: MethodOfTable
  readonly shown: { readonly fields: readonly PublishedField[]; readonly cells: Cells['cells'] }
  /** As those who sign the next one are told which it was. */
  readonly release?: SinceEarlier['release']
  /** Two have signed it and nobody withdrew it. */
  readonly isOut: boolean
  /** Its address where two have not signed it: once it is withdrawn, it is as if it had not been. */
  readonly draft?: string
}

/**
 * The new table beside every earlier one: those of the same people under their own name. Tables of the same people under another
 * name would have a budget, and earlier releases, of their own; and so would a part of them in a table that does not say of which part it is.
 * Refused: `publication.same-people` {name}, and `publication.same-people-draft` {name, address} of one that two have not signed; `publication.part-without-column` {name, column, code}.
 */
export async function layEarlier(
  full: PublishedTable,
  { bytes: own, earlier }: { readonly bytes: Uint8Array; readonly earlier: readonly EarlierTable[] },
): Promise<Decision<readonly LaidEarlier[]>> {
  const laid: LaidEarlier[] = []
  for (const { bytes, name, sameName, method, shown, isOut, draft } of earlier) {
    const read = await readLongTable(bytes, null, 'earlier', true)
    if (!read.ok) continue
    const found = layWhole(full, read.value)
    if (!sameName && (found.beside.isOfSamePeople || found.part || found.isPart))
      return draft === undefined
        ? refuse('publication.same-people', { name })
        : refuse('publication.same-people-draft', { name, address: draft })
    if (!sameName) continue
    const [at] = found.part?.at ?? []
    if (at) return refuse('publication.part-without-column', { name, ...at })
    const { beside, before } = found
    const table = beside.lineUp(asRead(before(asTable(shown)), method))
    const counted = beside.lineUp(before(read.value))
    const isOther = Buffer.compare(bytes, own) !== 0
    laid.push({ beside, method, counted, shown: table, texts: beside.read(table), isOut: isOut && isOther })
  }
  return accept(laid)
}

type Found = {
  readonly beside: Beside
  /** Of the earlier table, what the new one counts without saying so. */
  readonly part: Part | undefined
  /** The earlier one counts a part of the new one's people, without saying so. */
  readonly isPart: boolean
  /** A table in the earlier one's columns, with those that say which part it is of. */
  readonly before: (table: PublishedTable) => PublishedTable
}

function layWhole(now: PublishedTable, earlier: PublishedTable): Found {
  const beside = layBeside(now, earlier)
  const alone = { beside, part: undefined, isPart: false, before: (table: PublishedTable) => table }
  if (beside.isOfSamePeople) return alone
  const part = findPart(now, earlier)
  if (part) return { ...alone, part }
  const other = findPart(earlier, now)
  if (!other) return alone
  const before = (table: PublishedTable): PublishedTable => withColumns(table, other.at)
  return { beside: layBeside(now, before(earlier)), part, isPart: true, before }
}

export function asTable({ fields, cells }: EarlierTable['shown']): PublishedTable {
  return {
    name: 'earlier',
    dimensions: fields.map(({ name }) => name),
    rows: cells.map(({ codes, value }) => ({
      codes: codes.map((code, field) => fields[field]?.codes[code]?.code ?? ''),
      shown: value === null ? hiddenSign : String(value),
    })),
  }
}
