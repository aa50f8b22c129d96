import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import loaderModule, { type Highs, type HighsCallbackMap, type InitOptions, type Model } from 'highs'
import { type Columns, columnsOf, type LinearProblem } from './problem.ts'

/**
 * What the solver's loader is told: in Node nothing, in a browser where `highs.wasm` lies, or how it is instantiated by
 * whoever has its bytes. (`wasmBinary`, which the package's types offer, its build 1.15.3 does not read.)
 */
export type SolverPlace = InitOptions & {
  // biome-ignore lint/suspicious/noExplicitAny: WebAssembly's types are the browser's, and this room has none of them
  readonly instantiateWasm?: (imports: any, receive: (instance: any) => void) => object
}

export type SolveOptions = {
  /** Seconds; no limit when absent. */
  readonly seconds?: number
  /** Relative gap at which a whole-number answer counts as optimal; 0 by default: proven. */
  readonly gap?: number
  /** Nodes of the branch-and-bound tree: unlike seconds the same on every machine. */
  readonly nodes?: number
  /** A known answer to start from: one value a column. */
  readonly start?: Float64Array
  /** Chance inside the solver's heuristics is made from this. */
  readonly seed?: number
  /** Called while it runs, often; whole-number problems only. */
  readonly onProgress?: (progress: Progress) => void
  /** Asked while it runs, often; true ends it with the best so far. */
  readonly shouldStop?: () => boolean
  readonly algorithm?: 'simplex' | 'ipm'
  /** Any other option of HiGHS by its own name (highs.dev, "List of options"). */
  readonly settings?: Readonly<Record<string, boolean | number | string>>
}

/** `best` is null while nothing feasible is known. */
export type Progress = { readonly best: number | null; readonly bound: number; readonly nodes: number }

export type Solution = {
  /**
   * `optimal`: within `gap` (proven when that is 0). `stopped`: a limit or the wish to stop ended it; `values` are the
   * best so far, or null. `infeasible`, `unbounded`: proven.
   */
  readonly status: 'optimal' | 'stopped' | 'infeasible' | 'unbounded'
  /** One a column, null where nothing feasible is known. Whole-number columns are rounded to whole numbers. */
  readonly values: Float64Array | null
  readonly objective: number
  /** No answer costs less: the objective itself of an LP solved, minus infinity where nothing is known. */
  readonly bound: number
  /** Of LPs that are `optimal` only. Cost that one unit more on a row's bound would add; reduced costs of the columns. */
  readonly duals: { readonly rows: Float64Array; readonly columns: Float64Array } | null
}

/** A problem that stays in the solver: solved, changed and solved again from where it stands (column generation). */
export type HeldProblem = {
  readonly solve: (options?: SolveOptions) => Promise<Decision<Solution>>
  readonly addColumns: (columns: Columns) => void
  readonly changeColumnBounds: (column: number, lower: number, upper: number) => void
  readonly changeCost: (column: number, cost: number) => void
  readonly changeRowBounds: (row: number, lower: number, upper: number) => void
  /** Counts added columns. */
  readonly columns: () => number
  /** Its memory is the solver's and is not collected: always end with this. */
  readonly release: () => void
}

export type Solver = {
  readonly solve: (problem: LinearProblem, options?: SolveOptions) => Promise<Decision<Solution>>
  readonly hold: (problem: LinearProblem) => HeldProblem
  /** How often it was made anew, and after how many crashes: for whoever measures. */
  readonly counts: () => { readonly solves: number; readonly instances: number; readonly crashes: number }
  /** Makes a new instance before the next solve: held problems move over by themselves. */
  readonly recycle: () => void
}

/**
 * HiGHS (Huangfu & Hall 2018, "Parallelizing the dual revised simplex method") in WebAssembly. An instance that has
 * solved `tiresAfter` times, or crashed, is thrown away and a new one is made; held problems are kept beside it and
 * move over, so that nothing is lost. A crash is tried once more on the new instance, then refused by name.
 *
 * `load` is an argument for the test that makes it crash.
 */
