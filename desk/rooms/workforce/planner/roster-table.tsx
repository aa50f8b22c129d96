import type { CivilDate } from '@lentera/core/shared/dates'
import type { Person, ShiftKey } from '@lentera/planner/roster'
import { useFormat, useText } from '@lentera/ui/parts'
import { Fragment, useRef } from 'react'
import { keyOf, shiftsAlone } from './alone.ts'
import styles from './cover.module.css'
import { isMet, isOpen, type Standing, shiftsCovered } from './roster-edits.ts'
import { useGrid } from './roster-grid.ts'
import type { RosterQuestion } from './roster-problem.ts'
import { type Duty, isElsewhere, type Side } from './roster-sides.ts'
import type { RosterNames } from './say-broken.ts'

type RosterTableProps = {
  readonly question: RosterQuestion
  readonly standing: Standing
  readonly dates: readonly CivilDate[]
  readonly names: RosterNames
  readonly posts: Readonly<Record<Side, string>>
  readonly onChange: (person: string, day: number, shift: ShiftKey | null) => void
}

/** Officers by days. Whatever stands there can be changed by hand; the checker says what that breaks. */
export function RosterTable({ question, standing, dates, names, posts, onChange }: RosterTableProps) {
  const t = useText()
  const format = useFormat()
  const { problem, duties, sideOf } = question
  const { roster } = standing
  const [byHand, moved] = [standing.hand, standing.moved].map(
    (cells) => new Set(cells.map(({ person, day }) => `${person} ${day}`)),
  )
  const open = new Set(
    shiftsCovered(problem, roster)
      .filter(isOpen)
      .map(({ day }) => day),
  )
  const alone = new Set(shiftsAlone(problem, roster).map(keyOf))
  const sides = (['post', 'partner'] as const).filter((side) => [...sideOf.values()].includes(side))
  const table = useRef<HTMLTableElement>(null)
  const grid = useGrid(table)
  const of = (side: Side) => problem.people.filter(({ key }) => sideOf.get(key) === side)
  const stop = grid.stopIn(sides.flatMap(of).flatMap(({ key }) => dates.map((_, day) => `${key} ${day}`)))
  return (
    <>
      <p className={styles.unprinted}>{t('roster.keys')}</p>
      {/* Its one tab stop is a cell, which comes into view with the focus. */}
      <section className={styles.scroll} aria-label={t('roster.table')}>
        <table className={styles.roster} ref={table} {...grid.onTable}>
          <thead>
            <tr>
              <th scope="col">{t('roster.officer')}</th>
              {dates.map((date, day) => (
                <th
                  key={date}
                  scope="col"
                  title={format.dateWithWeekday(date)}
                  className={[
                    isWeekend(problem.startsOn, day) ? styles.weekend : '',
                    open.has(day) ? styles.open : '',
                  ].join(' ')}
                >
                  {format.plain(Number(date.slice(8)))}
                  {open.has(day) && <span className="said">{t('roster.day-open')}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sides.map((side) => (
              <Fragment key={side}>
                {sides.length > 1 && (
                  <tr>
                    <th scope="rowgroup" colSpan={dates.length + 1} className={styles.side}>
                      <span>{posts[side]}</span>
                    </th>
                  </tr>
                )}
                {of(side).map((person) => (
                  <tr key={person.key}>
                    <th scope="row">
                      {names.person(person.key)}
                      <Trained how={question.trained.get(person.key)} />
                    </th>
                    {dates.map((date, day) => (
                      <Cell
                        key={date}
                        question={question}
                        person={person}
                        side={side}
                        day={day}
                        row={roster[person.key] ?? []}
                        how={
                          byHand?.has(`${person.key} ${day}`)
                            ? 'by-hand'
                            : moved?.has(`${person.key} ${day}`)
                              ? 'moved'
                              : null
                        }
                        isStop={stop === `${person.key} ${day}`}
                        isAlone={alone.has(keyOf({ day, shift: roster[person.key]?.[day] ?? '' }))}
                        label={t('roster.cell', { officer: names.person(person.key), day: format.date(date) })}
                        onChange={(shift) => onChange(person.key, day, shift)}
                      />
                    ))}
                  </tr>
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </section>
      <ul className={styles.legend}>
        <li>{t('roster.legend.shift')}</li>
        {duties.some(({ isOnCall }) => isOnCall) && <li>{t('roster.legend.on-call')}</li>}
        {sides.length > 1 && <li>{t('roster.legend.neighbour')}</li>}
        {duties.some(({ key }) => isElsewhere(key)) && <li>{t('roster.legend.elsewhere')}</li>}
        {standing.hand.length > 0 && <li className={styles.unprinted}>{t('roster.legend.by-hand')}</li>}
        {standing.moved.length > 0 && <li className={styles.unprinted}>{t('roster.legend.moved')}</li>}
        {alone.size > 0 && <li>{t('roster.legend.alone')}</li>}
        {problem.people.some(({ wishes }) => wishes.length > 0) && (
          <li className={styles.unprinted}>{t('roster.legend.wishes')}</li>
        )}
      </ul>
    </>
  )
}

type CellProps = {
  readonly question: RosterQuestion
  readonly person: Person
  readonly side: Side
  readonly day: number
  readonly row: readonly (ShiftKey | null)[]
  readonly how: 'by-hand' | 'moved' | null
  /** The one cell of all that the tab key reaches. */
  readonly isStop: boolean
  readonly isAlone: boolean
  readonly label: string
  readonly onChange: (shift: ShiftKey | null) => void
}

function Cell({ question, person, side, day, row, how, isStop, isAlone, label, onChange }: CellProps) {
  const t = useText()
  const format = useFormat()
  const { problem, duties } = question
  const value = row[day] ?? null
  const here = duties.find(({ key }) => key === value)
  const wishes = person.wishes.filter((wish) => wish.day === day)
  const met = wishes.every((wish) => isMet(wish, row))
  const look = here?.isOnCall
    ? styles.onCall
    : here?.isNight
      ? styles.night
      : isWeekend(problem.startsOn, day)
        ? styles.weekend
        : ''
  const said = [
    label,
    ...(wishes.length === 0 ? [] : [met ? t('roster.wish-met') : t('roster.wish-unmet')]),
    ...(how === null ? [] : [t(`roster.cell.${how}`)]),
    ...(isAlone ? [t('roster.cell-alone')] : []),
  ]
  const mark = wishes.length === 0 ? '' : met ? styles.met : styles.unmet
  return (
    <td
      className={[
        look,
        mark,
        how === 'by-hand' ? styles.byHand : how === 'moved' ? styles.moved : '',
        isAlone ? styles.isAlone : '',
      ].join(' ')}
    >
      <select
        aria-label={said.join(', ')}
        tabIndex={isStop ? 0 : -1}
        data-cell={`${person.key} ${day}`}
        value={value ?? ''}
        onChange={(event) => onChange(event.currentTarget.value || null)}
      >
        <option value="">·</option>
        {duties
          .filter((duty) => duty.key === value || (!isElsewhere(duty.key) && (duty.isOnCall || duty.side === side)))
          .map((duty) => (
            <option key={duty.key} value={duty.key}>
              {sayHour(duty, side, format.plain)}
            </option>
          ))}
      </select>
    </td>
  )
}

/** `6`, on call `(6)`, for the neighbour `+(6)`, in another roster `@6`: a cell has room for no more. */
function sayHour({ key, starts, isOnCall, side }: Duty, own: Side, plain: (number: number) => string): string {
  const hour = plain(Math.floor(starts / 60))
  if (isElsewhere(key)) return `@${hour}`
  return `${side === own ? '' : '+'}${isOnCall ? `(${hour})` : hour}`
}

const isWeekend = (startsOn: number, day: number): boolean => (startsOn + day) % 7 >= 5

function Trained({ how }: { readonly how: 'every-day' | 'some-days' | undefined }) {
  const t = useText()
  if (how === undefined) return null
  return <small> {t(how === 'every-day' ? 'roster.trained' : 'roster.trained-some-days')}</small>
}
