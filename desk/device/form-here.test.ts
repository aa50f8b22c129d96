import { EntryId, StreamId } from '@lentera/core/shared/ids'
import { accept, refuse } from '@lentera/core/shared/refusals'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FormHere, seenIn, typedIn } from './form-here.ts'

type Fields = Readonly<Record<string, string>>

/** What is kept, and its tabs; when each of them is answered, and told of the others, is for the scheduler to choose. */
function deviceWith(scheduler: fc.Scheduler) {
  const kept = new Map<string, Fields>()
  const tabs: Set<() => void>[] = []
  const state = { isFull: false }
  const tab = () => {
    const own = new Set<() => void>()
    tabs.push(own)
    return {
      keepForm: async (name: string, fields: Fields | undefined) => {
        await scheduler.schedule(Promise.resolve(), 'written')
        if (state.isFull) return refuse('desk.storage-full')
        if (fields) kept.set(name, { ...kept.get(name), ...fields })
        else kept.delete(name)
        for (const other of tabs.filter((each) => each !== own))
          void scheduler.schedule(Promise.resolve(), 'told').then(() => {
            for (const listener of other) listener()
          })
        await scheduler.schedule(Promise.resolve(), 'answered')
        return accept(undefined)
      },
      keptForm: async (name: string) => {
        await scheduler.schedule(Promise.resolve(), 'read')
        const found = kept.get(name)
        await scheduler.schedule(Promise.resolve(), 'answered')
        return found
      },
      hearForm: (_: string, listener: () => void) => {
        own.add(listener)
        return () => own.delete(listener)
      },
      seen: () => () => undefined,
    }
  }
  return { kept, state, tab }
}

/** One thing is answered or told, and what follows from it begins. @returns whether anything was under way */
async function next(scheduler: fc.Scheduler): Promise<boolean> {
  await new Promise((resolve) => setImmediate(resolve))
  if (scheduler.count() === 0) return false
  await scheduler.waitOne()
  return true
}

async function settled(scheduler: fc.Scheduler, check: () => void = () => undefined): Promise<void> {
  while (await next(scheduler)) check()
}

const Touch = fc.record({ tab: fc.nat(1), field: fc.constantFrom('one', 'two', 'three'), answersBefore: fc.nat(4) })

describe('a form in two tabs of one device', () => {
  it('shows what was typed last at every moment where it was typed, and the same in both once all is told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(Touch, { maxLength: 12 }), async (scheduler, touches) => {
        const device = deviceWith(scheduler)
        const forms = [0, 1].map(() => new FormHere(device.tab(), 'a form', false))
        for (const form of forms) form.subscribe(() => undefined)
        await settled(scheduler)
        const typed = new Map<string, Set<string>>()
        const writers = new Map<string, Set<number>>()
        const last = new Map<string, string>()
        const checkOwn = (): void => {
          for (const [field, value] of last) {
            const [only, other] = writers.get(field) ?? []
            if (only !== undefined && other === undefined) expect(forms[only]?.shown().kept?.[field]).toBe(value)
          }
        }
        for (const [i, { tab, field, answersBefore }] of touches.entries()) {
          for (let n = 0; n < answersBefore && (await next(scheduler)); n += 1) checkOwn()
          const value = String(i)
          typed.set(field, (typed.get(field) ?? new Set()).add(value))
          writers.set(field, (writers.get(field) ?? new Set()).add(tab))
          last.set(field, value)
          forms[tab]?.set(field, value)
          checkOwn()
        }
        await settled(scheduler, checkOwn)
        const stands = device.kept.get('a form') ?? {}
        for (const form of forms) expect(form.shown().kept).toEqual(stands)
        expect(Object.keys(stands).sort()).toEqual([...typed.keys()].sort())
        for (const [field, value] of Object.entries(stands)) expect(typed.get(field)).toContain(value)
      }),
    )
  })

  it('that was handed in in one is empty in both, whenever the other is told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const device = deviceWith(scheduler)
        const [one, other] = [new FormHere(device.tab(), 'a form', false), new FormHere(device.tab(), 'a form', false)]
        for (const form of [one, other]) form.subscribe(() => undefined)
        await settled(scheduler)
        other.set('one', 'hers')
        await settled(scheduler)
        one.set('two', 'hers too')
        const forgotten = one.forget()
        await settled(scheduler)
        await forgotten
        expect(device.kept.size).toBe(0)
        for (const form of [one, other]) expect(form.shown()).toEqual({ kept: {}, state: 'untouched' })
      }),
    )
  })

  it('that could not be kept says so, stays on the screen, and is kept with the next letter', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const device = deviceWith(scheduler)
        const [one, other] = [new FormHere(device.tab(), 'a form', false), new FormHere(device.tab(), 'a form', false)]
        for (const form of [one, other]) form.subscribe(() => undefined)
        await settled(scheduler)
        device.state.isFull = true
        one.set('one', 'too much')
        await settled(scheduler)
        expect(one.shown()).toEqual({ kept: { one: 'too much' }, state: 'failed' })
        device.state.isFull = false
        other.set('two', 'hers')
        await settled(scheduler)
        expect(one.shown().kept).toEqual({ one: 'too much', two: 'hers' })
        one.set('three', 'more')
        await settled(scheduler)
        for (const form of [one, other])
          expect(form.shown().kept).toEqual({ one: 'too much', two: 'hers', three: 'more' })
      }),
    )
  })
})

describe('what was seen of a stream', () => {
  it('is remembered with the first letter typed over it, and is no field of the form', () => {
    const [stream, another] = ['01890a5d-ac96-774b-bcce-b302099a8057', '01890a5d-ac96-774b-bcce-b302099a8060'].map(
      (id) => StreamId.parse(id),
    )
    const heads = ['01890a5d-ac96-774b-bcce-b302099a8058', '01890a5d-ac96-774b-bcce-b302099a8059'].map((id) =>
      EntryId.parse(id),
    )
    if (!stream || !another) throw new Error('two streams')
    fc.assert(
      fc.property(fc.scheduler(), (scheduler) => {
        const name = `post ${stream} correction`
        let now = heads
        const tab = { ...deviceWith(scheduler).tab(), seen: () => () => now }
        const form = new FormHere(tab, name, false)
        form.set('flow', '411')
        now = []
        form.set('flow', '4')
        const { kept } = form.shown()
        expect(typedIn(kept)).toEqual({ flow: '4' })
        expect(seenIn(name, kept)?.(stream)).toEqual(heads)
        expect(seenIn(name, kept)?.(another)).toBeUndefined()
        expect(seenIn(name, {})).toBeUndefined()
      }),
      { numRuns: 1 },
    )
  })
})
