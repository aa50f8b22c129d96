import type * as z from 'zod'
import type { Precision } from '../shared/dates.ts'
import { precisionOf } from '../shared/dates.ts'
import { accept, type Decision, refuse } from '../shared/refusals.ts'
import type { Role } from '../shared/roles.ts'
import type { Entry } from './entry.ts'

/**
 * What a stream is about. Its noun decides who may see it (`server/access`): the programme, an organisation, a case's team.
 * Records about what an organisation does, and about nobody who could be harmed, are the organisation's (`ofOrganisation`).
 */
export const nouns = [
  'programme',
  'organisation',
  'case',
  'participant',
  'story',
  'criminal-case',
  'person-link',
  'data-set',
  'fact',
  'code-list',
  'training-session',
  'headcount',
  'workforce-flow',
  'post',
  'officer',
  'cover-plan',
  'roster',
  'cover-release',
  'recommendation',
  'reform',
  'outreach',
  'sample',
  'reach',
  'product',
  'edition',
  'event',
  'training-module',
  'sheet-mapping',
  'national-trainer',
  'self-care-request',
  'self-care-webinar',
  'phase',
  'baseline',
  'target',
  'rate-table',
  'donor-report',
  'survey',
  'survey-sheet',
  'survey-remark',
  'barrier',
  'holding',
  'release-budget',
  'publication',
] as const
export type StreamNoun = (typeof nouns)[number]

/**
 * Those about one person (or one crossing post, which is as protected), whose texts are sealed for her team: such a stream has keys of its own, which follow the team, and
 * its opening entry names the person they are for (`personOf`). A criminal case is about several, and its keys are the case's.
 */
export const keyed: ReadonlySet<StreamNoun> = new Set([
  'case',
  'participant',
  'story',
  'criminal-case',
  'post',
  'officer',
  'survey-remark',
  'cover-plan',
  'roster',
])

/** What a programme plans, and everyone of it reads: when a phase is, what an indicator stood at, what it aims at. */
export const planned: ReadonlySet<StreamNoun> = new Set(['phase', 'baseline', 'target'])

/** What may be published, at what price, and what was: said to all who work here, and none of it of a person. */
export const published: ReadonlySet<StreamNoun> = new Set(['holding', 'release-budget', 'publication'])

/** What everyone of the programme reads. */
export const ofProgramme: ReadonlySet<StreamNoun> = new Set([
  'programme',
  'data-set',
  'fact',
  'code-list',
  'rate-table',
  ...planned,
  ...published,
])

/**
 * What is handed in and read by no device again, that of its author included: an officer was promised that nobody sees her answers.
 * The server counts them, and shows of them what the release room lets through.
 */
export const handedIn: ReadonlySet<StreamNoun> = new Set(['survey-sheet'])

/**
 * What officers answer, and what they write in words of their own: counted in no number that a device shows. Whoever handed it to one
 * of them would see by such a number whether she handed something in, wrote something, or declined.
 */
export const ofOfficersAsked: ReadonlySet<StreamNoun> = new Set([...handedIn, 'survey-remark'])

/** Whose rows everyone of the organisation may read: figures over them open to rows. */
export const ofOrganisation: ReadonlySet<StreamNoun> = new Set([
  'training-session',
  'headcount',
  'workforce-flow',
  'cover-release',
  'recommendation',
  'reform',
  'outreach',
  'sample',
  'reach',
  'product',
  'edition',
  'event',
  'training-module',
  'sheet-mapping',
  'national-trainer',
  'self-care-request',
  'self-care-webinar',
  'donor-report',
  'survey',
  'barrier',
])

/**
 * A kind of entry, declared once: what it may hold, what it changes, and who may write it. Device and server read the
 * same declaration.
 */
