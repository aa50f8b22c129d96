import type { Refusal } from '@lentera/core/shared/refusals'
import type {
  Action,
  Because,
  Forbidden,
  Gap,
  HumaneOption,
  Proof,
  ProofPart,
  RuleOfPlan,
  YearCaps,
} from '@lentera/planner/plan'
import type { Translate } from '@lentera/ui/catalogues/text'
import type { Formats } from '@lentera/ui/parts'

/** How posts and officers are called on this device. What a plan holds are keys. */
export type Names = {
  readonly post: (key: string) => string
  readonly officer: (key: string) => string
}

export type Say = { readonly t: Translate; readonly format: Formats; readonly names: Names }

/** What is to be done, in one sentence. */
export function sayAction(action: Action, { t, format, names }: Say): string {
  const count = action.count
  switch (action.kind) {
    case 'facility':
      return t('cover.do.facility', { post: names.post(action.post), facility: sayFacility(action.facility, t) })
    case 'train':
      return t(action.isRenewal ? 'cover.do.renew' : 'cover.do.train', { count, post: names.post(action.post) })
    case 'move':
      return t(action.isVolunteer ? 'cover.do.volunteer' : 'cover.do.move', {
        count,
        from: names.post(action.from),
        to: names.post(action.to),
        km: format.number(Math.round(action.km)),
      })
    case 'hire':
      return t('cover.do.hire', { count, post: names.post(action.post) })
    case 'pool':
      return t('cover.do.pool', {
        one: names.post(action.posts[0]),
        other: names.post(action.posts[1]),
        minutes: format.number(Math.round(action.minutes)),
      })
    case 'day-only':
      return t('cover.do.day-only', { post: names.post(action.post) })
  }
}

/** The people it touches, by what the agency calls them. Empty where only numbers are known. */
export const peopleOf = (action: Action, { names }: Pick<Say, 'names'>): readonly string[] =>
  'who' in action ? action.who.officers.map(names.officer) : []

/**
 * Why the shifts of a post stay uncovered: what it needs and has, what each way could add, and why not more. What the option forgoes by
 * itself is told as that, and not as a limit that somebody set.
 */
export function sayProof(proof: Proof, option: HumaneOption['key'], say: Say): readonly string[] {
  const { t, format } = say
  const forgoes = forgoneBy(option)
  const opening = t('cover.proof.needs', {
    hours: format.number(proof.hoursAWeek),
    needs: proof.needs,
    has: proof.has,
  })
  const whatever = forgoes ? 'cover.proof.missing-in-option' : 'cover.proof.missing'
  const closing = proof.missing > 0 ? [t(whatever, { missing: proof.missing })] : []
  return [opening, ...proof.parts.map((part) => sayPart(part, part.way === forgoes, say)), ...closing]
}

/** The way that an option does without. */
export const forgoneBy = (option: HumaneOption['key']): ProofPart['way'] | undefined =>
  option === 'no-moves' ? 'move' : option === 'no-hires' ? 'hire' : undefined

function sayPart({ way, can, nearest, because }: ProofPart, isForgone: boolean, say: Say): string {
  const { t, format, names } = say
  const from =
    nearest && nearest.count > 0
      ? t('cover.proof.nearest', {
          post: names.post(nearest.post),
          count: nearest.count,
          minutes: format.number(Math.round(nearest.minutes)),
        })
      : ''
  const reasons = because.filter(isSaid)
  const own = isForgone ? reasons.filter(({ code }) => !isOfOption.has(code)) : reasons
  return [
    t(`cover.proof.${way}`, { count: can }),
    from,
    ...own.map((each) => sayBecause(each, say)),
    own.length < reasons.length ? t(`cover.because.option-${way}`) : '',
  ]
    .filter((text) => text !== '')
    .join(' ')
}

/** How an option that forgoes moves or hires is told to the planner. */
export const isOfOption: ReadonlySet<Because['code']> = new Set(['cap', 'moves-not-allowed'])

/** A reason that takes away nobody is none; three stand for themselves, without a number. */
export const isSaid = ({ code, count }: Because): boolean => count > 0 || unnumbered.has(code)
const unnumbered: ReadonlySet<Because['code']> = new Set([
  'no-volunteer-near',
  'moves-not-allowed',
  'pooling-not-allowed',
])

const sayBecause = ({ code, count, facilities }: Because, { t }: Pick<Say, 't'>): string =>
  t(`cover.because.${code}`, { count, facilities: facilities.map((each) => sayFacility(each, t)).join(', ') })

export const sayWhy = ({ why }: Pick<Gap, 'why'>, t: Translate): string => t(`cover.why.${why}`)

/** A facility by its word; a name of the agency's own stays as it is. */
export function sayFacility(facility: string, t: Translate): string {
  return facilities.has(facility) ? t(`cover.facility.${facility}`) : facility
}

const facilities: ReadonlySet<string> = new Set(['toilets', 'lodging', 'changingRoom', 'childCare'])

/** What was struck out. */
export function sayForbidden({ kind, post, from, to }: Forbidden, { t, names }: Say): string {
  const said = (key: string | null): string => (key === null ? '' : names.post(key))
  return t(`cover.struck.${kind ?? 'move'}`, { post: said(post), from: said(from), to: said(to) })
}

/** A refusal of the planner, whose values are keys, as this agency calls what it speaks of. */
export function namedIn<R extends Refusal>(refusal: R, names: Names): R {
  const values = Object.fromEntries(
    Object.entries(refusal.values).map(([field, value]) => [
      field,
      typeof value !== 'string' ? value : people.has(field) ? names.officer(value) : names.post(value),
    ]),
  )
  return { ...refusal, values }
}

const people: ReadonlySet<string> = new Set(['officer', 'person'])

/** One of the rules that contradict each other. */
export function sayRule(
  { rule, post, year, of, limit }: RuleOfPlan,
  { t, format, names }: Pick<Say, 't' | 'names'> & { readonly format: Pick<Formats, 'number'> },
): string {
  const isAll = rule === 'cap' ? year === null : post === null && everywhere.has(rule)
  const name = rule === 'cap' && of === 'budget' ? 'cap-budget' : rule
  return t(`cover.rule.${name}${isAll ? '-all' : ''}`, {
    post: post === null ? '' : names.post(post),
    year: year === null ? '' : format.number(year),
    of: of === null || !isCap(of) ? '' : t(capNames[of]),
    limit: limit === null ? '' : format.number(limit),
  })
}

/** Rules that may be meant of one post, or of all of them together. */
const everywhere: ReadonlySet<RuleOfPlan['rule']> = new Set(['not-alone', 'fixed', 'forbidden'])

/** What each limit is a limit of: none is told by its own key. */
export const capNames = {
  trainings: 'cover.assume.capTrainings',
  moves: 'cover.assume.capMoves',
  hires: 'cover.assume.capHires',
  facilities: 'cover.assume.capFacilities',
  pools: 'cover.cap.pools',
  dayOnly: 'cover.assume.capDayOnly',
  budget: 'cover.assume.capBudget',
} as const satisfies Record<keyof YearCaps, string>

const isCap = (of: keyof YearCaps | Action['kind']): of is keyof YearCaps => Object.hasOwn(capNames, of)
