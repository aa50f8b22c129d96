import { CivilDate } from '@lentera/core/shared/dates'
import { EntryId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import { deliverService, recordNeed } from '@lentera/core/support/capture'
import { Service } from '@lentera/core/support/words'
import { Actions, Form, NextButton, QuietButton, RefusalNotice, Section, SelectField, useText } from '@lentera/ui/parts'
import { useMemo } from 'react'
import { useDesk, useSnapshot } from '../../device/context.ts'
import type { OpenedCase } from '../../device/desk.ts'
import { useKeptForm } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'
import { FocusHere } from '../records/focus-here.tsx'
import recordStyles from '../records/records.module.css'
import { RecordFields } from './record-fields.tsx'
import { useSayValue } from './say-value.ts'

/** Writes down a need, or a service that was given. */
export function NewRecord({
  opened,
  kind,
  onDone,
}: {
  readonly opened: OpenedCase
  readonly kind: 'need' | 'service'
  readonly onDone: () => void
}) {
  const t = useText()
  const say = useSayValue()
  const desk = useDesk()
  const today = useSnapshot((snapshot) => snapshot.today)
  const isService = kind === 'service'
  const initial = useMemo(() => (isService && today ? { deliveredOn: String(today) } : {}), [isService, today])
  const form = useKeptForm(`case ${opened.stream} ${kind}`, initial)
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready) return null
  const { typed } = form
  const decide = (): ReturnType<typeof recordNeed> => {
    const { stream, file } = opened
    const service = Service.safeParse(typed.service)
    if (!service.success) return refuse('support.service-missing')
    const detail = typed.detail ?? ''
    if (!isService) return recordNeed(stream, file, { service: service.data, detail }, desk.moment())
    const on = CivilDate.safeParse(typed.deliveredOn)
    if (!on.success) return refuse('support.date-too-vague')
    const need = EntryId.safeParse(typed.need)
    const given = { service: service.data, provider: typed.provider ?? '', detail, deliveredOn: on.data }
    return deliverService(stream, file, need.success ? { ...given, need: need.data } : given, desk.moment())
  }
  const save = async (): Promise<void> => {
    if (!(await write(decide()))) return
    await form.forget()
    onDone()
  }
  const giveUp = async (): Promise<void> => {
    await form.forget()
    onDone()
  }
  const needs = opened.file.needs.filter((need) => !need.enteredInError)
  return (
    <Section title={t(`support.record.new.${kind}`)}>
      <FocusHere>
        <Form label={t(`support.record.new.${kind}`)} onSubmit={save}>
          <div className={recordStyles.fields}>
            {isService && needs.length > 0 && (
              <SelectField
                label={t('support.field.need')}
                why={t('support.why.need')}
                optional
                empty={t('support.record.no-need')}
                value={typed.need ?? ''}
                onChange={(need) => {
                  form.set('need', need)
                  const known = needs.find((each) => each.record === need)?.service
                  if (known) form.set('service', known)
                }}
                choices={needs.map((need) => ({
                  value: need.record,
                  label: `${say('service', need.service)} · ${say('quarter', need.on ?? '')}`,
                }))}
              />
            )}
            <RecordFields form={form} ofService={isService} />
            {refusal && <RefusalNotice refusal={refusal} />}
            <Actions>
              <NextButton type="submit" disabled={busy}>
                {t('support.save')}
              </NextButton>
              <QuietButton onClick={giveUp}>{t('support.give-up')}</QuietButton>
            </Actions>
          </div>
        </Form>
      </FocusHere>
    </Section>
  )
}
