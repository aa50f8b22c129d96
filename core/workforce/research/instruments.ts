import { MowipArea } from '../barrier/words.ts'
import { Instrument, type Question } from './words.ts'

/** The languages of the countries that the programme is in, and English: officers of each are asked in their own. */
const asked = ['en', 'id', 'ms', 'fil', 'km', 'lo', 'my', 'th', 'vi'] as const

const one = (key: string, scale: string, ...answers: string[]): Question => ({ key, kind: 'one', scale, answers })
const chances = (key: string): Question => one(key, 'chances', 'women-less', 'alike', 'women-more', 'cannot-say')
const themes = (key: string, part: string, ...answers: string[]): Question => ({ key, part, kind: 'several', answers })
const note = (key: string, part: string): Question => ({ key, part, kind: 'text' })
const cases = (key: string): Question => ({ key, kind: 'bands', bands: [0, 1, 5, 20] })

/**
 * The questionnaires of the programme. The questions are ours. The first asks along four stages of a career, and then what women
 * officers did (cases, de-escalation, trust), in numbers of the officer's own work. The second follows the ten areas of MOWIP, whose
 * names nobody here has checked at their source (`barrier/words.ts`); it is not that instrument, and does not use its words.
 *
 * The third is a guide for an interview: open questions by theme, first what women officers do, then what hinders them by the same ten
 * areas, of each of which is kept whether it came up of itself or only when asked (what is offered is agreed to more easily than it is
 * thought of). What was said is coded on the spot by a list made beforehand, and what the list lacks is a note. The ways of asking and coding are
 * those of the publications named, from memory: nobody here has compared them with the print, and the screen says so.
 */
export const instruments: readonly Instrument[] = [
  Instrument.parse({
    key: 'contribution',
    mode: 'questionnaire',
    method: [],
    edition: 1,
    wording: 'ours',
    frame: null,
    languages: asked,
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
    mode: 'questionnaire',
    method: [],
    edition: 1,
    wording: 'ours',
    frame: { name: 'MOWIP (DCAF and Cornell University, 2020)', verifiedOn: null },
    languages: asked,
    questions: [
      ...MowipArea.options.map((area) => one(area, 'hinders', 'not', 'somewhat', 'much', 'cannot-say')),
      { key: 'own-words', kind: 'text' },
    ],
  }),
  Instrument.parse({
    key: 'interview',
    mode: 'interview',
    method: [
      // A guide of themes with follow-up questions, tried out before it is used.
      { name: 'Kallio et al., J. Adv. Nurs. 72 (2016) 2954–2965', verifiedOn: null },
      // Coding by theme.
      { name: 'Braun and Clarke, Qual. Res. Psychol. 3 (2006) 77–101', verifiedOn: null },
    ],
    edition: 1,
    wording: 'ours',
    frame: { name: 'MOWIP (DCAF and Cornell University, 2020)', verifiedOn: null },
    languages: asked,
    questions: [
      themes('case-work', 'contribution', 'she-spoke', 'seen-sooner', 'went-further', 'handed-on', 'no-difference'),
      note('case-notes', 'contribution'),
      themes('calming', 'contribution', 'talked-down', 'less-force', 'searched-with-respect', 'no-difference'),
      note('calming-notes', 'contribution'),
      themes('trust-given', 'contribution', 'came-to-her', 'told-more', 'community-link', 'no-difference'),
      note('trust-notes', 'contribution'),
      ...MowipArea.options.map((area) => ({
        ...one(area, 'raised', 'of-itself', 'when-asked', 'not-a-barrier', 'not-asked'),
        part: 'barriers',
      })),
      themes(
        'would-help',
        'barriers',
        'facilities',
        'training',
        'hours',
        'colleagues',
        'leadership',
        'care',
        'nothing',
      ),
      note('barrier-notes', 'barriers'),
    ],
  }),
]

export const instrumentOf = (key: string | undefined): Instrument | undefined =>
  instruments.find((each) => each.key === key)
