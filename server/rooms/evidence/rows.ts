import { knownValue } from '@lentera/core/evidence/ctdc'
import type { Where } from '@lentera/core/evidence/figures'
import { ctdcUnknown, ctdcUnknownCountry, glotip, subregionCodes } from '@lentera/core/evidence/words'
import type { StreamId } from '@lentera/core/shared/ids'
import type { Viewer } from '../../access/viewer.ts'
import type { Database, Transaction } from '../../database/database.ts'
import type { DataSetRow } from './data-sets.ts'

/** Which rows: those a figure over UNODC's table counts, those with one value of one column, or all. */
export type Filter =
  | Where
  | { readonly column: string; readonly value: string | null }
  | Readonly<Record<string, never>>

export type Rows = { readonly rows: readonly DataSetRow[]; readonly after: number | null; readonly more: boolean }

/** Rows given at once. */
export const rowsPage = 200

/** The rows of a data set that a figure counts, in the order of the file, from the line after `after`. */
export async function rowsOfDataSet(
  database: Database,
  viewer: Viewer,
  dataSet: StreamId,
  filter: Filter,
  after: number,
): Promise<Rows> {
  const rows = await database.asViewer(viewer, (transaction) => select(transaction, viewer, dataSet, filter, after))
  return { rows, after: rows.at(-1)?.line ?? null, more: rows.length === rowsPage }
}

function select(
  transaction: Transaction,
  { programme }: Viewer,
  dataSet: StreamId,
  filter: Filter,
  after: number,
): Promise<DataSetRow[]> {
  const from = [programme, dataSet, after, rowsPage]
  if (isWhere(filter)) {
    const { indicator, dimension, category, sex, age, year, area, lines } = filter
    // The same rule as `rowsOf` in core/evidence/figures.ts; a test holds the two together.
    return transaction.query<DataSetRow>(
      'rows behind a figure',
      `select line, cells from lentera.data_set_row
       where programme = $1 and data_set = $2 and line > $3
         and cells->>'unit' = $5 and cells->>'indicator' = $6 and cells->>'dimension' = $7 and cells->>'category' = $8
         and cells->>'sex' = $9 and cells->>'age' = $10
         and ($11::text is null or cells->>'year' = $11)
         and ($12::text is null or (coalesce(nullif(cells->>'iso3', ''), cells->>'country') = $12
              and not (cells->>'country' = '' and cells->>'iso3' = any($13::text[]))))
         and ($14 or not (cells->>'country' = '' and cells->>'iso3' = any($13::text[])))
       order by line limit $4`,
      [
        ...from,
        glotip.units.counts,
        indicator,
        dimension,
        category,
        sex,
        age,
        year === undefined ? null : String(year),
        area ?? null,
        [...subregionCodes],
        lines === 'every-row',
      ],
    )
  }
  if ('column' in filter && filter.column !== undefined) {
    return transaction.query<DataSetRow>(
      'rows with a value',
      `select line, cells from lentera.data_set_row
       where programme = $1 and data_set = $2 and line > $3 and btrim(cells->>$5) = any($6::text[])
       order by line limit $4`,
      [...from, filter.column, spellingsOf(filter.column, filter.value)],
    )
  }
  return transaction.query<DataSetRow>(
    'rows in order',
    `select line, cells from lentera.data_set_row where programme = $1 and data_set = $2 and line > $3
     order by line limit $4`,
    from,
  )
}

const isWhere = (filter: Filter): filter is Extract<Filter, { indicator: string }> =>
  'indicator' in filter && filter.indicator !== undefined

/** All ways the published editions write this value in this column. */
function spellingsOf(column: string, value: string | null): string[] {
  const known = knownValue(column)
  const candidates = value === null ? [...ctdcUnknown, ...ctdcUnknownCountry] : [value, `${value}.0`]
  return candidates.filter((candidate) => known(candidate) === value)
}
