import { awarenessFacts } from './awareness/tally.ts'
import { disseminationFacts } from './evidence/dissemination/tally.ts'
import { nouns, type StreamNoun } from './log/kind.ts'
import { justiceFacts } from './support/justice/tally.ts'
import { livelihoodsFacts } from './support/livelihoods/tally.ts'
import { storyFacts } from './support/story/tally.ts'
import { supportFacts } from './support/tally.ts'
import { moduleFacts } from './training/module/tally.ts'
import { selfCareFacts } from './training/self-care/tally.ts'
import { trainingFacts } from './training/tally.ts'
import { trainerFacts } from './training/trainer/tally.ts'
import { coverReleaseFacts } from './workforce/cover-release/tally.ts'
import { flowFacts } from './workforce/flow/tally.ts'
import { workforceFacts } from './workforce/tally.ts'

/** What streams of a noun contribute facts of. */
const factsOf: Partial<Record<StreamNoun, readonly string[]>> = {
  case: Object.values(supportFacts),
  participant: Object.values(livelihoodsFacts),
  story: Object.values(storyFacts),
  'criminal-case': Object.values(justiceFacts),
  'training-session': Object.values(trainingFacts),
  headcount: [workforceFacts.counted],
  'workforce-flow': [flowFacts.recruited],
  'cover-release': Object.values(coverReleaseFacts),
  recommendation: [workforceFacts.recommended],
  reform: [workforceFacts.reformed],
  outreach: [awarenessFacts.held, awarenessFacts.reached],
  sample: [awarenessFacts.answered],
  reach: [awarenessFacts.shown, awarenessFacts.visits, awarenessFacts.views, awarenessFacts.claimed],
  product: [disseminationFacts.published, disseminationFacts.copies, disseminationFacts.downloads],
  event: [disseminationFacts.held, disseminationFacts.met, disseminationFacts.participants],
  'training-module': Object.values(moduleFacts),
  'national-trainer': Object.values(trainerFacts),
  'self-care-request': [selfCareFacts.requested],
  'self-care-webinar': [selfCareFacts.held, selfCareFacts.attended],
}

/** The noun of the streams that a fact comes from, also where every one of them was entered in error. */
export const nounOfFact = (fact: string): StreamNoun | undefined => nouns.find((noun) => factsOf[noun]?.includes(fact))
