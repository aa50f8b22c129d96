import { codeOf } from '@lentera/core/shared/codes'
import type { EntryId } from '@lentera/core/shared/ids'
import { AgeGroup, Sex } from '@lentera/core/shared/people'
import {
  type Accused as AccusedPerson,
  type Appealed,
  type Given,
  type Passed,
  verdictsThatHold,
} from '@lentera/core/support/justice/project'
import { AppealOutcome, SentenceKind, Verdict } from '@lentera/core/support/justice/words'
import { Actions, EmptyState, QuietButton, SealMark, Section, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import type { OpenedCriminalCase } from '../../device/desk.ts'
import { oneValue, sayHeads } from '../records/opened.ts'
import recordStyles from '../records/records.module.css'
import { RecordRows } from '../records/rows.tsx'
import { AccusedFields, NoteField, OutcomeField, readYears, SentenceFields, VerdictField } from './fields.tsx'
import styles from './justice.module.css'
import { NewAppeal, NewDecision, NewSentence, NewVerdict } from './new-records.tsx'
import { Row } from './record-row.tsx'
import { sayTerm } from './say.ts'

type Of = { readonly of: OpenedCriminalCase; readonly mayWrite: boolean }

/** The persons accused, each with what was decided of them. */
export function AccusedPersons({ of, mayWrite }: Of) {
  const t = useText()
  const { accused } = of.criminalCase
  return (
    <Section title={t('justice.accused')} note={t('justice.accused-note')}>
      {accused.length === 0 && <EmptyState title={t('justice.accused-none')} />}
      {accused.map((each) => (
        <Accused key={each.record} of={of} mayWrite={mayWrite} accused={each} />
      ))}
    </Section>
  )
}

type OneProps = Of & { readonly accused: AccusedPerson }
type Doing =
  | { readonly what: 'verdict' | 'sentence' | 'appeal' }
  | { readonly what: 'decision'; readonly appeal: EntryId }

function Accused({ of, mayWrite, accused }: OneProps) {
  const t = useText()
  const [doing, setDoing] = useState<Doing>()
  const { criminalCase, records } = of
  const verdicts = criminalCase.verdicts.filter((each) => each.accused === accused.record)
  const { name } = records[accused.record] ?? {}
  const said = sayHeads(name, t)
  // A number would move to another person with the next one written down.
  const title = t('justice.accused-person', { code: codeOf(accused.record, 2) })
  const props = { of, mayWrite }
  return (
    <article className={styles.accused} aria-label={title}>
      <h3 className={styles.accusedTitle}>
        {title}
        {said !== '' && (
          <span className={styles.name}>
            <SealMark /> {said}
          </span>
        )}
        <span className={recordStyles.mark}>
          {accused.standing ? t(`justice-standing.${accused.standing}`) : t('results.unsettled')}
        </span>
      </h3>
      <RecordRows none="">
        <AccusedRow {...props} accused={accused} />
        {verdicts.flatMap((given) => [
          <VerdictRow key={given.record} {...props} given={given} />,
          ...criminalCase.sentences
            .filter(({ verdict }) => verdict === given.record)
            .map((passed) => <SentenceRow key={passed.record} {...props} passed={passed} given={given} />),
          ...criminalCase.appeals
            .filter(({ verdict }) => verdict === given.record)
            .map((appeal) => <AppealRow key={appeal.record} {...props} appeal={appeal} />),
        ])}
      </RecordRows>
      <div className={styles.next}>
        {mayWrite && doing === undefined && !accused.enteredInError && !criminalCase.enteredInError && (
          <Next of={of} accused={accused} onDo={setDoing} />
        )}
        {doing && <NewOn of={of} accused={accused.record} doing={doing} onDone={() => setDoing(undefined)} />}
      </div>
    </article>
  )
}

/** What may come next for this person: a verdict, then a sentence, an appeal, the decision on it. */
function Next({ of: { criminalCase }, accused, onDo }: NextProps) {
  const t = useText()
  const holding = verdictsThatHold(accused.record, criminalCase.verdicts)
  const pending = criminalCase.appeals.find(
    (each) =>
      !each.enteredInError && each.outcome === 'pending' && holding.some(({ record }) => record === each.verdict),
  )
  if (holding.length === 0)
    return (
      <Actions>
        <QuietButton onClick={() => onDo({ what: 'verdict' })}>{t('justice.verdict.begin')}</QuietButton>
      </Actions>
    )
  return (
    <Actions>
      {holding.some(({ verdict }) => verdict === 'convicted') && (
        <QuietButton onClick={() => onDo({ what: 'sentence' })}>{t('justice.sentence.begin')}</QuietButton>
      )}
      {pending ? (
        <QuietButton onClick={() => onDo({ what: 'decision', appeal: pending.record })}>
          {t('justice.decision.begin')}
        </QuietButton>
      ) : (
        <QuietButton onClick={() => onDo({ what: 'appeal' })}>{t('justice.appeal.begin')}</QuietButton>
      )}
    </Actions>
  )
}

type NextProps = {
  readonly of: OpenedCriminalCase
  readonly accused: AccusedPerson
  readonly onDo: (doing: Doing) => void
}

function NewOn({ of, accused, doing, onDone }: NewOnProps) {
  switch (doing.what) {
    case 'verdict':
      return <NewVerdict of={of} accused={accused} onDone={onDone} />
    case 'sentence':
      return <NewSentence of={of} accused={accused} onDone={onDone} />
    case 'appeal':
      return <NewAppeal of={of} accused={accused} onDone={onDone} />
    case 'decision':
      return <NewDecision of={of} appeal={doing.appeal} onDone={onDone} />
  }
}

type NewOnProps = {
  readonly of: OpenedCriminalCase
  readonly accused: EntryId
  readonly doing: Doing
  readonly onDone: () => void
}

// ---------------------------------------------------------------- the rows

function AccusedRow({ of, mayWrite, accused }: Of & { readonly accused: AccusedPerson }) {
  const t = useText()
  const { name, role } = of.records[accused.record] ?? {}
  const { sex, age } = accused
  return (
    <Row
      of={of}
      row={accused}
      mayWrite={mayWrite}
      title={[sex ? t(`sex.${sex}`) : t('results.unsettled'), age ? t(`age.${age}`) : t('results.unsettled')].join(
        ', ',
      )}
      sealed={[sayHeads(role, t, (value) => t(`role-in-process.${value}`))]}
      stood={{ sex: sex ?? '', age: age ?? '', name: oneValue(name), role: oneValue(role) }}
      fields={(typing) => <AccusedFields {...typing} />}
      read={(isNew, typed) => ({
        ...(isNew('sex') ? { sex: Sex.safeParse(typed.sex).data } : {}),
        ...(isNew('age') ? { age: AgeGroup.safeParse(typed.age).data } : {}),
        ...(isNew('name') ? { name: typed.name } : {}),
        ...(isNew('role') ? { role: typed.role } : {}),
      })}
    />
  )
}

function VerdictRow({ of, mayWrite, given }: Of & { readonly given: Given }) {
  const t = useText()
  const { verdict } = given
  return (
    <Row
      of={of}
      row={given}
      mayWrite={mayWrite}
      title={verdict ? t(`justice-standing.${verdict}`) : t('results.unsettled')}
      superseded={given.holds === 'overturned' ? t('justice-outcome.overturned') : undefined}
      stood={{ verdict: verdict ?? '' }}
      fields={(typing) => <VerdictField {...typing} />}
      read={(isNew, typed) => (isNew('verdict') ? { verdict: Verdict.safeParse(typed.verdict).data } : {})}
    />
  )
}

function SentenceRow({ of, mayWrite, passed, given }: Of & { readonly passed: Passed; readonly given: Given }) {
  const t = useText()
  const { sentence, years } = passed
  const isTimed = sentence === 'imprisonment'
  const term = years === undefined ? t('results.unsettled') : sayTerm(String(years), t)
  return (
    <Row
      of={of}
      row={passed}
      mayWrite={mayWrite}
      title={[sentence ? t(`justice-sentence.${sentence}`) : t('results.unsettled'), ...(isTimed ? [term] : [])].join(
        ', ',
      )}
      superseded={given.holds === 'overturned' ? t('justice.not-counted') : undefined}
      stood={{ sentence: sentence ?? '', years: years === undefined ? '' : String(years) }}
      fields={(typing) => <SentenceFields {...typing} />}
      read={(isNew, typed) => ({
        ...(isNew('sentence') ? { sentence: SentenceKind.safeParse(typed.sentence).data } : {}),
        // What is no number is no answer either, and is refused as out of range.
        ...(isNew('years') && typed.sentence === 'imprisonment' ? { years: readYears(typed) ?? -1 } : {}),
      })}
    />
  )
}

function AppealRow({ of, mayWrite, appeal }: Of & { readonly appeal: Appealed }) {
  const t = useText()
  const { outcome } = appeal
  const { decidedNote } = of.records[appeal.record] ?? {}
  return (
    <Row
      of={of}
      row={appeal}
      mayWrite={mayWrite}
      title={t('justice.appeal', { outcome: outcome ? t(`justice-outcome.${outcome}`) : t('results.unsettled') })}
      stood={{ outcome: outcome ?? '', decidedNote: oneValue(decidedNote) }}
      fields={(typing) => (
        <>
          <OutcomeField {...typing} />
          {outcome !== 'pending' && <NoteField {...typing} field="decidedNote" />}
        </>
      )}
      read={(isNew, typed) => ({
        ...(isNew('outcome') ? { outcome: AppealOutcome.safeParse(typed.outcome).data } : {}),
        ...(isNew('decidedNote') ? { decidedNote: typed.decidedNote } : {}),
      })}
    />
  )
}
