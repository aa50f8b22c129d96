import type { CivilDate } from '@lentera/core/shared/dates'
import { EmptyState, NextButton, PageTitle, SealMark, useText } from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { useDesk, useSnapshot } from '../../device/context.ts'
import type { OpenedStory } from '../../device/desk.ts'
import { found as foundBy } from '../../device/search.ts'
import { ListTools, Marks } from '../records/list.tsx'
import { sayHeads } from '../records/opened.ts'
import recordStyles from '../records/records.module.css'
import { Travelling } from '../support/travelling.tsx'
import { readyUses, stateOf } from './say.ts'

/** The stories her team keeps, each under its changed name, with what stands between it and its use. */
export function StoriesPage() {
  const t = useText()
  const navigate = useNavigate()
  const { today } = useDesk().moment()
  const travelling = useSnapshot((snapshot) => snapshot.travelling)
  const stories = useSnapshot((snapshot) => snapshot.stories)
  const mayWrite = useSnapshot(({ me }) => mayWriteStories(me?.roles))
  const [query, setQuery] = useState('')
  const searched = useDeferredValue(query)
  if (travelling)
    return (
      <>
        <PageTitle>{t('story.nav')}</PageTitle>
        <Travelling title={t('story.travelling')} text={t('story.travelling-text')} />
      </>
    )
  const found = foundBy(stories, searched)
    .map((each) => ({ each, name: sayHeads(each.fields.changedName, t) }))
    .sort((a, b) => a.name.localeCompare(b.name))
  const standing = stories.filter(({ story }) => !story.enteredInError).length
  return (
    <>
      <PageTitle under={t('story.under')}>{t('story.title', { count: standing })}</PageTitle>
      <ListTools
        search={t('story.search')}
        query={query}
        onQuery={setQuery}
        found={t('story.found', { count: found.length })}
      >
        {mayWrite && <NextButton onClick={() => navigate({ to: '/stories/new' })}>{t('story.new')}</NextButton>}
      </ListTools>
      {found.length > 0 ? (
        <ul className={`card ${recordStyles.list}`} aria-label={t('story.nav')}>
          {found.map(({ each, name }) => (
            <Row key={each.stream} of={each} name={name} today={today} />
          ))}
        </ul>
      ) : stories.length === 0 ? (
        <EmptyState title={t('story.none')}>{t('story.none-text')}</EmptyState>
      ) : (
        <EmptyState title={t('story.nothing-found')}>{t('story.nothing-found-text')}</EmptyState>
      )}
    </>
  )
}

function Row({ of, name, today }: { readonly of: OpenedStory; readonly name: string; readonly today: CivilDate }) {
  const t = useText()
  const { stream, story, unsent, code } = of
  const uses = readyUses(story, today)
  return (
    <li>
      <Link to="/stories/$stream" params={{ stream }} className={recordStyles.row}>
        <span className={recordStyles.name}>
          <SealMark /> {name || code}
        </span>
        <Marks twoVersions={story.conflicts.length > 0} unsent={unsent} />
        <span className={recordStyles.quiet}>
          {t(`story.state.${stateOf(story, today)}`)}
          {uses.length > 0 && `: ${uses.map((use) => t(`story.use.${use}`)).join(', ')}`}
        </span>
      </Link>
    </li>
  )
}

const mayWriteStories = (roles: readonly string[] | undefined): boolean =>
  roles?.some((role) => role === 'caseworker' || role === 'supervisor') === true
