import { everyDay, type Weekday } from '../post/words.ts'

/** Weekdays as duty lists write them, Monday first: whole words, and what they are cut to. */
const words: readonly (readonly string[])[] = [
  [
    ...['monday', 'mon', 'mo', 'senin', 'sen', 'isnin', 'isn', 'lunes', 'lun', 'thứ hai', 'thứ 2', 't2'],
    ...['จันทร์', 'จ.', 'တနင်္လာ', 'ច័ន្ទ', 'ចន្ទ', 'ຈັນ'],
  ],
  [
    ...['tuesday', 'tues', 'tue', 'tu', 'selasa', 'sel', 'martes', 'mar', 'thứ ba', 'thứ 3', 't3'],
    ...['อังคาร', 'อ.', 'အင်္ဂါ', 'អង្គារ', 'ອັງຄານ'],
  ],
  [
    ...['wednesday', 'wed', 'we', 'rabu', 'rab', 'miyerkules', 'miy', 'thứ tư', 'thứ 4', 't4'],
    ...['พุธ', 'พ.', 'ဗုဒ္ဓဟူး', 'ពុធ', 'ພຸດ'],
  ],
  [
    ...['thursday', 'thurs', 'thu', 'th', 'kamis', 'kam', 'khamis', 'kha', 'huwebes', 'huw', 'thứ năm', 'thứ 5', 't5'],
    ...['พฤหัสบดี', 'พฤหัส', 'พฤ.', 'ကြာသပတေး', 'ព្រហស្បតិ៍', 'ພະຫັດ'],
  ],
  [
    ...['friday', 'fri', 'fr', 'jumat', "jum'at", 'jum', 'jumaat', 'biyernes', 'biy', 'thứ sáu', 'thứ 6', 't6'],
    ...['ศุกร์', 'ศ.', 'သောကြာ', 'សុក្រ', 'ສຸກ'],
  ],
  [
    ...['saturday', 'sat', 'sa', 'sabtu', 'sab', 'sabado', 'thứ bảy', 'thứ 7', 't7'],
    ...['เสาร์', 'ส.', 'စနေ', 'សៅរ៍', 'ເສົາ'],
  ],
  [
    ...['sunday', 'sun', 'su', 'minggu', 'min', 'ahad', 'ahd', 'linggo', 'lin', 'chủ nhật', 'cn'],
    ...['อาทิตย์', 'อา.', 'တနင်္ဂနွေ', 'អាទិត្យ', 'ອາທິດ'],
  ],
]

const days = new Map(words.flatMap((spellings, day) => spellings.map((word) => [word.normalize('NFC'), day] as const)))
// The longest first: "mon" begins "monday".
const oneDay = [...days.keys()]
  .toSorted((a, b) => b.length - a.length)
  .map((word) => word.replaceAll('.', '\\.'))
  .join('|')
const run = new RegExp(`(${oneDay})(?:\\s*(?:-|–|to|until|ถึง|đến|sampai|hingga|အထိ|ដល់|ຫາ)\\s*(${oneDay}))?`, 'gu')
const between = /^(?:[\s+/&,()]|\band\b|วัน|ថ្ងៃ|ວັນ)*$/u
const always = /^(?:daily|every day|all week|ทุกวัน|နေ့တိုင်း|រាល់ថ្ងៃ|ທຸກວັນ|hàng ngày|setiap hari|araw-araw)?$/u

/**
 * The weekdays that a text names, Monday 0, in their order: `Mon-Fri`, `Sat Sun`, `จันทร์-ศุกร์`, `t2-t6`; `Sat-Mon` runs over the end
 * of the week. No word is every day. Undefined where something else is said: a day is never guessed.
 */
export function readWeekdays(typed: string): readonly Weekday[] | undefined {
  const text = typed.normalize('NFC').trim().toLowerCase()
  if (always.test(text)) return everyDay
  const found = new Set<number>()
  const rest = text.replaceAll(run, (_, first: string, last: string | undefined) => {
    const from = days.get(first) ?? 0
    const length = last === undefined ? 0 : ((days.get(last) ?? from) - from + 7) % 7
    for (let day = 0; day <= length; day++) found.add((from + day) % 7)
    return ' '
  })
  return between.test(rest) && found.size > 0 ? everyDay.filter((day) => found.has(day)) : undefined
}

/** As `readWeekdays` reads it; nothing where it is every day. `short`: how a weekday is called. */
export function writeWeekdays(weekdays: readonly Weekday[], short: (day: Weekday) => string = english): string {
  if (weekdays.length === everyDay.length) return ''
  const runs: Weekday[][] = []
  for (const day of weekdays) {
    const last = runs.at(-1)
    if (last?.at(-1) === day - 1) last.push(day)
    else runs.push([day])
  }
  return runs
    .map((each) => {
      const [first = 0, last = first] = [each[0], each.at(-1)]
      return each.length > 2 ? `${short(first)}-${short(last)}` : each.map(short).join(' ')
    })
    .join(' ')
}

const english = (day: Weekday): string => ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][day] ?? ''
