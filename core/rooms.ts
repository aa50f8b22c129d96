import { awarenessKinds } from './awareness/entries.ts'
import { contributionsOfOutreach, contributionsOfReach, contributionsOfSample } from './awareness/tally.ts'
import { donorReportKinds } from './donor-report/entries.ts'
import { classificationKinds } from './evidence/classification/entries.ts'
import { editionKinds } from './evidence/dissemination/edition/entries.ts'
import { disseminationKinds } from './evidence/dissemination/entries.ts'
import { contributionsOfEvent, contributionsOfProduct } from './evidence/dissemination/tally.ts'
import { evidenceKinds } from './evidence/entries.ts'
import { publicationKinds } from './evidence/publication/entries.ts'
import { personErased } from './log/erasure.ts'
import type { StreamState } from './log/fold.ts'
import { gatherKinds, type StreamNoun } from './log/kind.ts'
import { membershipKinds } from './log/membership.ts'
import { personLinked } from './log/persons.ts'
import { planKinds } from './plan/entries.ts'
import type { Contribution } from './shared/contribution.ts'
import { sheetKinds } from './sheets/entries.ts'
import { supportKinds } from './support/entries.ts'
import { justiceKinds } from './support/justice/entries.ts'
import { contributionsOfCriminalCase } from './support/justice/tally.ts'
import { livelihoodsKinds } from './support/livelihoods/entries.ts'
import { rateKinds } from './support/livelihoods/rates/entries.ts'
import { contributionsOfParticipant } from './support/livelihoods/tally.ts'
import { storyKinds } from './support/story/entries.ts'
import { contributionsOfStory } from './support/story/tally.ts'
import { contributionsOfCase } from './support/tally.ts'
import { trainingKinds } from './training/entries.ts'
import { moduleKinds } from './training/module/entries.ts'
import { contributionsOfModule } from './training/module/tally.ts'
import { selfCareKinds } from './training/self-care/entries.ts'
import { contributionsOfRequest, contributionsOfWebinar } from './training/self-care/tally.ts'
import { contributionsOfSession } from './training/tally.ts'
import { trainerKinds } from './training/trainer/entries.ts'
import { contributionsOfTrainer } from './training/trainer/tally.ts'
import { barrierKinds } from './workforce/barrier/entries.ts'
import { coverKinds } from './workforce/cover/entries.ts'
import { coverReleaseKinds } from './workforce/cover-release/entries.ts'
import { contributionsOfCoverRelease } from './workforce/cover-release/tally.ts'
import { workforceKinds } from './workforce/entries.ts'
import { flowKinds } from './workforce/flow/entries.ts'
import { contributionsOfFlow } from './workforce/flow/tally.ts'
import { officerKinds } from './workforce/officer/entries.ts'
import { postKinds } from './workforce/post/entries.ts'
import { researchKinds } from './workforce/research/entries.ts'
import { contributionsOfSheet } from './workforce/research/tally.ts'
import { contributionsOfHeadcount, contributionsOfRecommendation, contributionsOfReform } from './workforce/tally.ts'

/** Every kind of entry this version of the programme knows: the one list that device, server and command line share. */
export const kinds = gatherKinds(
  membershipKinds,
  [personLinked, personErased],
  supportKinds,
  livelihoodsKinds,
  storyKinds,
  justiceKinds,
  rateKinds,
  evidenceKinds,
  classificationKinds,
  trainingKinds,
  workforceKinds,
  flowKinds,
  postKinds,
  officerKinds,
  coverKinds,
  coverReleaseKinds,
  awarenessKinds,
  disseminationKinds,
  publicationKinds,
  editionKinds,
  moduleKinds,
  sheetKinds,
  trainerKinds,
  selfCareKinds,
  planKinds,
  donorReportKinds,
  researchKinds,
  barrierKinds,
)

/** What streams of a noun contribute to results; a noun that is not here contributes nothing. */
const contributing: Partial<Record<StreamNoun, (state: StreamState) => Contribution[]>> = {
  case: contributionsOfCase,
  participant: contributionsOfParticipant,
  story: contributionsOfStory,
  'criminal-case': contributionsOfCriminalCase,
  'training-session': contributionsOfSession,
  headcount: contributionsOfHeadcount,
  'workforce-flow': contributionsOfFlow,
  'cover-release': contributionsOfCoverRelease,
  recommendation: contributionsOfRecommendation,
  reform: contributionsOfReform,
  'survey-sheet': contributionsOfSheet,
  outreach: contributionsOfOutreach,
  sample: contributionsOfSample,
  reach: contributionsOfReach,
  product: contributionsOfProduct,
  event: contributionsOfEvent,
  'training-module': contributionsOfModule,
  'national-trainer': contributionsOfTrainer,
  'self-care-request': contributionsOfRequest,
  'self-care-webinar': contributionsOfWebinar,
}

export const contributes = (noun: StreamNoun): boolean => contributing[noun] !== undefined

/** What a stream contributes to results, by what it is about. */
export const contributionsOf = (noun: StreamNoun, state: StreamState): Contribution[] =>
  contributing[noun]?.(state) ?? []
