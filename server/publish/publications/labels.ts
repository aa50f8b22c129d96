import { unsettled } from '@lentera/core/shared/contribution'
import { countries } from '@lentera/core/shared/places'
import type { PublishedCode, PublishedField, Said } from '@lentera/core/shared/publication'
import { readCatalogue } from '@lentera/ui/catalogues/node'
import { hasText, type Translate, textOf } from '@lentera/ui/catalogues/text'

/** Words for what a publication shows, in every language that has them; a code that nobody has words for speaks for itself. */
export type Labels = {
  /** The first of these catalogue ids that there is a text of. */
  readonly of: (ids: readonly string[], otherwise: string) => Said
  readonly country: (code: string) => Said
  readonly field: (column: string, codes: readonly string[]) => PublishedField
}

export function labelsFromCatalogues(): Labels {
  const english = readCatalogue('en')
  const others: readonly (readonly ['th' | 'my', Translate])[] = [
    ['th', textOf(readCatalogue('th'))],
    ['my', textOf(readCatalogue('my'))],
  ]
  const t = textOf(english)
  const of: Labels['of'] = (ids, otherwise) => {
    const id = ids.find((each) => hasText(english, each))
    if (id === undefined) return { en: otherwise }
    return { en: t(id), ...Object.fromEntries(others.map(([language, translate]) => [language, translate(id)])) }
  }
  const names = regionLanguages.map(
    (language) => [language, new Intl.DisplayNames(language, { type: 'region' })] as const,
  )
  const country: Labels['country'] = (code) => {
    const short =
      Object.entries(countries).find(([alpha2, { alpha3 }]) => alpha2 === code || alpha3 === code)?.[0] ?? code
    if (!/^[A-Z]{2}$/.test(short)) return { en: code }
    const said = Object.fromEntries(names.map(([language, region]) => [language, plain(region.of(short) ?? code)]))
    return { ...said, ...of([`country.${short}`], said.en ?? code) }
  }
  return {
    of,
    country,
    field: (column, codes) => {
      const { kind, text } = kindOf(column, codes)
      const label = of([`publication.field.${text}`], column)
      const isOfCountries = kind.startsWith('country')
      return {
        name: column,
        label,
        kind,
        codes: codes.map((code): PublishedCode => {
          const is = wholeWord.test(code) ? 'total' : unknownWord.test(code) ? 'unknown' : undefined
          const words = isOfCountries && !is ? country(code) : of(idsOf(text, code, is), code)
          return { code, label: words, ...(is ? { is } : {}) }
        }),
      }
    },
  }
}

/** CLDR says another name of some countries in brackets. */
const plain = (name: string): string => name.replace(/ \(.*\)$/, '')

const regionLanguages = ['en', 'id', 'ms', 'fil', 'km', 'lo', 'my', 'th', 'vi'] as const

/** How tables call what is all of a field together, and what is not known. */
export const wholeWord = /^(total|all|both sexes|overall)$/i
const unknownWord = /^(unknown|not known|not recorded|unsettled)$/i

function idsOf(text: string, code: string, is: PublishedCode['is']): string[] {
  const plain = code
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-')
  const own = [`${text}.${plain}`, `publication.code.${text}.${plain}`]
  if (is === 'total') return ['publication.total']
  if (code === unsettled) return ['publication.unsettled']
  return is === 'unknown' ? [...own, 'publication.unknown'] : own
}

/** What a column is of, by its name: which pictures it can be drawn in, and which words it has. Data, as files write them. */
function kindOf(
  column: string,
  codes: readonly string[],
): { readonly kind: PublishedField['kind']; readonly text: string } {
  const name = column.toLowerCase().replaceAll(/[^a-z]/g, '')
  const known = columns.find(([pattern]) => pattern.test(name))
  if (known) return { kind: known[1], text: known[2] }
  const isYesNo = codes.every((code) => /^(0|1|yes|no|true|false)$/i.test(code))
  return { kind: isYesNo ? 'yes-no' : 'category', text: name }
}

const columns: readonly (readonly [RegExp, PublishedField['kind'], string])[] = [
  [/^(sex|gender)$/, 'category', 'sex'],
  [/^age/, 'age', 'age'],
  [/^(citizenship|nationality|countryoforigin)$/, 'country-of-origin', 'citizenship'],
  [/^(countryofexploitation|countryofdestination)$/, 'country-of-exploitation', 'country-of-exploitation'],
  [/^(country|area|isocode|iso3code)$/, 'country', 'country'],
  [/^(year|yearofregistration|period)$/, 'year', 'year'],
  [/^(form|formofexploitation|typeofexploitation)$/, 'category', 'form'],
  [/^meansofcontrol$/, 'category', 'means-of-control'],
]
