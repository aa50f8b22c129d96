import type { EditionFigure, Holding, Standing } from '@lentera/core/edition/model'
import { projectFact, type StandingFact } from '@lentera/core/evidence/capture'
import type { FigureSource } from '@lentera/core/evidence/dissemination/edition/words'
import { FactCited } from '@lentera/core/evidence/entries'
import type { StreamState } from '@lentera/core/log/fold'
import { type Indicator, indicators } from '@lentera/core/results/indicators'
import type { Publication, PublicationHead, PublishedField } from '@lentera/core/shared/publication'
import type { ReleasedValue } from '@lentera/release/release'
import type { Viewer } from '../../access/viewer.ts'
import type { Database } from '../../database/database.ts'
import { type Frozen, figuresAt, labelsOf } from '../donor-report/frozen.ts'
import type { Population, Releases } from '../releases.ts'

/** What editions are made from. `handed`: what anybody may have, as the portal is handed it. */
export type EditionSource = {
  readonly database: Database
  readonly releases: Releases
  readonly handed: Publications
}
export type Publications = () => Promise<{
  readonly publications: readonly PublicationHead[]
  readonly publication: (address: string) => Promise<Publication | undefined>
}>

type Found = Pick<EditionFigure<ReleasedValue>, 'holds' | 'standing'>
type Withdrawn = Extract<Standing<ReleasedValue>, { is: 'withdrawn' }>

/**
 * What the figures of an edition hold, each as it was linked, and how it stands to that now. Everything that comes back may leave: open
 * figures and released ones at their cut-offs, facts that others published, and cells of what two people signed.
 */
export async function holdingsOf(
  source: EditionSource,
  viewer: Viewer,
  links: readonly (FigureSource | null)[],
): Promise<readonly Found[]> {
  const { database } = source
  const population: Population =
    viewer.country === null ? { kind: 'region' } : { kind: 'programme', programme: viewer.programme }
  const labels = await database.asPublisher((transaction) => labelsOf(transaction, population))
  const handed = await source.handed()
  const frozen = frozenAt(source, population, links)
  const found: Found[] = []
  for (const link of links) {
    if (!link) found.push(gone('two-sources'))
    else if (link.from === 'indicator') found.push(await indicatorOf(link, labels, frozen))
    else if (link.from === 'fact') found.push(await factOf(database, viewer, link))
    else found.push(await cellOf(link, handed))
  }
  return found
}

const gone = (why: Withdrawn['why'], note: string | null = null): Found => ({
  holds: { from: 'nowhere' },
  standing: { is: 'withdrawn', why, note },
})

// ---------------------------------------------------------------- an indicator at its cut-off

type OfIndicator = Extract<FigureSource, { from: 'indicator' }>

/** Each cut-off is read once, of all the periods that any figure asks for. */
function frozenAt(
  source: EditionSource,
  population: Population,
  links: readonly (FigureSource | null)[],
): (label: string) => Promise<Frozen> {
  const periods = [...new Set(links.flatMap((link) => (link?.from === 'indicator' ? [link.period] : [])))]
  const read = new Map<string, Promise<Frozen>>()
  return (label) => {
    const known = read.get(label) ?? figuresAt(source, population, label, periods)
    read.set(label, known)
    return known
  }
}

async function indicatorOf(
  link: OfIndicator,
  labels: readonly string[],
  frozen: (label: string) => Promise<Frozen>,
): Promise<Found> {
  const indicator = indicators.find(({ key }) => key === link.indicator)
  if (!indicator) return gone('no-indicator')
  if (!labels.includes(link.cutOff)) return gone('no-cut-off')
  const at = await frozen(link.cutOff)
  const { value, asOf } = await at.valueOf(indicator, link.period)
  const groups = link.by === undefined ? [] : await at.groupsOf(indicator, link.period, link.by)
  // All of a breakdown or none of it: of one part that is hidden the rest and the whole would tell.
  const areShown = groups.length > 0 && groups.every((each) => each.value.kind === 'count')
  const holds: Holding<ReleasedValue> = {
    from: 'indicator',
    value,
    unit: indicator.unit,
    asOf,
    bars: areShown ? groups : null,
  }
  const now = await countedNow(indicator, link, value, labels, frozen)
  if (link.definition !== indicator.definition)
    return { holds, standing: { is: 'moved', why: 'defined-anew', now: now && { value: now } } }
  return { holds, standing: now ? { is: 'moved', why: 'counted-anew', now: { value: now } } : { is: 'linked' } }
}

