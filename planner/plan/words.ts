import type { CivilDate } from '@lentera/core/shared/dates'
import type { Refusal } from '@lentera/core/shared/refusals'

/**
 * A plan for the crossings of one agency: which facilities, trainings, hires, volunteers' moves and shared on-call duties
 * put a trained woman on every shift, over one to five years. Everything stays in the agency: keys are pseudonyms.
 *
 * Units: minutes, kilometres, months; money in whole units of the agency's own currency; cover in shifts of 28 days.
 */
export type PostKey = string
export type OfficerKey = string
export type GroupKey = string
export type ShiftKey = string
export type FacilityKey = string
/** 1 is the twelve months that begin on the day the problem starts on. */
export type PlanYear = number

// ---------------------------------------------------------------- posts

/** A shift that the post is open for, on `daysAWeek` days of each week (7: every day). Three of 480 minutes are 24 hours. */
export type OpenShift = {
  readonly key: ShiftKey
  /** Minutes after midnight. */
  readonly starts: number
  readonly minutes: number
  readonly daysAWeek: number
}

/** Unknown is not safe: it is asked for, and nobody is sent there before it is known. */
export type HasFacility = 'yes' | 'no' | 'unknown'

export type Post = {
  readonly key: PostKey
  /** Both null: nobody has said where it is. Nobody is moved to it or from it, and it shares only where the minutes are known. */
  readonly latitude: number | null
  readonly longitude: number | null
  readonly shifts: readonly OpenShift[]
  /** The shifts it would keep if its hours were cut to the day; null: its hours must not be cut. */
  readonly dayShifts: readonly ShiftKey[] | null
  /** Travellers a day; null: not known. */
  readonly flow: number | null
  /** How much one uncovered shift here weighs; above 0, 1 is usual. */
  readonly risk: number
  /** A facility that is not named is unknown. */
  readonly facilities: Readonly<Record<FacilityKey, HasFacility>>
  /** Women who can be hired or moved here in all the years of the plan, beyond those who leave it; null: not bounded. */
  readonly vacancies: number | null
  /** A shift without a trained woman here is refused, whatever it costs. */
  readonly mustBeCovered: boolean
}

// ---------------------------------------------------------------- who serves

/** `until`: the last day the certificate is valid; null: it does not expire. */
export type Training = { readonly isTrained: false } | { readonly isTrained: true; readonly until: CivilDate | null }

/** What she has said. Whoever has said nothing is `no`, and nothing tells the two apart. */
export type MayMove = {
  readonly kind: 'no' | 'volunteer' | 'if-asked'
  /** From her home, or her post where no home is given; null: not bounded. */
  readonly mostKm: number | null
  /** null: anywhere but `notTo`. */
  readonly onlyTo: readonly PostKey[] | null
  readonly notTo: readonly PostKey[]
}

type Serves = {
  readonly post: PostKey
  readonly isWoman: boolean
  readonly training: Training
  readonly mayBeTrained: boolean
  readonly mayMove: MayMove
  /** May be called to a neighbouring post. */
  readonly isOnCall: boolean
}

export type Officer = Serves & {
  readonly key: OfficerKey
  readonly home: { readonly latitude: number; readonly longitude: number } | null
}

/** Officers who are alike, where an agency gives numbers and no persons. */
export type OfficerGroup = Serves & { readonly key: GroupKey; readonly count: number }

// ---------------------------------------------------------------- rules, costs, caps

/**
 * What is always so, whatever the rules: no woman leaves a post that she keeps covered, a post to which women come sends
 * none away, nobody is moved who said no, and only a hand moves a woman who is not trained when she comes: the plan sends
 * nobody for company alone.
 */
