import type { Publication, PublishedField } from '@lentera/core/shared/publication'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type Category, categoriesOf, totalOf } from './categories.ts'

/** What somebody looks at: a choice of one publication's figures, all of it in the address. */
export type View = {
  /** The fields it is split by: none, one or two, as indices; rows first. */
  readonly by: readonly number[]
  /** By field, the one category that is left in. */
  readonly only: ReadonlyMap<number, Category>
  /** What was chosen without being asked for: a table that has no cell for all of a field shows one of its codes. */
  readonly unasked: ReadonlySet<number>
  /** As it was asked for; `drawingOf` says whether it can be. */
  readonly as: Drawing | null
  /** Of answers: those of the fields whose names begin so. */
  readonly of: string | null
}

export const drawings = ['table', 'bars', 'lines', 'map', 'flows', 'pyramid', 'answers'] as const
export type Drawing = (typeof drawings)[number]

/**
 * A view from the query of an address: `by` (a field; at most twice), `only.<field>` (a code of it), `as` (a drawing), `of` (how the
 * names of the fields begin whose answers are drawn together). What is empty was not asked for, nor is what networks and newsletters hang onto an address that is passed on. What has another name is refused, and so is what is asked for in two ways: whoever wrote `country=KH` would read the figures of all countries as those of one.
 *
 * Refuses: `portal.no-such-field` {field, allowed}, `portal.no-such-code` {field, code, allowed}, `portal.too-many-splits` {most},
 * `portal.no-such-drawing` {drawing, allowed}, `portal.query-too-long` {most}, `portal.no-such-part` {part, allowed}, `portal.asked-twice` {part}.
 */
export function readView(publication: Publication, query: string): Decision<View> {
  if (query.length > longest) return refuse('portal.query-too-long', { most: longest })
  const parts = [...new URLSearchParams(query)].filter(([name]) => !hungOn.test(name))
  const asked = parts.filter(([, value]) => value !== '')
  const { fields } = publication
  const other = parts.find(([name]) => !plainParts.includes(name) && !name.startsWith(onlyPrefix))
  if (other)
    return refuse('portal.no-such-part', {
      part: cut(other[0]),
      allowed: listed([...plainParts, ...fields.map(({ name }) => `${onlyPrefix}${name}`)]),
    })
  const twice = asked.find(
    ([name, value]) => name !== 'by' && asked.some(([each, said]) => each === name && said !== value),
  )
  if (twice) return refuse('portal.asked-twice', { part: cut(twice[0]) })
  const placeOf = (name: string): number => fields.findIndex((field) => field.name === name)
  const noSuchField = (field: string) =>
    refuse('portal.no-such-field', { field: cut(field), allowed: listed(fields.map(({ name }) => name)) })

  const by: number[] = []
  const only = new Map<number, Category>()
  let as: Drawing | null = null
  let of: string | null = null
  for (const [name, value] of asked) {
    if (name === 'by') {
      const place = placeOf(value)
      if (place === -1) return noSuchField(value)
      if (!by.includes(place)) by.push(place)
    } else if (name.startsWith(onlyPrefix)) {
      const place = placeOf(name.slice(onlyPrefix.length))
      const field = fields[place]
      if (!field) return noSuchField(name.slice(onlyPrefix.length))
      const categories = categoriesOf(publication, place)
      const chosen = categories.find(({ code }) => code === value)
      // The code of all together is what stands there anyhow.
      if (!chosen && field.codes.some(({ code, is }) => code === value && is === 'total')) continue
      if (!chosen)
        return refuse('portal.no-such-code', {
          field: field.name,
          code: cut(value),
          allowed: listed(categories.map(({ code }) => code)),
        })
      only.set(place, chosen)
    } else if (name === 'as') {
      const drawing = drawings.find((each) => each === value)
      if (!drawing) return refuse('portal.no-such-drawing', { drawing: cut(value), allowed: listed(drawings) })
      as = drawing
    } else {
      if (answered(publication, value).length === 0) return noSuchField(value)
      of = value
    }
  }
  if (by.length > mostSplits) return refuse('portal.too-many-splits', { most: mostSplits })
  const unasked = new Set<number>()
  fields.forEach((field, place) => {
    if (by.includes(place) || only.has(place) || !needsChoice(publication, field)) return
    const chosen = usual(field.kind, categoriesOf(publication, place))
    if (chosen) only.set(place, chosen)
    unasked.add(place)
  })
  return accept({ by, only, unasked, as, of })
}

