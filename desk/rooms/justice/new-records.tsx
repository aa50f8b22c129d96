import type { Draft } from '@lentera/core/log/draft'
import { quarterOf } from '@lentera/core/shared/dates'
import type { EntryId } from '@lentera/core/shared/ids'
import { AgeGroup, Sex } from '@lentera/core/shared/people'
import type { Decision } from '@lentera/core/shared/refusals'
import type { Moment } from '@lentera/core/support/capture'
import {
  decideAppeal,
  fileAppeal,
  giveVerdict,
  passSentence,
  reachStage,
  recordAccused,
  recordCompensation,
} from '@lentera/core/support/justice/capture'
import { AppealOutcome, Compensation, SentenceKind, Stage, Verdict } from '@lentera/core/support/justice/words'
import { Section, useText } from '@lentera/ui/parts'
import type { ReactNode } from 'react'
import { useDesk } from '../../device/context.ts'
import type { OpenedCriminalCase } from '../../device/desk.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { readAmount } from '../livelihoods/fields.tsx'
import { currencyOf } from '../livelihoods/say.ts'
import { KeptForm } from '../records/kept-form.tsx'
import { readQuarter } from '../records/opened.ts'
import type { Typing } from '../records/typed-correction.tsx'
import {
  AccusedFields,
  CompensationFields,
  NoteField,
  OutcomeField,
  QuarterField,
  readYears,
  SentenceFields,
  StageField,
  VerdictField,
} from './fields.tsx'

type NewProps = { readonly of: OpenedCriminalCase; readonly onDone: () => void }
type OnAccused = NewProps & { readonly accused: EntryId }

export function NewStage({ of, onDone }: NewProps) {
  const t = useText()
  return (
    <Kept
      of={of}
      name="stage"
      title={t('justice.stage.begin')}
      fields={(typing) => <StageField {...typing} />}
      decide={(typed, said, moment) =>
        reachStage(of.stream, of.criminalCase, { ...said, stage: Stage.safeParse(typed.stage).data }, moment)
      }
      onDone={onDone}
    />
  )
}

export function NewAccused({ of, onDone }: NewProps) {
  const t = useText()
  return (
    <Kept
      of={of}
      name="accused"
      title={t('justice.accused.begin')}
      note={t('justice.accused-note')}
      fields={(typing) => <AccusedFields {...typing} />}
      decide={(typed, said, moment) => {
        const [sex, age] = [Sex.safeParse(typed.sex).data, AgeGroup.safeParse(typed.age).data]
        const { name = '', role = '' } = typed
        return recordAccused(of.stream, of.criminalCase, { ...said, sex, age, name, role }, moment)
      }}
      onDone={onDone}
    />
  )
}

export function NewVerdict({ of, accused, onDone }: OnAccused) {
  const t = useText()
  return (
    <Kept
      of={of}
      name={`verdict ${accused}`}
      title={t('justice.verdict.begin')}
      fields={(typing) => <VerdictField {...typing} />}
      decide={(typed, said, moment) => {
        const verdict = Verdict.safeParse(typed.verdict).data
        return giveVerdict(of.stream, of.criminalCase, { ...said, accused, verdict }, moment)
      }}
      onDone={onDone}
    />
  )
}

export function NewSentence({ of, accused, onDone }: OnAccused) {
  const t = useText()
  return (
    <Kept
      of={of}
      name={`sentence ${accused}`}
      title={t('justice.sentence.begin')}
      fields={(typing) => <SentenceFields {...typing} />}
      decide={(typed, said, moment) => {
        const sentence = SentenceKind.safeParse(typed.sentence).data
        const passed = { ...said, accused, sentence, years: readYears(typed) }
        return passSentence(of.stream, of.criminalCase, passed, moment)
      }}
      onDone={onDone}
    />
  )
}

export function NewAppeal({ of, accused, onDone }: OnAccused) {
  const t = useText()
  return (
    <Kept
      of={of}
      name={`appeal ${accused}`}
      title={t('justice.appeal.begin')}
      note={t('justice.appeal-note')}
      decide={(_, said, moment) => fileAppeal(of.stream, of.criminalCase, { ...said, accused }, moment)}
      onDone={onDone}
    />
  )
}

export function NewDecision({ of, appeal, onDone }: NewProps & { readonly appeal: EntryId }) {
  const t = useText()
  return (
    <Kept
      of={of}
      name={`decision ${appeal}`}
      title={t('justice.decision.begin')}
      fields={(typing) => (
        <OutcomeField {...typing} answers={AppealOutcome.options.filter((each) => each !== 'pending')} />
      )}
      decide={(typed, said, moment) => {
        const outcome = AppealOutcome.safeParse(typed.outcome).data
        return decideAppeal(of.stream, of.criminalCase, { ...said, appeal, outcome }, moment)
      }}
      onDone={onDone}
    />
  )
}

export function NewCompensation({ of, onDone }: NewProps) {
  const t = useText()
  return (
    <Kept
      of={of}
      name="compensation"
      title={t('justice.compensation.begin')}
      fields={(typing) => <CompensationFields {...typing} />}
      decide={(typed, said, moment) => {
        const compensation = Compensation.safeParse(typed.compensation).data
        const ordered = { ...said, compensation, amount: readAmount(typed) }
        return recordCompensation(of.stream, of.criminalCase, ordered, moment)
      }}
      onDone={onDone}
    />
  )
}

type Said = { readonly quarter: ReturnType<typeof readQuarter>; readonly note: string }
type KeptProps = NewProps & {
  readonly name: string
  readonly title: string
  readonly note?: string
  readonly fields?: (typing: Typing) => ReactNode
  readonly decide: (typed: Typed, said: Said, moment: Moment) => Decision<readonly Draft[]>
}

/** What all share: the quarter, which is this one at first, a sealed note, and that what is typed is kept sealed. */
function Kept({ of: { stream, criminalCase }, name, title, note, fields, decide, onDone }: KeptProps) {
  const desk = useDesk()
  const { today } = desk.moment()
  return (
    <Section title={title} note={note}>
      <KeptForm
        name={`criminal-case ${stream} ${name}`}
        label={title}
        initial={{ quarter: quarterOf(today) ?? '', currency: currencyOf[criminalCase.country] ?? '' }}
        fields={(typing) => (
          <>
            {fields?.(typing)}
            <QuarterField {...typing} />
            <NoteField {...typing} />
          </>
        )}
        decide={(typed) => decide(typed, { quarter: readQuarter(typed), note: typed.note ?? '' }, desk.moment())}
        onSaved={onDone}
        onGivenUp={onDone}
      />
    </Section>
  )
}
