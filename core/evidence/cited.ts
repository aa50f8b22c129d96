import { brochureSource } from '../shared/brochure.ts'
import { CivilDate } from '../shared/dates.ts'
import { FactCited } from './entries.ts'

/**
 * The shares the programme's brochure quotes from others, as data for `evidence.fact-cited`; what it counts itself is the
 * publication of record (`core/results`). They were compared with the text of the
 * brochure only: the report itself was not opened, so no page is given.
 */
export const brochureFacts: readonly FactCited[] = [
  { text: 'detected-victims-women-and-girls', tenths: 650, period: CivilDate.parse('2018') },
  { text: 'detected-women-sexual-exploitation', tenths: 770 },
  { text: 'detected-women-forced-labour', tenths: 140 },
  { text: 'detected-women-other-forms', tenths: 90 },
].map(({ tenths, ...fact }) =>
  FactCited.parse({
    ...fact,
    value: { kind: 'percent-tenths', tenths },
    source: 'UNODC, Global Report on Trafficking in Persons',
    edition: '2020',
    readIn: `${brochureSource.publisher}, ${brochureSource.title} (brochure)`,
    verifiedOn: brochureSource.verifiedOn,
  }),
)