export async function loadSolver(
  place: SolverPlace = {},
  { tiresAfter = 400, load = loadHighs }: { tiresAfter?: number; load?: (place: SolverPlace) => Promise<Highs> } = {},
): Promise<Solver> {
  const room = new Room(place, tiresAfter, load)
  await room.ready()
  return {
    solve: async (problem, options = {}) => {
      const held = new Held(room, problem)
      try {
        return await held.solve(options)
      } finally {
        held.release()
      }
    },
    hold: (problem) => {
      const held = new Held(room, problem)
      return {
        solve: (options = {}) => held.solve(options),
        addColumns: (columns) => held.addColumns(columns),
        changeColumnBounds: (column, lower, upper) => held.changeColumnBounds(column, lower, upper),
        changeCost: (column, cost) => held.changeCost(column, cost),
        changeRowBounds: (row, lower, upper) => held.changeRowBounds(row, lower, upper),
        columns: () => held.columns(),
        release: () => held.release(),
      }
    },
    counts: () => ({ ...room.counts }),
    recycle: () => room.tire(),
  }
}

// ---------------------------------------------------------------- instances

// The package calls itself CommonJS, so its types promise a namespace; its ES build exports the loader itself as default.
const loadHighs = loaderModule as unknown as typeof loaderModule.default

/** One instance at a time. `generation` tells a held problem that its model died with the instance before. */
class Room {
  readonly counts = { solves: 0, instances: 0, crashes: 0 }
  #highs: Highs | null = null
  #solves = 0
  readonly #place: SolverPlace
  readonly #tiresAfter: number
  readonly #load: (place: SolverPlace) => Promise<Highs>

  constructor(place: SolverPlace, tiresAfter: number, load: (place: SolverPlace) => Promise<Highs>) {
    this.#place = place
    this.#tiresAfter = tiresAfter
    this.#load = load
  }

  async ready(): Promise<Highs> {
    if (this.#solves >= this.#tiresAfter) this.tire()
    if (this.#highs === null) {
      // The loader makes its runtime out of the very object it is given.
      this.#highs = await this.#load({ ...this.#place })
      this.#solves = 0
      this.counts.instances++
    }
    return this.#highs
  }

  generation(): number {
    return this.#highs === null ? -1 : this.counts.instances
  }

  tire(): void {
    this.#highs = null
  }

  solved(): void {
    this.#solves++
    this.counts.solves++
  }

  crashed(): void {
    this.counts.crashes++
    this.tire()
  }
}

/** The copy here is the truth; a model that cannot follow, or died with its instance, is made anew from it. */
class Held {
  readonly #room: Room
  readonly #offset: number
  readonly #cost: number[]
  readonly #lower: number[]
  readonly #upper: number[]
  readonly #integer: Uint8Array | null
  readonly #rowLower: Float64Array
  readonly #rowUpper: Float64Array
  readonly #starts: number[]
  readonly #rows: number[]
  readonly #values: number[]
  #model: Model | null = null
  #generation = -1
  #settings = ''

  constructor(room: Room, problem: LinearProblem) {
    const { starts, rows, values } = columnsOf(problem)
    this.#room = room
    this.#offset = problem.offset
    this.#cost = [...problem.cost]
    this.#lower = [...problem.lower]
    this.#upper = [...problem.upper]
    this.#integer = problem.integer
    this.#rowLower = problem.rowLower.slice()
    this.#rowUpper = problem.rowUpper.slice()
    this.#starts = [...starts]
    this.#rows = [...rows]
    this.#values = [...values]
  }