export type PlanRules = {
  /** Share of a person's shifts lost to leave, illness, courses: 0.15 is 15 %. */
  readonly absence: number
  /** The most shifts and minutes of one person in 28 days, before absence: 20, and 9,600 (20 shifts of 8 hours). */
  readonly shiftsPerPerson: number
  readonly minutesPerPerson: number
  /** Trained women on every shift; usually 1. */
  readonly womenPerShift: number
  /**
   * Nobody is posted alone. A woman is moved or hired only to a post where from that year on at least `women` women serve
   * (she among them), and where all officers together (the plan's included) suffice for `officersPerShift` on every shift
   * of its full hours. 0: the rule is off (an agency that gives its women alone cannot know).
   */
  readonly together: { readonly women: number; readonly officersPerShift: number }
  /** Without any of these nobody is moved or hired to a post: separate toilets, safe lodging. */
  readonly facilitiesNeeded: readonly FacilityKey[]
  /** `volunteers`: only they; `if-asked`: also those who would go when asked. Nobody is ever moved who said no. */
  readonly moves: 'none' | 'volunteers' | 'if-asked'
  readonly mostMoveKm: number
  /** Of the posts within reach that lack women, only so many of the nearest are weighed for each woman; 12 if not given. */
  readonly nearestPosts?: number
  /**
   * Two neighbouring posts may share their trained women on call when the way takes at most `minutes`. 0: no pooling.
   * `hires`: whether women who are hired may be called. A woman is moved to a post in a pool only if she may be called as
   * they may; a post in a pool sends nobody away.
   */
  readonly onCall: { readonly minutes: number; readonly hires: boolean }
  /** How far an hour's drive goes as the crow flies, and ways whose minutes are known. */
  readonly travel: {
    readonly kmPerHour: number
    readonly known: readonly { readonly from: PostKey; readonly to: PostKey; readonly minutes: number }[]
  }
  /** Share of women who leave the service in a year; expected, so a post may count 4.75 women. */
  readonly attrition: number
  /** Months from the beginning of the year an action is decided in until it counts: 0 to 12 counts at the end of that year. */
  readonly leadMonths: { readonly training: number; readonly hiring: number; readonly facility: number }
}

/** Money. Hiring includes the training; pooling and day-only hours cost for every year they are in force. */
export type PlanCosts = {
  readonly training: number
  readonly move: number
  readonly movePerKm: number
  readonly hire: number
  /** A facility that is not named cannot be built. */
  readonly facility: Readonly<Record<FacilityKey, number>>
  readonly poolYear: number
  readonly dayOnlyYear: number
}

/**
 * How much each action changes people's lives: what "the fewest changes" counts. Facilities, hiring and volunteers come
 * before moves, so a move that is not a volunteer's must weigh most of those.
 */
export type ChangeWeights = {
  readonly facility: number
  readonly training: number
  readonly pool: number
  readonly hire: number
  readonly volunteerMove: number
  readonly move: number
  /** On top, for each 100 km. */
  readonly movePer100Km: number
  readonly dayOnly: number
}

/** The most of each in a year; null: not bounded. */
export type YearCaps = {
  readonly trainings: number | null
  readonly moves: number | null
  readonly hires: number | null
  readonly facilities: number | null
  readonly pools: number | null
  readonly dayOnly: number | null
  readonly budget: number | null
}

/**
 * `every-shift`: first as few missing trained women as can be in the last year, then the fewest changes.
 * `most-cover`: the most risk-weighted cover for `budget` (of all years; null: not bounded) and the caps. `counts: shifts`
 * adds up covered shifts, `posts` the posts that are covered at every shift; the mean over the years, as sooner is better.
 */
export type Aim =
  | { readonly kind: 'every-shift'; readonly budget: number | null }
  | { readonly kind: 'most-cover'; readonly budget: number | null; readonly counts: 'shifts' | 'posts' }

export type PlanProblem = {
  readonly startsOn: CivilDate
  /** 1 to 5. Cover is judged at the end of each year. */
  readonly years: number
  readonly posts: readonly Post[]
  readonly officers: readonly Officer[]
  readonly groups: readonly OfficerGroup[]
  readonly rules: PlanRules
  readonly costs: PlanCosts
  readonly changes: ChangeWeights
  /** One a year. */
  readonly caps: readonly YearCaps[]
  readonly aim: Aim
  /** Actions a hand has set: they stand as they are. */
  readonly fixed: readonly Action[]
  /** Actions a hand has struck out: none that fits any of these is taken. */
  readonly forbidden: readonly Forbidden[]
}

// ---------------------------------------------------------------- actions

