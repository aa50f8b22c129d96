import { MowipArea } from '../barrier/words.ts'
import { Instrument, type Question } from './words.ts'

const one = (key: string, scale: string, ...answers: string[]): Question => ({ key, kind: 'one', scale, answers })
const chances = (key: string): Question => one(key, 'chances', 'women-less', 'alike', 'women-more', 'cannot-say')
const cases = (key: string): Question => ({ key, kind: 'bands', bands: [0, 1, 5, 20] })

/**
 * The questionnaires of the programme. The questions are ours. The first asks along four stages of a career, and then what women
 * officers did (cases, de-escalation, trust), in numbers of the officer's own work. The second follows the ten areas of MOWIP, whose
 * names nobody here has checked at their source (`barrier/words.ts`); it is not that instrument, and does not use its words.
 */
export const instruments: readonly Instrument[] = [
  Instrument.parse({
    key: 'contribution',
    edition: 1,
    wording: 'ours',
    frame: null,
    languages: ['en', 'th', 'my'],
    questions: [
      chances('recruitment'),
      chances('training'),
      chances('deployment'),
      chances('promotion'),
      { key: 'obstacles', kind: 'several', answers: ['recruitment', 'training', 'deployment', 'promotion', 'none'] },
      cases('cases'),
      cases('cases-woman'),
      cases('calmed'),
      one('trust', 'how-often', 'never', 'sometimes', 'often', 'cannot-say'),
      { key: 'own-words', kind: 'text' },
    ],
  }),
  Instrument.parse({
    key: 'ten-areas',
    edition: 1,
    wording: 'ours',
    frame: { name: 'MOWIP (DCAF and Cornell University, 2020)', verifiedOn: null },
    languages: ['en', 'th', 'my'],
    questions: [
      ...MowipArea.options.map((area) => one(area, 'hinders', 'not', 'somewhat', 'much', 'cannot-say')),
      { key: 'own-words', kind: 'text' },
    ],
  }),
]

export const instrumentOf = (key: string | undefined): Instrument | undefined =>
  instruments.find((each) => each.key === key)
