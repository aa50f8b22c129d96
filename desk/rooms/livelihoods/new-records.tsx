import type { Draft } from '@lentera/core/log/draft'
import { quarterOf } from '@lentera/core/shared/dates'
import type { Decision } from '@lentera/core/shared/refusals'
import type { Moment } from '@lentera/core/support/capture'
import { attendCourse, followUp, giveGrant } from '@lentera/core/support/livelihoods/capture'
import { Course, GrantKind, Running } from '@lentera/core/support/livelihoods/words'
import { Section, useText } from '@lentera/ui/parts'
import type { ReactNode } from 'react'
import { useDesk } from '../../device/context.ts'
import type { OpenedParticipant } from '../../device/desk.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { KeptForm } from '../records/kept-form.tsx'
import { readQuarter } from '../records/opened.ts'
import type { Typing } from '../records/typed-correction.tsx'
import { CourseField, GrantFields, QuarterField, RunningField, readAmount, readDay } from './fields.tsx'
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
  const desk = useDesk()
  const { today } = desk.moment()
  return (
    <Section title={title} note={note}>
      <KeptForm
        name={`participant ${stream} ${name}`}
        label={title}
        initial={{ quarter: quarterOf(today) ?? '', currency: currencyOf[participant.country] ?? '' }}
        fields={(typing) => (
          <>
            {fields(typing)}
            <QuarterField {...typing} />
          </>
        )}
        decide={(typed) => decide(typed, desk.moment())}
        onSaved={onDone}
        onGivenUp={onDone}
      />
    </Section>
  )
}
