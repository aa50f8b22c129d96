import { countsIn } from './counters.ts'
import type { Model, PersonModel, Row } from './model.ts'
import { isOfWeekend, weekendsIn } from './weekends.ts'

/** Whether a row keeps every hard rule of hers; quick, for whoever tries many rows that differ by a day or two. */
export type Keeps = (row: Row) => boolean

const none = new Uint8Array(0)

export function createKeeps(model: Model, { person, may, weekends: spans }: PersonModel): Keeps {
  const { days, actions, minutes, onCall, nights, overMidnight } = model
  const { shifts, startsOn } = model.problem
  const before = Uint8Array.from(person.before, (shift) => shifts.findIndex(({ key }) => key === shift) + 1)
  const most = Float64Array.of(Infinity, ...shifts.map(({ key }) => person.mostShifts[key] ?? Infinity))
  const forbidden = new Uint8Array(actions * actions)
  for (const [earlier, { cannotFollow }] of shifts.entries()) {
    for (const [later, { key }] of shifts.entries()) {
      if (cannotFollow.includes(key)) forbidden[(earlier + 1) * actions + later + 1] = 1
    }
  }
  const counted = person.windows.map((window) =>
    Uint8Array.of(0, ...shifts.map(({ key }) => (countsIn(window, key) ? 1 : 0))),
  )
  const worked = new Int32Array(actions)
  const sum = new Int32Array(before.length + days + 1)
  const known = new Uint8Array(before.length + days)
  known.set(before)

  const keepsCounts = (row: Row): boolean => {
    worked.fill(0)
    let total = 0
    let called = 0
    let weekends = 0
    let lastWeekend = -1
    for (let day = 0; day < days; day++) {
      const action = row[day] ?? 0
      if (may[day * actions + action] === 0) return false
      if (action === 0) continue
      worked[action] = (worked[action] ?? 0) + 1
      if ((worked[action] ?? 0) > (most[action] ?? Infinity)) return false
      total += minutes[action] ?? 0
      called += onCall[action] ?? 0
      if (!isOfWeekend(startsOn, day, overMidnight[action] === 1)) continue
      const weekend = Math.floor((startsOn + day) / 7)
      if (weekend !== lastWeekend) weekends++
      lastWeekend = weekend
    }
    if (called > person.mostOnCall || weekends > person.mostWeekends) return false
    return total >= person.leastMinutes && total <= person.mostMinutes
  }

  const mostNights = person.mostNightsInARow ?? Infinity
  const keepsRows = (): boolean => {
    let run = 0
    let nightsInARow = 0
    let isWork = false
    let isOpen = true
    for (let at = 0; at < known.length; at++) {
      const action = known[at] ?? 0
      const works = action > 0
      if (run > 0 && works === isWork) run++
      else {
        const least = isWork ? person.leastInARow : person.leastFreeInARow
        // What the days before ended themselves is not the roster's.
        if (run > 0 && !isOpen && run < least && at >= before.length) return false
        isOpen = run === 0
        run = 1
        isWork = works
      }
      nightsInARow = nights[action] === 1 ? nightsInARow + 1 : 0
      if (!works || at < before.length) continue
      if (run > person.mostInARow || (nights[action] === 1 && nightsInARow > mostNights)) return false
      if (at > 0 && forbidden[(known[at - 1] ?? 0) * actions + action] === 1) return false
    }
    return true
  }

  const keepsWindows = (): boolean => {
    if (person.windows.length === 0) return true
    for (const [index, window] of person.windows.entries()) {
      const counts = counted[index] ?? none
      for (let at = 0; at < known.length; at++) sum[at + 1] = (sum[at] ?? 0) + (counts[known[at] ?? 0] ?? 0)
      for (let at = before.length; at < known.length; at++) {
        const count = (sum[at + 1] ?? 0) - (sum[Math.max(0, at + 1 - window.days)] ?? 0)
        if (counts[known[at] ?? 0] === 1 && count > window.most) return false
      }
    }
    return true
  }

  return (row) => {
    if (!keepsCounts(row)) return false
    known.set(row, before.length)
    return (
      keepsRows() && keepsWindows() && spans.every((span) => weekendsIn(startsOn, row, overMidnight, span) <= span.most)
    )
  }
}
