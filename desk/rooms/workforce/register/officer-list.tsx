import type { StreamId } from '@lentera/core/shared/ids'
import { isTrainedOn, servesOn } from '@lentera/core/workforce/officer/project'
import { EmptyState, SealMark, TextField, useFormat, useText } from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import { useDeferredValue, useMemo, useState } from 'react'
import { useDesk } from '../../../device/context.ts'
import type { OpenedOfficer, OpenedPost } from '../../../device/desk.ts'
import { found as foundBy } from '../../../device/search.ts'
import { Marks } from '../../records/list.tsx'
import recordStyles from '../../records/records.module.css'
import { isTwofold, sayLeaving, sayOfficer, sayPosts } from './say.ts'
import { ShowMore, useShown } from './show-more.tsx'

/** Officers, a way to each: opened on this device only, and searched in its memory. */
export function OfficerList({ officers, posts, twice, isAsked = false }: OfficerListProps) {
  const t = useText()
  const [query, setQuery] = useState('')
  const searched = useDeferredValue(query)
  const listed = useMemo(
    () =>
      foundBy(officers, searched)
        .map((each) => ({ each, name: sayOfficer(each, t) }))
        .sort((a, b) => a.name.localeCompare(b.name)),
    [officers, searched, t],
  )
  const { shown, more } = useShown(searched)
  const isHidden = isAsked && searched.trim() === ''
  if (officers.length === 0) return <EmptyState title={t('register.no-officers')} />
  return (
    <>
      {(isAsked || officers.length > 8) && (
        <TextField label={t('register.search-officers')} value={query} onChange={setQuery} />
      )}
      <p role="status" className={isAsked ? recordStyles.quiet : 'said'}>
        {t('register.officers-found', { count: listed.length })}
      </p>
      {!isHidden && (
        <ul className={recordStyles.list} aria-label={t('register.officers')}>
          {listed.slice(0, shown).map(({ each, name }) => (
            <Row key={each.stream} of={each} name={name} posts={posts} isTwice={twice?.has(each.stream) === true} />
          ))}
        </ul>
      )}
      {!isHidden && <ShowMore shown={shown} count={listed.length} onMore={more} />}
    </>
  )
}

type OfficerListProps = {
  readonly officers: readonly OpenedOfficer[]
  /** To say at which post each of them is; left out on the page of that post. */
  readonly posts?: readonly OpenedPost[]
  /** Nobody is shown before she is looked for: all of an agency are too many to read. */
  readonly isAsked?: boolean
  /** Those who share a number with another. */
  readonly twice?: ReadonlySet<StreamId>
}

function Row({ of, name, posts, isTwice }: RowProps) {
  const t = useText()
  const format = useFormat()
  const { today } = useDesk().moment()
  const { stream, officer, certificates, unsent } = of
  return (
    <li>
      <Link to="/workforce/register/officers/$stream" params={{ stream }} className={recordStyles.row}>
        <span className={recordStyles.name}>
          <SealMark /> {name}
        </span>
        <Marks inError={officer.enteredInError} twoVersions={isTwofold(of)} unsent={unsent} />
        {isTwice && <span className={recordStyles.mark}>{t('register.twice')}</span>}
        <span className={recordStyles.quiet}>
          {[
            officer.sex ? t(`officer.${officer.sex}`) : t('results.unsettled'),
            ...sayLeaving(of, today, t, format),
            ...(officer.erased ? [t('register.erased')] : []),
            ...(servesOn(of, today) && isTrainedOn(certificates, today) ? [t('register.trained')] : []),
            ...(posts ? [sayPosts(officer.posts, posts, t)] : []),
          ].join(' · ')}
        </span>
      </Link>
    </li>
  )
}

type RowProps = {
  readonly of: OpenedOfficer
  readonly name: string
  readonly posts: readonly OpenedPost[] | undefined
  readonly isTwice: boolean
}
