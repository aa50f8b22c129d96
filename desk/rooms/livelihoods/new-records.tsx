import type { Draft } from '@lentera/core/log/draft'
import { quarterOf } from '@lentera/core/shared/dates'
import type { Decision } from '@lentera/core/shared/refusals'
import type { Moment } from '@lentera/core/support/capture'
import { attendCourse, followUp, giveGrant } from '@lentera/core/support/livelihoods/capture'
import { Course, GrantKind, Running } from '@lentera/core/support/livelihoods/words'
import { Actions, Form, NextButton, QuietButton, RefusalNotice, Section, useText } from '@lentera/ui/parts'
import { type ReactNode, useMemo } from 'react'
import { useDesk } from '../../device/context.ts'
import type { OpenedParticipant } from '../../device/desk.ts'
import { type Typed, useKeptForm } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'
import { readQuarter } from '../records/opened.ts'
import recordStyles from '../records/records.module.css'
import { CourseField, GrantFields, QuarterField, RunningField, readAmount, readDay, type Typing } from './fields.tsx'
import { currencyOf } from './say.ts'

type NewProps = { readonly of: OpenedParticipant; readonly onDone: () => void }

export function NewCourse({ of, onDone }: NewProps) {
  const t = useText()
  return (
    <Kept
      of={of}
      name="course"
      title={t('livelihoods.course.begin')}
      fields={(typing) => <CourseField {...typing} />}
      decide={(typed, moment) => {
        const course = Course.safeParse(typed.course).data
        return attendCourse(of.stream, of.participant, { course, quarter: readQuarter(typed) }, moment)
      }}
      onDone={onDone}
    />
  )
}

/** In cash or in kind, in the money it was paid in. */
export function NewGrant({ of, onDone }: NewProps) {
  const t = useText()
  return (
    <Kept
      of={of}
      name="grant"
      title={t('livelihoods.grant.begin')}
      note={t('livelihoods.rate-note')}
      fields={(typing) => <GrantFields {...typing} />}
      decide={(typed, moment) => {
        const grant = GrantKind.safeParse(typed.grant).data
        const given = {
          grant,
          amount: readAmount(typed),
          what: typed.what ?? '',
          quarter: readQuarter(typed),
          day: readDay(typed),
        }
        return giveGrant(of.stream, of.participant, given, moment)
      }}
      onDone={onDone}
    />
  )
}

export function NewFollowUp({ of, onDone }: NewProps) {
  const t = useText()
  return (
    <Kept
      of={of}
      name="follow-up"
      title={t('livelihoods.follow-up.begin')}
      fields={(typing) => <RunningField {...typing} />}
      decide={(typed, moment) => {
        const running = Running.safeParse(typed.running).data
        return followUp(of.stream, of.participant, { running, quarter: readQuarter(typed) }, moment)
      }}
      onDone={onDone}
    />
  )
}

type KeptProps = NewProps & {
  readonly name: string
  readonly title: string
  readonly note?: string
  readonly fields: (typing: Typing) => ReactNode
  readonly decide: (typed: Typed, moment: Moment) => Decision<readonly Draft[]>
}

/** What the three share: the quarter, which is this one at first, and that what is typed is kept sealed. */
function Kept({ of: { stream, participant }, name, title, note, fields, decide, onDone }: KeptProps) {
  const t = useText()
  const desk = useDesk()
  const blank = useMemo(
    () => ({
      quarter: quarterOf(desk.moment().today) ?? '',
      currency: currencyOf[participant.country] ?? '',
    }),
    [desk, participant.country],
  )
  const form = useKeptForm(`participant ${stream} ${name}`, blank)
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready) return null
  const leave = async (): Promise<void> => {
    await form.forget()
    onDone()
  }
  const save = async (): Promise<void> => {
    if (await write(decide(form.typed, desk.moment()))) await leave()
  }
  return (
    <Section title={title} note={note}>
      <Form label={title} onSubmit={save}>
        <div className={recordStyles.fields}>
          {fields(form)}
          <QuarterField {...form} />
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <NextButton type="submit" disabled={busy}>
              {t('support.save')}
            </NextButton>
            <QuietButton onClick={leave}>{t('support.give-up')}</QuietButton>
          </Actions>
        </div>
      </Form>
    </Section>
  )
}
