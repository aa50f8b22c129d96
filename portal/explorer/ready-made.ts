import type { Publication, PublishedField } from '@lentera/core/shared/publication'
import { answered, type Drawing, isCountry, queryOf } from './view.ts'

/** A view with a name of its own (`portal.ready.<name>`), offered where the fields it needs are there. */
export type ReadyMade = {
  readonly name: 'map' | 'flows' | 'forms-by-sex' | 'forms-by-age' | 'sex-and-age' | 'control' | 'answers' | 'years'
  readonly query: string
}

/**
 * The views that people come for: countries on a map, flows between them, forms by sex and by age, means of control, change over
 * years; and of data that ask yes or no of each form and each means, all answers at once. Fields are known by their kind; form, sex and means of control, which are plain categories, by the name they usually have.
 */
export function readyMadeViews(publication: Publication): readonly ReadyMade[] {
  const { fields } = publication
  const find = (is: (field: PublishedField) => boolean): number => fields.findIndex(is)
  const named = (words: string): number => {
    const word = new RegExp(`(^|[^a-z])(${words})([^a-z]|$)`, 'i')
    return find(({ kind, name, label }) => kind === 'category' && (word.test(name) || word.test(label.en)))
  }
  const origin = find(({ kind }) => kind === 'country-of-origin')
  const exploitation = find(({ kind }) => kind === 'country-of-exploitation')
  const country = exploitation === -1 ? find(isCountry) : exploitation
  const age = find(({ kind }) => kind === 'age')
  const year = find(({ kind }) => kind === 'year')
  const [form, sex, control] = [named('forms?|exploitation'), named('sex|gender'), named('control')]
  const answers = answered(publication, '')
  const means = beginningOf(
    answers.flatMap((place) => fields[place]?.name ?? []).filter((name) => /control/i.test(name)),
  )
  const offered: readonly (readonly [ReadyMade['name'], readonly number[], Drawing | null])[] = [
    ['map', [country], 'map'],
    ['flows', [origin, exploitation], 'flows'],
    ['forms-by-sex', [form, sex], 'bars'],
    ['forms-by-age', [form, age], 'bars'],
    // A pyramid where there are two sides to it, else bars.
    ['sex-and-age', [age, sex], null],
    ['control', [control], 'bars'],
    ['years', [year], 'lines'],
  ]
  const asked: readonly (readonly [ReadyMade['name'], string | null])[] = [
    ...(control === -1 && means !== '' ? [['control', means] as const] : []),
    ...(answers.length > 1 ? [['answers', null] as const] : []),
  ]
  return [
    ...offered.flatMap(([name, by, as]) =>
      by.includes(-1) ? [] : [{ name, query: queryOf(publication, { by, as }) }],
    ),
    ...asked.map(([name, of]) => ({ name, query: queryOf(publication, { as: 'answers', of }) })),
  ]
}

/** What several names begin with; nothing where there are none, or where they have no beginning in common. */
function beginningOf(names: readonly string[]): string {
  const [first = '', ...others] = names
  const length = others.reduce((most, name) => {
    const differs = [...first.slice(0, most)].findIndex((letter, at) => name[at] !== letter)
    return differs === -1 ? most : differs
  }, first.length)
  return first.slice(0, length)
}
