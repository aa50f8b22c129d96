import {
  type Baseline,
  isOwnStream,
  type PlannedPhase,
  projectBaseline,
  projectPhase,
  projectTarget,
  type Target,
} from '@lentera/core/plan/project'
import { useMemo } from 'react'
import { type Projected, useSnapshot, useStreams } from '../../device/context.ts'

export type Plan = {
  readonly phases: readonly Projected<PlannedPhase>[]
  readonly baselines: readonly Projected<Baseline>[]
  readonly targets: readonly Projected<Target>[]
}

/** All that the programme of this device plans, what was entered in error too. */
export function usePlan(): Plan {
  const phases = useStreams('phase', projectPhase)
  const baselines = useStreams('baseline', projectBaseline)
  const targets = useStreams('target', projectTarget)
  return useMemo(
    () => ({ phases: phases.filter(isOwn), baselines: baselines.filter(isOwn), targets: targets.filter(isOwn) }),
    [phases, baselines, targets],
  )
}

const isOwn = ({ stream, state }: Projected<PlannedPhase | Baseline | Target>): boolean => isOwnStream(stream, state)

/** Whether she may say what is planned: as the server judges it. */
export const useMayPlan = (): boolean =>
  useSnapshot(
    ({ me }) =>
      me?.roles.includes('manager') === true || (me?.country === null && me.roles.includes('regional-manager')),
  )

/** Whose word it is, and on which day. */
export const standing = <T extends { readonly enteredInError: boolean }>(
  all: readonly Projected<T>[],
  which: (planned: T) => boolean,
): T | undefined => all.find(({ state }) => which(state) && !state.enteredInError)?.state
