/**
 * A roster as the scheduling literature has it (Curtois & Qu 2014, "Computational results on new staff scheduling benchmark
 * instances"), and what a border post needs beside it: standby, skills, days that stand.
 */
export type ShiftKey = string
export type PersonKey = string

export type ShiftType = {
  readonly key: ShiftKey
  /** Minutes after midnight at which it begins; a shift may run into the next day. */
  readonly starts: number
  /** Minutes that count as worked. */
  readonly minutes: number
  /** Minutes from its beginning to its end, where they are not those that count as worked: standby lasts, and counts none. */
  readonly lasts?: number
  readonly isNight: boolean
  /** On call: she may be at home, within reach; never more than standby. */
  readonly isOnCall: boolean
  /** Whoever works it is one of at least so many: nobody is posted alone. The checker judges it; an engine weighs it as cover, or keeps it (`company`). */
  readonly leastTogether?: number
  /** The weekdays on which anybody works it, 0 a Monday; every day when absent. */
  readonly weekdays?: readonly number[]
  /** Shifts that nobody who worked this one may work on the next day. */
  readonly cannotFollow: readonly ShiftKey[]
}

/**
 * At most `most` days worked among any `days` in a row; where shifts are named, of those alone, whichever of them: nights that are
 * called by two names are nights. The days before the horizon are among them.
 */
export type Window = { readonly days: number; readonly most: number; readonly shifts?: readonly ShiftKey[] }

/** A bound that is not given does not bind. */
export type Person = {
  readonly key: PersonKey
  readonly skills: readonly string[]
  /** The most shifts of a type within the horizon; 0: never; a type that is not named is not bound. */
  readonly mostShifts: Readonly<Record<ShiftKey, number>>
  /** The most days on call within the horizon, whichever of the shift types that are. */
  readonly mostOnCall: number
  /** Minutes worked within the horizon. */
  readonly leastMinutes: number
  readonly mostMinutes: number
  /** Days worked in a row. A row that touches an end of the horizon may be shorter: what lies outside is not known. */
  readonly leastInARow: number
  readonly mostInARow: number
  /**
   * Nights in a row, those just before the horizon among them: days on which she works a night shift, or is on call for one, since
   * whoever is called has no night. Not bound when absent.
   */
  readonly mostNightsInARow?: number
  /** Free days in a row, likewise. */
  readonly leastFreeInARow: number
  /** Weekends (Saturday and Sunday) with any work; what is work of a weekend says the problem (`weekendsByHours`). */
  readonly mostWeekends: number
  /** Of any so many weekends in a row she works on at most so many, those before the horizon among them. */
  readonly weekendWindow?: { readonly weekends: number; readonly most: number }
  readonly windows: readonly Window[]
  /** Days, from 0, on which she does not work: leave, a course, a doctor. */
  readonly daysOff: readonly number[]
  /**
   * Days on which she is not there at all, to midnight and from midnight: no shift of the day before reaches into one. The day after
   * the last one may be among them.
   */
  readonly away?: readonly number[]
  /** `isWanted`: costs `weight` when she does not work it; otherwise when she does. A shift that is null is a free day. */
  readonly wishes: readonly {
    readonly day: number
    readonly shift: ShiftKey | null
    readonly weight: number
    readonly isWanted: boolean
  }[]
  /** Fairness: each shift of these types under `low` or over `high` costs `weight`. */
  readonly balance: readonly {
    readonly shifts: readonly ShiftKey[]
    readonly low: number
    readonly high: number
    readonly weight: number
  }[]
  /** What a hand has set, and no solver changes; null is a free day. */
  readonly fixed: readonly { readonly day: number; readonly shift: ShiftKey | null }[]
  /** Her duties in other rosters that are kept: they stand, and nobody is on two duties at once. */
  readonly elsewhere?: readonly { readonly day: number; readonly shift: ShiftKey }[]
  /** The days just before the horizon, the last one last: rows and rests go on over its beginning. Empty: not known. */
  readonly before: readonly (ShiftKey | null)[]
}

/** How many are needed on one shift of one day. Several demands may ask for one shift: three officers, one of them a trained woman. */
export type CoverDemand = {
  readonly day: number
  /** Shift types that satisfy it: usually one, and the on-call shift of a neighbour. */
  readonly by: readonly ShiftKey[]
  /** Counts only people who have this skill; null counts everybody. */
  readonly skill: string | null
  readonly required: number
  /** Cost of each one missing, and of each one too many. */
  readonly under: number
  readonly over: number
}

/**
 * A shift of a day that an engine leaves to nobody rather than to fewer than `least` people of the problem (do no harm, "Officers": nobody
 * is posted alone). Where somebody else is there whatever is decided, `least` is one fewer.
 */
export type Company = { readonly day: number; readonly shift: ShiftKey; readonly least: number }

export type RosterProblem = {
  readonly days: number
  /** The weekday of day 0: 0 is a Monday. */
  readonly startsOn: number
  /** Minutes: nobody works a longer shift. Not bound when absent. */
  readonly longestDuty?: number
  /**
   * Work of a weekend is whatever lies on its hours: a Friday shift that ends on Saturday, too. Absent: what begins on a Saturday or
   * Sunday, as the public instances have it (Curtois & Qu 2014).
   */
  readonly weekendsByHours?: boolean
  readonly shifts: readonly ShiftType[]
  readonly people: readonly Person[]
  readonly cover: readonly CoverDemand[]
  /** Where it is absent, an engine weighs who is alone as cover alone (`leastTogether`). */
  readonly company?: readonly Company[]
}

/** For each person what she works on each day, null where she is free. */
export type Roster = Readonly<Record<PersonKey, readonly (ShiftKey | null)[]>>

export type SolvedRoster = {
  readonly roster: Roster
  /** Of the soft rules: cover, wishes, balance. */
  readonly cost: number
  /** No roster that keeps the hard rules costs less. */
  readonly bound: number
  /** Proven: cost equals bound. Stopped: the best so far, when the time or whoever asked ended it. */
  readonly status: 'proven' | 'stopped'
}
