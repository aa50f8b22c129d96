import loaderModule, { type Highs, type InitOptions } from 'highs'
import { expect, test } from 'vitest'
import { loadSolver, startProblem } from './index.ts'

test('an LP gives its values, its cost, and what one unit more of each limit would change', async () => {
  const solver = await loadSolver()
  const solved = await solver.solve(workshop(false))
  if (!solved.ok) throw new Error(solved.refusal.code)
  expect(solved.value.status).toBe('optimal')
  expect(solved.value.objective).toBeCloseTo(-1100)
  expect(solved.value.bound).toBeCloseTo(-1100)
  expect([...(solved.value.values ?? [])].map((value) => Math.round(value * 1000) / 1000)).toEqual([20, 10])
  // Carpentry is worth 70/3 an hour, finishing 10/3.
  expect(solved.value.duals?.rows[0]).toBeCloseTo(-70 / 3)
  expect(solved.value.duals?.rows[1]).toBeCloseTo(-10 / 3)
})

test('whole numbers are whole, and their cost is proven by a bound', async () => {
  const solver = await loadSolver()
  const sheet = startProblem(5)
  const [a, b] = [sheet.column({ cost: -5, isWhole: true }), sheet.column({ cost: -4, isWhole: true })]
  sheet.row(-Infinity, 24, [
    [a, 6],
    [b, 4],
  ])
  sheet.row(-Infinity, 6, [
    [a, 1],
    [b, 2],
  ])
  const solved = await solver.solve(sheet.problem())
  expect(solved).toMatchObject({ ok: true, value: { status: 'optimal', objective: -15, bound: -15, duals: null } })
  expect(solved.ok && [...(solved.value.values ?? [])]).toEqual([4, 0])
})

test('a problem nothing can satisfy is called infeasible, and has no values', async () => {
  const solver = await loadSolver()
  const sheet = startProblem()
  const x = sheet.column({ upper: 1, isWhole: true })
  sheet.row(2, Infinity, [[x, 1]])
  expect(await solver.solve(sheet.problem())).toMatchObject({ ok: true, value: { status: 'infeasible', values: null } })
})

test('a cost that can fall without end is called unbounded', async () => {
  const solver = await loadSolver()
  const sheet = startProblem()
  sheet.row(0, Infinity, [[sheet.column({ cost: -1 }), 1]])
  expect(await solver.solve(sheet.problem())).toMatchObject({ ok: true, value: { status: 'unbounded' } })
})

test('whoever asks to stop gets the best so far and the bound', async () => {
  const solver = await loadSolver()
  let asked = 0
  const heard: (number | null)[] = []
  const solved = await solver.solve(hardKnapsacks(), {
    onProgress: ({ best }) => heard.push(best),
    shouldStop: () => ++asked > 20 && heard.at(-1) !== null,
  })
  if (!solved.ok) throw new Error(solved.refusal.code)
  expect(solved.value.status).toBe('stopped')
  expect(solved.value.values).not.toBeNull()
  expect(solved.value.bound).toBeLessThan(solved.value.objective)
  expect(heard.length).toBeGreaterThan(20)
})

test('what the listener itself throws is not taken for a crash', async () => {
  const solver = await loadSolver()
  const listen = (): never => {
    throw new RangeError('mine')
  }
  await expect(solver.solve(hardKnapsacks(), { onProgress: listen })).rejects.toThrow()
  expect(solver.counts().crashes).toBe(0)
})

test('a time limit ends it, with what is known by then', async () => {
  const solver = await loadSolver()
  const solved = await solver.solve(hardKnapsacks(), { seconds: 0.2 })
  expect(solved).toMatchObject({ ok: true, value: { status: 'stopped' } })
})

