import { CivilDate } from '@lentera/core/shared/dates'
import { correctRecord, markEnteredInError, restoreRecord } from '@lentera/core/support/capture'
import type { SupportRecord } from '@lentera/core/support/project'
import { Service } from '@lentera/core/support/words'
import {
  Actions,
  Form,
  LongTextField,
  QuietButton,
  RefusalNotice,
  SealMark,
  Section,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useMemo, useState } from 'react'
import { useDesk } from '../../device/context.ts'
import type { OpenedCase } from '../../device/desk.ts'
import { useKeptForm } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'
import { FocusHere } from '../records/focus-here.tsx'
import recordStyles from '../records/records.module.css'
import { RecordFields } from './record-fields.tsx'
import { useSayValue } from './say-value.ts'
import styles from './support.module.css'

/** Needs or services of a case, each with what is sealed in it; one that never was stays, struck through. */
export function CaseRecords({ opened, kind }: { readonly opened: OpenedCase; readonly kind: 'need' | 'service' }) {
  const t = useText()
  const records = kind === 'need' ? opened.file.needs : opened.file.services
  return (
    <Section title={t(`support.record.${kind}s`, { count: records.filter((each) => !each.enteredInError).length })}>
      {records.length === 0 ? (
        <p className={recordStyles.quiet}>{t(`support.record.no-${kind}s`)}</p>
      ) : (
        <ul className={styles.facts}>
          {records.map((record) => (
            <RecordRow key={record.record} opened={opened} record={record} kind={kind} />
          ))}
        </ul>
      )}
    </Section>
  )
}

type RowProps = {
  readonly opened: OpenedCase
  readonly record: SupportRecord
  readonly kind: 'need' | 'service'
}

const shownFields = ['deliveredOn', 'provider', 'detail'] as const

function RecordRow({ opened, record, kind }: RowProps) {
  const t = useText()
  const erased = opened.file.erased !== undefined
  const say = useSayValue(erased)
  const format = useFormat()
  const [doing, setDoing] = useState<'correct' | 'mark' | undefined>(undefined)
  const sealed = opened.records[record.record] ?? {}
  return (
    <li className={styles.record} data-struck={record.enteredInError}>
      <div className={recordStyles.head}>
        <span className={styles.recordTitle}>
          {record.service ? say('service', record.service) : t('support.two-versions')}
        </span>
        {record.on && <span className={recordStyles.quiet}>{format.date(record.on)}</span>}
        {record.enteredInError && <span className={recordStyles.mark}>{t('support.entered-in-error')}</span>}
      </div>
      {shownFields.map((field) => {
        const values = [...new Set((sealed[field] ?? []).map((head) => say(field, head.value)))].filter(Boolean)
        return (
          values.length > 0 && (
            <div key={field} className={styles.value}>
              <SealMark /> <span className={styles.label}>{t(`support.field.${field}`)}:</span> {values.join(' / ')}
            </div>
          )
        )
      })}
      {doing === undefined && (
        <Actions>
          {!record.enteredInError && !erased && (
            <QuietButton onClick={() => setDoing('correct')}>{t('support.case.correct')}</QuietButton>
          )}
          <QuietButton onClick={() => setDoing('mark')}>
            {record.enteredInError ? t('support.record.restore') : t('support.record.mark')}
          </QuietButton>
        </Actions>
      )}
      {doing === 'correct' && (
        <CorrectRecord opened={opened} record={record} kind={kind} onDone={() => setDoing(undefined)} />
      )}
      {doing === 'mark' && (
        <MarkRecord
          opened={opened}
          record={record.record}
          isMarked={record.enteredInError}
          onDone={() => setDoing(undefined)}
        />
      )}
    </li>
  )
}

function CorrectRecord({ opened, record, kind, onDone }: RowProps & { readonly onDone: () => void }) {
  const t = useText()
  const desk = useDesk()
  const sealed = opened.records[record.record] ?? {}
  const [provider, detail, deliveredOn] = [
    oneValue(sealed.provider),
    oneValue(sealed.detail),
    oneValue(sealed.deliveredOn),
  ]
  const initial = useMemo(
    () => ({ service: record.service ?? '', provider, detail, deliveredOn, reason: '' }),
    [record.service, provider, detail, deliveredOn],
  )
  const form = useKeptForm(`case ${opened.stream} ${record.record}`, initial)
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready) return null
  const { typed } = form
  const save = async (): Promise<void> => {
    const service = Service.safeParse(typed.service).data
    const day = CivilDate.safeParse(typed.deliveredOn).data
    const isNew = (field: keyof typeof initial): boolean => (typed[field] ?? '') !== initial[field]
    const command = {
      record: record.record,
      reason: typed.reason ?? '',
      ...(service && isNew('service') ? { service } : {}),
      ...(isNew('provider') ? { provider: typed.provider ?? '' } : {}),
      ...(isNew('detail') ? { detail: typed.detail ?? '' } : {}),
      ...(day && isNew('deliveredOn') ? { deliveredOn: day } : {}),
    }
    if (!(await write(correctRecord(opened.stream, opened.file, command, desk.moment()), form.seen))) return
    await form.forget()
    onDone()
  }
  const giveUp = async (): Promise<void> => {
    await form.forget()
    onDone()
  }
  return (
    <FocusHere>
      <Form label={t('support.case.correct')} onSubmit={save}>
        <div className={recordStyles.fields}>
          <RecordFields form={form} ofService={kind === 'service'} />
          <LongTextField
            label={t('support.field.reason')}
            why={t('support.why.reason')}
            sealed
            value={typed.reason ?? ''}
            onChange={(text) => form.set('reason', text)}
          />
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <QuietButton type="submit" disabled={busy}>
              {t('support.save')}
            </QuietButton>
            <QuietButton onClick={giveUp}>{t('support.give-up')}</QuietButton>
          </Actions>
        </div>
      </Form>
    </FocusHere>
  )
}

/**
 * Marks a need, a service or the whole case as entered in error, or takes the mark back: with a reason, but for an erased case,
 * in which none can be sealed.
 */
export function MarkRecord({
  opened,
  record,
  isMarked,
  onDone,
}: {
  readonly opened: OpenedCase
  readonly record: SupportRecord['record']
  readonly isMarked: boolean
  readonly onDone: () => void
}) {
  const t = useText()
  const desk = useDesk()
  const { ready, typed, state, set, forget } = useKeptForm(`case ${opened.stream} mark ${record}`)
  const { refusal, busy, write } = useWrite(typed)
  if (!ready) return null
  const title = isMarked ? t('support.record.restore') : t('support.record.mark')
  const save = async (): Promise<void> => {
    const decide = isMarked ? restoreRecord : markEnteredInError
    const command = { record, reason: typed.reason ?? '' }
    if (!(await write(decide(opened.stream, opened.file, command, desk.moment())))) return
    await forget()
    onDone()
  }
  return (
    <FocusHere>
      <Form label={title} onSubmit={save}>
        <div className={recordStyles.fields}>
          {opened.file.erased ? (
            <p>{t('support.erased.no-reason')}</p>
          ) : (
            <LongTextField
              label={t('support.field.reason')}
              why={isMarked ? t('support.why.restore') : t('support.why.mark')}
              sealed
              save={state}
              value={typed.reason ?? ''}
              onChange={(text) => set('reason', text)}
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

/** The value two people do not differ on; empty where they do: she writes the answer that holds. */
function oneValue(heads: readonly { readonly value: string | undefined }[] = []): string {
  return heads.length === 1 ? (heads[0]?.value ?? '') : ''
}