export type Kind = {
  readonly kind: string
  readonly version: number
  /** `keyed`: any stream that has keys. Such a kind does not say what its stream is about (`nounOf`). */
  readonly stream: StreamNoun | 'keyed'
  /** True where this kind is the first entry of its stream. */
  readonly opens: boolean
  /**
   * Which record the entry's fields are set on: the stream's own (`stream`), a new one named by the entry's id
   * (`itself`), or the one that `coded.record` names (`named`: corrections and additions).
   */
  readonly sets: 'stream' | 'itself' | 'named'
  readonly who: readonly Role[]
  readonly coded: z.ZodObject
  readonly sealed: readonly string[]
  readonly precisions: readonly Precision[]
  /** `sealed`: device time would tell when she came, so `at` is null and the exact time is a sealed field. */
  readonly time: 'clear' | 'sealed'
  /** From the coded fields of version n - 1 to those of n, for n = 2 ... version. Storage is never rewritten. */
  readonly upcasts?: Readonly<Record<number, (coded: Entry['coded']) => Entry['coded']>>
}

/** What the stream of such an entry is about; undefined where the kind does not say. */
export const nounOf = (kind: Kind | undefined): StreamNoun | undefined =>
  kind?.stream === 'keyed' ? undefined : kind?.stream

/** The kinds a programme of this version knows, by name. */
export type Kinds = ReadonlyMap<string, Kind>

export function gatherKinds(...rooms: readonly (readonly Kind[])[]): Kinds {
  const kinds = new Map<string, Kind>()
  for (const kind of rooms.flat()) {
    if (kinds.has(kind.kind)) throw new TypeError(`${kind.kind} is declared twice`)
    for (let version = 2; version <= kind.version; version++) {
      if (!kind.upcasts?.[version]) throw new TypeError(`${kind.kind} has no way from version ${version - 1} on`)
    }
    kinds.set(kind.kind, kind)
  }
  return kinds
}

export type Reading =
  | { readonly known: true; readonly kind: Kind; readonly coded: Entry['coded'] }
  | { readonly known: false }

/** The entry as this version understands it: upcast to the declared version, or not known (kept, and it stops nothing). */
export function read(kinds: Kinds, entry: Entry): Reading {
  const kind = kinds.get(entry.kind)
  if (!kind || entry.version > kind.version) return { known: false }
  const coded = upcast(kind, entry)
  return coded ? { known: true, kind, coded } : { known: false }
}

/** Whether the entry holds what its kind allows. An unknown kind or version passes: it is kept for a later version. */
export function check(kinds: Kinds, entry: Entry): Decision<Reading> {
  const reading = read(kinds, entry)
  if (!reading.known) {
    const declared = kinds.get(entry.kind)
    return declared && entry.version <= declared.version
      ? refuse('log.coded-field-not-allowed', { kind: entry.kind, field: '' })
      : accept(reading)
  }
  const { kind } = reading
  const coded = kind.coded.safeParse(reading.coded)
  if (!coded.success) {
    const field = coded.error.issues[0]?.path.join('.') || coded.error.issues[0]?.code || ''
    return refuse('log.coded-field-not-allowed', { kind: kind.kind, field })
  }
  const stranger = Object.keys(entry.sealed).find((field) => !kind.sealed.includes(field))
  if (stranger !== undefined) return refuse('log.sealed-field-not-allowed', { kind: kind.kind, field: stranger })
  if (!kind.precisions.includes(precisionOf(entry.on))) {
    return refuse('log.date-precision', { kind: kind.kind, allowed: kind.precisions.join(', ') })
  }
  if ((kind.time === 'sealed') !== (entry.at === null)) return refuse('log.time-not-as-declared', { kind: kind.kind })
  if (kind.time === 'sealed' && (entry.id[14] !== '4' || timed.test(entry.stream)))
    return refuse('log.id-tells-time', { kind: kind.kind })
  return accept(reading)
}

/** UUIDs that hold the moment they were made (RFC 9562: versions 1, 2, 6 and 7). */
const timed = /^.{14}[1267]/

/** The coded fields as the declared version has them; undefined where they are not even what their own version allowed. */
function upcast(kind: Kind, entry: Entry): Entry['coded'] | undefined {
  let coded = entry.coded
  for (let version = entry.version + 1; version <= kind.version; version++) {
    const step = kind.upcasts?.[version]
    if (!step) return undefined
    try {
      coded = step(coded)
    } catch {
      // An upcast trusts the shape of its version, which no schema has checked: a forged entry may lack it.
      return undefined
    }
  }
  return coded
}
