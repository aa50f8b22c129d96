import type { CivilDate } from '@lentera/core/shared/dates'
import type { Refusal } from '@lentera/core/shared/refusals'
import { useMemo } from 'react'
import { useKeptForm } from '../../../device/use-kept-form.ts'
import { firstTyped, readAssumptions } from './assumptions.ts'
import { type BoardOf, boardOf } from './board.ts'
import { type Register, useRegister } from './use-register.ts'

/** The coverage board as every screen reads it: by the assumptions that are kept on this device, and by no other reckoning. */
export type Board =
  | { readonly at: 'loading' }
  | { readonly at: 'refused'; readonly refusal: Refusal; readonly register: Register }
  | ({ readonly at: 'read'; readonly register: Register } & BoardOf)

export function useBoard(day: CivilDate): Board {
  const register = useRegister()
  const { ready, typed } = useKeptForm('cover-assumptions', firstTyped)
  return useMemo(() => {
    if (!ready) return { at: 'loading' }
    const assumed = readAssumptions(typed)
    if (!assumed.ok) return { at: 'refused', refusal: assumed.refusal, register }
    return { at: 'read', register, ...boardOf(register.posts, register.officers, day, assumed.value) }
  }, [ready, typed, register, day])
}
