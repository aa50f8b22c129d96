import type { StreamId } from '@lentera/core/shared/ids'
import type { Translate } from '@lentera/ui/catalogues/text'
import { type Column, DataTable, Section, type SectionProps } from '@lentera/ui/parts'
import type { ReactNode } from 'react'
import recordStyles from './records.module.css'

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

/** A part of a page that lists streams of one kind, or says that there are none; `children` stand below the list. */
export function StreamSection<Row extends { readonly stream: StreamId }>({
  title,
  note,
  actions,
  none,
  children,
  ...table
}: StreamSectionProps<Row>) {
  return (
    <Section title={title} note={note} actions={actions}>
      {table.rows.length === 0 ? none : <StreamTable {...table} />}
      {children}
    </Section>
  )
}

export type StreamSectionProps<Row> = StreamTableProps<Row> &
  Pick<SectionProps, 'title' | 'note' | 'actions'> & { readonly none: ReactNode; readonly children?: ReactNode }

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
  return [{ id: 'marks', label: t('records.marks'), value: (row) => marks(row).join(', ') }]
}
