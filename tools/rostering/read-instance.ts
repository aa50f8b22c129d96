import type { CoverDemand, Person, RosterProblem, ShiftType } from '@lentera/planner/roster'

/** Not of the format: where, and why. */
export class MalformedInstance extends Error {
  /** From 1; that after the last one where something is missing at the end. */
  readonly line: number

  constructor(line: number, reason: string) {
    super(`line ${line}: ${reason}`)
    this.line = line
  }
}

/**
 * Reads an instance of schedulingbenchmarks.org ("Employee Shift Scheduling Benchmark Data Sets", T. Curtois & R. Qu
 * 2014) in its text format. Sections begin with `SECTION_<NAME>`, lines with `#` are remarks, fields are parted by commas.
 * All seven sections have to be there, in any order, and the cover has to reach the last day: a file cut short is refused.
 *
 * @throws MalformedInstance at the first line that is not of the format, or names a shift, person or day there is not.
 */
export function readInstance(text: string): RosterProblem {
  const { sections, end } = sectionsOf(text)
  const lines = (name: SectionName): readonly Line[] => sections.get(name) ?? []
  for (const name of sectionNames) {
    if (!sections.has(name)) throw new MalformedInstance(end, `SECTION_${name} is missing; is the file cut short?`)
  }
  for (const name of ['HORIZON', 'SHIFTS', 'STAFF', 'COVER'] as const) {
    if (lines(name).length === 0) throw new MalformedInstance(end, `SECTION_${name} is empty.`)
  }
  const days = readHorizon(lines('HORIZON'))
  const shifts = readShifts(lines('SHIFTS'))
  const known: Known = { days, shifts: new Set(shifts.map(({ key }) => key)) }
  const people = readPeople(known, sections)
  const cover = lines('COVER').map((line) => readDemand(line, known))
  const reached = cover.reduce((latest, { day }) => Math.max(latest, day), 0)
  if (reached < days - 1) {
    throw new MalformedInstance(end, `SECTION_COVER ends with day ${reached}, the horizon with day ${days - 1}.`)
  }
  // "All instances start on a Monday."
  return { days, startsOn: 0, shifts, people, cover }
}

const sectionNames = [
  'HORIZON',
  'SHIFTS',
  'STAFF',
  'DAYS_OFF',
  'SHIFT_ON_REQUESTS',
  'SHIFT_OFF_REQUESTS',
  'COVER',
] as const
type SectionName = (typeof sectionNames)[number]
type Line = { readonly at: number; readonly fields: readonly string[] }
type Known = { readonly days: number; readonly shifts: ReadonlySet<string> }
type Sections = ReadonlyMap<SectionName, readonly Line[]>

function sectionsOf(text: string): { readonly sections: Sections; readonly end: number } {
  const sections = new Map<SectionName, Line[]>()
  let current: Line[] | null = null
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  for (const [index, raw] of lines.entries()) {
    const at = index + 1
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    if (line.startsWith('SECTION_')) {
      const name = sectionNames.find((each) => line === `SECTION_${each}`)
      if (name === undefined) throw new MalformedInstance(at, `There is no ${line} in this format.`)
      if (sections.has(name)) throw new MalformedInstance(at, `${line} is there twice.`)
      current = []
      sections.set(name, current)
      continue
    }
    if (current === null) throw new MalformedInstance(at, 'A line before any section.')
    current.push({ at, fields: line.split(',').map((field) => field.trim()) })
  }
  return { sections, end: lines.length }
}

function readHorizon([first, second]: readonly Line[]): number {
  if (second !== undefined) throw new MalformedInstance(second.at, 'The horizon is one number.')
  if (first === undefined) throw new MalformedInstance(0, 'The horizon is one number.')
  const days = wholeOf(fieldsOf(first, 1, 1)[0], first.at, 'The days of the horizon')
  if (days === 0 || days > mostDays) throw new MalformedInstance(first.at, `The horizon is 1 to ${mostDays} days.`)
  return days
}

/** Ten years: what is more is a mistake, and would only fill the memory. */
const mostDays = 3660

function readShifts(lines: readonly Line[]): readonly ShiftType[] {
  const known = new Set<string>()
  const shifts = lines.map((line): ShiftType => {
    const [key = '', minutes, cannotFollow] = fieldsOf(line, 2, 3)
    newOf(known, key, line.at, 'shift')
    return {
      key,
      minutes: wholeOf(minutes, line.at, 'The minutes of the shift'),
      // The format does not say when a shift begins.
      starts: 0,
      isNight: false,
      isOnCall: false,
      cannotFollow: listOf(cannotFollow),
    }
  })
  for (const [index, { cannotFollow }] of shifts.entries()) {
    for (const key of cannotFollow) shiftOf(key, { shifts: known }, lines[index]?.at ?? 0)
  }
  return shifts
}

