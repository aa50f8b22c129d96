import type { Draft } from '@lentera/core/log/draft'
import { CivilDate } from '@lentera/core/shared/dates'
import { type OrganisationId, StreamId } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'
import { type Decision, refuse } from '@lentera/core/shared/refusals'
import {
  Actions,
  DateField,
  Form,
  LoadingState,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Stack,
  useText,
} from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useDesk, useSnapshot } from '../../device/context.ts'
import { type Typed, useKeptForm } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'
import type { Typing } from '../records/typed-correction.tsx'

/** A record that is written down: what all three kinds share is its day, and that what is typed is kept. */
export function NewRecord({ name, title, under, dateLabel, fields, decide, to }: NewRecordProps) {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const me = useSnapshot((snapshot) => snapshot.me)
  const form = useKeptForm(name)
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready || !me) return <LoadingState />
  const { typed, set } = form
  const { today } = desk.moment()
  const save = async (): Promise<void> => {
    const stream = StreamId.parse(crypto.randomUUID())
    const on = CivilDate.safeParse(typed.on ?? today)
    const { organisation, country } = me
    const decided = !on.success
      ? refuse('workforce.not-yet')
      : country === null
        ? refuse('workforce.no-country')
        : decide({ typed, stream, organisation, country, on: on.data, today })
    if (!(await write(decided))) return
    await form.forget()
    await navigate({ to, params: { stream } })
  }
  const giveUp = async (): Promise<void> => {
    await form.forget()
    await navigate({ to: '/workforce' })
  }
  return (
    <>
      <PageTitle over={<Link to="/workforce">{t('workforce.back')}</Link>} under={under}>
        {title}
      </PageTitle>
      <Form label={title} onSubmit={save}>
        <Stack>
          <DateField
            label={dateLabel}
            finest="day"
            value={CivilDate.safeParse(typed.on ?? today).data ?? null}
            onChange={(day) => set('on', day ?? '')}
          />
          {fields({ typed, set })}
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <NextButton type="submit" disabled={busy}>
              {t('support.save')}
            </NextButton>
            <QuietButton onClick={giveUp}>{t('support.give-up')}</QuietButton>
          </Actions>
        </Stack>
      </Form>
    </>
  )
}

export type NewRecordProps = {
  /** Of the kept form. */
  readonly name: string
  readonly title: string
  readonly under: string
  readonly dateLabel: string
  readonly fields: (typing: Typing) => ReactNode
  readonly decide: (said: Said) => Decision<readonly Draft[]>
  /** Where it is shown once it is saved. */
  readonly to: '/workforce/headcounts/$stream' | '/workforce/recommendations/$stream' | '/workforce/reforms/$stream'
}

/** What is known of a record before its own fields are read. */
export type Said = {
  readonly typed: Typed
  readonly stream: StreamId
  readonly organisation: OrganisationId
  readonly country: Country
  readonly on: CivilDate
  readonly today: CivilDate
}
