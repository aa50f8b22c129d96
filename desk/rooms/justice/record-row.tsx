import { type CorrectRecord, correctRecord, markInError } from '@lentera/core/support/justice/capture'
import type { Recorded } from '@lentera/core/support/recorded'
import { SealMark, useFormat, useText } from '@lentera/ui/parts'
import type { ReactNode } from 'react'
import { useDesk } from '../../device/context.ts'
import type { OpenedCriminalCase } from '../../device/desk.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { oneValue, readQuarter, sayHeads } from '../records/opened.ts'
import recordStyles from '../records/records.module.css'
import { RecordRow } from '../records/rows.tsx'
import { Correct, type Typing } from '../records/typed-correction.tsx'
import { NoteField, QuarterField } from './fields.tsx'

/** One record of a criminal case, whatever it is of: its quarter, its note, and its correction. */
export function Row({ of, row, mayWrite, title, sealed = [], superseded, ...correction }: RowProps) {
  const t = useText()
  const format = useFormat()
  const { note, decidedNote } = of.records[row.record] ?? {}
  const opened = [...sealed, sayHeads(note, t), sayHeads(decidedNote, t)].filter(Boolean)
  return (
    <RecordRow
      row={row}
      conflicts={of.criminalCase.conflicts}
      superseded={superseded}
      correction={mayWrite ? (onDone) => <Correcting of={of} row={row} {...correction} onDone={onDone} /> : undefined}
    >
      <b>{title}</b>
      {row.on && <span className={recordStyles.quiet}>{format.date(row.on)}</span>}
      {opened.length > 0 && (
        <span>
          <SealMark /> {opened.join(' · ')}
        </span>
      )}
    </RecordRow>
  )
}

export type RowProps = {
  readonly of: OpenedCriminalCase
  readonly row: Recorded
  readonly mayWrite: boolean
  readonly title: string
  /** What is sealed in it, opened. */
  readonly sealed?: readonly string[]
  /** Why it counts no more, though it was right. */
  readonly superseded?: string | undefined
  /** Its fields as they stand, and how a correction of them is asked and read. */
  readonly stood: Typed
  readonly fields?: (typing: Typing) => ReactNode
  readonly read?: (isNew: (field: string) => boolean, typed: Typed) => Loose
}

/** What was typed anew; undefined where it is no answer, which is the same as not said. */
export type Loose = { readonly [Field in keyof CorrectRecord]?: CorrectRecord[Field] | undefined }

function Correcting({
  of: { stream, criminalCase, records },
  row,
  stood,
  fields,
  read,
  onDone,
}: Pick<RowProps, 'of' | 'row' | 'stood' | 'fields' | 'read'> & { readonly onDone: () => void }) {
  const t = useText()
  const desk = useDesk()
  const before: Typed = { ...stood, quarter: row.on ?? '', note: oneValue(records[row.record]?.note) }
  const decide = (typed: Typed) => {
    // Where two answers stand nothing stood here, and whatever is chosen settles them.
    const isNew = (field: string): boolean => typed[field] !== before[field]
    const quarter = isNew('quarter') ? readQuarter(typed) : undefined
    const note = isNew('note') ? typed.note : undefined
    const said = Object.entries({ ...read?.(isNew, typed), quarter, note }).filter(([, value]) => value !== undefined)
    const change: CorrectRecord = Object.fromEntries(said)
    return correctRecord(stream, criminalCase, row.record, change, desk.moment())
  }
  return (
    <Correct
      stood={before}
      decide={decide}
      onDone={onDone}
      inError={{
        stands: row.enteredInError,
        says: t('justice.in-error.row'),
        mark: (is) => markInError(stream, criminalCase, row.record, is, desk.moment()),
      }}
      fields={(typing) => (
        <div className={recordStyles.fields}>
          {fields?.(typing)}
          <QuarterField {...typing} />
          <NoteField {...typing} />
        </div>
      )}
    />
  )
}
