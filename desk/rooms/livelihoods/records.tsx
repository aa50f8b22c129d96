import type { CivilDate } from '@lentera/core/shared/dates'
import type { EntryId } from '@lentera/core/shared/ids'
import { inUnits, readMoney, writeMoney } from '@lentera/core/shared/money'
import { type CorrectRecord, correctRecord, markInError } from '@lentera/core/support/livelihoods/capture'
import { addUp, type InDollars } from '@lentera/core/support/livelihoods/rates/convert'
import { Course, GrantKind, Running } from '@lentera/core/support/livelihoods/words'
import { SealMark, Section, useFormat, useText } from '@lentera/ui/parts'
import type { ReactNode } from 'react'
import { useDesk } from '../../device/context.ts'
import type { OpenedParticipant } from '../../device/desk.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { oneValue, readQuarter, sayHeads } from '../records/opened.ts'
import recordStyles from '../records/records.module.css'
import { RecordRow, RecordRows } from '../records/rows.tsx'
import { Correct, type Typing } from '../records/typed-correction.tsx'
import { CourseField, GrantFields, QuarterField, RunningField, readAmount, readDay } from './fields.tsx'
import { sayDollars, sayInDollars, useRates } from './rates.ts'
import { sayDay, sayMoney } from './say.ts'

type ListProps = { readonly of: OpenedParticipant; readonly isOfficer: boolean }

export function Courses({ of, isOfficer }: ListProps) {
  const t = useText()
  const { courses } = of.participant
  return (
    <Section title={t('livelihoods.courses')}>
      <RecordRows none={t('livelihoods.courses-none')}>
        {courses.map((each) => (
          <Row
            key={each.record}
            of={of}
            row={each}
            isOfficer={isOfficer}
            title={each.course ? t(`course.${each.course}`) : t('results.unsettled')}
            stood={{ course: each.course ?? '' }}
            fields={(typing) => <CourseField {...typing} />}
            read={(isNew, typed) => ({
              ...(isNew('course') ? { course: Course.safeParse(typed.course).data } : {}),
            })}
          />
        ))}
      </RecordRows>
    </Section>
  )
}

export function Grants({ of, isOfficer }: ListProps) {
  const t = useText()
  const format = useFormat()
  const { grants } = of.participant
  const rates = useRates()
  const turnedOf = ({ record }: { readonly record: EntryId }) => {
    const { amount, day } = of.records[record] ?? {}
    const sum = readMoney(oneValue(amount))
    return { sum, turned: sum ? rates.turn(sum, readDay({ day: oneValue(day) })) : unreadable }
  }
  const standing = grants.filter(({ enteredInError }) => !enteredInError)
  const { cents, unknown } = addUp(standing.map((each) => turnedOf(each).turned))
  return (
    <Section title={t('livelihoods.grants')} note={t('livelihoods.rate-note')}>
      {standing.length > 0 && (
        <p>
          <SealMark />{' '}
          {unknown === standing.length
            ? t('livelihoods.dollars-none')
            : t('livelihoods.dollars-in-all', { dollars: sayDollars(cents, format), unknown })}
        </p>
      )}
      <RecordRows none={t('livelihoods.grants-none')}>
        {grants.map((each) => {
          const { amount, what, day } = of.records[each.record] ?? {}
          const { sum, turned } = turnedOf(each)
          return (
            <Row
              key={each.record}
              of={of}
              row={each}
              isOfficer={isOfficer}
              title={each.grant ? t(`grant.${each.grant}`) : t('results.unsettled')}
              sealed={[
                sayHeads(amount, t, (text) => sayMoney(text, format)),
                sayHeads(day, t, (text) => sayDay(text, format)),
                sayHeads(what, t),
              ]}
              under={sum && sayInDollars(turned, sum.currency, t, format)}
              stood={{
                grant: each.grant ?? '',
                units: sum ? String(inUnits(sum)) : '',
                currency: sum?.currency ?? '',
                what: oneValue(what),
                day: oneValue(day),
              }}
              fields={(typing) => <GrantFields {...typing} />}
              read={(isNew, typed) => {
                const now = readAmount(typed)
                const isSame = now !== undefined && sum !== undefined && writeMoney(now) === writeMoney(sum)
                return {
                  ...(isNew('grant') ? { grant: GrantKind.safeParse(typed.grant).data } : {}),
                  ...(now && !isSame ? { amount: now } : {}),
                  ...(isNew('what') ? { what: typed.what ?? '' } : {}),
                  // The day that stands is said again with another quarter: it may lie outside of it.
                  ...(isNew('day') || (isNew('quarter') && typed.day) ? { day: readDay(typed) ?? '' } : {}),
                }
              }}
            />
          )
        })}
      </RecordRows>
    </Section>
  )
}

