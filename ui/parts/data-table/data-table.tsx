import { type PlainTable, toCsv } from '@lentera/core/shared/csv'
import { type ReactNode, useId, useMemo, useState, useSyncExternalStore } from 'react'
import { QuietButton } from '../buttons/buttons.tsx'
import { FigureText, ProtectedCell } from '../cells/figure-text.tsx'
import { useFormat, useText } from '../language/language.tsx'
import styles from './data-table.module.css'
import { type CellValue, type Direction, plainCell, sortRows, toClipboard } from './rows.ts'
import { saveFile } from './save-file.ts'

/**
 * A table that can be sorted, copied and downloaded. Figures stand right in tabular digits; protected cells are
 * striped; at 320 px it scrolls sideways inside itself while the first column stays, or (`stacks`) is a list, row by row.
 */
export function DataTable<Row>({
  caption,
  note,
  columns,
  rows,
  keyOf,
  fileName,
  onOpenRow,
  stacks = false,
}: DataTableProps<Row>) {
  const t = useText()
  const { language } = useFormat()
  const id = useId()
  const [order, setOrder] = useState<{ readonly column: string; readonly direction: Direction } | null>(null)
  const [said, setSaid] = useState('')
  const sorted = useMemo(() => {
    const column = columns.find((candidate) => candidate.id === order?.column)
    return column === undefined || order === null ? rows : sortRows(rows, column.value, order.direction, language)
  }, [rows, columns, order, language])

  const isStacked = useNarrow() && stacks
  const plain = (): PlainTable => {
    const words = { protected: t('ui.figure.protected'), unknown: t('ui.figure.unknown') }
    return {
      head: columns.map((column) => column.label),
      rows: sorted.map((row) => columns.map((column) => plainCell(column.value(row), words))),
    }
  }
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(toClipboard(plain()))
    setSaid(t('ui.table.copied'))
  }

  return (
    <div className={styles.table}>
      {/* Not a caption element: that would be as wide as the table and scroll away with it at 320 px. */}
      <div id={id}>
        <span className={styles.title}>{caption}</span>
        {note !== undefined && <span className={styles.note}>{note}</span>}
      </div>
      {isStacked ? (
        <Stacked labelledBy={id} rows={sorted} columns={columns} keyOf={keyOf} onOpenRow={onOpenRow} />
      ) : (
        <section
          className={styles.scroll}
          aria-labelledby={id} // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
          tabIndex={0}
        >
          <table aria-labelledby={id}>
            <thead>
              <tr>
                {columns.map((column) => {
                  const direction = order?.column === column.id ? order.direction : undefined
                  return (
                    <th key={column.id} scope="col" aria-sort={direction ?? 'none'} className={headAlign(column, rows)}>
                      <button
                        type="button"
                        className={styles.sort}
                        onClick={() =>
                          setOrder({
                            column: column.id,
                            direction: direction === 'ascending' ? 'descending' : 'ascending',
                          })
                        }
                      >
                        {column.label}
                        <span aria-hidden className={styles.arrow}>
                          {direction === 'ascending' ? '↑' : direction === 'descending' ? '↓' : ''}
                        </span>
                      </button>
                    </th>
                  )
                })}
              </tr>
            </thead>
            <tbody>
              {sorted.map((row) => (
                <TableRow key={keyOf(row)} row={row} columns={columns} onOpenRow={onOpenRow} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {fileName !== undefined && (
        <div className={styles.tools}>
          <QuietButton onClick={copy}>{t('ui.table.copy')}</QuietButton>
          <QuietButton onClick={() => saveFile(fileName, toCsv(plain()))}>{t('ui.table.csv')}</QuietButton>
          <span role="status" className="small">
            {said}
          </span>
        </div>
      )}
    </div>
  )
}

export type DataTableProps<Row> = {
  readonly caption: ReactNode
  readonly note?: ReactNode
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** Gives the table its copy and CSV buttons. Leave it out where these figures may not leave the house. */
  readonly fileName?: string
  readonly onOpenRow?: (row: Row) => void
  /** Rows that are read one by one, and not compared: where the screen is narrow, a list of them. */
  readonly stacks?: boolean
}

export type Column<Row> = {
  readonly id: string
  readonly label: string
  readonly value: (row: Row) => CellValue
  /** What stands in the cell instead of the value's own drawing; sorting and files use the value. */
  readonly cell?: (row: Row) => ReactNode
  readonly align?: 'start' | 'end'
  /** A figure is a door. */
  readonly onOpen?: (row: Row) => void
}

/** Each row by itself, what it is called above it and every value beside its head. */
function Stacked<Row>({
  labelledBy,
  rows,
  columns: [first, ...columns],
  keyOf,
  onOpenRow,
}: Pick<DataTableProps<Row>, 'rows' | 'columns' | 'keyOf'> & {
  readonly labelledBy: string
  readonly onOpenRow: ((row: Row) => void) | undefined
}) {
  return (
    <ul aria-labelledby={labelledBy} className={styles.stacked}>
      {rows.map((row) => (
        <li key={keyOf(row)}>
          {first && (
            <strong>
              <CellContent column={first} row={row} open={first.onOpen ?? onOpenRow} />
            </strong>
          )}
          <dl>
            {columns
              .filter((column) => column.value(row) !== '')
              .map((column) => (
                <div key={column.id}>
                  <dt>{column.label}</dt>
                  <dd>
                    <CellContent column={column} row={row} open={column.onOpen} />
                  </dd>
                </div>
              ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}

function useNarrow(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const media = matchMedia(narrow)
      media.addEventListener('change', onChange)
      return () => media.removeEventListener('change', onChange)
    },
    () => matchMedia(narrow).matches,
    () => false,
  )
}

const narrow = '(max-width: 480px)'

function TableRow<Row>({
  row,
  columns,
  onOpenRow,
}: {
  readonly row: Row
  readonly columns: readonly Column<Row>[]
  readonly onOpenRow: ((row: Row) => void) | undefined
}) {
  return (
    <tr>
      {columns.map((column, index) => (
        <TableCell
          key={column.id}
          column={column}
          row={row}
          first={index === 0}
          open={column.onOpen ?? (index === 0 ? onOpenRow : undefined)}
        />
      ))}
    </tr>
  )
}

function TableCell<Row>({
  column,
  row,
  first,
  open,
}: {
  readonly column: Column<Row>
  readonly row: Row
  readonly first: boolean
  readonly open: ((row: Row) => void) | undefined
}) {
  const value = column.value(row)
  if (typeof value !== 'string' && value.kind === 'protected') {
    return <ProtectedCell {...(value.why === undefined ? {} : { why: value.why })} />
  }
  const content = <CellContent column={column} row={row} open={open} />
  const align = (column.align ?? (typeof value === 'string' ? 'start' : 'end')) === 'end' ? styles.end : undefined
  if (!first) return <td className={align}>{content}</td>
  return (
    <th scope="row" className={align}>
      {content}
    </th>
  )
}

function CellContent<Row>({
  column,
  row,
  open,
}: {
  readonly column: Column<Row>
  readonly row: Row
  readonly open: ((row: Row) => void) | undefined
}) {
  const value = column.value(row)
  const shown = column.cell?.(row) ?? (typeof value === 'string' ? value : <FigureText figure={value} />)
  if (open === undefined) return shown
  return (
    <button type="button" className={styles.open} onClick={() => open(row)}>
      {shown}
    </button>
  )
}

/** A heading stands over its figures: at the end where the first row's cell is one. */
function headAlign<Row>(column: Column<Row>, rows: readonly Row[]): string | undefined {
  const first = rows[0]
  const isFigure = first !== undefined && typeof column.value(first) !== 'string'
  return (column.align ?? (isFigure ? 'end' : 'start')) === 'end' ? styles.end : undefined
}
