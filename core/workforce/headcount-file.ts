import type { Decision } from '../shared/refusals.ts'
import { answersIn, checkMapping, type Form, type Mapping, ordersIn } from '../sheets/mapping.ts'
import { type CountedFile, type Kind, type Reading, rankIn, readCounted, textOf, unknownWord } from './counted/file.ts'
import { type HeadcountField, headcountFields } from './headcount-fields.ts'
import type { Headcount } from './project.ts'
import { type Rank, Unit } from './words.ts'

type More = { readonly unit: Unit }
type About = { readonly rank: Rank }

export type HeadcountFile = CountedFile<More, About>

/** Reads the rows of a form as headcounts. Refuses what `checkMapping` and `readCounted` refuse. */
export function readHeadcounts(
  form: Form,
  mapping: Mapping<HeadcountField>,
  reading: Reading<Headcount>,
): Decision<HeadcountFile> {
  const checked = checkMapping(form, headcountFields, mapping)
  return checked.ok
    ? readCounted(
        headcount,
        form,
        mapping,
        { answersOf: answersIn(form, headcountFields, mapping), order: ordersIn(form, headcountFields, mapping)('on') },
        reading,
      )
    : checked
}

const headcount: Kind<More, About> = {
  headOf: (of, answers) => {
    // An empty unit is the whole of the part.
    const said = answers.unit?.said === 'nothing' ? 'all' : (textOf(answers.unit) ?? (answers.unit ? undefined : 'all'))
    const unit = Unit.safeParse(said).data
    return unit ? { ...of, unit } : unknownWord(answers.unit)
  },
  aboutOf: ({ rank: answer }) => {
    const rank = rankIn(answer)
    return typeof rank === 'string' ? { rank } : rank
  },
  tells: ({ unit }) => unit ?? '',
  nameOf: ({ rank }) => rank ?? '',
  takesNobody: false,
}