/** Which people: named where individuals are known, by group where only numbers are. The counts add up to the action's. */
export type Who = {
  readonly officers: readonly OfficerKey[]
  readonly groups: readonly { readonly group: GroupKey; readonly count: number }[]
}

type Acts = { readonly year: PlanYear; readonly count: number; readonly cost: number }

export type FacilityAction = Acts & {
  readonly kind: 'facility'
  readonly post: PostKey
  readonly facility: FacilityKey
}
export type TrainAction = Acts & {
  readonly kind: 'train'
  /** Where she serves at the beginning of the plan. */
  readonly post: PostKey
  readonly who: Who
  /** She holds a certificate that would expire within the plan. */
  readonly isRenewal: boolean
}
/** One whose count is above 1 has people of one `from`, `to`, year and kind. She serves at `to` at the end of that year. */
export type MoveAction = Acts & {
  readonly kind: 'move'
  readonly from: PostKey
  readonly to: PostKey
  readonly km: number
  readonly isVolunteer: boolean
  readonly who: Who
}
export type HireAction = Acts & { readonly kind: 'hire'; readonly post: PostKey }
/** From `year` on. A post is in one pool at most; the two keys stand in the order of the problem's posts. */
export type PoolAction = Acts & {
  readonly kind: 'pool'
  readonly posts: readonly [PostKey, PostKey]
  readonly minutes: number
}
/** From `year` on the post is open for its `dayShifts` alone. */
export type DayOnlyAction = Acts & {
  readonly kind: 'day-only'
  readonly post: PostKey
  readonly closes: readonly ShiftKey[]
}
export type Action = FacilityAction | TrainAction | MoveAction | HireAction | PoolAction | DayOnlyAction

/** What is not given fits everything. `post`: either end of a move, either post of a pool. */
export type Forbidden = {
  readonly kind: Action['kind'] | null
  readonly post: PostKey | null
  readonly from: PostKey | null
  readonly to: PostKey | null
  /** An officer's or a group's. */
  readonly who: OfficerKey | GroupKey | null
  readonly year: PlanYear | null
}

// ---------------------------------------------------------------- the answer

/**
 * A post at the end of one year. `needed` shifts in 28 days (those it is still open for), `closed` those that day-only
 * hours closed; `own` what its trained women cover, `onCall` what a neighbour's do, `covered` both, at most `needed`.
 */
export type PostCoverage = {
  readonly post: PostKey
  readonly year: PlanYear
  readonly trained: number
  readonly needed: number
  readonly closed: number
  readonly own: number
  readonly onCall: number
  readonly covered: number
}

/**
 * `every-shift`: reached is missing trained women in the last year x `missingWeight`, in each year before x
 * `earlierWeight`, plus weights of changes, and no plan has less than `bound`. Missing are whole women (of 4.42 needed, 5);
 * where attrition makes women fractions, fractions. `most-cover`: reached is risk-weighted cover (mean of the years) less the weights of changes x
 * `changeWeight`, and no plan has more than `bound`.
 */
export type PlanValue = { readonly sense: 'least' | 'most'; readonly reached: number; readonly bound: number }

/** One missing woman outweighs any changes that would find her; in `most-cover` a change only decides between equals. */
export const missingWeight = 1000
export const earlierWeight = 0.01
export const changeWeight = 1e-4

export type Plan = {
  readonly actions: readonly Action[]
  /** Every post and year: as it would be without the plan, and with it. */
  readonly before: readonly PostCoverage[]
  readonly after: readonly PostCoverage[]
  readonly cost: number
  readonly changes: number
  readonly value: PlanValue
  /**
   * `proven`: reached is the bound. `within-gap`: as near to it as was asked for. `stopped`: the best so far, when the time
   * or whoever asked ended it, or where several years are decided one after the other.
   */
  readonly status: 'proven' | 'within-gap' | 'stopped'
  /** Posts with uncovered shifts in the last year, the heaviest first. */
  readonly gaps: readonly Gap[]
}

/**
 * Why shifts stay uncovered. `impossible`: nothing at or near this post could cover them; `shared`: it could be covered,
 * but not all together: caps, a budget, women whom several posts need; `chosen`: a hand has set or struck out actions.
 */
export type Gap = {
  readonly post: PostKey
  readonly uncovered: number
  readonly why: 'impossible' | 'shared' | 'chosen'
  readonly proof: Proof
}

