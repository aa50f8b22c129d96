import { openFile } from '@lentera/core/sheets/sheet'
import type { Roster } from '@lentera/planner/roster'
import { expect, it } from 'vitest'
import { changed } from './roster-edits.ts'
import { csvOfRoster, type RosterFile, workbookOfRoster } from './roster-file.ts'
import { datesFrom } from './roster-sides.ts'
import { id } from './testing/register.ts'
import { ask, freeOf, men, monday, open, post, trained, women } from './testing/rosters.ts'

const question = ask(
  post([trained(2, { reach: 15, number: 'N-2', name: 'Invented Name' }), ...women(3, 3), ...men(6, 2)]),
)
const words = {
  t: (code: string, values?: Readonly<Record<string, unknown>>) =>
    values ? `${code} ${JSON.stringify(values)}` : code,
  format: { date: (day: string) => day },
}
const worked = (
  [
    [0, '0360'],
    [1, '~1320'],
    [4, '1320'],
  ] as const
).reduce<Roster>((each, [day, shift]) => changed(each, id(2), day, shift), freeOf(question))
const file: RosterFile = {
  question,
  roster: worked,
  dates: datesFrom(monday, 28),
  officer: (key) => (key === id(2) ? 'N-2' : `=${key.slice(-2)}`),
  codes: { post: '-A', partner: '' },
  broken: 2,
  stamp: 'DEMONSTRATION',
}

it('a roster as a text has a row for each officer, a column for each day, and a key; nothing in it is run', async () => {
  const text = csvOfRoster(file, words)
  const lines = text.trimEnd().split('\r\n')
  expect(lines[0]).toMatch(/^.roster\.post,roster\.officer,2026-11-30,2026-12-01,/)
  expect(lines[1]).toBe(`'-A,N-2,06–14,[22–06],,,22–06,${','.repeat(23)}2,1,1,1`)
  expect(lines[2]?.startsWith("'-A,'=03,,")).toBe(true)
  expect(lines.slice(7)).toEqual([
    '',
    '06–14,06:00–14:00',
    '22–06,22:00–06:00',
    '[22–06],"roster.on-call {""shift"":""22:00–06:00""}"',
    ',roster.file.free',
    '',
    'DEMONSTRATION',
    expect.stringContaining('2026-12-27'),
    'roster.file.stays',
    'roster.file.broken {"count":2}'.replaceAll('"', '""').replace(/^(.*)$/, '"$1"'),
  ])
  const opened = await openFile(new TextEncoder().encode(text))
  expect(opened.ok).toBe(true)
})

it('a workbook of it says the same, and its second sheet is the key', async () => {
  const opened = await openFile(workbookOfRoster(file, words))
  if (!opened.ok) throw new Error(opened.refusal.code)
  const [rows = [], key = []] = opened.value.sheets.map(({ lines }) => lines.map(({ cells }) => cells))
  expect([rows[0]?.[0], key[0]?.[0]]).toEqual(['DEMONSTRATION', 'DEMONSTRATION'])
  expect(rows[4]?.slice(0, 4)).toEqual(['roster.post', 'roster.officer', '30', '1'])
  expect(rows[5]?.slice(2, 4)).toEqual(['register.weekday.0', 'register.weekday.1'])
  expect(rows[6]?.slice(0, 5)).toEqual(["'-A", 'N-2', '06–14', '[22–06]', ''])
  expect(key.slice(5).map(([sign]) => sign)).toEqual(['06–14', '22–06', '[22–06]', ''])
})

it('no name, no sex and no skill stands in either, and what is another post’s is told apart', () => {
  const partner = post(women(20, 3, { reach: 10 }), open, 11)
  const both = ask(post(women(2, 4, { reach: 10 })), partner)
  const shared = changed(changed(freeOf(both), id(2), 0, '~+0360'), id(20), 0, '+0360')
  const text = csvOfRoster({ ...file, question: both, roster: shared, codes: { post: 'A', partner: 'B' } }, words)
  expect(text).toContain('\r\nA,N-2,[06–14]*,')
  expect(text).toMatch(/\r\nB,[^,]+,06–14,/)
  expect(text).toContain('[06–14]*,"roster.file.on-call-other')
  expect(`${csvOfRoster(file, words)}${text}`).not.toMatch(/Invented|female|male|trained/)
})
