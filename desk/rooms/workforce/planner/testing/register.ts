import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import type { OfficerAt } from '@lentera/core/workforce/officer/capture'
import { type Assumptions, firstTyped, readAssumptions } from '../assumptions.ts'

export const id = (n: number): StreamId => StreamId.parse(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`)
export const day = (text: string): CivilDate => CivilDate.parse(text)

export function assumed(typed: Readonly<Record<string, string>> = {}): Assumptions {
  const read = readAssumptions({ ...firstTyped, ...typed })
  if (!read.ok) throw new Error(read.refusal.code)
  return read.value
}

type Made = {
  readonly sex?: 'female' | 'male'
  readonly expires?: string
  readonly issued?: string
  readonly post?: StreamId
  readonly left?: boolean
  readonly said?: Partial<OfficerAt['said']>
}

/** An officer (invented) whose certificates of both modules end in a month. */
export const officer = (
  n: number,
  { sex = 'female', expires, issued, post = id(1), left = false, said }: Made = {},
): OfficerAt =>
  ({
    stream: id(n),
    officer: { post, posts: [post], sex, left, enteredInError: false, conflicts: [] },
    said: { disputed: [], ...said },
    certificates: expires
      ? (['see', 'meet'] as const).map((module) => ({
          certificate: { module, expires: day(expires), withdrawn: false, enteredInError: false },
          ...(issued ? { said: { issued: day(issued), disputed: [] } } : {}),
        }))
      : [],
    // What the functions under test read of an officer, and no more.
  }) as unknown as OfficerAt
