/** What the tests of this room read: the real files, where they are at hand, and rows as they stand in them. */

// The core is checked without the types of Node, so that nothing pure can lean on it. The little the tests need is named.
type FileSystem = { existsSync(path: string): boolean; readFileSync(path: string): Uint8Array }
declare const console: { log(text: string): void }
const fileSystemModule: string = 'node:fs'
const { existsSync, readFileSync }: FileSystem = await import(fileSystemModule)

/** A file of the test data beside the repository (tests run from its root), or undefined, said plainly. */
export function realFile(path: string): Uint8Array | undefined {
  const file = `../shared/data/${path}`
  if (existsSync(file)) return new Uint8Array(readFileSync(file))
  console.log(`skipped: the tests on ${file}, which is not here`)
  return undefined
}

export const glotipFile = 'glotip/data_glotip_2023-05-30.csv.gz'
export const ctdcFile = 'ctdc/kanon_2020-04-14_core7.csv.gz'

/** Columns of UNODC's table in the order of its file. */
export const glotipHeader = [
  'Iso3_code',
  'Country',
  'Region',
  'Subregion',
  'Indicator',
  'Dimension',
  'Category',
  'Sex',
  'Age',
  'Year',
  'Unit of measurement',
  'txtVALUE',
  'Source',
] as const

/** A row of UNODC's table about Thailand: detected victims of 2018 in all, unless the cells named say otherwise. */
export function glotipRow(cells: Readonly<Partial<Record<(typeof glotipHeader)[number], string>>> = {}): string[] {
  const usual = {
    Iso3_code: 'THA',
    Country: 'Thailand',
    Region: 'Asia',
    Subregion: 'South-eastern Asia',
    Indicator: 'Detected trafficking victims',
    Dimension: 'Total',
    Category: 'Total',
    Sex: 'Total',
    Age: 'Total',
    Year: '2018',
    'Unit of measurement': 'Counts',
    txtVALUE: '10',
    Source: 'GLOTIP',
    ...cells,
  }
  return glotipHeader.map((column) => usual[column])
}
