import type { Agency } from '@lentera/core/shared/agencies'
import { Sex } from '@lentera/core/shared/people'
import type { Survey } from '@lentera/core/workforce/research/project'
import type { Answers, Instrument, Question } from '@lentera/core/workforce/research/words'
import { ChoiceField, ChoicesField, LongTextField, useText } from '@lentera/ui/parts'
import { sayBand, sayQuestion, sayValue } from './say.ts'

/** What one officer has touched so far: in memory only, and gone with her sheet. */
export type Filled = {
  readonly sex: Sex | null
  readonly agency: Agency | null
  readonly answers: Answers
  readonly words: string
}

export const blankSheet: Filled = { sex: null, agency: null, answers: {}, words: '' }

/** The questionnaire, every question of which may be left out. */
export function Questions({ survey, instrument, filled, change, mayWrite }: QuestionsProps) {
  const t = useText()
  const answer = (key: string, value: Answers[string] | undefined): void => {
    const { [key]: _, ...others } = filled.answers
    change({ answers: value === undefined ? others : { ...others, [key]: value } })
  }
  return (
    <>
      <ChoiceField
        label={t('research.your-sex')}
        value={filled.sex}
        choices={Sex.options.map((value) => ({ value, label: t(`research.sex.${value}`) }))}
        onChange={(value) => change({ sex: Sex.safeParse(value).data ?? null })}
      />
      <ChoiceField
        label={t('research.your-agency')}
        value={filled.agency}
        choices={survey.agencies.map((value) => ({ value, label: t(`agency.${value}`) }))}
        onChange={(value) => change({ agency: survey.agencies.find((each) => each === value) ?? null })}
      />
      {instrument.questions.map((question) => (
        <OneQuestion
          key={question.key}
          label={sayQuestion(instrument, question, t)}
          question={question}
          value={question.kind === 'text' ? filled.words : filled.answers[question.key]}
          mayWrite={mayWrite}
          onAnswer={(value) =>
            question.kind === 'text' ? change({ words: String(value ?? '') }) : answer(question.key, value)
          }
        />
      ))}
    </>
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

function OneQuestion({ question, label, value, mayWrite, onAnswer }: OneQuestionProps) {
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
          why={t('research.several-why')}
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
          why={t('research.own-words-why')}
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
  readonly value: Answers[string] | undefined
  readonly mayWrite: boolean
  readonly onAnswer: (value: Answers[string] | undefined) => void
}
