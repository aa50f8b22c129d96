import type { Decision } from '../../shared/refusals.ts'
import type { Draft } from '../draft.ts'
import { Entry } from '../entry.ts'
import { emptyState, fold, type StreamState } from '../fold.ts'
import { check, type Kinds } from '../kind.ts'

/**
 * A stream as a device has it: each command is decided on what stands, its drafts are made entries that know their parents, and
 * each entry passes the check of its kind. For kinds that seal nothing.
 */
export class WrittenStream {
  entries: Entry[] = []
  readonly #kinds: Kinds

  constructor(kinds: Kinds) {
    this.#kinds = kinds
  }

  get state(): StreamState {
    return this.entries.length === 0 ? emptyState : fold(this.#kinds, this.entries)
  }

  /**
   * @param parents of what was written apart: what its device had seen; else all that stands
   * @throws what was refused, by its code
   */
  write(decided: Decision<Draft[]>, parents: readonly Entry['id'][] = this.state.heads): this {
    if (!decided.ok) throw new Error(decided.refusal.code)
    let known = parents
    for (const { kind, version, stream, on, coded } of decided.value) {
      const n = this.entries.length + 1
      const entry = Entry.parse({
        v: 1,
        id: `0199${String(n).padStart(4, '0')}-0000-7000-8000-000000000000`,
        programme: madeUp(3),
        stream,
        parents: known,
        kind,
        version,
        on,
        coded,
        sealed: {},
        author: madeUp(4),
        device: madeUp(5),
        at: { time: n, clock: [n, 0] },
        prev: null,
      })
      const checked = check(this.#kinds, entry)
      if (!checked.ok) throw new Error(checked.refusal.code)
      if (!checked.value.known) throw new Error(`nobody knows ${kind}`)
      this.entries.push(entry)
      known = [entry.id]
    }
    return this
  }
}

/** What stands of a stream that must have been begun. */
export function ensureBegun<T>(projected: T | undefined): T {
  if (projected === undefined) throw new Error('nothing stands yet')
  return projected
}

const madeUp = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
