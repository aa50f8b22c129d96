import { EmptyState, NextButton, PageTitle, QuietButton, SealMark, useFormat, useText } from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { useSnapshot } from '../../device/context.ts'
import type { OpenedParticipant } from '../../device/desk.ts'
import { found as foundBy } from '../../device/search.ts'
import { ListTools, Marks } from '../records/list.tsx'
import { sayHeads } from '../records/opened.ts'
import recordStyles from '../records/records.module.css'
import { Travelling } from '../support/travelling.tsx'

/** The participants of her team, by name: opened on this device only, and searched in its memory. */
export function ParticipantsPage() {
  const t = useText()
  const navigate = useNavigate()
  const me = useSnapshot((snapshot) => snapshot.me)
  const travelling = useSnapshot((snapshot) => snapshot.travelling)
  const participants = useSnapshot((snapshot) => snapshot.participants)
  const [query, setQuery] = useState('')
  const searched = useDeferredValue(query)
  const found = foundBy(participants, searched)
    .map((each) => ({ each, name: sayHeads(each.fields.name, t) }))
    .sort((a, b) => a.name.localeCompare(b.name))
  const isOfficer = me?.roles.includes('livelihoods-officer') === true && me.team !== null
  if (travelling)
    return (
      <>
        <PageTitle>{t('nav.livelihoods')}</PageTitle>
        <Travelling title={t('livelihoods.travelling')} text={t('livelihoods.travelling-text')} />
      </>
    )
  const standing = participants.filter(({ participant }) => !participant.enteredInError).length
  return (
    <>
      <PageTitle under={t('livelihoods.under')}>{t('livelihoods.title', { count: standing })}</PageTitle>
      <ListTools
        search={t('livelihoods.search')}
        query={query}
        onQuery={setQuery}
        found={t('livelihoods.found', { count: found.length })}
      >
        {isOfficer && (
          <NextButton onClick={() => navigate({ to: '/livelihoods/new' })}>{t('livelihoods.new')}</NextButton>
        )}
        <QuietButton onClick={() => navigate({ to: '/livelihoods/rates' })}>{t('rates.title')}</QuietButton>
      </ListTools>
      {found.length > 0 ? (
        <ul className={`card ${recordStyles.list}`} aria-label={t('nav.livelihoods')}>
          {found.map(({ each, name }) => (
            <Row key={each.stream} of={each} name={name} />
          ))}
        </ul>
      ) : participants.length === 0 ? (
        <EmptyState title={t('livelihoods.none')}>
          {isOfficer ? t('livelihoods.none-text') : t('livelihoods.none-text-reader')}
        </EmptyState>
      ) : (
        <EmptyState title={t('livelihoods.nothing-found')}>{t('livelihoods.nothing-found-text')}</EmptyState>
      )}
    </>
  )
}

function Row({ of, name }: { readonly of: OpenedParticipant; readonly name: string }) {
  const t = useText()
  const format = useFormat()
  const { stream, participant, unsent } = of
  return (
    <li>
      <Link to="/livelihoods/$stream" params={{ stream }} className={recordStyles.row}>
        <span className={recordStyles.name}>
          <SealMark /> {name || of.code}
        </span>
        <Marks inError={participant.enteredInError} twoVersions={participant.conflicts.length > 0} unsent={unsent} />
        <span className={recordStyles.quiet}>
          {t('livelihoods.counts', {
            courses: participant.courses.filter((each) => !each.enteredInError).length,
            grants: participant.grants.filter((each) => !each.enteredInError).length,
          })}{' '}
          · {format.date(participant.registeredOn)}
        </span>
      </Link>
    </li>
  )
}
