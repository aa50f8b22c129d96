import type { Agency } from '@lentera/core/shared/agencies'
import { Sex } from '@lentera/core/shared/people'
import type { Survey } from '@lentera/core/workforce/research/project'
import type { Answers, Instrument, Question } from '@lentera/core/workforce/research/words'
import { ChoiceField, ChoicesField, LongTextField, useText } from '@lentera/ui/parts'
import { Fragment } from 'react'
import { sayBand, sayQuestion, sayValue } from '../say.ts'

/** What one officer has touched so far: in memory only, and gone with her sheet. */
export type Filled = {
  readonly sex: Sex | null
  readonly agency: Agency | null
  readonly answers: Answers
  /** By question. */
  readonly words: Readonly<Record<string, string>>
}

export const blankSheet: Filled = { sex: null, agency: null, answers: {}, words: {} }

/** The questionnaire, every question of which may be left out. */
export function Questions({ survey, instrument, filled, change, mayWrite }: QuestionsProps) {
  const t = useText()
  const isInterview = instrument.mode === 'interview'
  const answer = (key: string, value: Answers[string] | undefined): void => {
    const { [key]: _, ...others } = filled.answers
    change({ answers: value === undefined ? others : { ...others, [key]: value } })
  }
  return (
    <>
      <ChoiceField
        label={isInterview ? t('research.her-sex') : t('research.your-sex')}
        value={filled.sex}
        choices={Sex.options.map((value) => ({ value, label: t(`research.sex.${value}`) }))}
        onChange={(value) => change({ sex: Sex.safeParse(value).data ?? null })}
      />
      <ChoiceField
        label={isInterview ? t('research.her-agency') : t('research.your-agency')}
        value={filled.agency}
        choices={survey.agencies.map((value) => ({ value, label: t(`agency.${value}`) }))}
        onChange={(value) => change({ agency: survey.agencies.find((each) => each === value) ?? null })}
      />
      {instrument.questions.map((question, index) => (
        <Fragment key={question.key}>
          {question.part && question.part !== instrument.questions[index - 1]?.part && (
            <Part instrument={instrument} part={question.part} />
          )}
          <OneQuestion
            label={sayQuestion(instrument, question, t)}
            probes={isInterview && question.kind === 'several' ? t(`research.probes.${question.key}`) : undefined}
            question={question}
            value={question.kind === 'text' ? filled.words[question.key] : filled.answers[question.key]}
            mayWrite={mayWrite}
            onAnswer={(value) =>
              question.kind === 'text'
                ? change({ words: { ...filled.words, [question.key]: String(value ?? '') } })
                : answer(question.key, value)
            }
          />
        </Fragment>
      ))}
    </>
  )
}

/** A theme of an interview, with how it is opened. */
function Part({ instrument, part }: { readonly instrument: Instrument; readonly part: string }) {
  const t = useText()
  return (
    <div>
      <h2>{t(`research.part.${instrument.key}.${part}`)}</h2>
      <p>{t(`research.part.${instrument.key}.${part}.opens`)}</p>
    </div>
  )
}

type QuestionsProps = {
  readonly survey: Survey
  readonly instrument: Instrument
  readonly filled: Filled
  readonly change: (some: Partial<Filled>) => void
  /** Whether there is a team here to seal her own words for. */
  readonly mayWrite: boolean
}

function OneQuestion({ question, label, probes, value, mayWrite, onAnswer }: OneQuestionProps) {
  const t = useText()
  switch (question.kind) {
    case 'one':
      return (
        <ChoiceField
          label={label}
          optional
          value={typeof value === 'string' ? value : null}
          choices={question.answers.map((each) => ({ value: each, label: sayValue(question, each, t) }))}
          onChange={(chosen) => onAnswer(chosen || undefined)}
        />
      )
    case 'several':
      return (
        <ChoicesField
          label={label}
          why={probes ?? t('research.several-why')}
          optional
          value={Array.isArray(value) ? value : []}
          choices={question.answers.map((each) => ({ value: each, label: sayValue(question, each, t) }))}
          onChange={(chosen) => onAnswer(chosen.length > 0 ? [...chosen] : undefined)}
        />
      )
    case 'bands':
      return (
        <ChoiceField
          label={label}
          optional
          value={typeof value === 'number' ? String(value) : null}
          choices={question.bands.map((low) => ({ value: String(low), label: sayBand(question.bands, low, t) }))}
          onChange={(chosen) => onAnswer(chosen ? Number(chosen) : undefined)}
        />
      )
    case 'text':
      return mayWrite ? (
        <LongTextField
          label={label}
          why={question.part ? t('research.notes-why') : t('research.own-words-why')}
          optional
          value={typeof value === 'string' ? value : ''}
          onChange={onAnswer}
        />
      ) : null
  }
}

type OneQuestionProps = {
  readonly question: Question
  readonly label: string
  /** What is asked further, and that what she speaks of is ticked. */
  readonly probes: string | undefined
  readonly value: Answers[string] | undefined
  readonly mayWrite: boolean
  readonly onAnswer: (value: Answers[string] | undefined) => void
}
