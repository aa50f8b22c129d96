import type { StreamId } from '@lentera/core/shared/ids'
import { servesOn } from '@lentera/core/workforce/officer/project'
import type { Translate } from '@lentera/ui/catalogues/text'
import { CheckField, EmptyState, SealMark, SelectField, TextField, useText } from '@lentera/ui/parts'
import { useDeferredValue, useMemo, useState } from 'react'
import { useDesk, useSnapshot } from '../../../../device/context.ts'
import type { OpenedOfficer } from '../../../../device/desk.ts'
import { found as foundBy } from '../../../../device/search.ts'
import recordStyles from '../../../records/records.module.css'
import { sayOfficer, sayPost, sayPosts } from '../say.ts'
import { ShowMore, useShown } from '../show-more.tsx'

/** The officers of the agency with a mark each; whoever is marked stands first. */
export function MarkOfficers({ marked, onMark }: MarkOfficersProps) {
  const t = useText()
  const { officers, posts } = useSnapshot()
  const { today } = useDesk().moment()
  const [query, setQuery] = useState('')
  const [post, setPost] = useState('')
  const searched = useDeferredValue(query)
  // Those who are marked stand first as the page opens: a mark that is set moves nobody under her finger.
  const [first] = useState(marked)
  const { shown, more } = useShown(`${post} ${searched}`)
  const listed = useMemo(
    () =>
      foundBy(officers, searched)
        .filter((each) => servesOn(each, today) || first.has(each.stream))
        .filter(({ officer }) => post === '' || officer.posts.some((at) => at === post))
        .map((each) => ({ each, name: sayOfficer(each, t) }))
        .sort(
          (a, b) => Number(first.has(b.each.stream)) - Number(first.has(a.each.stream)) || a.name.localeCompare(b.name),
        ),
    [officers, searched, post, first, today, t],
  )
  if (officers.length === 0) return <EmptyState title={t('register.no-officers')} />
  return (
    <>
      <div className={recordStyles.fields}>
        <TextField label={t('register.search-officers')} value={query} onChange={setQuery} />
        <SelectField
          label={t('attended.at-post')}
          optional
          empty={t('attended.all-posts')}
          value={post}
          choices={posts
            .filter((each) => !each.post.enteredInError)
            .map((each) => ({ value: each.stream, label: sayPost(each, t) }))
            .sort((a, b) => a.label.localeCompare(b.label))}
          onChange={setPost}
        />
      </div>
      <p role="status" className={recordStyles.quiet}>
        {t('attended.found', { count: listed.length, marked: marked.size })}
      </p>
      <ul className={recordStyles.rows} aria-label={t('register.officers')}>
        {listed.slice(0, shown).map(({ each, name }) => (
          <li key={each.stream}>
            <CheckField label={name} checked={marked.has(each.stream)} onChange={(is) => onMark(each.stream, is)} />
            <span className={recordStyles.quiet}>
              <SealMark /> {sayHer(each, servesOn(each, today), posts, t)}
            </span>
          </li>
        ))}
      </ul>
      <ShowMore shown={shown} count={listed.length} onMore={more} />
    </>
  )
}

type MarkOfficersProps = {
  readonly marked: ReadonlySet<StreamId>
  readonly onMark: (officer: StreamId, is: boolean) => void
}

const sayHer = (
  { officer }: OpenedOfficer,
  serves: boolean,
  posts: Parameters<typeof sayPosts>[1],
  t: Translate,
): string =>
  [
    officer.sex ? t(`officer.${officer.sex}`) : t('results.unsettled'),
    sayPosts(officer.posts, posts, t),
    ...(officer.left && !serves ? [t('register.left')] : []),
  ].join(' · ')
