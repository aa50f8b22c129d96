import { brochureSource } from '../shared/brochure.ts'
import type { Country } from '../shared/places.ts'

/** How a source writes a number: as it is, "more than" it, or it and "+". The words are no digits. */
export type Qualifier = 'exact' | 'more-than' | 'at-least'

/** A figure as the brochure prints it, with the indicator that counts the same thing here, where there is one. */
export type RecordedFigure = {
  readonly key: string
  readonly objective: 1 | 2 | 3 | 4
  readonly unit: string
  readonly value: number
  readonly qualifier: Qualifier
  /** Of whom or what, where the brochure splits it. Parts and whole agree, or `note` says why they need not. */
  readonly parts?: readonly { readonly country: Country; readonly value: number }[]
  /** A figure of the same people, of which this is a part. */
  readonly of?: string
  /** What is compared with it: this indicator, of what it counts only `part`, in `country` alone where the brochure says one. */
  readonly indicator?: string
  readonly part?: Readonly<Record<string, string>>
  readonly country?: Country
  /** The countries the brochure names, where it gives no numbers for them: in these, and in no other. */
  readonly across?: readonly Country[]
  /** Indicators that are printed beside it, each under its own name, where the brochure does not say which of them it means. */
  readonly companions?: readonly string[]
  readonly note?: string
}

/**
 * What the programme did, as the brochure counts it: a publication of record, public before this program was, printed as such and
 * no finer. Nothing here is counted, and no figure of the board is taken from it. What the brochure quotes from others (65 %,
 * 77/14/9 %) is not its own and stands in `core/evidence/cited.ts`.
 */
export const publicationOfRecord = {
  ...brochureSource,
  /** The ASEAN Border Management Cooperation Road-map: when the brochure says it was adopted. The road-map itself was not opened. */
  roadMap: { adoptedOn: '2021-09-29', by: 'ASEAN Ministerial Meeting on Transnational Crime' },
  figures: [
    {
      key: 'women-more-aware',
      objective: 1,
      unit: 'women',
      value: 24_000,
      qualifier: 'more-than',
      indicator: 'women-reached-persons',
      companions: ['women-reached-persons', 'women-reached-contacts', 'women-more-aware'],
      note: 'The brochure does not say whether persons or contacts were counted, nor how it is known that they were more aware.',
    },
    {
      key: 'women-trained-in-livelihoods',
      objective: 1,
      unit: 'women',
      value: 372,
      qualifier: 'exact',
      parts: [
        { country: 'MM', value: 129 },
        { country: 'KH', value: 185 },
        { country: 'TH', value: 58 },
      ],
      indicator: 'women-trained-in-livelihoods',
    },
    {
      key: 'women-given-livelihood-support',
      objective: 1,
      unit: 'women',
      value: 207,
      qualifier: 'exact',
      of: 'women-trained-in-livelihoods',
      indicator: 'women-given-livelihood-support',
    },
    {
      key: 'survivors-supported',
      objective: 1,
      unit: 'women',
      value: 81,
      qualifier: 'exact',
      parts: [
        { country: 'MM', value: 24 },
        { country: 'KH', value: 55 },
        { country: 'TH', value: 2 },
      ],
      indicator: 'survivors-supported',
      part: { sex: 'female' },
    },
    {
      key: 'perpetrators-sentenced',
      objective: 1,
      unit: 'perpetrators',
      value: 5,
      qualifier: 'exact',
      indicator: 'perpetrators-sentenced',
      part: { years: '10' },
      country: 'MM',
      note: 'Each to ten years of imprisonment.',
    },
    {
      key: 'knowledge-products',
      objective: 2,
      unit: 'products',
      value: 2,
      qualifier: 'exact',
      indicator: 'knowledge-products-published',
    },
    {
      key: 'officers-trained',
      objective: 3,
      unit: 'officers',
      value: 578,
      qualifier: 'exact',
      indicator: 'officers-trained',
      across: ['TH', 'KH', 'LA', 'PH', 'MY', 'MM', 'ID'],
    },
    {
      key: 'women-among-officers-trained',
      objective: 3,
      unit: 'percent',
      value: 48,
      qualifier: 'exact',
      of: 'officers-trained',
      indicator: 'women-among-officers-trained',
      note: 'Numerator not given.',
    },
    {
      key: 'training-modules',
      objective: 3,
      unit: 'modules',
      value: 3,
      qualifier: 'exact',
      indicator: 'training-modules',
    },
    {
      key: 'self-care-webinars',
      objective: 3,
      unit: 'webinars',
      value: 3,
      qualifier: 'exact',
      indicator: 'self-care-webinars-held',
    },
    {
      key: 'dissemination-events',
      objective: 4,
      unit: 'events',
      value: 20,
      qualifier: 'more-than',
      indicator: 'events-held',
    },
    {
      key: 'exhibition-visitors',
      objective: 4,
      unit: 'visitors',
      value: 3_000,
      qualifier: 'at-least',
      indicator: 'reach-visits',
    },
    {
      key: 'videos',
      objective: 4,
      unit: 'videos',
      value: 4,
      qualifier: 'exact',
      indicator: 'videos-shown',
      note: 'One animated and three humorous.',
    },
    {
      key: 'video-viewers',
      objective: 4,
      unit: 'people, as claimed',
      value: 400_000,
      qualifier: 'exact',
      indicator: 'reach-people-claimed',
    },
    {
      key: 'women-in-police-lowest',
      objective: 4,
      unit: 'percent',
      value: 6,
      qualifier: 'exact',
      indicator: 'women-share-by-place',
      part: { agency: 'police', place: 'national' },
      country: 'ID',
      note: 'Lower in remote locations.',
    },
    {
      key: 'women-in-police-highest',
      objective: 4,
      unit: 'percent',
      value: 20,
      qualifier: 'exact',
      indicator: 'women-share-by-place',
      part: { agency: 'police', place: 'national' },
      country: 'LA',
      note: 'Lower in remote locations.',
    },
  ] satisfies readonly RecordedFigure[],
} as const
