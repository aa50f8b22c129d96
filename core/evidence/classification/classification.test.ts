import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gatherKinds } from '../../log/kind.ts'
import { ensureBegun, WrittenStream } from '../../log/testing/written-stream.ts'
import { CivilDate } from '../../shared/dates.ts'
import { StreamId } from '../../shared/ids.ts'
import type { Decision } from '../../shared/refusals.ts'
import { csvOf } from '../../sheets/test-files.ts'
import { bringCodeList, mapCode, markCodeListInError, readCodes } from './capture.ts'
import { classificationKinds } from './entries.ts'
import { icTip } from './ic-tip.ts'
import { type BroughtList, oursOf, projectCodeList } from './project.ts'
import { OurCode } from './words.ts'

const kinds = gatherKinds(classificationKinds)
const today = CivilDate.parse('2026-11-24')
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const stream = StreamId.parse(id(1))
const codeOf = (decided: Decision<unknown>): string | undefined => (decided.ok ? undefined : decided.refusal.code)

/** Invented, and written so that nobody takes them for the real ones. */
const invented = [
  { code: 'X-1', label: 'Invented one' },
  { code: 'X-2', label: 'Invented two' },
  { code: 'X-3', label: 'Invented three' },
]
const said = {
  scheme: 'ic-tip',
  version: 'invented 1',
  source: 'An invented document',
  publishedOn: '2025',
  verifiedOn: '2026-11-01',
  codes: invented,
}
const ours = ['form/forced-labour', 'form/other', 'sex/female', 'age/child'].map((code) => OurCode.parse(code))
const [labour = OurCode.parse('form/forced-labour')] = ours

class OneList extends WrittenStream {
  constructor() {
    super(kinds)
    this.write(bringCodeList(stream, said, [], today))
  }

  get it(): BroughtList {
    return ensureBegun(projectCodeList(this.state))
  }
}

describe('what is refused of a code list, by name', () => {
  it.each(['version', 'source', 'publishedOn', 'verifiedOn'] as const)('one without its %s', (field) => {
    expect(bringCodeList(stream, { ...said, [field]: ' ' }, [], today)).toMatchObject({
      refusal: { code: 'evidence.code-list-incomplete', values: { field } },
    })
  })

  it('one of tomorrow, compared tomorrow, without a code, or that is here already', () => {
    const bring = (change: object, here: readonly BroughtList[] = []) =>
      codeOf(bringCodeList(stream, { ...said, ...change }, here, today))
    expect(bring({ publishedOn: '2027' })).toBe('evidence.published-in-the-future')
    expect(bring({ verifiedOn: '2026-11-25' })).toBe('evidence.verified-in-the-future')
    expect(bring({ codes: [] })).toBe('evidence.code-list-incomplete')
    expect(bring({}, [new OneList().it])).toBe('evidence.code-list-here')
  })

  it('a file without the columns, a code twice, a code without a label', async () => {
    const read = async (rows: string[][]) => codeOf(await readCodes(csvOf(rows)))
    expect(await read([['Name', 'Value']])).toBe('evidence.not-a-code-list')
    expect(
      await read([
        ['Code', 'Label'],
        ['X-1', 'One'],
        ['X-1', 'Again'],
      ]),
    ).toBe('evidence.code-twice')
    expect(
      await read([
        ['Code', 'Label'],
        ['X-1', ''],
      ]),
    ).toBe('evidence.code-incomplete')
    expect(await read([['Code', 'Label']])).toBe('evidence.no-rows')
  })

  it('a mapping to a code that the list has not, the same again, or to a list brought in error', () => {
    const one = new OneList()
    const map = (theirs: readonly string[]) => mapCode(stream, one.it, { ours: labour, theirs }, today)
    expect(codeOf(map(['Y-9']))).toBe('evidence.no-such-code')
    expect(codeOf(map([]))).toBe('evidence.nothing-changed')
    one.write(map(['X-1']))
    expect(codeOf(map(['X-1', 'X-1']))).toBe('evidence.nothing-changed')
    one.write(markCodeListInError(stream, true, today))
    expect(codeOf(map(['X-2']))).toBe('evidence.code-list-in-error')
  })
})

describe('the classification', () => {
  it('is empty as it comes: no version, no day, no code of it is in this program', () => {
    expect(icTip).toMatchObject({ version: null, verifiedOn: null, mapping: [] })
    expect(new OneList().it.mapping.size).toBe(0)
  })

  it('reads codes below any preamble, in their order', async () => {
    const read = await readCodes(
      csvOf([['Invented list'], ['No', 'Code', 'Label'], ['1', 'X-1', 'One'], ['2', 'X-2', 'Two']]),
    )
    expect(read).toEqual({
      ok: true,
      value: [
        { code: 'X-1', label: 'One' },
        { code: 'X-2', label: 'Two' },
      ],
    })
  })

  it('shows what two people map differently as unsettled, and settles it by a later word', () => {
    const one = new OneList()
    const { heads } = one.state
    const { it: stood } = one
    one.write(mapCode(stream, stood, { ours: labour, theirs: ['X-1'] }, today), heads)
    one.write(mapCode(stream, stood, { ours: labour, theirs: ['X-2'] }, today), heads)
    expect([one.it.disputed, one.it.mapping.size]).toEqual([[labour], 0])
    one.write(mapCode(stream, one.it, { ours: labour, theirs: ['X-2'] }, today))
    expect([one.it.disputed, one.it.mapping.get(labour)]).toEqual([[], ['X-2']])
  })

  it('says the same from both sides, whatever is mapped', () => {
    const step = fc.record({
      ours: fc.constantFrom(...ours),
      theirs: fc.uniqueArray(fc.constantFrom('X-1', 'X-2', 'X-3'), { maxLength: 3 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const one = new OneList()
        const expected = new Map<string, readonly string[]>()
        for (const { ours: code, theirs } of steps) {
          const decided = mapCode(stream, one.it, { ours: code, theirs }, today)
          if (decided.ok) one.write(decided)
          expected.set(code, theirs.toSorted())
        }
        for (const code of ours) {
          const theirs = one.it.mapping.get(code) ?? []
          expect(theirs).toEqual(expected.get(code) ?? [])
          for (const each of invented) expect(oursOf(one.it, each.code).includes(code)).toBe(theirs.includes(each.code))
        }
      }),
      { numRuns: 60, seed: 5 },
    )
  })
})
