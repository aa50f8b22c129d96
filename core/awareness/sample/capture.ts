import { type Draft, draft } from '../../log/draft.ts'
import { type CivilDate, firstDayOf } from '../../shared/dates.ts'
import type { OrganisationId, StreamId } from '../../shared/ids.ts'
import type { Country } from '../../shared/places.ts'
import { accept, type Decision, type Refusal, refuse } from '../../shared/refusals.ts'
import { mostAsked, type Question } from '../words.ts'
import { sampleCorrected, sampleInError, sampleTaken } from './entries.ts'
import type { Sample } from './project.ts'

/** What a sample says: how many women were asked the question, and how many of them knew more after than before. */
export type Answers = { readonly question: Question; readonly asked: number; readonly moreAware: number }

export type TakeSample = Answers & {
  readonly stream: StreamId
  readonly organisation: OrganisationId
  readonly country: Country
  readonly askedOn: CivilDate
}

/** Refused: `awareness.not-happened-yet`, `awareness.nobody-asked` {most}, `awareness.more-than-asked` {asked}. */
export function takeSample(command: TakeSample, today: CivilDate): Decision<Draft[]> {
  const { stream, askedOn, organisation, country, question, asked, moreAware } = command
  if (firstDayOf(askedOn) > today) return refuse('awareness.not-happened-yet')
  const refusal = refusalOf(command)
  if (refusal) return { ok: false, refusal }
  return accept([draft(sampleTaken, stream, askedOn, { organisation, country, question, asked, moreAware })])
}

/** Refused: `awareness.nobody-asked` {most}, `awareness.more-than-asked` {asked}, `awareness.nothing-changed`. */
export function correctSample(stream: StreamId, sample: Sample, answers: Answers): Decision<Draft[]> {
  const { question, asked, moreAware } = answers
  const refusal = refusalOf(answers)
  if (refusal) return { ok: false, refusal }
  const isSame = question === sample.question && asked === sample.asked && moreAware === sample.moreAware
  if (isSame && sample.conflicts.length === 0) return refuse('awareness.nothing-changed')
  return accept([draft(sampleCorrected, stream, sample.askedOn, { question, asked, moreAware })])
}

function refusalOf({ asked, moreAware }: Answers): Refusal | undefined {
  const isNumber = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= mostAsked
  if (!isNumber(asked) || !isNumber(moreAware) || asked === 0)
    return { code: 'awareness.nobody-asked', values: { most: mostAsked } }
  return moreAware > asked ? { code: 'awareness.more-than-asked', values: { asked } } : undefined
}

/** Marks a sample as never having been taken, or takes that back. */
export function markSampleInError(stream: StreamId, sample: Sample, isInError: boolean): Decision<Draft[]> {
  const coded = { record: sample.opening, enteredInError: isInError }
  return accept([draft(sampleInError, stream, sample.askedOn, coded)])
}
