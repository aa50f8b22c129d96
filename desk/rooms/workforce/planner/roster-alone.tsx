import type { PersonKey } from '@lentera/planner/roster'
import { QuietButton, useText } from '@lentera/ui/parts'
import { type AloneShift, keyOf } from './alone.ts'
import styles from './cover.module.css'
import type { RosterNames } from './say-broken.ts'

type AloneShiftsProps = {
  readonly alone: readonly AloneShift[]
  readonly names: RosterNames
  readonly onFree: (day: number, people: readonly PersonKey[]) => void
}

/** Every shift on which somebody would be without company: all of them, for each is a person's night or day. */
export function AloneShifts({ alone, names, onFree }: AloneShiftsProps) {
  const t = useText()
  if (alone.length === 0) return <p>{t('roster.alone-none')}</p>
  return (
    <>
      <p role="alert">
        <strong>
          {t('roster.alone', { count: alone.length, nights: alone.filter(({ isNight }) => isNight).length })}
        </strong>
      </p>
      <ul className={styles.alone}>
        {alone.map((each) => (
          <li key={keyOf(each)}>
            <span>{sayAlone(each, names, t)}</span>{' '}
            <span className={styles.unprinted}>
              <QuietButton
                aria-label={`${t('roster.alone-free')}: ${names.day(each.day)} ${names.shift(each.shift)}`}
                onClick={() => onFree(each.day, each.there)}
              >
                {t('roster.alone-free')}
              </QuietButton>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** When, who, and who could come or why nobody else does. */
function sayAlone(alone: AloneShift, names: RosterNames, t: ReturnType<typeof useText>): string {
  const { day, shift, there, required, onCall, free, away, busy, bound } = alone
  const listed = (people: readonly PersonKey[]): string => people.map(names.person).join(', ')
  const who = { day: names.day(day), shift: names.shift(shift), people: listed(there) }
  return [
    t('roster.alone-on', { ...who, found: there.length, required }),
    ...(onCall.length > 0 ? [t('roster.alone-called', { people: listed(onCall) })] : []),
    ...(free.length > 0 ? [t('roster.alone-may-come', { people: listed(free) })] : []),
    ...(onCall.length + free.length > 0
      ? []
      : [away + busy + bound === 0 ? t('roster.alone-nobody') : t('roster.alone-why', { away, busy, bound })]),
  ].join(' ')
}