/** A sum of which two answers stand, or none that opens here: it is in no total. */
const unreadable: InDollars = { known: false, why: 'no-rate' }

export function FollowUps({ of, isOfficer }: ListProps) {
  const t = useText()
  const { followUps } = of.participant
  return (
    <Section title={t('livelihoods.follow-ups')}>
      <RecordRows none={t('livelihoods.follow-ups-none')}>
        {followUps.map((each) => (
          <Row
            key={each.record}
            of={of}
            row={each}
            isOfficer={isOfficer}
            title={each.running ? t(`running.said.${each.running}`) : t('results.unsettled')}
            stood={{ running: each.running ?? '' }}
            fields={(typing) => <RunningField {...typing} />}
            read={(isNew, typed) => ({
              ...(isNew('running') ? { running: Running.safeParse(typed.running).data } : {}),
            })}
          />
        ))}
      </RecordRows>
    </Section>
  )
}

type RowProps = ListProps & {
  readonly row: { readonly record: EntryId; readonly on: CivilDate | null; readonly enteredInError: boolean }
  readonly title: string
  /** What is sealed in it, opened. */
  readonly sealed?: readonly string[]
  /** What is made of it, below. */
  readonly under?: string | undefined
  /** Its fields as they stand, and how a correction of them is asked and read. */
  readonly stood: Typed
  readonly fields: (typing: Typing) => ReactNode
  readonly read: (isNew: (field: string) => boolean, typed: Typed) => Loose
}

/** What was typed anew; undefined where it is no answer, which is the same as not said. */
type Loose = { readonly [Field in keyof CorrectRecord]?: CorrectRecord[Field] | undefined }

function Row({ of, row, isOfficer, title, sealed = [], under, ...correction }: RowProps) {
  const format = useFormat()
  const opened = sealed.filter(Boolean)
  return (
    <RecordRow
      row={row}
      conflicts={of.participant.conflicts}
      correction={isOfficer ? (onDone) => <Correcting of={of} row={row} {...correction} onDone={onDone} /> : undefined}
    >
      <b>{title}</b>
      {row.on && <span className={recordStyles.quiet}>{format.date(row.on)}</span>}
      {opened.length > 0 && (
        <span>
          <SealMark /> {opened.join(' · ')}
        </span>
      )}
      {under && <span className={recordStyles.quiet}>{under}</span>}
    </RecordRow>
  )
}

function Correcting({
  of: { stream, participant },
  row,
  stood,
  fields,
  read,
  onDone,
}: Pick<RowProps, 'of' | 'row' | 'stood' | 'fields' | 'read'> & { readonly onDone: () => void }) {
  const t = useText()
  const desk = useDesk()
  const before: Typed = { ...stood, quarter: row.on ?? '' }
  const decide = (typed: Typed) => {
    // Where two answers stand nothing stood here, and whatever is chosen settles them.
    const isNew = (field: string): boolean => typed[field] !== before[field]
    const quarter = isNew('quarter') ? readQuarter(typed) : undefined
    const said = Object.entries({ ...read(isNew, typed), quarter }).filter(([, value]) => value !== undefined)
    const change: CorrectRecord = Object.fromEntries(said)
    return correctRecord(stream, participant, row.record, change, desk.moment())
  }
  return (
    <Correct
      stood={before}
      decide={decide}
      onDone={onDone}
      inError={{
        stands: row.enteredInError,
        says: t('livelihoods.in-error.row'),
        mark: (is) => markInError(stream, participant, row.record, is, desk.moment()),
      }}
      fields={(typing) => (
        <>
          {fields(typing)}
          <QuarterField {...typing} />
        </>
      )}
    />
  )
}