/** By which pages follow who passed an address on; this one follows nobody, and shows what the address says without them. */
const hungOn = /^(utm_\w+|fbclid|gclid|dclid|msclkid|igshid|twclid|ttclid|li_fat_id|mc_cid|mc_eid|_hs\w+)$/

/** Whether a field must be chosen from or split by: counts of a table are added up by whoever made it, and by nobody after. */
export function needsChoice({ data }: Publication, field: PublishedField): boolean {
  return data.kind === 'table' && totalOf(field) === undefined
}

/** The query of a view, the same for the same view; empty for the view that an empty query gives. */
export function queryOf({ fields }: Publication, view: Partial<View>): string {
  const query = new URLSearchParams()
  for (const [place, { code }] of [...(view.only ?? [])].toSorted(([a], [b]) => a - b))
    if (!view.unasked?.has(place)) query.append(`${onlyPrefix}${fields[place]?.name}`, code)
  for (const place of view.by ?? []) query.append('by', fields[place]?.name ?? '')
  if (view.as) query.append('as', view.as)
  if (view.of) query.append('of', view.of)
  return query.toString()
}

/** The fields that are answered with yes or no and whose names begin so: several may hold of one person, so that none is a part of another. */
export function answered({ fields }: Publication, beginning: string): readonly number[] {
  return fields.flatMap(({ kind, name }, place) => (kind === 'yes-no' && name.startsWith(beginning) ? [place] : []))
}

export const onlyPrefix = 'only.'
const plainParts: readonly string[] = ['by', 'as', 'of']
const mostSplits = 2
const longest = 4000

/** Of years the last, of everything else the first that is known. */
function usual(kind: PublishedField['kind'], categories: readonly Category[]): Category | undefined {
  const known = categories.filter(({ isUnknown }) => !isUnknown)
  return (kind === 'year' ? known.at(-1) : known[0]) ?? categories[0]
}

// ---------------------------------------------------------------- how it can be drawn

/** The ways a view can be drawn, what reads best first; two fields of which one is a year can be lines, and so on. */
export function drawingsFor(publication: Publication, { by }: Pick<View, 'by'>): readonly [Drawing, ...Drawing[]] {
  const [first, second] = by.map((place) => publication.fields[place])
  if (!first) return answered(publication, '').length > 0 ? ['table', 'answers'] : ['table']
  if (!second) {
    if (first.kind === 'year') return ['lines', 'bars', 'table']
    return isCountry(first) ? ['bars', 'map', 'table'] : ['bars', 'table']
  }
  const kinds = [first.kind, second.kind]
  if (kinds.includes('country-of-origin') && kinds.includes('country-of-exploitation'))
    return ['flows', 'table', 'bars']
  if (kinds.includes('year')) return ['lines', 'bars', 'table']
  const sides = publication.fields.findIndex((field) => field === (first.kind === 'age' ? second : first))
  const known = categoriesOf(publication, sides).filter(({ isUnknown }) => !isUnknown)
  if (kinds.includes('age') && known.length === 2) return ['pyramid', 'bars', 'table']
  return ['bars', 'table']
}

/** How a view is drawn, and whether that is what was asked for. */
export function drawingOf(publication: Publication, view: View): { readonly as: Drawing; readonly isAsked: boolean } {
  const possible = drawingsFor(publication, view)
  const asked = view.as !== null && possible.includes(view.as)
  return { as: asked && view.as !== null ? view.as : possible[0], isAsked: asked || view.as === null }
}

export const isCountry = ({ kind }: PublishedField): boolean =>
  kind === 'country' || kind === 'country-of-origin' || kind === 'country-of-exploitation'

// ---------------------------------------------------------------- what a refusal says back

const cut = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 30).map(cut).join(', ')
  return names.length > 30 ? `${shown}, …` : shown
}
