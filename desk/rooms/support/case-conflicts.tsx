import { streamRecord } from '@lentera/core/log/fold'
import type { Conflict } from '@lentera/core/log/records'
import { EntryId } from '@lentera/core/shared/ids'
import {
  Actions,
  ConflictNotice,
  Form,
  LongTextField,
  QuietButton,
  RefusalNotice,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../device/context.ts'
import type { OpenedCase } from '../../device/desk.ts'
import { useWrite } from '../../device/use-write.ts'
import { FocusHere } from '../records/focus-here.tsx'
import { useSayValue } from './say-value.ts'
import { isAsked, SealedField } from './sealed-field.tsx'
import { isSettled, settlement } from './settlement.ts'
import styles from './support.module.css'

/** Every field that entries disagree on, all versions beside one another. A person settles it by an entry of her own. */
export function CaseConflicts({ opened }: { readonly opened: OpenedCase }) {
  return opened.file.conflicts
    .filter((conflict) => !isSaidAlike(opened, conflict))
    .map((conflict) => (
      <Disagreement key={`${conflict.record} ${conflict.field}`} opened={opened} conflict={conflict} />
    ))
}

function Disagreement({ opened, conflict }: { readonly opened: OpenedCase; readonly conflict: Conflict }) {
  const t = useText()
  const format = useFormat()
  const say = useSayValue(opened.file.erased !== undefined)
  const desk = useDesk()
  const members = useSnapshot((snapshot) => snapshot.members)
  const { refusal, write } = useWrite()
  const [writing, setWriting] = useState(false)
  const [text, setText] = useState('')
  const { field } = conflict
  const isSealed = conflict.heads.some((head) => 'envelope' in head)
  const settle = (value: unknown): Promise<boolean> =>
    write(settlement(opened, conflict, value, t('support.conflict.reason'), desk.moment()))
  const versions = conflict.heads.map((head) => {
    const value = 'value' in head ? head.value : openedValue(opened, conflict, head.entry)
    return { head, value }
  })
  return (
    <div>
      <ConflictNotice
        field={t(`support.field.${field}`)}
        sealed={isSealed}
        versions={versions.map(({ head, value }) => ({
          id: head.entry,
          value: say(field, value),
          by: members.find((member) => member.member === head.author)?.label ?? t('support.someone'),
          when: format.date(head.on),
        }))}
        {...(isSettled(field)
          ? {
              onSettle: (id: string) => {
                const chosen = versions.find(({ head }) => head.entry === id)
                // What this device cannot open it cannot repeat.
                if (chosen?.value !== undefined) settle(chosen.value)
              },
            }
          : {})}
        {...(isSealed && isSettled(field) && !writing ? { onWriteNew: () => setWriting(true) } : {})}
      />
      {writing && (
        <div className={`card ${styles.card}`}>
          <FocusHere>
            <Form
              label={t('support.conflict.write', { field: t(`support.field.${field}`) })}
              onSubmit={async () => {
                if (await settle(text)) setWriting(false)
              }}
            >
              {isAsked(field) ? (
                <SealedField field={field} value={text} onChange={setText} />
              ) : (
                <LongTextField label={t(`support.field.${field}`)} sealed value={text} onChange={setText} />
              )}
              <Actions>
                <QuietButton type="submit">{t('support.save')}</QuietButton>
                <QuietButton onClick={() => setWriting(false)}>{t('support.give-up')}</QuietButton>
              </Actions>
            </Form>
          </FocusHere>
        </div>
      )}
      {refusal && <RefusalNotice refusal={refusal} />}
    </div>
  )
}

function openedValue({ fields, records }: OpenedCase, { record, field }: Conflict, entry: EntryId): string | undefined {
  const heads = record === streamRecord ? fields[field] : records[EntryId.parse(record)]?.[field]
  return heads?.find((head) => head.entry === entry)?.value
}

/** Two envelopes always differ to the server; opened here they may say the same, and then there is nothing to settle. */
function isSaidAlike(opened: OpenedCase, conflict: Conflict): boolean {
  const values = conflict.heads.map((head) =>
    'value' in head ? head.value : openedValue(opened, conflict, head.entry),
  )
  return values.every((value) => value !== undefined && value === values[0])
}
