/**
 * How each indicator is counted over what happened (`happened` in `what-stands.sql`), said once more and independently: of
 * what, whether persons or how often, of which part, and whether that is a share.
 */
export type Recount = {
  readonly of: string
  readonly counts: 'persons' | 'contacts' | 'newest' | 'bands'
  /** Of `newest`: into which parts an agency is told apart. */
  readonly told?: 'place' | 'rank'
  /** Of `bands`: which of them is the part. */
  readonly band?: string
  readonly part?: Readonly<Record<string, string>>
  readonly as?: 'share' | 'sample'
  readonly qualified?: true
}

const women = { sex: 'female' }

/** By the key of the indicator. One that is not here fails the build. */
export const recounts: Readonly<Record<string, Recount>> = {
  'survivors-supported': { of: 'service', counts: 'persons' },
  'services-delivered': { of: 'service', counts: 'contacts' },
  'survivors-received': { of: 'case', counts: 'persons' },
  'criminal-cases-followed': { of: 'stage', counts: 'persons' },
  'accused-persons': { of: 'accused', counts: 'persons' },
  'perpetrators-sentenced': { of: 'sentence', counts: 'persons' },
  'criminal-cases-with-compensation': { of: 'compensation', counts: 'persons' },
  'women-trained-in-livelihoods': { of: 'course', counts: 'persons' },
  'women-given-livelihood-support': { of: 'grant', counts: 'persons' },
  'women-whose-business-was-followed-up': { of: 'follow-up', counts: 'persons' },
  'stories-with-consent': { of: 'story', counts: 'persons' },
  'knowledge-products-published': { of: 'product', counts: 'contacts' },
  'copies-distributed': { of: 'copies', counts: 'contacts', qualified: true },
  downloads: { of: 'downloads', counts: 'contacts', qualified: true },
  'events-held': { of: 'event', counts: 'contacts' },
  'audiences-met': { of: 'met', counts: 'contacts' },
  'event-participants': { of: 'participant', counts: 'contacts' },
  'women-among-event-participants': { of: 'participant', counts: 'contacts', part: women, as: 'share' },
  'officers-trained': { of: 'attendance', counts: 'persons' },
  'women-among-officers-trained': { of: 'attendance', counts: 'persons', part: women, as: 'share' },
  'training-sessions-held': { of: 'session', counts: 'contacts' },
  'training-modules': { of: 'module', counts: 'contacts' },
  'module-language-versions': { of: 'language', counts: 'contacts' },
  'module-languages-reviewed': { of: 'language', counts: 'contacts', part: { state: 'reviewed' }, as: 'share' },
  'national-trainers-certified': { of: 'certificate', counts: 'persons', part: { certificate: 'standing' } },
  'trainer-certificates-given': { of: 'certificate', counts: 'contacts' },
  'self-care-requests': { of: 'request', counts: 'contacts' },
  'self-care-webinars-held': { of: 'webinar', counts: 'contacts' },
  'self-care-attendances': { of: 'at-webinar', counts: 'contacts' },
  'women-share-by-place': { of: 'officers', counts: 'newest', told: 'place', part: women, as: 'share' },
  'women-share-by-rank': { of: 'officers', counts: 'newest', told: 'rank', part: women, as: 'share' },
  'women-share-of-recruits': { of: 'recruits', counts: 'newest', told: 'place', part: women, as: 'share' },
  'shifts-with-a-trained-woman': { of: 'cover', counts: 'bands', band: 'present' },
  'shifts-with-a-trained-woman-on-call': { of: 'cover', counts: 'bands', band: 'onCall' },
  'recommendations-followed': { of: 'recommendation', counts: 'contacts' },
  'reforms-by-kind': { of: 'reform', counts: 'contacts' },
  'women-reached-contacts': { of: 'reached', counts: 'contacts', part: women },
  'women-reached-persons': { of: 'reached', counts: 'persons', part: women },
  'women-more-aware': { of: 'asked', counts: 'contacts', part: { answer: 'more-aware' }, as: 'sample' },
  'people-reached-contacts': { of: 'reached', counts: 'contacts' },
  'outreach-sessions-held': { of: 'outreach', counts: 'contacts' },
  'videos-shown': { of: 'shown', counts: 'contacts', part: { channel: 'video' } },
  'reach-visits': { of: 'visits', counts: 'contacts', qualified: true },
  'reach-views': { of: 'views', counts: 'contacts', qualified: true },
  'reach-people-claimed': { of: 'claimed', counts: 'contacts', qualified: true },
}

type Key = Readonly<Record<string, string>>
type Interval = { readonly low: number; readonly high: number }
/** One cell of `cell` in `count.sql`. */
export type Cell = Interval & { readonly dims: Key; readonly contacts: number }

/** What a figure must say for one key of its breakdowns, from the cells of its period and scope; null where nothing happened. */
export function expected(recount: Recount, cells: ReadonlyMap<string, Cell>, key: Key): object | null {
  const { counts, part, as, qualified } = recount
  const at = (values: Key): Interval => {
    const cell = cells.get(nameOf({ ...key, ...values }))
    if (!cell) return { low: 0, high: 0 }
    return counts === 'persons' ? { low: cell.low, high: cell.high } : { low: cell.contacts, high: cell.contacts }
  }
  if (!cells.has(nameOf(key))) return null
  const whole = at({})
  if (!part) return { kind: 'count', count: whole, ...(qualified ? qualifierOf(at) : {}) }
  const sure = at(part)
  if (as === undefined) return { kind: 'count', count: sure }
  if (as === 'sample')
    return whole.high === 0
      ? null
      : { kind: 'sample', said: sure.high, asked: whole.high, percentTenths: share(sure.high, whole.high) }
  const open = Object.keys(part).flatMap((name) => [
    at({ ...part, [name]: 'unknown' }),
    at({ ...part, [name]: 'unsettled' }),
  ])
  const high = Math.min(
    whole.high,
    open.reduce((sum, each) => sum + each.high, sure.high),
  )
  return {
    kind: 'ratio',
    numerator: { low: sure.low, high },
    denominator: whole,
    percentTenths: { low: share(sure.low, whole.high), high: Math.min(1000, share(high, whole.low)) },
  }
}

function qualifierOf(at: (values: Key) => Interval): { qualifier?: string } {
  const has = (qualifier: string): boolean => at({ qualifier }).high > 0
  if (has('about') || has('unsettled')) return { qualifier: 'about' }
  return has('at-least') ? { qualifier: 'at-least' } : {}
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((1000 * part) / whole))

/** A key as one text, whatever order its names came in. */
export const nameOf = (key: Key): string =>
  Object.keys(key)
    .sort()
    .map((name) => `${name}=${key[name]}`)
    .join('&')
