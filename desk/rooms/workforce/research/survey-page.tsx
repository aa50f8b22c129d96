import { StreamId } from '@lentera/core/shared/ids'
import { closeSurvey, describeSurvey, markSurveyInError } from '@lentera/core/workforce/research/capture'
import { mayHandOver } from '@lentera/core/workforce/research/entries'
import { projectSurvey, type Survey } from '@lentera/core/workforce/research/project'
import {
  Actions,
  EmptyState,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Section,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Projected, useDesk, useSnapshot, useStreams } from '../../../device/context.ts'
import { useWrite } from '../../../device/use-write.ts'
import { InError } from '../../records/in-error.tsx'
import { marksOf, sayCode } from '../../records/say.ts'
import { Correct } from '../../records/typed-correction.tsx'
import { changeOf } from '../fields.tsx'
import workforceStyles from '../workforce.module.css'
import { DescribedFields, readDescribed, typedSurvey } from './fields.tsx'
import { Results } from './results.tsx'
import { sayInstrument } from './say.ts'
import { useLanguagesHere } from './use-languages-here.ts'

/** One survey: who was asked what, the way to hand this device over, and what came out once it is closed. */
export function SurveyPage() {
  const t = useText()
  useLanguagesHere()
  const { stream } = useParams({ strict: false })
  const surveys = useStreams('survey', projectSurvey)
  const survey = surveys.find((each) => each.stream === StreamId.safeParse(stream).data)
  if (!survey)
    return (
      <EmptyState title={t('research.not-here')} action={<Link to="/workforce/research">{t('research.back')}</Link>}>
        {t('research.not-here-text')}
      </EmptyState>
    )
  return <OneSurvey survey={survey} />
}

type SurveyProps = { readonly survey: Projected<Survey> }

function OneSurvey({ survey }: SurveyProps) {
  const t = useText()
  const format = useFormat()
  const isFocalPoint = useSnapshot(({ me }) => me?.roles.includes('focal-point') === true)
  const handsOver = useSnapshot(({ me }) => mayHandOver(me?.roles ?? []))
  const { stream, state } = survey
  return (
    <>
      <PageTitle
        over={<Link to="/workforce/research">{t('research.back')}</Link>}
        under={[format.date(state.openedOn), ...marksOf(survey, t)].join(' · ')}
      >
        {t(state.closed ? 'research.one-closed' : 'research.one-open', {
          name: sayCode((text) => text, state.name, t),
        })}
      </PageTitle>
      <Stack>
        {handsOver && !state.enteredInError && state.instrument && (
          <Doing survey={survey} isFocalPoint={isFocalPoint} />
        )}
        <About survey={survey} isFocalPoint={isFocalPoint} />
        {state.instrument && !state.enteredInError && (
          <Results stream={stream} survey={state} instrument={state.instrument} />
        )}
        {isFocalPoint && (
          <InError
            says={t('research.in-error.mark')}
            isInError={state.enteredInError}
            mark={(is) => markSurveyInError(stream, state, is)}
          />
        )}
      </Stack>
    </>
  )
}

/** Hand the device over, close, open again. */
function Doing({ survey: { stream, state }, isFocalPoint }: SurveyProps & { readonly isFocalPoint: boolean }) {
  const t = useText()
  const desk = useDesk()
  const { refusal, busy, write } = useWrite()
  const [asked, setAsked] = useState(false)
  const isInterview = state.instrument?.mode === 'interview'
  const begins = isInterview ? 'research.interview' : 'research.hand-over'
  const close = (closed: boolean) => write(closeSurvey(stream, state, closed, desk.moment().today))
  if (asked)
    return (
      <Section title={t(begins)} note={t(isInterview ? 'research.interview-note' : 'research.hand-over-note')}>
        <Actions>
          <NextButton onClick={() => desk.handOver(stream)}>{t('research.hand-over-now')}</NextButton>
          <QuietButton onClick={() => setAsked(false)}>{t('support.give-up')}</QuietButton>
        </Actions>
      </Section>
    )
  return (
    <>
      <Actions>
        {!state.closed && <NextButton onClick={() => setAsked(true)}>{t(begins)}</NextButton>}
        {isFocalPoint && (
          <QuietButton disabled={busy} onClick={() => close(!state.closed)}>
            {t(state.closed ? 'research.open-again' : 'research.close')}
          </QuietButton>
        )}
      </Actions>
      {refusal && <RefusalNotice refusal={refusal} />}
    </>
  )
}

function About({ survey: { stream, state }, isFocalPoint }: SurveyProps & { readonly isFocalPoint: boolean }) {
  const t = useText()
  const format = useFormat()
  const [correcting, setCorrecting] = useState(false)
  const { instrument } = state
  if (correcting)
    return (
      <Section title={t('records.correct')}>
        <Correct
          stood={typedSurvey(state)}
          fields={(typing) => <DescribedFields {...typing} />}
          decide={(typed) => describeSurvey(stream, state, changeOf(readDescribed(typed), state))}
          onDone={() => setCorrecting(false)}
        />
      </Section>
    )
  return (
    <Section title={instrument ? sayInstrument(instrument, t) : t('research.unknown')}>
      <dl className={workforceStyles.facts}>
        {instrument && (
          <>
            <dt>{t('research.purpose')}</dt>
            <dd>{t(`research.instrument.${instrument.key}.purpose`)}</dd>
            <dt>{t('research.edition')}</dt>
            <dd>{format.plain(instrument.edition)}</dd>
            <dt>{t('research.wording')}</dt>
            <dd>
              {t('research.wording.ours')}
              {instrument.frame && ` ${t('research.frame', { name: instrument.frame.name })} `}
              {instrument.frame &&
                (instrument.frame.verifiedOn === null ? t('research.frame-unverified') : t('research.frame-verified'))}
            </dd>
            {instrument.method.length > 0 && (
              <>
                <dt>{t('research.method')}</dt>
                <dd>
                  {instrument.method.map(({ name }) => name).join('; ')}.{' '}
                  {instrument.method.some(({ verifiedOn }) => verifiedOn === null) && t('research.method-unverified')}
                </dd>
              </>
            )}
          </>
        )}
        <dt>{t('research.agencies')}</dt>
        <dd>{state.agencies.map((agency) => t(`agency.${agency}`)).join(', ')}</dd>
        <dt>{t('research.asked')}</dt>
        <dd>{state.asked === undefined ? t('results.unsettled') : format.number(state.asked)}</dd>
      </dl>
      {isFocalPoint && !state.enteredInError && (
        <Actions>
          <QuietButton onClick={() => setCorrecting(true)}>{t('records.correct')}</QuietButton>
        </Actions>
      )}
    </Section>
  )
}
