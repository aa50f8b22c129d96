import { refuse } from '@lentera/core/shared/refusals'
import { describe, expect, it } from 'vitest'
import type { Drawn, FromPlanner, PlannerProgress } from './messages.ts'
import { type Heard, type Planning, waitFor } from './planning.ts'
import { sayBegun, sayProgress } from './working.tsx'

const drawn = (impossible: number): Drawn => ({
  options: [],
  impossible: Array.from({ length: impossible }, () => ({ key: 'no-moves', contradicts: [] })),
  notFound: [],
  mendings: [],
})

const heard = (said: FromPlanner): Heard<Drawn> => {
  if (said.say === 'drawn-so-far') return { soFar: said.drawn }
  // No refusal of this planner names rules.
  return said.say === 'drawn' && said.answer.ok ? { answer: said.answer } : {}
}

/** A planner that says what the test has it say, and hears a stop only when the test looks. */
async function asked({ isDeaf = false } = {}) {
  const flag = isDeaf ? null : new Int32Array(new SharedArrayBuffer(4))
  const told: PlannerProgress[] = []
  let isEnded = false
  let say: (said: FromPlanner) => void = () => {}
  let die: () => void = () => {}
  const opened = Promise.withResolvers<void>()
  const planning: Planning<Drawn> = waitFor({
    flag,
    heard,
    cutShort: (soFar, cutShort) => ({ ...soFar, cutShort }),
    onProgress: (progress) => told.push(progress),
    open: async () => ({
      ok: true,
      value: {
        listen: (onSaid, onDied) => {
          say = onSaid
          die = onDied
          opened.resolve()
        },
        end: () => {
          isEnded = true
        },
      },
    }),
  })
  await opened.promise
  return {
    planning,
    say,
    die,
    told,
    hearsStop: () => flag !== null && Atomics.load(flag, 0) === 1,
    ended: () => isEnded,
  }
}

const best: FromPlanner = { say: 'progress', progress: { elapsed: 9, reached: 14_212_000, bound: 14_000_000 } }

/** Whether it is answered by now: what stands in line before this has been done. */
async function isAnswered(planning: Planning<Drawn>): Promise<boolean> {
  const none = Symbol('none')
  await new Promise((resolve) => setImmediate(resolve))
  return (await Promise.race([planning.answer, Promise.resolve(none)])) !== none
}

describe('who stops the planner', () => {
  it('before anything was found, and gives up waiting, has no plan and is told so', async () => {
    const { planning, ended } = await asked()
    planning.stop()
    planning.giveUp()
    expect(await planning.answer).toEqual(refuse('planner.stopped'))
    expect(ended()).toBe(true)
  })

  it('while a best so far is shown has it, however late the planner hears', async () => {
    const { planning, say, told, hearsStop, ended } = await asked()
    say(best)
    expect(told).toEqual([best.say === 'progress' ? best.progress : undefined])
    planning.stop()
    expect(hearsStop()).toBe(true)
    // Another step, and another way, before it looks.
    say(best)
    say({ say: 'drawn-so-far', drawn: drawn(1) })
    expect(await isAnswered(planning)).toBe(false)
    expect(ended()).toBe(false)
    say({ say: 'drawn', answer: { ok: true, value: drawn(2) } })
    expect(await planning.answer).toEqual({ ok: true, value: drawn(2) })
    expect(ended()).toBe(true)
  })

  it('and waits no longer takes the ways that are there, told as cut short', async () => {
    const { planning, say } = await asked()
    say({ say: 'drawn-so-far', drawn: drawn(1) })
    planning.stop()
    expect(await isAnswered(planning)).toBe(false)
    planning.giveUp()
    expect(await planning.answer).toEqual({ ok: true, value: { ...drawn(1), cutShort: 'stopped' } })
  })

  it('that cannot hear has what it handed over at once, and waits where that is nothing', async () => {
    const { planning, say } = await asked({ isDeaf: true })
    planning.stop()
    say(best)
    expect(await isAnswered(planning)).toBe(false)
    say({ say: 'drawn-so-far', drawn: drawn(1) })
    expect(await planning.answer).toEqual({ ok: true, value: { ...drawn(1), cutShort: 'stopped' } })
  })
})

describe('a planner that dies', () => {
  it('is told by name', async () => {
    const { planning, die } = await asked()
    die()
    expect(await planning.answer).toEqual(refuse('planner.died'))
  })

  it('leaves the ways that it handed over, told as cut short', async () => {
    const { planning, say, die } = await asked()
    say({ say: 'drawn-so-far', drawn: drawn(1) })
    die()
    expect(await planning.answer).toEqual({ ok: true, value: { ...drawn(1), cutShort: 'died' } })
  })
})

describe('how far a plan is', () => {
  const text = (id: string, values?: object): string => `${id} ${JSON.stringify(values ?? {})}`
  const said = (progress: PlannerProgress | undefined): string =>
    sayProgress(progress, text, (percent) => percent.toFixed(1))

  it('is told of one of the ways, by its name', () => {
    const way = { key: 'no-moves', at: 1, of: 3 } as const
    expect(sayBegun({ elapsed: 1, reached: null, bound: null, way }, text)).toBe(
      'cover.work.way {"at":1,"of":3,"way":"cover.option.no-moves {}"}',
    )
    expect(sayBegun(undefined, text)).toBe('cover.work.begun {}')
  })

  it('is the distance to the best there could be, not a sum of weights', () => {
    expect(said({ elapsed: 1, reached: 14_212_000, bound: 14_000_000 })).toBe('cover.work.gap {"percent":"1.5"}')
    expect(said({ elapsed: 1, reached: -90, bound: -100 })).toBe('cover.work.gap {"percent":"10.0"}')
    expect(said({ elapsed: 1, reached: 0, bound: 0 })).toBe('cover.work.gap {"percent":"0.0"}')
  })

  it('is not known before there is a plan, or a bound', () => {
    expect(said(undefined)).toBe('cover.work.none-yet {}')
    expect(said({ elapsed: 1, reached: null, bound: 3 })).toBe('cover.work.none-yet {}')
    expect(said({ elapsed: 1, reached: 3, bound: null })).toBe('cover.work.no-bound {}')
    expect(said({ elapsed: 1, reached: null, bound: null, rules: 4 })).toBe('cover.work.rules {"rules":4}')
  })
})
