import { EmptyState, NextButton, PageTitle, SealMark, useFormat, useText } from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { useSnapshot } from '../../device/context.ts'
import type { OpenedCriminalCase } from '../../device/desk.ts'
import { found as foundBy } from '../../device/search.ts'
import { ListTools, Marks } from '../records/list.tsx'
import { sayHeads } from '../records/opened.ts'
import recordStyles from '../records/records.module.css'
import { Travelling } from '../support/travelling.tsx'

/** The criminal cases her team follows: opened on this device only, and searched in its memory. */
export function CriminalCasesPage() {
  const t = useText()
  const navigate = useNavigate()
  const travelling = useSnapshot((snapshot) => snapshot.travelling)
  const criminalCases = useSnapshot((snapshot) => snapshot.criminalCases)
  const mayWrite = useSnapshot(({ me }) => mayFollow(me?.roles) && me?.team !== null)
  const [query, setQuery] = useState('')
  const found = foundBy(criminalCases, useDeferredValue(query))
  if (travelling)
    return (
      <>
        <PageTitle>{t('justice.nav')}</PageTitle>
        <Travelling />
      </>
    )
  const standing = criminalCases.filter(({ criminalCase }) => !criminalCase.enteredInError).length
  return (
    <>
      <PageTitle under={t('justice.under')}>{t('justice.title', { count: standing })}</PageTitle>
      <ListTools
        search={t('justice.search')}
        query={query}
        onQuery={setQuery}
        found={t('justice.found', { count: found.length })}
      >
        {mayWrite && <NextButton onClick={() => navigate({ to: '/justice/new' })}>{t('justice.new')}</NextButton>}
      </ListTools>
      {found.length > 0 ? (
        <ul className={`card ${recordStyles.list}`} aria-label={t('justice.nav')}>
          {found.map((each) => (
            <Row key={each.stream} of={each} />
          ))}
        </ul>
      ) : criminalCases.length === 0 ? (
        <EmptyState title={t('justice.none')}>
          {mayWrite ? t('justice.none-text') : t('justice.none-text-reader')}
        </EmptyState>
      ) : (
        <EmptyState title={t('justice.nothing-found')}>{t('justice.nothing-found-text')}</EmptyState>
      )}
    </>
  )
}

/** Whose post follows criminal cases: the case team's. */
export const mayFollow = (roles: readonly string[] = []): boolean =>
  roles.includes('caseworker') || roles.includes('supervisor')

function Row({ of }: { readonly of: OpenedCriminalCase }) {
  const t = useText()
  const format = useFormat()
  const { stream, code, criminalCase, fields, unsent } = of
  const { stage, stages, accused } = criminalCase
  const name = sayHeads(fields.name, t)
  const last = stages.findLast(({ enteredInError }) => !enteredInError)?.on
  return (
    <li>
      <Link to="/justice/$stream" params={{ stream }} className={recordStyles.row}>
        <span className={recordStyles.code}>{code}</span>
        <span className={recordStyles.name}>
          {name !== '' && (
            <>
              <SealMark /> {name}
            </>
          )}
        </span>
        <Marks inError={criminalCase.enteredInError} twoVersions={criminalCase.conflicts.length > 0} unsent={unsent} />
        <span className={recordStyles.quiet}>
          {[
            stage ? t(`justice-stage.${stage}`) : t('results.unsettled'),
            ...(last ? [format.date(last)] : []),
            t('justice.accused-count', { count: accused.filter(({ enteredInError }) => !enteredInError).length }),
          ].join(' · ')}
        </span>
      </Link>
    </li>
  )
}
