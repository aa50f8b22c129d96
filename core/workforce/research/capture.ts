import { type Draft, draft, isNothing } from '../../log/draft.ts'
import type { Moment, NewStream } from '../../log/sealed-kinds.ts'
import type { Agency } from '../../shared/agencies.ts'
import { type CivilDate, quarterOf } from '../../shared/dates.ts'
import type { OrganisationId, StreamId } from '../../shared/ids.ts'
import type { Sex } from '../../shared/people.ts'
import type { Country } from '../../shared/places.ts'
import { accept, type Decision, type Refusal, refuse } from '../../shared/refusals.ts'
import { remarkWritten, sheetHandedIn, surveyClosed, surveyDescribed, surveyInError, surveyOpened } from './entries.ts'
import { instrumentOf } from './instruments.ts'
import type { Survey } from './project.ts'
import { type Answers, longestName, longestRemark, mostAsked, type Question } from './words.ts'

export type Described = { readonly name: string; readonly asked: number }

export type OpenSurvey = Described & {
  readonly stream: StreamId
  readonly organisation: OrganisationId
  readonly country: Country
  readonly on: CivilDate
  readonly instrument: string
  readonly agencies: readonly Agency[]
}

/** Refused: `research.no-instrument`, `research.not-yet`, `research.no-agency`, and as `wrongDescribed`. */
export function openSurvey(command: OpenSurvey, today: CivilDate): Decision<Draft[]> {
  const { stream, on, name, ...said } = command
  const instrument = instrumentOf(said.instrument)
  if (!instrument) return refuse('research.no-instrument')
  if (on > today) return refuse('research.not-yet')
  if (said.agencies.length === 0) return refuse('research.no-agency')
  const wrong = wrongDescribed(command)
  if (wrong) return { ok: false, refusal: wrong }
  const coded = { ...said, agencies: [...new Set(said.agencies)], name: name.trim(), edition: instrument.edition }
  return accept([draft(surveyOpened, stream, on, coded)])
}

/** Only what was wrong. Refused: `research.nothing-changed`, and as `wrongDescribed`. */
export function describeSurvey(stream: StreamId, { openedOn }: Survey, change: Partial<Described>): Decision<Draft[]> {
  if (isNothing(change)) return refuse('research.nothing-changed')
  const wrong = wrongDescribed(change)
  if (wrong) return { ok: false, refusal: wrong }
  return accept([draft(surveyDescribed, stream, openedOn, { ...change, name: change.name?.trim() })])
}

/** Refused: `research.closed-already`, `research.not-closed`. */
export function closeSurvey(stream: StreamId, survey: Survey, closed: boolean, today: CivilDate): Decision<Draft[]> {
  if (closed === survey.closed) return refuse(closed ? 'research.closed-already' : 'research.not-closed')
  return accept([draft(surveyClosed, stream, today, { closed })])
}

/** Marks the whole survey, with every sheet of it, as never having been; or takes that back. */
export function markSurveyInError(stream: StreamId, survey: Survey, isInError: boolean): Decision<Draft[]> {
  return accept([draft(surveyInError, stream, survey.openedOn, { record: survey.opening, enteredInError: isInError })])
}

/** Refused: `research.no-name`, `research.name-too-long` {most}, `research.not-a-number-asked` {most}. */
function wrongDescribed({ name, asked }: Partial<Described>): Refusal | undefined {
  if (name !== undefined && name.trim() === '') return { code: 'research.no-name', values: {} }
  if (name !== undefined && name.trim().length > longestName)
    return { code: 'research.name-too-long', values: { most: longestName } }
  if (asked !== undefined && !(Number.isSafeInteger(asked) && asked >= 1 && asked <= mostAsked))
    return { code: 'research.not-a-number-asked', values: { most: mostAsked } }
  return undefined
}

// ---------------------------------------------------------------- what an officer hands in

export type HandIn = {
  /** Made by chance on the device, for this sheet alone. */
  readonly stream: StreamId
  readonly survey: StreamId
  readonly organisation: OrganisationId
  readonly sex: Sex
  readonly agency: Agency | undefined
  readonly answers: Answers
  /** Of an interview alone. */
  readonly consent?: 'read-and-given'
}

/**
 * One officer's answers, whole. Every question may be skipped; a sheet on which nothing is answered is none.
 * Refused: `research.survey-closed`, `research.no-consent` (of an interview), `research.no-agency-said`, `research.nothing-answered`, `research.answer-not-offered` {question}.
 */
export function handIn(command: HandIn, survey: Survey, moment: Moment): Decision<Draft[]> {
  const { stream, agency, ...coded } = command
  if (isOver(survey)) return refuse('research.survey-closed')
  if (survey.instrument?.mode === 'interview' && command.consent !== 'read-and-given')
    return refuse('research.no-consent')
  if (!agency || !survey.agencies.includes(agency)) return refuse('research.no-agency-said')
  const said = Object.entries(coded.answers)
  if (said.length === 0) return refuse('research.nothing-answered')
  const stray = said.find(([key, answer]) => {
    const question = survey.instrument?.questions.find((each) => each.key === key)
    return !question || !isOffered(question, answer)
  })
  if (stray) return refuse('research.answer-not-offered', { question: stray[0] })
  return accept([draft(sheetHandedIn, stream, quarterNow(moment), { ...coded, agency })])
}

export type WriteRemark = NewStream & { readonly survey: StreamId; readonly question: string; readonly text: string }

/** Words of her own. Refused: `research.survey-closed`, `research.no-words`, `research.words-too-long` {most}. */
export function writeRemark(
  { stream, text, ...coded }: WriteRemark,
  survey: Survey,
  moment: Moment,
): Decision<Draft[]> {
  if (isOver(survey)) return refuse('research.survey-closed')
  const wrong = wrongWords(text)
  if (wrong) return { ok: false, refusal: wrong }
  return accept([draft(remarkWritten, stream, quarterNow(moment), coded, { text: text.trim() })])
}

export function wrongWords(text: string): Refusal | undefined {
  if (text.trim() === '') return { code: 'research.no-words', values: {} }
  return text.trim().length > longestRemark
    ? { code: 'research.words-too-long', values: { most: longestRemark } }
    : undefined
}

const isOver = ({ closed, enteredInError }: Survey): boolean => closed || enteredInError

/** The band a number lies in, by the lowest number of it. */
export const bandOf = (bands: readonly number[], number: number): number =>
  bands.findLast((lowest) => lowest <= number) ?? 0

function isOffered(question: Question, answer: Answers[string]): boolean {
  switch (question.kind) {
    case 'one':
      return typeof answer === 'string' && question.answers.includes(answer)
    case 'several':
      return Array.isArray(answer) && answer.length > 0 && answer.every((each) => question.answers.includes(each))
    case 'bands':
      return typeof answer === 'number' && question.bands.includes(answer)
    case 'text':
      return false
  }
}

function quarterNow({ today }: Moment): CivilDate {
  const quarter = quarterOf(today)
  if (!quarter) throw new TypeError('today is a day')
  return quarter
}
