import { quarterOf } from '@lentera/core/shared/dates'
import type { EntryId } from '@lentera/core/shared/ids'
import { type CorrectGivenOut, correctGivenOut, giveOut, markInError } from '@lentera/core/support/story/capture'
import { Use } from '@lentera/core/support/story/words'
import { CheckField, QuietButton, SealMark, Section, useFormat, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk } from '../../device/context.ts'
import type { OpenedStory } from '../../device/desk.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { KeptForm } from '../records/kept-form.tsx'
import { oneValue, readQuarter, sayHeads } from '../records/opened.ts'
import recordStyles from '../records/records.module.css'
import { RecordRow, RecordRows } from '../records/rows.tsx'
import { Correct } from '../records/typed-correction.tsx'
import { CopyFields } from './fields.tsx'

type Of = { readonly of: OpenedStory }

/** To whom copies went: what nobody can call back, and what she is told when she takes her consent back. */
export function Copies({ of, isOpen }: Of & { readonly isOpen: boolean }) {
  const t = useText()
  const [giving, setGiving] = useState(false)
  return (
    <Section title={t('story.copies')} note={t('story.copies-why')}>
      <RecordRows none={t('story.copies-none')}>
        {of.story.givenOut.map((row) => (
          <RecordRow
            key={row.record}
            row={row}
            conflicts={of.story.conflicts}
            correction={(onDone) => <CorrectCopy of={of} row={row} onDone={onDone} />}
          >
            <Copy of={of} record={row.record} />
          </RecordRow>
        ))}
      </RecordRows>
      {giving && <NewCopy of={of} onDone={() => setGiving(false)} />}
      {isOpen && !giving && <QuietButton onClick={() => setGiving(true)}>{t('story.copy.begin')}</QuietButton>}
    </Section>
  )
}

/** The same to read only, without what never was. */
export function CopyList({ of }: Of) {
  const t = useText()
  const out = of.story.givenOut.filter(({ enteredInError }) => !enteredInError)
  if (out.length === 0) return <p>{t('story.copies-none')}</p>
  return (
    <ul>
      {out.map(({ record }) => (
        <li key={record}>
          <Copy of={of} record={record} />
        </li>
      ))}
    </ul>
  )
}

function Copy({ of: { records }, record }: Of & { readonly record: EntryId }) {
  const t = useText()
  const format = useFormat()
  const { use, quarter, toWhom, withPhotograph } = records[record] ?? {}
  const sayUse = (text: string): string => (Use.safeParse(text).success ? t(`story.use.${text}`) : text)
  const sayQuarter = (text: string): string => {
    const date = readQuarter({ quarter: text })
    return date ? format.date(date) : text
  }
  const said = [sayHeads(use, t, sayUse), sayHeads(quarter, t, sayQuarter)]
  if (oneValue(withPhotograph)) said.push(t('story.copy.with-photograph'))
  return (
    <>
      <b>
        <SealMark /> {sayHeads(toWhom, t)}
      </b>{' '}
      <span className={recordStyles.quiet}>{said.join(' · ')}</span>
    </>
  )
}

function NewCopy({ of: { stream, story }, onDone }: Of & { readonly onDone: () => void }) {
  const t = useText()
  const desk = useDesk()
  const { today } = desk.moment()
  return (
    <KeptForm
      name={`story ${stream} copy`}
      label={t('story.copy.begin')}
      initial={{ quarter: quarterOf(today) ?? '' }}
      fields={({ typed, set }) => (
        <>
          <CopyFields typed={typed} set={set} />
          <CheckField
            label={t('story.copy.with-photograph')}
            sealed
            checked={typed.withPhotograph === 'yes'}
            onChange={(is) => set('withPhotograph', is ? 'yes' : '')}
          />
        </>
      )}
      decide={(typed) => {
        const said = {
          use: Use.safeParse(typed.use).data,
          quarter: readQuarter(typed),
          toWhom: typed.toWhom ?? '',
          withPhotograph: typed.withPhotograph === 'yes',
        }
        return giveOut(stream, story, said, desk.moment())
      }}
      onSaved={onDone}
      onGivenUp={onDone}
    />
  )
}

function CorrectCopy({
  of: { stream, story, records },
  row,
  onDone,
}: Of & {
  readonly row: { readonly record: EntryId; readonly enteredInError: boolean }
  readonly onDone: () => void
}) {
  const t = useText()
  const desk = useDesk()
  const said = records[row.record] ?? {}
  const stood: Typed = { use: oneValue(said.use), quarter: oneValue(said.quarter), toWhom: oneValue(said.toWhom) }
  const decide = (typed: Typed) => {
    const isNew = (field: string): boolean => typed[field] !== stood[field]
    const [use, quarter] = [Use.safeParse(typed.use).data, readQuarter(typed)]
    const change: CorrectGivenOut = {
      ...(isNew('use') && use ? { use } : {}),
      ...(isNew('quarter') && quarter ? { quarter } : {}),
      ...(isNew('toWhom') ? { toWhom: typed.toWhom ?? '' } : {}),
    }
    return correctGivenOut(stream, story, row.record, change, desk.moment())
  }
  return (
    <Correct
      stood={stood}
      decide={decide}
      onDone={onDone}
      inError={{
        stands: row.enteredInError,
        says: t('story.in-error.copy'),
        mark: (is) => markInError(stream, story, row.record, is, desk.moment()),
      }}
      fields={(typing) => (
        <div className={recordStyles.fields}>
          <CopyFields {...typing} />
        </div>
      )}
    />
  )
}