  async solve(options: SolveOptions): Promise<Decision<Solution>> {
    for (let attempt = 0; attempt < 2; attempt++) {
      const highs = await this.#room.ready()
      const heard = listen(highs, options, this.#isWhole())
      try {
        const solution = this.#run(highs, options, heard.callbacks)
        this.#room.solved()
        return accept(solution)
      } catch (thrown) {
        // What the caller's own function threw, or a bug of ours (a wrong index), a new instance would not mend.
        if (heard.thrown.length > 0) throw heard.thrown[0]
        if (thrown instanceof highs.errors.HighsValidationError) throw thrown
        this.#room.crashed()
        this.#model = null
      }
    }
    return refuse('solver.crashed', { columns: this.columns(), rows: this.#rowLower.length })
  }

  addColumns(columns: Columns): void {
    const before = this.#rows.length
    for (let j = 0; j < columns.cost.length; j++) {
      this.#cost.push(columns.cost[j] ?? 0)
      this.#lower.push(columns.lower[j] ?? 0)
      this.#upper.push(columns.upper[j] ?? 0)
      this.#starts.push(before + (columns.starts[j + 1] ?? 0))
    }
    for (let k = 0; k < columns.rows.length; k++) {
      this.#rows.push(columns.rows[k] ?? 0)
      this.#values.push(columns.values[k] ?? 0)
    }
    this.#tell((model) =>
      model.addCols({
        cost: columns.cost,
        lower: columns.lower,
        upper: columns.upper,
        matrix: {
          format: 'csc',
          numRows: this.#rowLower.length,
          numCols: columns.cost.length,
          starts: columns.starts,
          indices: columns.rows,
          values: columns.values,
        },
      }),
    )
  }

  changeColumnBounds(column: number, lower: number, upper: number): void {
    this.#lower[column] = lower
    this.#upper[column] = upper
    this.#tell((model) => model.changeColBounds(column, lower, upper))
  }

  changeCost(column: number, cost: number): void {
    this.#cost[column] = cost
    this.#tell((model) => model.changeColCost(column, cost))
  }

  changeRowBounds(row: number, lower: number, upper: number): void {
    this.#rowLower[row] = lower
    this.#rowUpper[row] = upper
    this.#tell((model) => model.changeRowBounds(row, lower, upper))
  }

  columns(): number {
    return this.#cost.length
  }

  release(): void {
    this.#tell((model) => model.dispose())
    this.#model = null
  }

  #isWhole(): boolean {
    return this.#integer?.includes(1) ?? false
  }

  #alive(): Model | null {
    return this.#generation === this.#room.generation() ? this.#model : null
  }

  #tell(change: (model: Model) => unknown): void {
    const model = this.#alive()
    if (model === null) return
    try {
      change(model)
    } catch {
      this.#room.crashed()
      this.#model = null
    }
  }

  #ensureModel(highs: Highs): Model {
    const alive = this.#alive()
    if (alive !== null) return alive
    const model = highs.createModel({
      numCols: this.#cost.length,
      numRows: this.#rowLower.length,
      offset: this.#offset,
      colCost: this.#cost,
      colLower: this.#lower,
      colUpper: this.#upper,
      rowLower: this.#rowLower,
      rowUpper: this.#rowUpper,
      matrix: {
        format: 'csc',
        numCols: this.#cost.length,
        numRows: this.#rowLower.length,
        starts: this.#starts,
        indices: this.#rows,
        values: this.#values,
      },
      ...(this.#isWhole() ? { integrality: this.#cost.map((_, j) => (this.#integer?.[j] === 1 ? 1 : 0)) } : {}),
    })
    this.#model = model
    this.#generation = this.#room.generation()
    this.#settings = ''
    return model
  }

