import { CivilDate, daysAfter } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { pairsOnCall } from '@lentera/planner/plan'
import { EmptyState, LoadingState, PageTitle, RefusalNotice, SelectField, Stack, useText } from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import type { OpenedPost, OpenedRoster } from '../../../device/desk.ts'
import { type Typed, useKeptForm } from '../../../device/use-kept-form.ts'
import { coverageProblem } from '../register/coverage-problem.ts'
import { NumberFields, sayField } from './assumption-fields.tsx'
import { type Assumptions, firstTyped, readAssumptions, rulesOf } from './assumptions.ts'
import styles from './cover.module.css'
import { KeptRosters } from './keep-roster.tsx'
import { poolIn } from './kept-rosters.ts'
import { keepSolver } from './plan-apart.ts'
import { RosterOf } from './roster-of.tsx'
import { weekdayOf } from './roster-sides.ts'
import { type Register, useRegister } from './use-register.ts'

/** Twenty-eight days of one post, or of two that share their women on call, that people can live with. */
export function RosterPage() {
  const t = useText()
  const register = useRegister()
  const form = useKeptForm('cover-roster', nothingChosen, true)
  const assumed = useKeptForm('cover-assumptions', firstTyped)
  // So that a roster can be made later without the network, of a post that is chosen then.
  useEffect(() => {
    void keepSolver()
  }, [])
  if (!form.ready || !assumed.ready) return <LoadingState />
  if (register.posts.length === 0)
    return (
      <EmptyState title={t('cover.none')} action={<Link to="/workforce/register">{t('cover.to-register')}</Link>}>
        {t('cover.none-text')}
      </EmptyState>
    )
  const assumptions = readAssumptions(assumed.typed)
  const post = register.posts.find(({ stream }) => stream === form.typed.post)
  return (
    <>
      <PageTitle over={<Link to="/workforce/cover">{t('cover.title-short')}</Link>} under={t('roster.under')}>
        {post ? t('roster.title', { post: register.nameOf(post) }) : t('roster.title-none')}
      </PageTitle>
      <Stack>
        <SelectField
          label={t('roster.post')}
          value={post?.stream ?? ''}
          choices={register.posts.map((each) => ({ value: each.stream, label: register.nameOf(each) }))}
          onChange={(key) => {
            form.set('post', key)
            form.set('partner', '')
            form.set('opened', '')
          }}
        />
        <details className={styles.assumed}>
          <summary>{t('roster.rules')}</summary>
          <p>{t('roster.rules-note')}</p>
          <NumberFields {...assumed} fields={rulesOfRosters} />
        </details>
        {!assumptions.ok && <RefusalNotice refusal={sayField(assumptions.refusal, t)} />}
        {post && assumptions.ok && (
          <RosterWith
            register={register}
            post={post}
            chosen={form.typed}
            set={form.set}
            assumptions={assumptions.value}
          />
        )}
      </Stack>
    </>
  )
}

const nothingChosen = {}

const rulesOfRosters = [
  'restHours',
  'dutyHours',
  'mostNights',
  'mostNightsInARow',
  'mostOnCall',
  'onCallMinutes',
  'shiftsPerPerson',
  'officersPerShift',
] as const

type RosterWithProps = {
  readonly register: Register
  readonly post: OpenedPost
  readonly chosen: Typed
  readonly set: (field: string, value: string) => void
  readonly assumptions: Assumptions
}

function RosterWith({ register, post, chosen, set, assumptions }: RosterWithProps) {
  const t = useText()
  const { today } = useDesk().moment()
  const rosters = useSnapshot(({ rosters: all }) => all)
  const plans = useSnapshot(({ coverPlans }) => coverPlans)
  // Where she was when she looked elsewhere, or was locked out.
  const from = CivilDate.safeParse(chosen.from).data ?? daysAfter(today, 7 - weekdayOf(today))
  const setFrom = (day: CivilDate): void => set('from', day)
  const opened = rosters.find(({ stream }) => stream === chosen.opened)
  const setOpened = (one: OpenedRoster | undefined): void => set('opened', one?.stream ?? '')
  const near = neighboursOf(post, register, today, assumptions)
  // What a plan that is kept has pooled is meant, until somebody chooses otherwise.
  const wished = chosen.partner || poolIn(plans, post.stream)
  const partner = near.find(({ stream }) => stream === wished)
  const open = (one: OpenedRoster): void => {
    if (one.said.post) set('post', one.said.post)
    set('partner', one.said.partner ?? alone)
    setFrom(one.said.from ?? from)
    setOpened(one)
  }
  const nameOf = (stream: StreamId): string => register.names.post(stream)
  return (
    <>
      {near.length > 0 && (
        <SelectField
          label={t('roster.partner')}
          why={t('roster.partner-why')}
          empty={t('roster.partner-none')}
          value={partner?.stream ?? ''}
          choices={near.map(({ stream, minutes }) => ({
            value: stream,
            label: t('roster.partner-way', { post: nameOf(stream), minutes: Math.ceil(minutes) }),
          }))}
          onChange={(value) => {
            setOpened(undefined)
            set('partner', value || alone)
          }}
        />
      )}
      <KeptRosters
        of={rosters.filter(({ said, kept }) => !kept.enteredInError && [said.post, said.partner].includes(post.stream))}
        officer={register.names.officer}
        nameOf={nameOf}
        onOpen={open}
      />
      <RosterOf
        key={[post.stream, partner?.stream, from, opened?.stream].join()}
        register={register}
        post={post}
        partner={register.posts.find(({ stream }) => stream === partner?.stream) ?? null}
        from={from}
        onFrom={(day) => {
          setOpened(undefined)
          setFrom(day)
        }}
        opened={opened}
        assumptions={assumptions}
        kept={rosters}
      />
    </>
  )
}

/** Said that there is to be no neighbour: otherwise a plan's is meant. */
const alone = 'none'

type Near = { readonly stream: StreamId; readonly minutes: number }

/** Posts within the minutes that the plan's own rule asks for, the nearest first. */
function neighboursOf(
  post: OpenedPost,
  { posts, officers }: Register,
  day: CivilDate,
  assumptions: Assumptions,
): readonly Near[] {
  const { problem } = coverageProblem(posts, officers, day)
  const place = problem.posts.findIndex(({ key }) => key === post.stream)
  return pairsOnCall({ posts: problem.posts, rules: rulesOf(assumptions, problem.travel) })
    .filter(({ a, b }) => a === place || b === place)
    .toSorted((x, y) => x.minutes - y.minutes)
    .flatMap(({ a, b, minutes }) => {
      const stream = StreamId.safeParse(problem.posts[a === place ? b : a]?.key).data
      return stream ? [{ stream, minutes }] : []
    })
}
