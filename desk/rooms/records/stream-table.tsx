import type { StreamId } from '@lentera/core/shared/ids'
import { type Column, DataTable } from '@lentera/ui/parts'
import recordStyles from './records.module.css'
import type { Translate } from './say.ts'

/** Streams as a table, on a narrow screen as a list; a way to each of them. */
export function StreamTable<Row extends { readonly stream: StreamId }>({
  caption,
  rows,
  onOpen,
  columns,
}: StreamTableProps<Row>) {
  return (
    <div className={recordStyles.table}>
      <DataTable
        caption={caption}
        rows={rows}
        keyOf={({ stream }) => stream}
        onOpenRow={({ stream }) => onOpen(stream)}
        columns={columns}
        stacks
      />
    </div>
  )
}

export type StreamTableProps<Row> = {
  readonly caption: string
  readonly rows: readonly Row[]
  readonly onOpen: (stream: StreamId) => void
  readonly columns: readonly Column<Row>[]
}

/** Shown only where a row has a mark: on a small screen an empty column is a column less. */
export function marksColumn<Row>(
  rows: readonly Row[],
  marks: (row: Row) => readonly string[],
  t: Translate,
): readonly Column<Row>[] {
  if (rows.every((row) => marks(row).length === 0)) return []
  return [{ id: 'marks', label: t('workforce.marks'), value: (row) => marks(row).join(', ') }]
}