/**
 * In whole women: `needs` - `has` - the `can` of all parts = `missing`; where it is above 0 the post cannot be covered in its
 * full hours, whatever is done elsewhere. `has` with what a hand has set; `can` the very most, with nothing spent elsewhere. Each
 * part says why it is not more.
 */
export type Proof = {
  readonly post: PostKey
  readonly hoursAWeek: number
  /** Shifts of 28 days. */
  readonly shifts: number
  readonly needs: number
  readonly has: number
  readonly parts: readonly ProofPart[]
  readonly missing: number
}

export type ProofPart = {
  readonly way: 'train' | 'move' | 'hire' | 'pool'
  readonly can: number
  /** The post that could lend or send most of them. */
  readonly nearest: { readonly post: PostKey; readonly count: number; readonly minutes: number } | null
  readonly because: readonly Because[]
}

/** `count`: women (or vacancies, or posts) that this takes away; a sentence for each code stands in the catalogues. */
export type Because = {
  readonly code:
    | 'may-not-be-trained'
    | 'no-vacancy'
    | 'vacancies-unsafe'
    | 'would-be-alone'
    | 'no-volunteer-near'
    | 'needed-where-she-is'
    | 'too-far-to-share'
    | 'nobody-on-call'
    | 'cap'
    | 'too-late'
    | 'struck-out'
    | 'moves-not-allowed'
    | 'pooling-not-allowed'
  readonly count: number
  readonly facilities: readonly FacilityKey[]
}

/** What to mend first: the cheapest next step at a post, by the risk-weighted shifts it wins for its cost. */
export type Mending = {
  readonly post: PostKey
  readonly actions: readonly { readonly kind: Action['kind']; readonly count: number }[]
  readonly facilities: readonly FacilityKey[]
  readonly cost: number
  readonly gain: number
}

/** Options side by side. */
export type HumaneOption = {
  readonly key: 'no-moves' | 'fewest-changes' | 'most-cover' | 'no-hires'
  readonly problem: PlanProblem
  readonly plan: Plan
  readonly moved: number
  readonly hired: number
  readonly trained: number
  readonly uncovered: number
}

/** A way that a rule of the agency's own rules out: a post must be covered and cannot be without what the way forgoes. */
export type ImpossibleOption = Pick<HumaneOption, 'key'> & { readonly contradicts: readonly RuleOfPlan[] }

/** `notFound`: ways of which each plan that was found leaves a post open that must be covered; that there is no other is not proven. */
export type HumaneOptions = {
  readonly options: readonly HumaneOption[]
  readonly impossible: readonly ImpossibleOption[]
  readonly notFound: readonly HumaneOption['key'][]
}

/** `contradicts`: the smallest set of rules that cannot hold together; taking any one away lets the others hold. */
export type PlanRefusal = Refusal & { readonly contradicts: readonly RuleOfPlan[] }

export type RuleOfPlan = {
  readonly rule:
    | 'must-be-covered'
    | 'cap'
    | 'budget'
    | 'vacancies'
    | 'facilities-first'
    | 'not-alone'
    | 'lead-times'
    | 'keeps-covered'
    | 'may-not-move'
    | 'may-not-be-trained'
    | 'cannot-be-built'
    | 'on-call'
    | 'hours-stay'
    | 'forbidden'
    | 'fixed'
  readonly post: PostKey | null
  readonly year: PlanYear | null
  /** Of a cap: which one; of a fixed action, and of what is against it: its kind. */
  readonly of: keyof YearCaps | Action['kind'] | null
  readonly limit: number | null
}

/** While it runs, in the units of `PlanValue`. Null: not known yet, or of one year of several only. */
export type PlanProgress = {
  readonly elapsed: number
  readonly reached: number | null
  readonly bound: number | null
  readonly step: 'reading' | 'contradiction' | 'bounding' | 'solving' | 'improving'
  /** While it looks for rules that contradict: of how many they may still be. */
  readonly rules?: number
  /** Of several ways that are drawn after each other: which of them this is of, the first at 1. */
  readonly way?: { readonly key: HumaneOption['key']; readonly at: number; readonly of: number }
}
