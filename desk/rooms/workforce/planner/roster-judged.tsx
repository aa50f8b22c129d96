import { checkRoster } from '@lentera/planner/checker'
import type { FewestMissing, PersonKey, Roster, RosterProblem } from '@lentera/planner/roster'
import { Section, useText } from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import { couldCome, shiftsAlone } from './alone.ts'
import { AloneShifts } from './roster-alone.tsx'
import { type CoveredShift, isByCall, isOpen, missingOn, shiftsCovered } from './roster-edits.ts'
import { tooFewForNights, tooFewForTwo, tooFewTrained } from './roster-few.ts'
import { type RosterNames, sayBroken } from './say-broken.ts'

type RosterJudgedProps = {
  readonly problem: RosterProblem
  /** Why one officer may be alone at these posts, where any of them has a reason. */
  readonly aloneBecause: readonly string[]
  readonly roster: Roster
  readonly names: RosterNames
  /** How many shifts must stay open, where that was reckoned for this roster. */
  readonly fewest: FewestMissing | null
  /** These people are taken off a day. */
  readonly onFree: (day: number, people: readonly PersonKey[]) => void
}

/** What the checker, and not the solver, says of what stands on the screen. */
export function RosterJudged({ problem, aloneBecause, roster, names, fewest, onFree }: RosterJudgedProps) {
  const t = useText()
  const broken = checkRoster(problem, roster).broken.filter(({ code }) => code !== 'roster.alone')
  const alone = shiftsAlone(problem, roster)
  const covered = shiftsCovered(problem, roster)
  const [open, byCall] = [covered.filter(isOpen), covered.filter(isByCall)]
  const missing = open.reduce((sum, each) => sum + missingOn(each), 0)
  const few = tooFewForTwo(problem)
  const fewTrained = open.length > 0 ? tooFewTrained(problem) : undefined
  const fewNights = tooFewForNights(problem)
  return (
    <Section title={t('roster.judged')} note={t('roster.judged-note')}>
      <p>
        {open.length > 0 && t('roster.open', { count: open.length })}
        {open.length === 0 && (byCall.length === 0 ? t('roster.all-covered') : t('roster.all-covered-called'))}{' '}
        {missing > 0 && fewest !== null && fewest.least >= missing && t('roster.open-proven')}
        {missing > 0 && fewest !== null && fewest.least < missing && t('roster.open-least', { least: fewest.least })}
      </p>
      {open.length > 0 && <OpenShifts open={open} problem={problem} roster={roster} names={names} />}
      {open.length > 0 && (
        <p>
          {fewTrained && t('roster.too-few-trained', fewTrained)}{' '}
          <Link to="/workforce/cover/plan">{t('roster.to-plan')}</Link>
        </p>
      )}
      {open.some(({ isEmpty }) => isEmpty) && (
        <p>
          {t('roster.together')} {few && t('roster.too-few-for-two', few)}
        </p>
      )}
      {fewNights && open.some(({ shift }) => problem.shifts.some(({ key, isNight }) => key === shift && isNight)) && (
        <p>{t('roster.too-few-for-nights', fewNights)}</p>
      )}
      {aloneBecause.length > 0 && <p>{t('roster.alone-allowed', { reason: aloneBecause.join(' · ') })}</p>}
      {(alone.length > 0 || !open.some(({ isEmpty }) => isEmpty)) && (
        <AloneShifts alone={alone} names={names} onFree={onFree} />
      )}
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

type OpenShiftsProps = Pick<RosterJudgedProps, 'problem' | 'roster' | 'names'> & {
  readonly open: readonly CoveredShift[]
}

/** Each with who could be called. Six are seen at once: who has more to mend begins with those. */
function OpenShifts({ open, problem, roster, names }: OpenShiftsProps) {
  const t = useText()
  const line = (each: CoveredShift) => {
    const women = couldCome(problem, roster, each).map(names.person)
    return (
      <li key={`${each.day} ${each.shift}`}>
        {names.day(each.day)} {names.shift(each.shift)}
        {each.isEmpty && ` · ${t('roster.empty-shift')}`}
        {women.length > 0 && ` · ${t('roster.alone-may-come', { people: women.join(', ') })}`}
      </li>
    )
  }
  return (
    <>
      <ul>{open.slice(0, atOnce).map(line)}</ul>
      {open.length > atOnce && (
        <details>
          <summary>{t('roster.open-more', { count: open.length - atOnce })}</summary>
          <ul>{open.slice(atOnce).map(line)}</ul>
        </details>
      )}
    </>
  )
}

const atOnce = 6
