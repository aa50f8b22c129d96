import { CivilDate } from '@lentera/core/shared/dates'
import { describeCriminalCase, type Opened } from '@lentera/core/support/justice/capture'
import { criminalCaseSealed } from '@lentera/core/support/justice/words'
import { QuietButton, SealMark, Section, useFormat, useText } from '@lentera/ui/parts'
import { Fragment, useState } from 'react'
import { useDesk } from '../../device/context.ts'
import type { OpenedCriminalCase } from '../../device/desk.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { oneValue, sayHeads } from '../records/opened.ts'
import recordStyles from '../records/records.module.css'
import { Correct } from '../records/typed-correction.tsx'
import { SealedTexts } from './fields.tsx'

/** What is sealed of the case itself: court, hearing, charge, officials, notes. */
export function About({ of, mayWrite }: { readonly of: OpenedCriminalCase; readonly mayWrite: boolean }) {
  const t = useText()
  const format = useFormat()
  const [editing, setEditing] = useState(false)
  const sayDay = (value: string): string => {
    const day = CivilDate.safeParse(value)
    return day.success ? format.date(day.data) : value
  }
  return (
    <Section title={t('justice.about')} note={t('justice.sealed-why')}>
      {editing ? (
        <Describe of={of} onDone={() => setEditing(false)} />
      ) : (
        <>
          <dl className={recordStyles.facts}>
            {criminalCaseSealed.map((field) => (
              <Fragment key={field}>
                <dt>{t(`justice.field.${field}`)}</dt>
                <dd>
                  <SealMark />{' '}
                  {sayHeads(of.fields[field], t, field === 'nextHearing' ? sayDay : undefined) || t('justice.not-said')}
                </dd>
              </Fragment>
            ))}
          </dl>
          {mayWrite && <QuietButton onClick={() => setEditing(true)}>{t('justice.describe')}</QuietButton>}
        </>
      )}
    </Section>
  )
}

/** What stands sealed in it, for whatever is written over it. Notes of which two answers stand are left to stand. */
export const openedOf = ({ survivors, fields }: OpenedCriminalCase): Opened => ({
  links: survivors,
  notes: (fields.notes?.length ?? 0) > 1 ? undefined : oneValue(fields.notes),
})

function Describe({ of, onDone }: { readonly of: OpenedCriminalCase; readonly onDone: () => void }) {
  const t = useText()
  const desk = useDesk()
  const stood = Object.fromEntries(criminalCaseSealed.map((field) => [field, oneValue(of.fields[field])]))
  const decide = (typed: Typed) => {
    const changed = criminalCaseSealed.filter((field) => typed[field] !== stood[field])
    const said = Object.fromEntries(changed.map((field) => [field, typed[field] ?? '']))
    return describeCriminalCase(of.stream, openedOf(of), said, desk.moment())
  }
  return (
    <Correct
      label={t('justice.describe')}
      stood={stood}
      decide={decide}
      onDone={onDone}
      fields={(typing) => (
        <div className={recordStyles.fields}>
          <SealedTexts {...typing} />
        </div>
      )}
    />
  )
}
