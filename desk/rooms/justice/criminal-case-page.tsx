import { markInError } from '@lentera/core/support/justice/capture'
import {
  Actions,
  EmptyState,
  LoadingState,
  NextButton,
  PageTitle,
  QuietButton,
  SealMark,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../device/context.ts'
import type { OpenedCriminalCase } from '../../device/desk.ts'
import { InError } from '../records/in-error.tsx'
import { sayHeads } from '../records/opened.ts'
import recordStyles from '../records/records.module.css'
import { Travelling } from '../support/travelling.tsx'
import { About } from './about.tsx'
import { AccusedPersons } from './accused.tsx'
import { mayFollow } from './criminal-cases-page.tsx'
import styles from './justice.module.css'
import { SurvivorLinks } from './links.tsx'
import { NewAccused, NewCompensation, NewStage } from './new-records.tsx'
import { Compensations, Stages } from './record-lists.tsx'

/** One criminal case: how far it has come, who is accused and what was decided, and what is sealed of it. */
export function CriminalCasePage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const of = useSnapshot(({ criminalCases }) => criminalCases.find((each) => each.stream === stream))
  const isComing = useSnapshot(({ phase, verifying }) => phase === 'starting' || verifying !== undefined)
  const travelling = useSnapshot((snapshot) => snapshot.travelling)
  if (of) return <CriminalCase key={of.stream} of={of} />
  if (travelling) return <Travelling />
  if (isComing) return <LoadingState />
  return (
    <EmptyState title={t('justice.not-here')} action={<Link to="/justice">{t('justice.back')}</Link>}>
      {t('justice.not-here-text')}
    </EmptyState>
  )
}

function CriminalCase({ of }: { readonly of: OpenedCriminalCase }) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const mayWrite = useSnapshot(({ me }) => mayFollow(me?.roles))
  const [doing, setDoing] = useState<'stage' | 'accused' | 'compensation'>()
  const { criminalCase, fields, code, unsent, stream } = of
  const { stage, enteredInError } = criminalCase
  const name = sayHeads(fields.name, t)
  const onDone = (): void => setDoing(undefined)
  const under = [
    stage ? t(`justice-stage.${stage}`) : t('results.unsettled'),
    t('justice.followed-since', { date: format.date(criminalCase.openedOn) }),
    ...(unsent ? [t('support.unsent')] : []),
    ...(enteredInError ? [t('support.entered-in-error')] : []),
  ].join(' · ')
  return (
    <>
      <PageTitle over={<Link to="/justice">{t('justice.back')}</Link>} under={under}>
        <span className={recordStyles.head}>
          <span className={recordStyles.code}>{code}</span>
          {name !== '' && (
            <span className={styles.name}>
              <SealMark /> {name}
            </span>
          )}
        </span>
      </PageTitle>
      <Stack>
        {mayWrite && !enteredInError && doing === undefined && (
          <Actions>
            <NextButton onClick={() => setDoing('stage')}>{t('justice.stage.begin')}</NextButton>
            <QuietButton onClick={() => setDoing('accused')}>{t('justice.accused.begin')}</QuietButton>
            <QuietButton onClick={() => setDoing('compensation')}>{t('justice.compensation.begin')}</QuietButton>
          </Actions>
        )}
        {doing === 'stage' && <NewStage of={of} onDone={onDone} />}
        {doing === 'accused' && <NewAccused of={of} onDone={onDone} />}
        {doing === 'compensation' && <NewCompensation of={of} onDone={onDone} />}
        {criminalCase.conflicts.length > 0 && <p>{t('justice.two-versions')}</p>}
        <AccusedPersons of={of} mayWrite={mayWrite} />
        <Stages of={of} mayWrite={mayWrite} />
        <Compensations of={of} mayWrite={mayWrite} />
        <About of={of} mayWrite={mayWrite} />
        <SurvivorLinks of={of} mayWrite={mayWrite} />
        {mayWrite && (
          <InError
            isInError={enteredInError}
            says={t('justice.in-error.mark')}
            mark={(is) => markInError(stream, criminalCase, criminalCase.opening, is, desk.moment())}
          />
        )}
      </Stack>
    </>
  )
}
