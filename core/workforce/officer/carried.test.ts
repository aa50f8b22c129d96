import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { fold, streamRecord } from '../../log/fold.ts'
import { gatherKinds } from '../../log/kind.ts'
import { CivilDate } from '../../shared/dates.ts'
import { type EntryId, StreamId } from '../../shared/ids.ts'
import { sayingsIn } from '../sealed-texts.ts'
import { idOf, ids, moment, Written } from '../testing/written.ts'
import { describeOfficer, registerOfficer } from './capture.ts'
import { officerKinds } from './entries.ts'
import { officerSaid, projectOfficer } from './project.ts'

/** Every entry about an officer carries all her sealed fields. What devices then read must be what they read if each carried only what it said. */
const stream = StreamId.parse(idOf(1))
const port = StreamId.parse(idOf(21))
const kinds = gatherKinds(officerKinds)
const day = (text: string): CivilDate => CivilDate.parse(text)

const changes: readonly Parameters<typeof describeOfficer>[1][] = [
  { home: 'West valley (invented)' },
  { home: 'North valley (invented)' },
  { rank: 'sergeant' },
  { rank: null },
  { reach: 20 },
  { reach: null },
  { wishes: { volunteersForNights: true, volunteersFor: [], mostNights: null } },
  { wishes: { volunteersForNights: false, volunteersFor: [port], mostNights: 3 } },
  { wishes: null },
  { name: 'Somebody (invented)' },
  { absences: [{ from: day('2026-12-01'), to: day('2026-12-02') }] },
  { absences: null },
]

class Devices {
  readonly #written = new Written(stream)
  readonly #said = new Map<EntryId, ReadonlySet<string>>()
  readonly #heard: Set<EntryId>[]
  /** What a form that is open on a device was opened over. */
  readonly #opened: ReturnType<Devices['read']>[]
  #minute = 0

  constructor(devices: number) {
    const said = { number: 'S-17', name: 'A name (invented)', home: 'East valley (invented)' }
    const posts = [{ stream: port, post: { enteredInError: false } }]
    const first = this.#written.write(
      registerOfficer({ ...ids, stream, post: port, sex: 'female', said }, posts, [], moment),
    )
    this.#said.set(first, new Set(Object.keys(said)))
    this.#heard = Array.from({ length: devices }, () => new Set([first]))
    this.#opened = this.#heard.map((_, device) => this.read(device, 'carried'))
  }

  open(device: number): void {
    this.#opened[device] = this.read(device, 'carried')
  }

  hear(device: number, of: number): void {
    for (const entry of this.#heard[of] ?? []) this.#heard[device]?.add(entry)
  }

  /** @param from 'form': over what stood when the form was opened, whatever was said or heard since */
  say(device: number, change: (typeof changes)[number], from: 'form' | 'screen'): void {
    const { state, said } = this.read(device, 'carried')
    const seen = (from === 'form' && this.#opened[device]) || { state, said }
    const officer = projectOfficer(state)
    if (!officer) throw new Error('she was written down')
    this.#minute++
    const at = `2026-11-24T09:${String(this.#minute).padStart(2, '0')}:00Z`
    const decided = describeOfficer({ stream, officer, said }, change, [], { ...moment, at }, seen.said)
    // Said already.
    if (!decided.ok) return
    const entry = this.#written.write(decided, seen.state.heads)
    this.#said.set(entry, new Set(Object.keys(change)))
    this.#heard[device]?.add(entry)
  }

  namesOfLast(): string {
    const { at: _, describedAt: __, ...fields } = this.#written.opened(this.#written.entries.at(-1)?.id)
    return Object.keys(fields).sort().join()
  }

  /** `said`: as if each entry had only the fields that were said in it. */
  read(device: number, by: 'carried' | 'said') {
    const entries = this.#written.entries
      .filter(({ id }) => this.#heard[device]?.has(id))
      .map((entry) => {
        const isSaid = ([field]: readonly [string, unknown]): boolean =>
          by === 'carried' || this.#said.get(entry.id)?.has(field) === true
        return { ...entry, sealed: Object.fromEntries(Object.entries(entry.sealed).filter(isSaid)) }
      })
    const state = fold(kinds, entries)
    const fields = Object.fromEntries(
      Object.entries(state.records[streamRecord]?.fields ?? {}).map(([field, heads]) => [
        field,
        heads.flatMap((head) => {
          if (!('envelope' in head)) return []
          const text = this.#written.opened(head.entry)[field]
          return [{ value: by === 'said' && text !== undefined ? sayingsIn(text)[0]?.text : text }]
        }),
      ]),
    )
    return { state, said: officerSaid(fields) }
  }
}

const step = fc.record({
  device: fc.nat(2),
  does: fc.constantFrom('say', 'say', 'form', 'form', 'open', 'hear'),
  what: fc.nat(changes.length - 1),
})

it('what is carried hides nothing that was said, disputes nothing, and settles nothing, in whatever order devices hear of each other', () => {
  let disputed = 0
  const names = new Set<string>()
  fc.assert(
    fc.property(fc.array(step, { minLength: 3, maxLength: 20 }), (steps) => {
      const devices = new Devices(3)
      for (const { device, does, what } of steps) {
        if (does === 'hear') devices.hear(device, what % 3)
        else if (does === 'open') devices.open(device)
        else devices.say(device, changes[what] ?? {}, does === 'form' ? 'form' : 'screen')
        for (const each of [0, 1, 2]) {
          const { sayings: _, ...carried } = devices.read(each, 'carried').said
          const { sayings: __, ...said } = devices.read(each, 'said').said
          expect(carried).toEqual(said)
          names.add(devices.namesOfLast())
          disputed += said.disputed.length
        }
      }
    }),
    { seed: 20261129, numRuns: 400 },
  )
  expect(disputed).toBeGreaterThan(50)
  // Nor does the name of a field that is there, or is not, tell what was said, or that two said it apart.
  expect(names.size).toBe(1)
})
