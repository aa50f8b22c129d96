import { type CivilDate, daysAfter } from '@lentera/core/shared/dates'
import { servesOn } from '@lentera/core/workforce/officer/project'
import { shiftsOf } from '@lentera/core/workforce/post/words'
import { checkRoster, checkRosterProblem } from '@lentera/planner/checker'
import type { MadeRoster, ShiftKey } from '@lentera/planner/roster'
import {
  Actions,
  DateField,
  LoadingState,
  NextButton,
  QuietButton,
  RefusalNotice,
  SelectField,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import { useSnapshot } from '../../../device/context.ts'
import type { OpenedOfficer, OpenedPost, OpenedRoster } from '../../../device/desk.ts'
import { type KeptForm, useKeptForm } from '../../../device/use-kept-form.ts'
import { trainedUntil } from '../register/coverage-problem.ts'
import { sayClock, sayOfficer } from '../register/say.ts'
import { twiceIn } from '../register/twice.ts'
import { Wishes } from '../register/wishes.tsx'
import { keyOf, shiftsAlone } from './alone.ts'
import type { Assumptions } from './assumptions.ts'
import styles from './cover.module.css'
import { KeepRoster } from './keep-roster.tsx'
import {
  brokenToKeep,
  byHandOf,
  noSuchDay,
  standingOf,
  standingOfText,
  textOfStanding,
  wholeDay,
} from './kept-rosters.ts'
import { rosterApart } from './plan-apart.ts'
import { rosterBefore } from './roster-before.ts'
import { RosterContradictions } from './roster-contradictions.tsx'
import { answered, fixedBy, madeAgain, setByHand } from './roster-edits.ts'
import { rosterElsewhere } from './roster-elsewhere.ts'
import { RosterJudged } from './roster-judged.tsx'
import { RosterMoved } from './roster-moved.tsx'
import { askRoster, type RosterQuestion } from './roster-problem.ts'
import { RosterShares } from './roster-shares.tsx'
import { datesFrom, isElsewhere, type RosterPost } from './roster-sides.ts'
import { RosterTable } from './roster-table.tsx'
import { SaveRoster } from './save-roster.tsx'
import type { RosterNames } from './say-broken.ts'
import { namedIn } from './say-plan.ts'
import { useWork } from './use-planning.ts'
import type { Register } from './use-register.ts'
import { useStanding } from './use-standing.ts'
import { Working } from './working.tsx'

type RosterOfProps = {
  readonly register: Register
  readonly post: OpenedPost
  readonly partner: OpenedPost | null
  readonly from: CivilDate
  readonly onFrom: (day: CivilDate) => void
  /** The one that is kept and was opened. */
  readonly opened: OpenedRoster | undefined
  readonly assumptions: Assumptions
  /** Of the same posts, those that are kept: what was worked before. */
  readonly kept: readonly OpenedRoster[]
}

/** A roster made by the planner, changed by hand, judged by the checker; what was not kept yet is there after a lock, or a look elsewhere. */
export function RosterOf(props: RosterOfProps) {
  const { post, partner, from, opened } = props
  const of = [post.stream, partner?.stream ?? '', from, opened?.stream ?? ''].join(' ')
  // Each by itself: two of them may be worked at in two tabs.
  const unsaved = useKeptForm(`cover-roster-hand ${of}`, nothingKept)
  return unsaved.ready ? <RosterHere {...props} of={of} unsaved={unsaved} /> : <LoadingState />
}

const nothingKept = { standing: '' }

function RosterHere({
  register,
  post,
  partner,
  from,
  onFrom,
  opened,
  assumptions,
  kept,
  of,
  unsaved,
}: RosterOfProps & { readonly of: string; readonly unsaved: KeptForm }) {
  const t = useText()
  const format = useFormat()
  const isDemonstration = useSnapshot(({ demonstration }) => demonstration)
  const work = useWork<MadeRoster>()
  const officers = servingAt(register, [post, ...(partner ? [partner] : [])], from)
  const own = [post.stream, ...(partner ? [partner.stream] : [])]
  const others = kept.filter(({ stream }) => stream !== opened?.stream)
  const before = rosterBefore(others, own, from)
  const elsewhere = rosterElsewhere(others, register.posts, {
    own,
    from,
    officers: officers.map(({ stream }) => stream),
  })
  const question = askRoster({
    post: postOf(post, officers),
    partner: partner && postOf(partner, officers),
    from,
    assumptions,
    before,
    elsewhere,
  })
  const { problem } = question
  const dates = datesFrom(from, problem.days)
  const names: RosterNames = {
    person: register.names.officer,
    shift: (key) => sayDuty(question, key, partner && register.nameOf(partner), t),
    day: (day) => format.date(dates[day] ?? daysAfter(from, day)),
  }
  const { set } = unsaved
  const { standing, step, undo, redo } = useStanding(
    opened?.said.duties ? standingOf(opened.said, problem) : undefined,
    {
      text: unsaved.typed.standing ?? '',
      read: (text) => standingOfText(text, of, problem),
      keep: (now) => {
        const text = textOfStanding(of, now)
        set('standing', text)
        return text
      },
    },
  )
  const [isNoDay, setNoDay] = useState(false)
  const tooMany = problem.people.length > mostPeople
  const roster = standing?.roster
  const contradictions = checkRosterProblem(standing ? fixedBy(problem, standing) : problem)
  const make = (): void => {
    const asked = standing ? madeAgain(problem, standing) : problem
    work.start((onProgress) => {
      const planning = rosterApart(asked, standing?.roster ?? null, seconds, onProgress)
      void planning.answer.then((made) => {
        if (made.ok)
          step((now) => (now ? answered(now, made.value.roster) : { ...nothingSet, roster: made.value.roster }))
      })
      return planning
    })
  }
  const change = (person: string, day: number, shift: ShiftKey | null): void =>
    step((now) => setByHand(now ?? { ...nothingSet, roster: {} }, person, day, shift))
  const free = (day: number, people: readonly string[]): void =>
    step((now) =>
      people.reduce((each, person) => setByHand(each, person, day, null), now ?? { ...nothingSet, roster: {} }),
    )
  return (
    <>
      <DateField
        label={t('roster.from')}
        value={from}
        finest="day"
        {...(isNoDay ? { refusal: noSuchDay } : {})}
        onChange={(day) => {
          const whole = wholeDay(day)
          setNoDay(whole === undefined)
          if (whole) onFrom(whole)
        }}
      />
      <p>
        {before === undefined && t('roster.before-none')}
        {before && t('roster.before', { from: format.date(before.from), to: format.date(before.last) })}
        {before && before.untold > 0 && ` ${t('roster.before-untold', { count: before.untold })}`}
      </p>
      {elsewhere.rosters.length > 0 && (
        <p>
          {t('roster.elsewhere', {
            count: elsewhere.duties.size,
            rosters: elsewhere.rosters
              .map(({ post: at, partner: with_, from: day }) =>
                t('roster.elsewhere-of', {
                  post: [at, ...(with_ ? [with_] : [])].map(register.names.post).join(' + '),
                  day: format.date(day),
                }),
              )
              .join(' · '),
          })}
        </p>
      )}
      <WishesOf officers={officers} posts={register.posts} days={dates} />
      <RosterContradictions of={contradictions} names={names} />
      {tooMany && (
        <RefusalNotice
          refusal={{ code: 'roster.too-many', values: { officers: problem.people.length, most: mostPeople } }}
        />
      )}
      {work.refusal && <RefusalNotice refusal={namedIn(work.refusal, register.names)} />}
      {work.isRunning ? (
        <Working work={work} />
      ) : (
        <Actions>
          <NextButton disabled={officers.length === 0 || tooMany || contradictions.length > 0} onClick={make}>
            {roster ? t('roster.again') : t('roster.make')}
          </NextButton>
          {undo && <QuietButton onClick={undo}>{t('roster.undo')}</QuietButton>}
          {redo && <QuietButton onClick={redo}>{t('roster.redo')}</QuietButton>}
        </Actions>
      )}
      {officers.length === 0 && <p>{t('roster.nobody')}</p>}
      {standing && roster && (
        <>
          <RosterMoved
            standing={standing}
            names={names}
            onRelease={() => step((now) => ({ ...(now ?? standing), hand: [] }))}
          />
          <RosterJudged
            problem={problem}
            aloneBecause={[post, partner].flatMap((each) => each?.said.aloneBecause ?? [])}
            roster={roster}
            names={names}
            fewest={work.answer?.roster === roster ? work.answer.fewest : null}
            onFree={free}
          />
          <RosterTable
            question={question}
            standing={standing}
            dates={dates}
            names={names}
            posts={{ post: register.nameOf(post), partner: partner ? register.nameOf(partner) : '' }}
            onChange={change}
          />
          <RosterShares problem={problem} roster={roster} names={names} />
          <KeepRoster
            post={post.stream}
            partner={partner?.stream}
            from={from}
            roster={roster}
            byHand={byHandOf(standing.hand)}
            alone={shiftsAlone(problem, roster).map(keyOf)}
            broken={brokenToKeep(checkRoster(problem, roster).broken)}
            names={names}
            opened={opened}
          />
          <SaveRoster
            question={question}
            roster={roster}
            dates={dates}
            officer={register.names.officer}
            codes={{ post: post.said.code ?? post.code, partner: partner ? (partner.said.code ?? partner.code) : '' }}
            broken={checkRoster(problem, roster).broken.length}
            stamp={isDemonstration ? t('cover.page.demonstration') : null}
          />
        </>
      )}
    </>
  )
}

const nothingSet = { hand: [], moved: [] }

/** Officers of one roster: of two hundred it takes some twenty seconds on a busy machine, of thousands no roster would come. */
const mostPeople = 300

/** Seconds for one roster: the search ends much earlier where the answer is proven. */
const seconds = 15

function servingAt(
  { posts: all, officers }: Register,
  posts: readonly OpenedPost[],
  from: CivilDate,
): readonly OpenedOfficer[] {
  const serving = officers.filter((each) => servesOn(each, from))
  // Whoever stands twice works once.
  const { uncounted } = twiceIn(all, serving, (each) => trainedUntil(each, from))
  return serving.filter(
    (each) => !uncounted.has(each.stream) && posts.some(({ stream }) => stream === each.officer.post),
  )
}

const postOf = ({ stream, said }: OpenedPost, officers: readonly OpenedOfficer[]): RosterPost => ({
  stream,
  opening: said.opening,
  aloneBecause: said.aloneBecause,
  officers: officers.filter(({ officer }) => officer.post === stream),
})

type WishesOfProps = {
  readonly officers: readonly OpenedOfficer[]
  readonly posts: readonly OpenedPost[]
  readonly days: readonly CivilDate[]
}

/** Wishes are said where the roster is made, too. */
function WishesOf({ officers, posts, days }: WishesOfProps) {
  const t = useText()
  const [who, setWho] = useState('')
  const of = officers.find(({ stream }) => stream === who)
  const opening = posts.find(({ stream }) => stream === of?.officer.post)?.said.opening
  return (
    <details className={styles.assumed}>
      <summary>{t('register.wishes')}</summary>
      <p>{t('register.wishes-note')}</p>
      <SelectField
        label={t('roster.officer')}
        value={who}
        choices={officers.map((each) => ({ value: each.stream, label: sayOfficer(each, t) }))}
        onChange={setWho}
      />
      {of && <Wishes key={of.stream} of={of} shifts={opening ? shiftsOf(opening) : []} days={days} />}
    </details>
  )
}

/** "06:00–14:00", on call or not, and at which post where there are two. */
function sayDuty(
  { duties }: RosterQuestion,
  key: ShiftKey,
  partner: string | null,
  t: ReturnType<typeof useText>,
): string {
  const duty = duties.find((each) => each.key === key)
  if (!duty) return key
  const clock = sayClock(duty)
  if (isElsewhere(key)) return t('roster.duty-elsewhere', { shift: clock })
  const shift = duty.side === 'partner' && partner ? `${clock} (${partner})` : clock
  return duty.isOnCall ? t('roster.on-call', { shift }) : shift
}
