import type { Where } from '@lentera/core/evidence/figures'
import { glotipColumns } from '@lentera/core/evidence/words'
import type { StreamId } from '@lentera/core/shared/ids'
import { type Refusal, refuse } from '@lentera/core/shared/refusals'
import { Actions, DataTable, LoadingState, QuietButton, RefusalNotice, useFormat, useText } from '@lentera/ui/parts'
import { useCallback, useEffect, useRef, useState } from 'react'
import * as z from 'zod'
import { useDesk } from '../../device/context.ts'
import styles from './evidence.module.css'

export type Filter =
  | Where
  | { readonly column: string; readonly value: string | null }
  | Readonly<Record<string, never>>

/** What was asked to open: rows of a data set, by one filter or several after one another. */
export type OpenRows = { readonly title: string; readonly dataSet: StreamId; readonly filters: readonly Filter[] }

type Place = { readonly filter: number; readonly after: number }
type Row = z.infer<typeof Page>['rows'][number]

/** The rows of the source behind a number, as they stand in the file, a page at a time. */
export function RowsDialog({ open, onClose }: { readonly open: OpenRows; readonly onClose: () => void }) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const dialog = useRef<HTMLDialogElement>(null)
  const [rows, setRows] = useState<readonly Row[]>([])
  const [next, setNext] = useState<Place | undefined>({ filter: 0, after: 0 })
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined)
  const [busy, setBusy] = useState(true)
  const { dataSet, filters, title } = open

  const fetchPage = useCallback(
    async (place: Place): Promise<void> => {
      const filter = filters[place.filter]
      setBusy(true)
      const page = await desk
        .ask('/api/evidence/rows', { dataSet, filter, after: place.after }, (answer) => Page.parse(answer))
        .catch(() => refuse('server.failed'))
      setBusy(false)
      if (!page.ok) return setRefusal(page.refusal)
      const { rows: more, after, more: isMore } = page.value
      setRows((known) => [...known, ...more])
      const following = isMore ? { filter: place.filter, after: after ?? 0 } : { filter: place.filter + 1, after: 0 }
      setNext(following.filter < filters.length ? following : undefined)
    },
    [desk, dataSet, filters],
  )
  useEffect(() => {
    if (dialog.current?.open) return
    dialog.current?.showModal()
    void fetchPage({ filter: 0, after: 0 })
  }, [fetchPage])

  const columns = inOrder(Object.keys(rows[0]?.cells ?? {}))
  return (
    <dialog ref={dialog} className={styles.dialog} aria-label={title} onClose={onClose}>
      <h2 className={styles.dialogTitle}>{title}</h2>
      <p className={styles.note}>{t('evidence.rows.note')}</p>
      {rows.length > 0 && (
        <DataTable
          caption={t('evidence.rows.shown', { count: rows.length })}
          rows={rows}
          keyOf={(row) => String(row.line)}
          columns={[
            { id: 'line', label: t('evidence.rows.line'), value: (row) => format.plain(row.line) },
            ...columns.map((column) => ({
              id: column,
              label: nameOf(column),
              value: (row: Row) => row.cells[column] ?? '',
            })),
          ]}
          fileName="rows.csv"
        />
      )}
      {busy && <LoadingState />}
      {refusal && <RefusalNotice refusal={refusal} />}
      <Actions>
        {next && !busy && <QuietButton onClick={() => fetchPage(next)}>{t('evidence.rows.more')}</QuietButton>}
        <QuietButton onClick={() => dialog.current?.close()}>{t('evidence.rows.close')}</QuietButton>
      </Actions>
    </dialog>
  )
}

/** Those a reader adds up by first; a column of another table stands as it came, behind. */
const first = ['country', 'iso3', 'year', 'sex', 'age', 'category', 'text', 'dimension', 'indicator', 'unit']

function inOrder(columns: readonly string[]): readonly string[] {
  const place = (column: string): number => (first.indexOf(column) + first.length + 1) % (first.length + 1)
  return [...columns].sort((a, b) => place(a) - place(b))
}

/** As the publisher names the column. */
function nameOf(column: string): string {
  if (column === 'text') return glotipColumns.value[0]
  return Object.entries(glotipColumns).find(([name]) => name === column)?.[1][0] ?? column
}

const Page = z.object({
  rows: z.array(z.object({ line: z.int(), cells: z.record(z.string(), z.string()) })),
  after: z.int().nullable(),
  more: z.boolean(),
})
