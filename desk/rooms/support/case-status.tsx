import { refuse } from '@lentera/core/shared/refusals'
import { closeCase, reopenCase } from '@lentera/core/support/capture'
import { ClosingReason } from '@lentera/core/support/words'
import {
  Actions,
  ChoiceField,
  Form,
  LongTextField,
  QuietButton,
  RefusalNotice,
  Section,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk } from '../../device/context.ts'
import type { OpenedCase } from '../../device/desk.ts'
import { useKeptForm } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'
import { FocusHere } from '../records/focus-here.tsx'
import recordStyles from '../records/records.module.css'
import { MarkRecord } from './case-records.tsx'

/** Closing a case, opening it again, and saying that it never was one. */
export function CaseStatus({ opened }: { readonly opened: OpenedCase }) {
  const t = useText()
  const [doing, setDoing] = useState<'status' | 'mark' | undefined>(undefined)
  const { file } = opened
  const isClosed = file.status === 'closed'
  const done = (): void => setDoing(undefined)
  return (
    <Section title={t('support.status.title')}>
      <p>
        {t(`support.status.${file.status ?? 'disputed'}`)}
        {isClosed && file.closingReason && ` · ${t(`closing-reason.${file.closingReason}`)}`}
      </p>
      {doing === 'status' && <ChangeStatus opened={opened} onDone={done} />}
      {doing === 'mark' && (
        <MarkRecord opened={opened} record={file.opening} isMarked={file.enteredInError} onDone={done} />
      )}
      {doing === undefined && (
        <Actions>
          <QuietButton onClick={() => setDoing('status')}>
            {isClosed ? t('support.status.reopen') : t('support.status.close')}
          </QuietButton>
          <QuietButton onClick={() => setDoing('mark')}>
            {file.enteredInError ? t('support.status.restore') : t('support.status.mark')}
          </QuietButton>
        </Actions>
      )}
    </Section>
  )
}

function ChangeStatus({ opened, onDone }: { readonly opened: OpenedCase; readonly onDone: () => void }) {
  const t = useText()
  const desk = useDesk()
  const { stream, file } = opened
  const isClosed = file.status === 'closed'
  const { ready, typed, state, set, forget } = useKeptForm(`case ${stream} status`)
  const { refusal, busy, write } = useWrite(typed)
  if (!ready) return null
  const title = isClosed ? t('support.status.reopen') : t('support.status.close')
  const decide = (): ReturnType<typeof closeCase> => {
    const note = typed.note ?? ''
    if (isClosed) return reopenCase(stream, file, note, desk.moment())
    const reason = ClosingReason.safeParse(typed.reason)
    return reason.success
      ? closeCase(stream, file, { reason: reason.data, note }, desk.moment())
      : refuse('support.closing-reason-first')
  }
  const save = async (): Promise<void> => {
    if (!(await write(decide()))) return
    await forget()
    onDone()
  }
  return (
    <FocusHere>
      <Form label={title} onSubmit={save}>
        <div className={recordStyles.fields}>
          {!isClosed && (
            <ChoiceField
              label={t('support.field.closingReason')}
              why={t('support.why.closingReason')}
              value={typed.reason ?? null}
              onChange={(reason) => set('reason', reason)}
              choices={ClosingReason.options.map((reason) => ({ value: reason, label: t(`closing-reason.${reason}`) }))}
            />
          )}
          {!file.erased && (
            <LongTextField
              label={isClosed ? t('support.field.reopeningNote') : t('support.field.closingNote')}
              why={t('support.why.note')}
              sealed
              optional
              save={state}
              value={typed.note ?? ''}
              onChange={(text) => set('note', text)}
            />
          )}
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <QuietButton type="submit" disabled={busy}>
              {title}
            </QuietButton>
            <QuietButton onClick={() => forget().then(onDone)}>{t('support.give-up')}</QuietButton>
          </Actions>
        </div>
      </Form>
    </FocusHere>
  )
}
