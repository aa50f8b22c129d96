import { checkRoster } from '@lentera/planner/checker'
import type { FewestMissing, PersonKey, Roster, RosterProblem } from '@lentera/planner/roster'
import { Section, useText } from '@lentera/ui/parts'
import { shiftsAlone } from './alone.ts'
import { AloneShifts } from './roster-alone.tsx'
import { type CoveredShift, isByCall, isOpen, shiftsCovered } from './roster-edits.ts'
import { type RosterNames, sayBroken } from './say-broken.ts'

type RosterJudgedProps = {
  readonly problem: RosterProblem
  readonly roster: Roster
  readonly names: RosterNames
  /** How many shifts must stay open, where that was reckoned for this roster. */
  readonly fewest: FewestMissing | null
  /** These people are taken off a day. */
  readonly onFree: (day: number, people: readonly PersonKey[]) => void
}

/** What the checker, and not the solver, says of what stands on the screen. */
export function RosterJudged({ problem, roster, names, fewest, onFree }: RosterJudgedProps) {
  const t = useText()
  const broken = checkRoster(problem, roster).broken.filter(({ code }) => code !== 'roster.alone')
  const alone = shiftsAlone(problem, roster)
  const covered = shiftsCovered(problem, roster)
  const [open, byCall] = [covered.filter(isOpen), covered.filter(isByCall)]
  const missing = open.reduce((sum, { required, there, onCall }) => sum + required - there - onCall.length, 0)
  return (
    <Section title={t('roster.judged')} note={t('roster.judged-note')}>
      <p>
        {open.length > 0 && t('roster.open', { count: open.length })}
        {open.length === 0 && (byCall.length === 0 ? t('roster.all-covered') : t('roster.all-covered-called'))}{' '}
        {missing > 0 && fewest !== null && fewest.least >= missing && t('roster.open-proven')}
        {missing > 0 && fewest !== null && fewest.least < missing && t('roster.open-least', { least: fewest.least })}
      </p>
      {open.length > 0 && <p>{said(open, names)}</p>}
      <AloneShifts alone={alone} names={names} onFree={onFree} />
      {byCall.length > 0 && (
        <details>
          <summary>{t('roster.called', { count: byCall.length })}</summary>
          <p>{t('roster.called-note')}</p>
          <ul>
            {byCall.map((each) => (
              <li key={`${each.day} ${each.shift}`}>
                {names.day(each.day)} {names.shift(each.shift)}:{' '}
                {each.onCall.map(({ person, from }) => `${names.person(person)} (${names.shift(from)})`).join(', ')}
              </li>
            ))}
          </ul>
        </details>
      )}
      {broken.length === 0 ? (
        <p>{alone.length === 0 ? t('roster.no-rule-broken') : t('roster.no-other-rule-broken')}</p>
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

/** The first dozen: who has more to mend begins with those. */
const said = (open: readonly CoveredShift[], names: RosterNames): string =>
  open
    .slice(0, 12)
    .map(({ day, shift }) => `${names.day(day)} ${names.shift(shift)}`)
    .join(' · ')
