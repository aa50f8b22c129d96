import {
  Actions,
  EmptyState,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  SealMark,
  Section,
  Stack,
  useText,
} from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useMemo, useState } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import type { OpenedOfficer, OpenedPost } from '../../../device/desk.ts'
import { found as foundBy } from '../../../device/search.ts'
import { useWrite } from '../../../device/use-write.ts'
import { ListTools, Marks } from '../../records/list.tsx'
import recordStyles from '../../records/records.module.css'
import { countsByPost, nobody, type PostCounts } from './counts.ts'
import { trainedUntil } from './coverage-problem.ts'
import { OfficerList } from './officer-list.tsx'
import { isTwofold, sayPost } from './say.ts'
import { settleTwice, type Twice, twiceIn } from './twice.ts'

/** The posts of the agency with who serves there today; and what has to be settled before anything is planned. */
export function PostsPage() {
  const t = useText()
  const navigate = useNavigate()
  const { today } = useDesk().moment()
  const { posts, officers } = useSnapshot()
  const [query, setQuery] = useState('')
  const searched = useDeferredValue(query)
  const counts = useMemo(() => countsByPost(officers, today), [officers, today])
  const twice = useMemo(() => twiceIn(posts, officers, (each) => trainedUntil(each, today)), [posts, officers, today])
  const listed = useMemo(
    () =>
      foundBy(posts, searched)
        .map((each) => ({ each, name: sayPost(each, t), counts: counts.get(each.stream) ?? nobody }))
        .sort((a, b) => a.name.localeCompare(b.name)),
    [posts, searched, counts, t],
  )
  const back = <Link to="/workforce">{t('workforce.back')}</Link>
  const standing = posts.filter(({ post }) => !post.enteredInError).length
  const serving = [...counts.values()].reduce((sum, each) => sum + each.officers, 0)
  return (
    <>
      <PageTitle over={back} under={t('register.under')}>
        {t('register.title', { posts: standing, officers: serving })}
      </PageTitle>
      <Stack>
        <Actions>
          <NextButton onClick={() => navigate({ to: '/workforce/register/import' })}>{t('register.import')}</NextButton>
          <QuietButton onClick={() => navigate({ to: '/workforce/register/posts/new' })}>
            {t('register.post.new')}
          </QuietButton>
          <QuietButton onClick={() => navigate({ to: '/workforce/register/officers/new' })}>
            {t('register.officer.new')}
          </QuietButton>
          <QuietButton onClick={() => navigate({ to: '/workforce/register/sessions' })}>
            {t('attended.title')}
          </QuietButton>
        </Actions>
        <ToSettle officers={officers} posts={posts} twice={twice} />
        <div>
          <ListTools
            search={t('register.search-posts')}
            query={query}
            onQuery={setQuery}
            found={t('register.posts-found', { count: listed.length })}
          >
            {null}
          </ListTools>
          {listed.length > 0 ? (
            <ul className={`card ${recordStyles.list}`} aria-label={t('register.nav')}>
              {listed.map(({ each, name, counts: of }) => (
                <Row key={each.stream} of={each} name={name} counts={of} isTwice={twice.posts.has(each.stream)} />
              ))}
            </ul>
          ) : (
            <EmptyState title={posts.length === 0 ? t('register.none') : t('register.nothing-found')}>
              {posts.length === 0 ? t('register.none-text') : t('register.nothing-found-text')}
            </EmptyState>
          )}
        </div>
        <Section title={t('register.all-officers')} note={t('register.all-officers-note')}>
          <OfficerList officers={officers} posts={posts} isAsked />
        </Section>
      </Stack>
      <p className={recordStyles.quiet}>{t('register.stays')}</p>
    </>
  )
}

type RowProps = {
  readonly of: OpenedPost
  readonly name: string
  readonly counts: PostCounts
  /** Another post has the same code. */
  readonly isTwice: boolean
}

function Row({ of, name, counts, isTwice }: RowProps) {
  const t = useText()
  const { stream, post, said, unsent } = of
  return (
    <li>
      <Link to="/workforce/register/posts/$stream" params={{ stream }} className={recordStyles.row}>
        <span className={recordStyles.name}>
          <SealMark /> {name}
        </span>
        <Marks inError={post.enteredInError} twoVersions={said.disputed.length > 0} unsent={unsent} />
        {isTwice && <span className={recordStyles.mark}>{t('register.post-twice')}</span>}
        <span className={recordStyles.quiet}>
          {t('register.counts', counts)}
          {counts.ending > 0 && <> · {t('register.ending', { count: counts.ending })}</>}
        </span>
      </Link>
    </li>
  )
}

/** What two people said apart, and who may be two: shown, and settled on the officer's own page. */
function ToSettle({ officers, posts, twice }: ToSettleProps) {
  const t = useText()
  const desk = useDesk()
  const { refusal, busy, write } = useWrite()
  const unsettled = officers.filter(
    (each) =>
      !each.officer.enteredInError && !each.officer.erased && (twice.officers.has(each.stream) || isTwofold(each)),
  )
  if (unsettled.length === 0 && twice.posts.size === 0) return null
  const spare = [...officers, ...posts].filter(({ stream }) => twice.spare.has(stream)).length
  return (
    <Section title={t('register.to-settle', { count: unsettled.length })} note={t('register.to-settle-note')}>
      {refusal && <RefusalNotice refusal={refusal} />}
      {spare > 0 && (
        <>
          <p>{t('register.spare', { count: spare })}</p>
          <Actions>
            <QuietButton disabled={busy} onClick={() => void write(settleTwice(twice, posts, officers, desk.moment()))}>
              {t('register.settle-spare')}
            </QuietButton>
          </Actions>
        </>
      )}
      {unsettled.length > 0 && <OfficerList officers={unsettled} posts={posts} twice={twice.officers} />}
    </Section>
  )
}

type ToSettleProps = {
  readonly officers: readonly OpenedOfficer[]
  readonly posts: readonly OpenedPost[]
  readonly twice: Twice
}
