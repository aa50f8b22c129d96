import { AgeGroup, Sex } from '@lentera/core/shared/people'
import { describeParticipant, markInError } from '@lentera/core/support/livelihoods/capture'
import { ConsentState } from '@lentera/core/support/words'
import { Actions, EmptyState, NextButton, PageTitle, QuietButton, Stack, useFormat, useText } from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../device/context.ts'
import type { OpenedParticipant } from '../../device/desk.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { InError } from '../records/in-error.tsx'
import { Itself, useUnder } from '../records/itself.tsx'
import { oneValue, sayHeads } from '../records/opened.ts'
import type { Typing } from '../records/typed-correction.tsx'
import { ConsentField, NameFields, PersonFields } from './fields.tsx'
import { NewCourse, NewFollowUp, NewGrant } from './new-records.tsx'
import { Courses, FollowUps, Grants } from './records.tsx'

/** One participant: who she is, what she attended, what she was given, whether a business runs. */
export function ParticipantPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const of = useSnapshot(({ participants }) => participants.find((each) => each.stream === stream))
  if (!of)
    return (
      <EmptyState title={t('livelihoods.not-here')} action={<Link to="/livelihoods">{t('livelihoods.back')}</Link>}>
        {t('livelihoods.not-here-text')}
      </EmptyState>
    )
  return <Participant key={of.stream} of={of} />
}

type Of = { readonly of: OpenedParticipant }

function Participant({ of }: Of) {
  const t = useText()
  const desk = useDesk()
  const isOfficer = useSnapshot(({ me }) => me?.roles.includes('livelihoods-officer') === true)
  const [doing, setDoing] = useState<'course' | 'grant' | 'follow-up'>()
  const { participant, fields, code } = of
  const onDone = (): void => setDoing(undefined)
  const under = useUnder(of, participant.enteredInError)
  return (
    <>
      <PageTitle over={<Link to="/livelihoods">{t('livelihoods.back')}</Link>} under={under}>
        {sayHeads(fields.name, t) || code}
      </PageTitle>
      <Stack>
        {isOfficer && !participant.enteredInError && doing === undefined && (
          <Actions>
            <NextButton onClick={() => setDoing('course')}>{t('livelihoods.course.begin')}</NextButton>
            <QuietButton onClick={() => setDoing('grant')}>{t('livelihoods.grant.begin')}</QuietButton>
            <QuietButton onClick={() => setDoing('follow-up')}>{t('livelihoods.follow-up.begin')}</QuietButton>
          </Actions>
        )}
        {doing === 'course' && <NewCourse of={of} onDone={onDone} />}
        {doing === 'grant' && <NewGrant of={of} onDone={onDone} />}
        {doing === 'follow-up' && <NewFollowUp of={of} onDone={onDone} />}
        {participant.conflicts.length > 0 && <p>{t('livelihoods.two-versions')}</p>}
        <Courses of={of} isOfficer={isOfficer} />
        <Grants of={of} isOfficer={isOfficer} />
        <FollowUps of={of} isOfficer={isOfficer} />
        <Herself of={of} isOfficer={isOfficer} />
        {isOfficer && (
          <InError
            isInError={participant.enteredInError}
            says={t('livelihoods.in-error.mark')}
            mark={(is) => markInError(of.stream, participant, participant.opening, is, desk.moment())}
          />
        )}
      </Stack>
    </>
  )
}

/** Who she is, and the correction of it with her consent given or taken back. */
function Herself({ of, isOfficer }: Of & { readonly isOfficer: boolean }) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const { participant, fields, stream } = of
  const { sex, age, consentCounting, registeredOn } = participant
  const stood = {
    name: oneValue(fields.name),
    safeContact: oneValue(fields.safeContact),
    sex: sex ?? '',
    age: age ?? '',
    consentCounting: consentCounting ?? '',
  }
  const decide = (typed: Typed) => {
    // Where two answers stand nothing stands here, and whatever is chosen settles them.
    const now = (field: keyof typeof stood): string | undefined =>
      typed[field] === stood[field] ? undefined : typed[field]
    const [name, safeContact] = [now('name'), now('safeContact')]
    const [sexNow, ageNow] = [Sex.safeParse(now('sex')).data, AgeGroup.safeParse(now('age')).data]
    const consent = ConsentState.safeParse(now('consentCounting')).data
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(safeContact === undefined ? {} : { safeContact }),
      ...(sexNow ? { sex: sexNow } : {}),
      ...(ageNow ? { age: ageNow } : {}),
      ...(consent ? { consentCounting: consent } : {}),
    }
    return describeParticipant(stream, change, desk.moment())
  }
  const correction = {
    label: t('livelihoods.describe'),
    stood,
    decide,
    fields: (typing: Typing) => (
      <>
        <NameFields {...typing} />
        <PersonFields {...typing} />
        <ConsentField {...typing} answers={ConsentState.options} />
      </>
    ),
  }
  const unsettled = t('results.unsettled')
  return (
    <Itself
      of={`participant ${stream}`}
      title={t('livelihoods.herself')}
      note={t('livelihoods.herself-note')}
      facts={[
        { label: t('livelihoods.name'), text: sayHeads(fields.name, t), isSealed: true },
        { label: t('livelihoods.safe-contact'), text: sayHeads(fields.safeContact, t), isSealed: true },
        { label: t('livelihoods.sex'), text: sex ? t(`sex.${sex}`) : unsettled, isSealed: false },
        { label: t('livelihoods.age'), text: age ? t(`age.${age}`) : unsettled, isSealed: false },
        {
          label: t('livelihoods.consent'),
          text: consentCounting ? t(`support.answer.${consentCounting}`) : unsettled,
          isSealed: false,
        },
        { label: t('livelihoods.registered-in'), text: format.date(registeredOn), isSealed: false },
      ]}
      correction={isOfficer ? correction : undefined}
    />
  )
}