  #run(highs: Highs, options: SolveOptions, callbacks: HighsCallbackMap): Solution {
    const model = this.#ensureModel(highs)
    const settings = settingsOf(options, this.#isWhole())
    const told = JSON.stringify(settings)
    if (told !== this.#settings) {
      model.options.reset()
      model.options.set(settings)
      this.#settings = told
    }
    // The limit counts all runs of a model together.
    model.zeroAllClocks()
    if (options.start !== undefined) model.setSolution({ colValue: options.start })
    const { modelStatus } = model.run(callbacks)
    const isBoxed = this.#lower.every(Number.isFinite) && this.#upper.every(Number.isFinite)
    return read(highs, model, modelStatus, this.#isWhole() ? this.#integer : null, isBoxed)
  }
}

// ---------------------------------------------------------------- one run

/** In the names of HiGHS (highs.dev, "List of options"). */
function settingsOf(options: SolveOptions, isWhole: boolean): Record<string, boolean | number | string> {
  return {
    output_flag: false,
    ...(options.seconds === undefined ? {} : { time_limit: options.seconds }),
    random_seed: options.seed ?? 0,
    ...(isWhole ? { mip_rel_gap: options.gap ?? 0, mip_abs_gap: 1e-6 } : {}),
    ...(isWhole && options.nodes !== undefined ? { mip_max_nodes: options.nodes } : {}),
    ...(options.algorithm === undefined ? {} : { solver: options.algorithm }),
    ...options.settings,
  }
}

function read(highs: Highs, model: Model, modelStatus: number, integer: Uint8Array | null, isBoxed: boolean): Solution {
  const is = highs.constants.modelStatus
  const failed: readonly number[] = [is.loadError, is.modelError, is.presolveError, is.solveError, is.postsolveError]
  if (failed.includes(modelStatus)) throw new Error(`HiGHS ended with model status ${modelStatus}`)
  if (modelStatus === is.infeasible) return nothing('infeasible')
  // Presolve cannot always tell the two apart; where every column has two bounds nothing is unbounded.
  if (modelStatus === is.unboundedOrInfeasible) return nothing(isBoxed ? 'infeasible' : 'unbounded')
  if (modelStatus === is.unbounded) return nothing('unbounded')
  const isOptimal = modelStatus === is.optimal || modelStatus === is.empty
  const hasValues = isOptimal || model.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible
  const objective = hasValues ? model.getObjectiveValue() : Number.POSITIVE_INFINITY
  const { colValue, colDual, rowDual } = model.getSolution()
  const known = integer === null ? (isOptimal ? objective : Number.NEGATIVE_INFINITY) : mipBound(model)
  return {
    status: isOptimal ? 'optimal' : 'stopped',
    // Plus 0: no minus zero.
    values: hasValues ? colValue.map((value, j) => (integer?.[j] === 1 ? Math.round(value) + 0 : value)) : null,
    objective,
    bound: Math.min(known, objective),
    duals: integer === null && isOptimal ? { rows: rowDual, columns: colDual } : null,
  }
}

function mipBound(model: Model): number {
  return Number(model.info.get('mip_dual_bound'))
}

function nothing(status: 'infeasible' | 'unbounded'): Solution {
  const objective = status === 'infeasible' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
  return { status, values: null, objective, bound: objective, duals: null }
}

/** The caller's functions as callbacks; what they throw must not be taken for a crash of the solver. */
function listen(
  highs: Highs,
  { onProgress, shouldStop }: SolveOptions,
  isWhole: boolean,
): { readonly callbacks: HighsCallbackMap; readonly thrown: unknown[] } {
  const thrown: unknown[] = []
  if (onProgress === undefined && shouldStop === undefined) return { callbacks: {}, thrown }
  const guarded = (work: () => boolean, event: { interrupt: () => void }): void => {
    try {
      if (work()) event.interrupt()
    } catch (error) {
      thrown.push(error)
      throw error
    }
  }
  const asked = (event: { interrupt: () => void }): undefined => void guarded(() => shouldStop?.() ?? false, event)
  const types = highs.constants.callbackType
  if (!isWhole) return { callbacks: { [types.simplexInterrupt]: asked, [types.ipmInterrupt]: asked }, thrown }
  return {
    callbacks: {
      [types.mipInterrupt](event) {
        const { mip_primal_bound: best, mip_dual_bound: bound, mip_node_count: nodes } = event.data
        guarded(() => {
          onProgress?.({
            best: best !== undefined && best < highs.infinity ? best : null,
            bound: bound ?? Number.NEGATIVE_INFINITY,
            nodes: Number(nodes ?? 0),
          })
          return shouldStop?.() ?? false
        }, event)
      },
    },
    thrown,
  }
}
