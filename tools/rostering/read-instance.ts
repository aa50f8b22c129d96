import type { CoverDemand, Person, RosterProblem, ShiftType } from '@lentera/planner/roster'

/**
 * Reads an instance of schedulingbenchmarks.org ("Employee Shift Scheduling Benchmark Data Sets", T. Curtois & R. Qu
 * 2014) in its text format. Sections begin with `SECTION_<NAME>`, lines with `#` are remarks, fields are parted by commas.
 *
 * @throws an error that names the line which is not of the format.
 */
export function readInstance(text: string): RosterProblem {
  const sections = sectionsOf(text)
  const days = number(sections.get('HORIZON')?.[0]?.[0], 'SECTION_HORIZON')
  const shifts = (sections.get('SHIFTS') ?? []).map(readShift)
  const people = (sections.get('STAFF') ?? []).map((fields) => readPerson(fields, sections))
  const cover = (sections.get('COVER') ?? []).map(readDemand)
  // "All instances start on a Monday."
  return { days, startsOn: 0, shifts, people, cover }
}

type Fields = readonly string[]

function sectionsOf(text: string): ReadonlyMap<string, readonly Fields[]> {
  const sections = new Map<string, Fields[]>()
  let current: Fields[] | null = null
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    if (line.startsWith('SECTION_')) {
      current = []
      sections.set(line.slice('SECTION_'.length), current)
      continue
    }
    if (current === null) throw new Error(`A line before any section: ${line}`)
    current.push(line.split(',').map((field) => field.trim()))
  }
  return sections
}

function readShift([key, minutes, cannotFollow]: Fields): ShiftType {
  return {
    key: word(key, 'SECTION_SHIFTS'),
    // The format does not say when a shift begins.
    starts: 0,
    minutes: number(minutes, 'SECTION_SHIFTS'),
    isNight: false,
    isOnCall: false,
    cannotFollow: (cannotFollow ?? '').split('|').filter((shift) => shift !== ''),
  }
}

function readPerson(fields: Fields, sections: ReadonlyMap<string, readonly Fields[]>): Person {
  const [given, mosts, ...bounds] = fields
  const key = word(given, 'SECTION_STAFF')
  const [mostMinutes, leastMinutes, mostInARow, leastInARow, leastFreeInARow, mostWeekends] = bounds
  const hers = (section: string): readonly Fields[] => (sections.get(section) ?? []).filter(([who]) => who === key)
  const wishes = (section: string, isWanted: boolean) =>
    hers(section).map(([, day, shift, weight]) => ({
      day: number(day, section),
      shift: word(shift, section),
      weight: number(weight, section),
      isWanted,
    }))
  return {
    key,
    skills: [],
    mostShifts: Object.fromEntries(
      (mosts ?? '').split('|').map((each) => {
        const [shift, most] = each.split('=')
        return [word(shift, 'SECTION_STAFF'), number(most, 'SECTION_STAFF')]
      }),
    ),
    mostOnCall: Number.POSITIVE_INFINITY,
    leastMinutes: number(leastMinutes, 'SECTION_STAFF'),
    mostMinutes: number(mostMinutes, 'SECTION_STAFF'),
    leastInARow: number(leastInARow, 'SECTION_STAFF'),
    mostInARow: number(mostInARow, 'SECTION_STAFF'),
    leastFreeInARow: number(leastFreeInARow, 'SECTION_STAFF'),
    mostWeekends: number(mostWeekends, 'SECTION_STAFF'),
    windows: [],
    daysOff: hers('DAYS_OFF').flatMap(([, ...days]) => days.map((day) => number(day, 'SECTION_DAYS_OFF'))),
    wishes: [...wishes('SHIFT_ON_REQUESTS', true), ...wishes('SHIFT_OFF_REQUESTS', false)],
    balance: [],
    fixed: [],
    before: [],
  }
}

function readDemand([day, shift, required, under, over]: Fields): CoverDemand {
  const section = 'SECTION_COVER'
  return {
    day: number(day, section),
    by: [word(shift, section)],
    skill: null,
    required: number(required, section),
    under: number(under, section),
    over: number(over, section),
  }
}

function word(field: string | undefined, section: string): string {
  if (field === undefined || field === '') throw new Error(`A field is missing in ${section}.`)
  return field
}

function number(field: string | undefined, section: string): number {
  const value = Number(field)
  if (field === undefined || field === '' || !Number.isFinite(value)) {
    throw new Error(`Not a number in ${section}: ${field ?? 'nothing'}`)
  }
  return value
}
