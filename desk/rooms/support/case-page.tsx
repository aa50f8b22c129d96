import {
  Actions,
  EmptyState,
  LoadingState,
  NextButton,
  PageTitle,
  QuietButton,
  useFormat,
  useText,
  WithAside,
} from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useSnapshot } from '../../device/context.ts'
import type { OpenedCase } from '../../device/desk.ts'
import { CriminalCasesOf } from '../justice/links.tsx'
import recordStyles from '../records/records.module.css'
import { CaseConflicts } from './case-conflicts.tsx'
import { CaseConsent } from './case-consent.tsx'
import { CaseErasure } from './case-erasure.tsx'
import { CaseFacts } from './case-facts.tsx'
import { CaseHistory } from './case-history.tsx'
import { CaseName, sayName } from './case-name.tsx'
import { CaseRecords } from './case-records.tsx'
import { CaseStatus } from './case-status.tsx'
import { NewRecord } from './new-record.tsx'
import styles from './support.module.css'
import { Travelling } from './travelling.tsx'

/** One case: who she is to her team, what she asked for and got, what she agreed to, and everything that was written. */
export function CasePage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const opened = useSnapshot(({ caseload }) => caseload.find((each) => each.stream === stream))
  const isComing = useSnapshot(({ phase, verifying }) => phase === 'starting' || verifying !== undefined)
  const travelling = useSnapshot((snapshot) => snapshot.travelling)
  // Whatever was being typed about her goes with her identity.
  if (opened) return <Opened key={`${opened.stream} ${opened.file.erased ? 'erased' : ''}`} opened={opened} />
  if (travelling) return <Travelling />
  if (isComing) return <LoadingState />
  return (
    <EmptyState title={t('support.case.not-here')} action={<Link to="/cases">{t('support.case.back')}</Link>}>
      {t('support.case.not-here-text')}
    </EmptyState>
  )
}

function Opened({ opened }: { readonly opened: OpenedCase }) {
  const t = useText()
  const format = useFormat()
  const [adding, setAdding] = useState<'need' | 'service' | undefined>(undefined)
  const { file, code, fields, unsent } = opened
  const isOpen = file.status !== 'closed' && !file.enteredInError && !file.erased
  const under = [
    t(`support.status.${file.status ?? 'disputed'}`),
    t('support.case.opened-on', { date: format.date(file.openedOn) }),
    ...(unsent ? [t('support.unsent')] : []),
    ...(file.enteredInError ? [t('support.entered-in-error')] : []),
    ...(file.erased ? [t('support.identity-erased')] : []),
  ].join(' · ')
  return (
    <>
      <PageTitle over={<Link to="/cases">{t('support.case.back')}</Link>} under={under}>
        <span className={recordStyles.head}>
          <span className={recordStyles.code}>{code}</span>
          <CaseName name={sayName(fields.name, t)} erased={file.erased !== undefined} />
        </span>
      </PageTitle>
      {file.flags.length > 0 && (
        <ul className={styles.flags} aria-label={t('support.flags')}>
          {file.flags.map((flag) => (
            <li key={flag} className={styles.flag}>
              {t(`support.flag.${flag}`)}
            </li>
          ))}
        </ul>
      )}
      {isOpen && adding === undefined && (
        <Actions>
          <NextButton onClick={() => setAdding('service')}>{t('support.record.new.service')}</NextButton>
          <QuietButton onClick={() => setAdding('need')}>{t('support.record.new.need')}</QuietButton>
        </Actions>
      )}
      {adding && <NewRecord key={adding} opened={opened} kind={adding} onDone={() => setAdding(undefined)} />}
      <div className={styles.body}>
        <WithAside
          aside={
            <>
              <CaseConsent opened={opened} />
              <CriminalCasesOf stream={opened.stream} />
              <CaseStatus opened={opened} />
              <CaseErasure opened={opened} />
            </>
          }
        >
          <CaseConflicts opened={opened} />
          <CaseRecords opened={opened} kind="service" />
          <CaseRecords opened={opened} kind="need" />
          <CaseFacts opened={opened} />
          <CaseHistory opened={opened} />
        </WithAside>
      </div>
    </>
  )
}
