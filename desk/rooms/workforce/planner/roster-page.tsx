import type { CivilDate } from '@lentera/core/shared/dates'
import { isServing } from '@lentera/core/workforce/officer/project'
import { checkRoster, checkRosterProblem } from '@lentera/planner/checker'
import type { Roster, RosterProblem, ShiftKey, SolvedRoster } from '@lentera/planner/roster'
import {
  Actions,
  DateField,
  EmptyState,
  LoadingState,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Section,
  SelectField,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import type { OpenedPost, OpenedRoster } from '../../../device/desk.ts'
import { useKeptForm } from '../../../device/use-kept-form.ts'
import { firstTyped, readAssumptions } from './assumptions.ts'
import styles from './cover.module.css'
import { KeepRoster, KeptRosters } from './keep-roster.tsx'
import { rosterOf, wholeDay } from './kept-rosters.ts'
import { rosterApart } from './plan-apart.ts'
import { changed, fixedBy, openShifts } from './roster-edits.ts'
import { datesFrom, dayAfter, rosterProblemOf, trainedWoman, weekdayOf } from './roster-problem.ts'
import { type RosterNames, sayBroken, sayContradiction } from './say-broken.ts'
import { namedIn } from './say-plan.ts'
import { useWork } from './use-planning.ts'
import { type Register, useRegister } from './use-register.ts'
import { Working } from './working.tsx'

/** Twenty-eight days of one post that people can live with: made by the planner, changed by hand, judged by the checker. */
export function RosterPage() {
  const t = useText()
  const register = useRegister()
  const form = useKeptForm('cover-roster')
  const assumed = useKeptForm('cover-assumptions', firstTyped)
  const desk = useDesk()
  if (!form.ready || !assumed.ready) return <LoadingState />
  if (register.posts.length === 0)
    return (
      <EmptyState title={t('cover.none')} action={<Link to="/workforce/register">{t('cover.to-register')}</Link>}>
        {t('cover.none-text')}
      </EmptyState>
    )
  const assumptions = readAssumptions(assumed.typed)
  const post = register.posts.find(({ stream }) => stream === form.typed.post)
  const from = nextMonday(desk.moment().today)
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
          onChange={(key) => form.set('post', key)}
        />
        {!assumptions.ok && <RefusalNotice refusal={assumptions.refusal} />}
        {post && assumptions.ok && (
          <RosterOf key={post.stream} register={register} post={post} first={from} assumptions={assumptions.value} />
        )}
      </Stack>
    </>
  )
}

type RosterOfProps = {
  readonly register: Register
  readonly post: OpenedPost
  readonly first: CivilDate
  readonly assumptions: Parameters<typeof rosterProblemOf>[3]
}

function RosterOf({ register, post, first, assumptions }: RosterOfProps) {
  const t = useText()
  const format = useFormat()
  const [from, setFrom] = useState(first)
  const work = useWork<SolvedRoster>()
  const [edited, setEdited] = useState<readonly Roster[]>([])
  const [opened, setOpened] = useState<OpenedRoster>()
  const kept = useSnapshot(({ rosters }) => rosters)
  const officers = register.officers.filter(({ officer }) => officer.post === post.stream && isServing(officer))
  const problem = rosterProblemOf(post.said, officers, from, assumptions)
  const dates = datesFrom(from, problem.days)
  const names: RosterNames = {
    person: register.names.officer,
    shift: (key) => sayShift(problem, key),
    day: (day) => format.date(dates[day] ?? dayAfter(from, day)),
  }
  const contradictions = checkRosterProblem(problem)
  const made = opened?.said.duties ? rosterOf(opened.said.duties, problem) : work.answer?.roster
  const roster = edited.at(-1) ?? made
  const make = (hands: readonly Roster[]): void => {
    const last = hands.at(-1)
    const fixed = made && last ? fixedBy(problem, made, last) : problem
    work.start((onProgress) => rosterApart(fixed, seconds, onProgress))
    setEdited([])
    setOpened(undefined)
  }
  const open = (one: OpenedRoster): void => {
    setFrom(one.said.from ?? from)
    setEdited([])
    setOpened(one)
  }
  const change = (person: string, day: number, shift: ShiftKey | null): void => {
    if (roster) setEdited([...edited, changed(roster, person, day, shift)])
  }
  return (
    <>
      <DateField
        label={t('roster.from')}
        value={from}
        finest="day"
        onChange={(day) => {
          const whole = wholeDay(day)
          if (!whole) return
          setFrom(whole)
          setEdited([])
          setOpened(undefined)
        }}
      />
      <KeptRosters
        of={kept.filter(({ said, kept: { enteredInError } }) => said.post === post.stream && !enteredInError)}
        onOpen={open}
      />
      {contradictions.map((each) => (
        <p key={`${each.code} ${each.person} ${each.days.join()}`} role="alert">
          {sayContradiction(t, names, each)}
        </p>
      ))}
      {work.refusal && <RefusalNotice refusal={namedIn(work.refusal, register.names)} />}
      {work.isRunning ? (
        <Working progress={work.progress} onStop={work.stop} />
      ) : (
        <Actions>
          <NextButton disabled={officers.length === 0 || contradictions.length > 0} onClick={() => make(edited)}>
            {roster ? t('roster.again') : t('roster.make')}
          </NextButton>
          {edited.length > 0 && (
            <QuietButton onClick={() => setEdited(edited.slice(0, -1))}>{t('roster.undo')}</QuietButton>
          )}
        </Actions>
      )}
      {officers.length === 0 && <p>{t('roster.nobody')}</p>}
      {roster && (
        <>
          <Judgement
            problem={problem}
            roster={roster}
            names={names}
            isProven={roster === work.answer?.roster && work.answer.status === 'proven'}
          />
          <RosterTable problem={problem} roster={roster} dates={dates} names={names} onChange={change} />
          <KeepRoster key={from} post={post.stream} from={from} roster={roster} opened={opened} />
        </>
      )}
    </>
  )
}