/**
 * What it is at the newest cut-off, where that is another number. Of survivors it is not said: a release beside an earlier one shows
 * what moved between them.
 */
async function countedNow(
  indicator: Indicator,
  { cutOff, period }: OfIndicator,
  was: ReleasedValue,
  [newest]: readonly string[],
  frozen: (label: string) => Promise<Frozen>,
): Promise<ReleasedValue | null> {
  if (indicator.subject !== 'open' || newest === undefined || newest === cutOff) return null
  const { value } = await (await frozen(newest)).valueOf(indicator, period)
  return JSON.stringify(value) === JSON.stringify(was) ? null : value
}

// ---------------------------------------------------------------- a fact, as one entry said it

async function factOf(
  database: Database,
  viewer: Viewer,
  { fact, said }: Extract<FigureSource, { from: 'fact' }>,
): Promise<Found> {
  const { state, coded } = await database.asViewer(viewer, async (transaction) => {
    const [stream] = await transaction.query<{ state: StreamState }>(
      'a cited fact',
      `select state from lentera.stream
       where programme = $1 and audience = 'programme' and stream = $2 and noun = 'fact'`,
      [viewer.programme, fact],
    )
    const [entry] = await transaction.query<{ coded: unknown }>(
      'the entry that cited it',
      `select text::jsonb -> 'coded' as coded from lentera.entry
       where programme = $1 and audience = 'programme' and stream = $2 and id = $3`,
      [viewer.programme, fact, said],
    )
    return { state: stream?.state, coded: entry?.coded }
  })
  const now: StandingFact | undefined = state && projectFact(state)
  const linked = FactCited.safeParse(coded).data
  if (!linked) return gone('no-fact')
  if (now?.withdrawn) return gone('fact-withdrawn', now.withdrawn.note)
  const holds = { from: 'fact', fact: linked } as const
  if (now?.said === said) return { holds, standing: { is: 'linked' } }
  return { holds, standing: { is: 'moved', why: 'cited-anew', now: now ? { fact: now.fact } : null } }
}

// ---------------------------------------------------------------- a cell of a publication

async function cellOf(
  { address, hash, codes }: Extract<FigureSource, { from: 'publication' }>,
  { publications, publication: find }: Awaited<ReturnType<Publications>>,
): Promise<Found> {
  const head = publications.find((each) => each.address === address)
  if (!head) return gone('no-publication')
  if (head.withdrawn) return gone('publication-withdrawn', head.withdrawn.why)
  const publication = await find(address)
  if (!publication) return gone('no-publication')
  const at = indicesOf(publication.fields, codes)
  const value = at && valueAt(publication, at)
  const isMoved = head.hash !== hash
  // Of another content nothing is printed as if it were of the one that was linked.
  if (isMoved) return { ...gone('no-cell'), standing: { is: 'moved', why: 'published-anew', now: null } }
  if (!at || value === undefined) return gone('no-cell')
  const cell = publication.fields.flatMap((field, place) => {
    const code = field.codes[at[place] ?? -1]
    return code && code.is !== 'total' ? [{ field: field.label, code: code.label }] : []
  })
  const { title, publisher, asOf, unit, demonstration: invented } = publication
  return {
    holds: { from: 'publication', title, publisher, asOf, unit, invented, cell, value },
    standing: { is: 'linked' },
  }
}

/** The place of each code; a field that is not named stands at its total. Undefined where a name, code or total is not there. */
function indicesOf(
  fields: readonly PublishedField[],
  codes: Readonly<Record<string, string>>,
): readonly number[] | undefined {
  if (Object.keys(codes).some((name) => !fields.some((field) => field.name === name))) return undefined
  const at = fields.map(({ name, codes: all }) =>
    all.findIndex(({ code, is }) => (codes[name] === undefined ? is === 'total' : code === codes[name])),
  )
  return at.every((place, of) => place >= 0 || codes[fields[of]?.name ?? ''] === undefined) ? at : undefined
}

/** Null where it is hidden, undefined where it was not published. Of records, how many have all of the codes. */
function valueAt({ data }: Publication, at: readonly number[]): number | null | undefined {
  if (data.kind === 'table')
    return data.cells.find(({ codes }) => codes.every((code, place) => code === at[place]))?.value
  const isOf = (codes: readonly number[]): boolean => at.every((code, place) => code < 0 || codes[place] === code)
  return data.rows.filter(({ codes }) => isOf(codes)).reduce((sum, { count }) => sum + count, 0)
}
