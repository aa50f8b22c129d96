import { recordDistribution } from '@lentera/core/evidence/dissemination/capture'
import type { Product } from '@lentera/core/evidence/dissemination/project'
import { CivilDate } from '@lentera/core/shared/dates'
import { refuse } from '@lentera/core/shared/refusals'
import { Actions, DateField, Form, NextButton, QuietButton, RefusalNotice, Section, useText } from '@lentera/ui/parts'
import { type Projected, useDesk } from '../../../device/context.ts'
import { useKeptForm } from '../../../device/use-kept-form.ts'
import { useWrite } from '../../../device/use-write.ts'
import { ClaimFields, readClaim } from './claim-fields.tsx'

/** Who received a product, in what number somebody claims. */
export function ClaimForm({ product: { stream, state }, onDone }: ClaimFormProps) {
  const t = useText()
  const desk = useDesk()
  const form = useKeptForm(`distribution ${stream}`)
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready) return null
  const { today } = desk.moment()
  const on = CivilDate.safeParse(form.typed.on ?? today).data
  const close = async (): Promise<void> => {
    await form.forget()
    onDone()
  }
  const save = async (): Promise<void> => {
    const row = readClaim(form.typed)
    const decided = !row.ok
      ? row
      : on
        ? recordDistribution(stream, state, row.value, { on, today })
        : refuse('evidence.no-day')
    if (await write(decided)) await close()
  }
  return (
    <Section title={t('dissemination.claim.new')} note={t('dissemination.claim.note')}>
      <Form label={t('dissemination.claim.new')} onSubmit={save}>
        <ClaimFields typed={form.typed} set={form.set} />
        <DateField
          label={t('dissemination.claim.on')}
          finest="day"
          value={on ?? null}
          onChange={(day) => form.set('on', day ?? '')}
        />
        {refusal && <RefusalNotice refusal={refusal} />}
        <Actions>
          <NextButton type="submit" disabled={busy}>
            {t('dissemination.claim.save')}
          </NextButton>
          <QuietButton onClick={close}>{t('support.give-up')}</QuietButton>
        </Actions>
      </Form>
    </Section>
  )
}

export type ClaimFormProps = { readonly product: Projected<Product>; readonly onDone: () => void }
