import { precisionOf } from '../../shared/dates.ts'
import { type Decision, refuse } from '../../shared/refusals.ts'
import { answersIn, checkMapping, type Form, type Mapping, ordersIn, type Said } from '../../sheets/mapping.ts'
import {
  type Answers,
  type Bad,
  type CountedFile,
  type Kind,
  type Reading,
  rankIn,
  readCounted,
  textOf,
  unknownWord,
} from '../counted/file.ts'
import { Rank } from '../words.ts'
import type { FlowCounts } from './capture.ts'
import { type FlowField, flowFields } from './flow-fields.ts'
import type { Flow } from './project.ts'
import { Happening, isAbove } from './words.ts'

type About = Pick<FlowCounts, 'happening' | 'rank' | 'to'>

export type FlowFile = CountedFile<object, About>

/**
 * Reads the rows of a form as who came, rose and left, period by period. Refuses what `checkMapping` and `readCounted` refuse, and
 * `workforce.not-a-period` where she gave a day for all of them.
 */
export function readFlows(form: Form, mapping: Mapping<FlowField>, reading: Reading<Flow>): Decision<FlowFile> {
  const checked = checkMapping(form, flowFields, mapping)
  if (!checked.ok) return checked
  const { on } = reading.given
  if (!mapping.columns.on && on && precisionOf(on) === 'day') return refuse('workforce.not-a-period')
  return readCounted(
    flow,
    form,
    mapping,
    { answersOf: answersIn(form, flowFields, mapping), order: ordersIn(form, flowFields, mapping)('on') },
    reading,
  )
}

const flow: Kind<object, About> = {
  headOf: (of, { on }) =>
    precisionOf(of.on) === 'day' ? { reason: 'not-a-period', values: { column: on?.column ?? '' } } : of,
  aboutOf,
  tells: () => '',
  nameOf: ({ happening, rank, to }) => [happening, rank, to].join(),
  takesNobody: true,
}

/**
 * Who is promoted rises into the rank that the form gives, or else into the next one, as the screen asks it too. A form with a
 * column of ranks before and one of ranks after may give that of recruits in either.
 */
function aboutOf({ happening: said, rank: from, to: into }: Answers): About | Bad {
  if (said?.said === 'nothing') return { reason: 'cell-empty', values: { column: said.column } }
  const happening = Happening.safeParse(textOf(said)).data
  if (!happening) return unknownWord(said)
  const above = saidRank(into)
  if (isBad(above)) return above
  const beginsIn = happening === 'recruited' && saidRank(from) === undefined ? above : undefined
  const rank = beginsIn ?? rankIn(from)
  if (isBad(rank)) return rank
  const wrong: Bad = { reason: 'not-a-promotion', values: { column: into?.column ?? from?.column ?? '' } }
  if (happening !== 'promoted') return above !== undefined && above !== rank ? wrong : { happening, rank, to: null }
  const to = above ?? nextAbove(rank)
  return to && isAbove(to, rank) ? { happening, rank, to } : wrong
}

const isBad = (read: Rank | Bad | undefined): read is Bad => typeof read === 'object'

/** Undefined where the form says none. */
const saidRank = (answer: Said | undefined): Rank | Bad | undefined =>
  answer === undefined || answer.said === 'nothing' ? undefined : rankIn(answer)

const nextAbove = (rank: Rank): Rank | undefined =>
  Rank.options.toReversed().find((each) => isAbove(each, rank) && each !== 'not-given')
