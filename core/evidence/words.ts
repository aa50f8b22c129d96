import * as z from 'zod'
import type { Interval } from '../shared/counts.ts'

/**
 * The words of the evidence room. Code lists are kept as data and in the words of the source: a value outside them is
 * kept as it came, named in the report, and counted only where a figure asks for it by name.
 */
export const Dataset = z.enum(['glotip', 'ctdc'])
export type Dataset = z.infer<typeof Dataset>

// ---------------------------------------------------------------- UNODC, detected victims (GLOTIP table)

/**
 * Column names of UNODC's published table (data_glotip, edition 30/05/2023), by the name used here. Where the source has
 * written a column in more than one way, all of them are listed; letter case and spaces do not matter.
 */
export const glotipColumns = {
  iso3: ['Iso3_code'],
  country: ['Country'],
  region: ['Region'],
  subregion: ['Subregion'],
  indicator: ['Indicator'],
  dimension: ['Dimension'],
  category: ['Category'],
  sex: ['Sex'],
  age: ['Age'],
  year: ['Year'],
  unit: ['Unit of measurement'],
  value: ['txtVALUE', 'VALUE'],
  source: ['Source'],
} as const satisfies Record<string, readonly string[]>
export type GlotipColumn = keyof typeof glotipColumns

export const glotip = {
  indicators: {
    victims: 'Detected trafficking victims',
    offences: 'Offences of trafficking in persons',
    contacted: 'Persons brought into formal contact',
    prosecuted: 'Persons prosecuted',
    convicted: 'Persons convicted',
  },
  dimensions: {
    total: 'Total',
    form: 'by form of exploitation',
    citizenship: 'by citizenship',
    repatriation: 'by country of repatriation',
  },
  forms: {
    sexual: 'Sexual exploitation',
    labour: 'Forced labour',
    other: 'Other forms of exploitation',
  },
  sexes: { female: 'Female', male: 'Male', other: 'Other', unknown: 'Unknown', total: 'Total' },
  ages: { adult: '18 years or over', child: '0 to 17 years', unknown: 'Unknown', total: 'Total' },
  units: { counts: 'Counts' },
  /** What every breakdown calls the row over all its classes. */
  total: 'Total',
} as const

/**
 * Seven codes that stand in the country column for a sub-region: no country name, region or subregion is given with
 * them, and what they count lies close to the sum of that sub-region's own countries (Central Asia 2017, forced labour:
 * 380 against 380 to 392). The source does not explain them. They are not areas, and a count over areas leaves them out.
 */
export const subregionCodes: ReadonlySet<string> = new Set(['CAR', 'CAS', 'EEU', 'MCA', 'MCN', 'SAF', 'SAM'])

/** "<5" in the source: any whole number from 0 to 4 (the table has no 0). It is never turned into one of them. */
export const lessThanFive: Interval = { low: 0, high: 4 }

// ---------------------------------------------------------------- CTDC, k-anonymous global data set

/** Columns an import needs, by the name used here, each as the published editions have written it. */
export const ctdcColumns = {
  year: ['yearOfRegistration'],
  gender: ['gender'],
  age: ['ageBroad', 'ageCategories'],
  citizenship: ['citizenship'],
} as const satisfies Record<string, readonly string[]>

export const ctdcCountry = ['CountryOfExploitation'] as const

/** Yes, no or unknown about one record: the exploitation columns of the 2020 edition, and one of later ones. */
export const ctdcExploitation = [
  'isForcedLabour',
  'isSexualExploit',
  'isOtherExploit',
  'isSexAndLabour',
  'isForcedMarriage',
  'isForcedMilitary',
  'isOrganRemoval',
  'isSlaveryAndPractices',
] as const

/**
 * Which of CTDC's global data sets a file is, as far as its columns tell: the k-anonymous one of 2020 has 63, those named here among
 * them; the synthetic ones (2021 on) have others, and the length of the exploitation in months, which that one never had. A file with a
 * part of the columns may be either. Source: headers of the published files as public programs that read them list them (read 2026-11-28).
 */
export const CtdcLayout = z.enum(['k-anonymous', 'synthetic', 'unclear'])
export type CtdcLayout = z.infer<typeof CtdcLayout>
export const ctdcLayoutColumns = {
  'k-anonymous': ['Datasource', 'majorityEntry', 'meansOfControlConcatenated', 'typeOfExploitConcatenated'],
  synthetic: ['traffickMonths'],
} as const satisfies Partial<Record<CtdcLayout, readonly string[]>>

/** Columns of yes and no of the synthetic editions, by how their names begin: means, recruiters, kinds of labour and sex. */
export const ctdcAnswerColumns = /^(means|recruiterRelation|(type|sector)Of(Labour|Sex))[A-Z]\w*$/
/** Of those, columns that hold words and no answer. */
export const ctdcWordColumns = /(Concatenated|Category|Relationship)$/

/** How the published editions write "unknown, not stated or withheld": empty, -99, and 0 or 00 as a country. */
export const ctdcUnknown: ReadonlySet<string> = new Set(['', '-99', '-99.0', 'Unknown'])
export const ctdcUnknownCountry: ReadonlySet<string> = new Set([...ctdcUnknown, '0', '00'])

/** The k of the published k-anonymous editions: no combination of values is held by fewer records. */
export const ctdcPublishedK = 11

// ---------------------------------------------------------------- which years a row can be of

/**
 * The first year each publisher has anything of: UNODC since the Protocol is in force (25 December 2003; its table of
 * 30/05/2023 begins with 2003), CTDC since 2002 (the first year of registration of the edition of 14 April 2020).
 */
export const firstYears = { glotip: 2003, ctdc: 2002 } as const satisfies Record<Dataset, number>

// ---------------------------------------------------------------- what an import can say about a line

/** Why a line cannot be read. The sentence stands in the catalogues under `issue.evidence.<reason>`. */
export const IssueReason = z.enum([
  'quote-not-closed',
  'cells-missing',
  'cells-too-many',
  'cell-empty',
  'year-not-understood',
  'value-not-understood',
  'answer-not-understood',
])
export type IssueReason = z.infer<typeof IssueReason>

/** One line that cannot be read: its line in the file (or row of the sheet), the reason, and what was found where. */
export type Issue = {
  readonly line: number
  readonly reason: IssueReason
  readonly values: Readonly<Record<string, string | number>>
}
