import type { CivilDate } from '@lentera/core/shared/dates'
import { describeOfficer } from '@lentera/core/workforce/officer/capture'
import { plannedWith, wishesFrom } from '@lentera/core/workforce/officer/project'
import type { RosterWish } from '@lentera/core/workforce/officer/words'
import type { Shift } from '@lentera/core/workforce/post/words'
import type { Translate } from '@lentera/ui/catalogues/text'
import {
  Actions,
  DateField,
  Form,
  type Formats,
  QuietButton,
  RefusalNotice,
  SealMark,
  SelectField,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import type { OpenedOfficer } from '../../../device/desk.ts'
import { useWrite } from '../../../device/use-write.ts'
import recordStyles from '../../records/records.module.css'
import { sayClock } from './say.ts'

type WishesProps = {
  readonly of: OpenedOfficer
  /** The shifts of her post. */
  readonly shifts: readonly Shift[]
  /** The days of a roster; any day where none are given. */
  readonly days?: readonly CivilDate[]
}

/**
 * What she would have on days to come, and a form to say more. One wish a day: another of that day stands in its place. Where two were said apart both
 * are here, and of one day one of them is taken back before more is said.
 */
export function Wishes({ of, shifts, days }: WishesProps) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const { officers } = useSnapshot()
  const { refusal, busy, write } = useWrite()
  const { today } = desk.moment()
  const standing = wishesFrom(plannedWith(of.said), today)
  const say = (next: readonly RosterWish[]) =>
    write(
      describeOfficer(of, { rosterWishes: next.length === 0 ? null : [...next] }, officers, desk.moment()),
      (stream) => (stream === of.stream ? of.heads : undefined),
    )
  const without = (day: CivilDate): readonly RosterWish[] => standing.filter(({ on }) => on !== day)
  return (
    <>
      {standing.length === 0 && <p className={recordStyles.quiet}>{t('register.wishes-none')}</p>}
      <ul className={recordStyles.rows}>
        {standing.map((wish) => (
          <li key={JSON.stringify(wish)}>
            <span>
              <SealMark /> {format.dateWithWeekday(wish.on)} · {sayWish(wish, shifts, t, format)} ·{' '}
              {t(`register.wish.weight.${wish.weight}`)}
            </span>
            <QuietButton disabled={busy} onClick={() => void say(standing.filter((each) => each !== wish))}>
              {t('register.wish.take-back')}
            </QuietButton>
          </li>
        ))}
      </ul>
      {refusal && <RefusalNotice refusal={refusal} />}
      <NewWish
        shifts={shifts}
        days={days?.filter((day) => day >= today)}
        onAdd={(wish) => say([...without(wish.on), wish])}
      />
    </>
  )
}

type NewWishProps = {
  readonly shifts: readonly Shift[]
  readonly days: readonly CivilDate[] | undefined
  readonly onAdd: (wish: RosterWish) => Promise<boolean>
}

function NewWish({ shifts, days, onAdd }: NewWishProps) {
  const t = useText()
  const format = useFormat()
  const [on, setOn] = useState<CivilDate | null>(null)
  const [what, setWhat] = useState('free')
  const [weight, setWeight] = useState('2')
  const add = async (): Promise<void> => {
    if (on === null) return
    const [wish, starts] = what.split(' ')
    const kind = wish === 'shift' || wish === 'not-shift' ? wish : 'free'
    if (await onAdd({ on, wish: kind, starts: kind === 'free' ? null : Number(starts), weight: Number(weight) }))
      setOn(null)
  }
  return (
    <Form label={t('register.wish.add')} onSubmit={add}>
      <div className={recordStyles.fields}>
        {days ? (
          <SelectField
            label={t('register.wish.day')}
            sealed
            value={on ?? ''}
            choices={days.map((day) => ({ value: day, label: format.dateWithWeekday(day) }))}
            onChange={(value) => setOn(days.find((day) => day === value) ?? null)}
          />
        ) : (
          <DateField label={t('register.wish.day')} finest="day" sealed value={on} onChange={setOn} />
        )}
        <SelectField
          label={t('register.wish.what')}
          sealed
          value={what}
          choices={[
            { value: 'free', label: t('register.wish.free') },
            ...(['shift', 'not-shift'] as const).flatMap((wish) =>
              beginnings(shifts).map((shift) => ({
                value: `${wish} ${shift.starts}`,
                label: t(`register.wish.${wish}`, { shift: sayClock(shift, format.clock) }),
              })),
            ),
          ]}
          onChange={(value) => setWhat(value || 'free')}
        />
        <SelectField
          label={t('register.wish.weight')}
          sealed
          value={weight}
          choices={['1', '2', '3'].map((value) => ({ value, label: t(`register.wish.weight.${value}`) }))}
          onChange={(value) => setWeight(value || '2')}
        />
      </div>
      <Actions>
        <QuietButton type="submit" disabled={on === null}>
          {t('register.wish.add')}
        </QuietButton>
      </Actions>
    </Form>
  )
}

/** "A day off", "Not on 22:00–06:00". */
function sayWish(
  { wish, starts }: RosterWish,
  shifts: readonly Shift[],
  t: Translate,
  { clock }: Pick<Formats, 'clock'>,
): string {
  if (wish === 'free' || starts === null) return t('register.wish.free')
  const shift = shifts.find((each) => each.starts === starts)
  return t(`register.wish.${wish}`, { shift: sayClock(shift ?? { starts }, clock) })
}

/** Shifts that begin at one time on other weekdays are one for who wishes. */
const beginnings = (shifts: readonly Shift[]): readonly Shift[] =>
  shifts.filter(({ starts }, index) => shifts.findIndex((each) => each.starts === starts) === index)