test('a held problem takes columns and new limits, and is solved again from where it stands', async () => {
  const solver = await loadSolver()
  const held = solver.hold(workshop(false))
  await held.solve()
  held.addColumns({
    cost: Float64Array.of(-200),
    lower: Float64Array.of(0),
    upper: Float64Array.of(3),
    starts: Int32Array.of(0, 2),
    rows: Int32Array.of(0, 1),
    values: Float64Array.of(2, 2),
  })
  const better = await held.solve()
  expect(better.ok && better.value.values?.[2]).toBeCloseTo(3)
  held.changeColumnBounds(2, 0, 1)
  const less = await held.solve()
  expect(less.ok && less.value.values?.[2]).toBeCloseTo(1)
  held.changeCost(2, 0)
  const again = await held.solve()
  expect(again.ok && again.value.objective).toBeCloseTo(-1100)
  held.changeRowBounds(0, -Infinity, 0)
  const none = await held.solve()
  expect(none.ok && none.value.objective).toBeCloseTo(0)
  held.release()
})

test('an instance that has solved enough is made anew, and a held problem does not notice', async () => {
  const solver = await loadSolver({}, { tiresAfter: 3 })
  const held = solver.hold(workshop(false))
  for (let i = 1; i <= 8; i++) {
    held.changeRowBounds(0, -Infinity, 40 + i)
    const solved = await held.solve()
    expect(solved.ok && solved.value.objective).toBeCloseTo(-1100 - (70 / 3) * i)
  }
  expect(solver.counts()).toEqual({ solves: 8, instances: 3, crashes: 0 })
})

test('a crash is tried once more on a new instance, and nothing held is lost', async () => {
  let crashes = 1
  const solver = await loadSolver({}, { load: (place) => fragile(place, () => crashes-- > 0) })
  const held = solver.hold(workshop(true))
  const solved = await held.solve()
  expect(solved.ok && solved.value.objective).toBeCloseTo(-1100)
  expect(solver.counts()).toEqual({ solves: 1, instances: 2, crashes: 1 })
})

test('a solver that crashes twice refuses by name, and goes on with the next problem', async () => {
  let crashes = 2
  const solver = await loadSolver({}, { load: (place) => fragile(place, () => crashes-- > 0) })
  expect(await solver.solve(workshop(true))).toMatchObject({ ok: false, refusal: { code: 'solver.crashed' } })
  expect(await solver.solve(workshop(true))).toMatchObject({ ok: true })
})

function workshop(isWhole: boolean) {
  const sheet = startProblem()
  const [chairs, tables] = [sheet.column({ cost: -30, isWhole }), sheet.column({ cost: -50, isWhole })]
  sheet.row(-Infinity, 40, [
    [chairs, 1],
    [tables, 2],
  ])
  sheet.row(-Infinity, 50, [
    [chairs, 2],
    [tables, 1],
  ])
  return sheet.problem()
}

/** Market split (Cornuejols & Dawande 1998): small, and beyond any branch and bound. */
function hardKnapsacks() {
  const sheet = startProblem()
  let state = 12345
  const next = (): number => {
    state = (state * 48271) % 2147483647
    return state % 100
  }
  const picks = Array.from({ length: 50 }, () => sheet.column({ upper: 1, isWhole: true }))
  for (let row = 0; row < 6; row++) {
    const terms = picks.map((pick) => [pick, next()] as const)
    const half = Math.floor(terms.reduce((sum, [, factor]) => sum + factor, 0) / 2)
    sheet.row(half, half, [...terms, [sheet.column({ cost: 1 }), 1], [sheet.column({ cost: 1 }), -1]])
  }
  return sheet.problem()
}

/** The real solver, whose memory fails whenever `mayCrash` says so. */
async function fragile(place: InitOptions, mayCrash: () => boolean): Promise<Highs> {
  // The package's types promise a namespace, its ES build gives the loader itself.
  const highs = await (loaderModule as unknown as typeof loaderModule.default)(place)
  return new Proxy(highs, {
    get: (target, name) => {
      if (name === 'createModel' && mayCrash()) throw new Error('memory access out of bounds')
      return Reflect.get(target, name)
    },
  })
}