function readPeople(known: Known, sections: Sections): readonly Person[] {
  const lines = sections.get('STAFF') ?? []
  const keys = new Set<string>()
  for (const line of lines) newOf(keys, line.fields[0] ?? '', line.at, 'person')
  const off = new Map<string, number[]>()
  for (const line of sections.get('DAYS_OFF') ?? []) {
    const [key, ...days] = fieldsOf(line, 2, Infinity)
    const person = personOf(key, keys, line.at)
    off.set(person, [...(off.get(person) ?? []), ...days.map((day) => dayOf(day, known, line.at))])
  }
  const wishes = new Map<string, Person['wishes'][number][]>()
  for (const name of ['SHIFT_ON_REQUESTS', 'SHIFT_OFF_REQUESTS'] as const) {
    for (const line of sections.get(name) ?? []) {
      const [key, day, shift, weight] = fieldsOf(line, 4, 4)
      const person = personOf(key, keys, line.at)
      const wish = {
        day: dayOf(day, known, line.at),
        shift: shiftOf(shift, known, line.at),
        weight: wholeOf(weight, line.at, 'The weight'),
        isWanted: name === 'SHIFT_ON_REQUESTS',
      }
      const hers = wishes.get(person)
      if (hers === undefined) wishes.set(person, [wish])
      else hers.push(wish)
    }
  }
  return lines.map((line) => {
    const person = readPerson(line, known)
    return { ...person, daysOff: off.get(person.key) ?? [], wishes: wishes.get(person.key) ?? [] }
  })
}

function readPerson(line: Line, known: Known): Person {
  const [key = '', mosts, ...bounds] = fieldsOf(line, 8, 8)
  const whole = (index: number, what: string): number => wholeOf(bounds[index], line.at, what)
  const [mostMinutes, leastMinutes] = [whole(0, 'The most minutes'), whole(1, 'The least minutes')]
  const [mostInARow, leastInARow] = [whole(2, 'The most shifts in a row'), whole(3, 'The least shifts in a row')]
  if (leastMinutes > mostMinutes) throw new MalformedInstance(line.at, 'The least minutes are more than the most.')
  if (leastInARow > mostInARow)
    throw new MalformedInstance(line.at, 'The least shifts in a row are more than the most.')
  return {
    key,
    skills: [],
    mostShifts: mostShiftsOf(mosts, known, line.at),
    mostOnCall: Number.POSITIVE_INFINITY,
    leastMinutes,
    mostMinutes,
    leastInARow,
    mostInARow,
    leastFreeInARow: whole(4, 'The least days off in a row'),
    mostWeekends: whole(5, 'The most weekends'),
    windows: [],
    daysOff: [],
    wishes: [],
    balance: [],
    fixed: [],
    before: [],
  }
}

function mostShiftsOf(mosts: string | undefined, known: Known, at: number): Readonly<Record<string, number>> {
  const named = new Set<string>()
  return Object.fromEntries(
    listOf(mosts).map((each) => {
      const [shift, most, ...rest] = each.split('=')
      if (rest.length > 0) throw new MalformedInstance(at, `Not of the form shift=most: ${each}`)
      const key = shiftOf(shift, known, at)
      newOf(named, key, at, 'shift')
      return [key, wholeOf(most, at, `The most of shift ${key}`)] as const
    }),
  )
}

function readDemand(line: Line, known: Known): CoverDemand {
  const [day, shift, required, under, over] = fieldsOf(line, 5, 5)
  return {
    day: dayOf(day, known, line.at),
    by: [shiftOf(shift, known, line.at)],
    skill: null,
    required: wholeOf(required, line.at, 'How many are required'),
    under: wholeOf(under, line.at, 'The weight of each missing'),
    over: wholeOf(over, line.at, 'The weight of each too many'),
  }
}

// ---------------------------------------------------------------- fields

function fieldsOf({ at, fields }: Line, least: number, most: number): readonly string[] {
  if (fields.length >= least && fields.length <= most) return fields
  const wanted = least === most ? `${least}` : most === Infinity ? `${least} or more` : `${least} to ${most}`
  throw new MalformedInstance(at, `${fields.length} fields, where the format has ${wanted}; is the line cut short?`)
}

function listOf(field: string | undefined): readonly string[] {
  return (field ?? '').split('|').filter((each) => each !== '')
}

function newOf(known: Set<string>, key: string, at: number, what: string): void {
  if (key === '') throw new MalformedInstance(at, `The ${what} has no name.`)
  if (known.has(key)) throw new MalformedInstance(at, `The ${what} ${key} is there twice.`)
  known.add(key)
}

function shiftOf(key: string | undefined, { shifts }: Pick<Known, 'shifts'>, at: number): string {
  if (key !== undefined && shifts.has(key)) return key
  throw new MalformedInstance(at, `There is no shift ${key ?? ''}.`)
}

function personOf(key: string | undefined, people: ReadonlySet<string>, at: number): string {
  if (key !== undefined && people.has(key)) return key
  throw new MalformedInstance(at, `There is no person ${key ?? ''}.`)
}

function dayOf(field: string | undefined, { days }: Known, at: number): number {
  const day = wholeOf(field, at, 'The day')
  if (day < days) return day
  throw new MalformedInstance(at, `Day ${day} is not in the horizon, which ends with day ${days - 1}.`)
}

function wholeOf(field: string | undefined, at: number, what: string): number {
  // Instance 15 as it is published asks for -0 on some shifts.
  if (field !== undefined && /^(\d{1,9}|-0)$/.test(field)) return Math.abs(Number(field))
  throw new MalformedInstance(at, `${what}: not a whole number of 0 or more: ${field ?? 'nothing'}`)
}