/** Seconds for one post: the search ends much earlier where the answer is proven. */
const seconds = 15

type ShownRoster = { readonly problem: RosterProblem; readonly roster: Roster; readonly names: RosterNames }

/** What the checker, and not the solver, says of what stands on the screen. */
function Judgement({ problem, roster, names, isProven }: ShownRoster & { readonly isProven: boolean }) {
  const t = useText()
  const { broken } = checkRoster(problem, roster)
  const open = openShifts(problem, roster)
  return (
    <Section title={t('roster.judged')} note={t('roster.judged-note')}>
      <p>
        {open.length === 0 ? t('roster.all-covered') : t('roster.open', { count: open.length })}{' '}
        {open.length > 0 && isProven && t('roster.open-proven')}
      </p>
      {open.length > 0 && (
        <p>
          {open
            .slice(0, 12)
            .map(({ day, shift }) => `${names.day(day)} ${names.shift(shift)}`)
            .join(' · ')}
        </p>
      )}
      {broken.length === 0 ? (
        <p>{t('roster.no-rule-broken')}</p>
      ) : (
        <ul role="alert">
          {broken.map((rule) => (
            <li key={`${rule.code} ${rule.person} ${rule.days.join()} ${rule.shifts.join()}`}>
              {sayBroken(t, names, rule)}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

type RosterTableProps = ShownRoster & {
  readonly dates: readonly CivilDate[]
  readonly onChange: (person: string, day: number, shift: ShiftKey | null) => void
}

function RosterTable({ problem, roster, dates, names, onChange }: RosterTableProps) {
  const t = useText()
  const format = useFormat()
  const open = new Set(openShifts(problem, roster).map(({ day }) => day))
  const isWeekend = (day: number): boolean => (problem.startsOn + day) % 7 >= 5
  const nights = new Set(problem.shifts.filter(({ isNight }) => isNight).map(({ key }) => key))
  const lookOf = (person: string, day: number): string | undefined =>
    nights.has(roster[person]?.[day] ?? '') ? styles.night : isWeekend(day) ? styles.weekend : undefined
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={styles.scroll} tabIndex={0} aria-label={t('roster.table')}>
      <table className={styles.roster}>
        <thead>
          <tr>
            <th scope="col">{t('roster.officer')}</th>
            {dates.map((date, day) => (
              <th
                key={date}
                scope="col"
                title={format.dateWithWeekday(date)}
                className={[isWeekend(day) ? styles.weekend : '', open.has(day) ? styles.open : ''].join(' ')}
              >
                {format.plain(Number(date.slice(8)))}
                {open.has(day) && <span className="said">{t('roster.day-open')}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {problem.people.map((person) => (
            <tr key={person.key}>
              <th scope="row">
                {names.person(person.key)}
                {person.skills.includes(trainedWoman) && <small> {t('roster.trained')}</small>}
              </th>
              {dates.map((date, day) => (
                <td key={date} className={lookOf(person.key, day)}>
                  <Cell
                    problem={problem}
                    value={roster[person.key]?.[day] ?? null}
                    label={t('roster.cell', { officer: names.person(person.key), day: format.date(date) })}
                    onChange={(shift) => onChange(person.key, day, shift)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type CellProps = {
  readonly problem: RosterProblem
  readonly value: ShiftKey | null
  readonly label: string
  readonly onChange: (shift: ShiftKey | null) => void
}

function Cell({ problem, value, label, onChange }: CellProps) {
  const format = useFormat()
  return (
    <select aria-label={label} value={value ?? ''} onChange={(event) => onChange(event.currentTarget.value || null)}>
      <option value="">·</option>
      {problem.shifts.map(({ key, starts }) => (
        <option key={key} value={key}>
          {format.plain(Math.floor(starts / 60))}
        </option>
      ))}
    </select>
  )
}

/** "06:00–14:00", in the digits every duty list has. */
function sayShift(problem: RosterProblem, key: ShiftKey): string {
  const shift = problem.shifts.find((each) => each.key === key)
  if (!shift) return key
  const clock = (minutes: number): string =>
    `${String(Math.floor((minutes % 1440) / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  return `${clock(shift.starts)}–${clock(shift.starts + shift.minutes)}`
}

const nextMonday = (today: CivilDate): CivilDate => dayAfter(today, 7 - weekdayOf(today))
