import { StreamId } from '@lentera/core/shared/ids'
import { officerCode } from '@lentera/core/shared/person-codes'
import { refuse } from '@lentera/core/shared/refusals'
import { describeTrainer, markTrainerInError, type SaidOfTrainer } from '@lentera/core/training/trainer/capture'
import { type NationalTrainer, projectTrainer } from '@lentera/core/training/trainer/project'
import { Actions, EmptyState, PageTitle, QuietButton, Section, Stack, useText } from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useStreams } from '../../../device/context.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import { InError } from '../../records/in-error.tsx'
import { marksOf, sayCode } from '../../records/say.ts'
import { Correct } from '../../records/typed-correction.tsx'
import styles from '../training.module.css'
import { Certificates } from './certificates.tsx'
import { AboutFields, readAbout, typedAbout } from './fields.tsx'
import { isStanding, sessionsLed, type Trainer, useIsTrainer, useToday } from './say.ts'
import { Steps } from './steps.tsx'

/** One national trainer, by her code: what she may teach, and what led there. */
export function TrainerPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const trainer = useStreams('national-trainer', projectTrainer).find(
    (each) => each.stream === StreamId.safeParse(stream).data,
  )
  if (!trainer)
    return (
      <EmptyState title={t('trainers.not-here')} action={<Link to="/training/trainers">{t('trainers.back')}</Link>}>
        {t('training.not-here-text')}
      </EmptyState>
    )
  return <OneTrainer trainer={trainer} />
}

function OneTrainer({ trainer }: { readonly trainer: Trainer }) {
  const t = useText()
  const today = useToday()
  const isTrainer = useIsTrainer()
  const [isCorrecting, setCorrecting] = useState(false)
  const { state } = trainer
  const standing = state.certificates.filter((each) => isStanding(each, today)).length
  return (
    <>
      <PageTitle
        over={<Link to="/training/trainers">{t('trainers.back')}</Link>}
        under={[t('trainers.led-count', { count: sessionsLed(state) }), ...marksOf(trainer, t)].join(' · ')}
      >
        {t('trainers.one', { code: officerCode(state.trainer), standing })}
      </PageTitle>
      <Stack>
        <Certificates trainer={state} />
        <Steps trainer={state} />
        <Section title={t('trainers.about')} note={t('training.no-names')}>
          {isCorrecting ? (
            <Correct
              stood={typedAbout(state)}
              fields={(typing) => <AboutFields {...typing} />}
              decide={(typed) => decideAbout(state, typed, today)}
              onDone={() => setCorrecting(false)}
            />
          ) : (
            <>
              <About trainer={state} />
              {isTrainer && !state.enteredInError && (
                <Actions>
                  <QuietButton onClick={() => setCorrecting(true)}>{t('trainers.about.correct')}</QuietButton>
                </Actions>
              )}
            </>
          )}
        </Section>
        {isTrainer && (
          <InError
            isInError={state.enteredInError}
            says={t('trainers.in-error.mark')}
            mark={(is) => markTrainerInError(state, state.opening, is, today)}
          />
        )}
      </Stack>
    </>
  )
}

function About({ trainer: { country, agency, sex } }: { readonly trainer: NationalTrainer }) {
  const t = useText()
  return (
    <dl className={styles.facts}>
      <dt>{t('trainers.country')}</dt>
      <dd>{sayCode((code) => t(`country.${code}`), country, t)}</dd>
      <dt>{t('training.agency')}</dt>
      <dd>{sayCode((code) => t(`agency.${code}`), agency, t)}</dd>
      <dt>{t('training.sex')}</dt>
      <dd>{sayCode((code) => t(`officer.${code}`), sex, t)}</dd>
    </dl>
  )
}

/** Only what differs from what stands. Refused also: `training.trainer-incomplete`. */
function decideAbout(trainer: NationalTrainer, typed: Typed, today: Parameters<typeof describeTrainer>[2]) {
  const now = readAbout(typed)
  if (!now) return refuse('training.trainer-incomplete')
  const change: Partial<SaidOfTrainer> = {
    ...(now.country === trainer.country ? {} : { country: now.country }),
    ...(now.agency === trainer.agency ? {} : { agency: now.agency }),
    ...(now.sex === trainer.sex ? {} : { sex: now.sex }),
  }
  return describeTrainer(trainer, change, today)
}
