import { Agency } from '@lentera/core/shared/agencies'
import { unsettled } from '@lentera/core/shared/contribution'
import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { Module } from '@lentera/core/shared/modules'
import { Sex } from '@lentera/core/shared/people'
import { Country } from '@lentera/core/shared/places'
import type { Refusal } from '@lentera/core/shared/refusals'
import { projectSession, type TrainingSession } from '@lentera/core/training/project'
import type { HeldSession } from '@lentera/core/workforce/officer/attended'
import { projectHeadcount } from '@lentera/core/workforce/project'
import { useMemo } from 'react'
import * as z from 'zod'
import { type Projected, useStreams } from '../../../../device/context.ts'
import { useAnswer } from '../../../../device/use-answer.ts'
import { useKeptForm } from '../../../../device/use-kept-form.ts'
import { newestFirst } from '../../../records/newest-first.ts'

export type SessionHere = HeldSession & {
  readonly country: Country | typeof unsettled
  readonly isOwn: boolean
}

export type Sessions = {
  /** The newest first. */
  readonly sessions: readonly SessionHere[]
  /** Those of other organisations are on their way, or could not be had. */
  readonly others: 'loading' | 'here' | Refusal
}

/**
 * The sessions that officers of one kind of agency may have attended: her organisation's own by their rows, which stand on this device, and
 * those of others as the server counts them.
 */
export function useSessions(agency: Agency): Sessions {
  const { answer } = useAnswer(`/api/training/sessions?agency=${agency}`, parseSessions)
  const own = useStreams('training-session', projectSession)
  return useMemo(() => {
    const ours = own.flatMap((each) => (each.state.enteredInError ? [] : sessionHere(each, agency)))
    const others = answer?.ok ? answer.value.filter(({ isOwn }) => !isOwn) : []
    return {
      sessions: [...ours, ...others].toSorted((a, b) => (a.heldOn < b.heldOn ? 1 : -1)),
      others: answer === undefined ? 'loading' : answer.ok ? 'here' : answer.refusal,
    }
  }, [own, answer, agency])
}

/** Which kind of agency her officers are counted in at a session: said once on this device, and until then as her newest headcount says. */
export function useAgency() {
  const { ready, typed, set } = useKeptForm('register-agency')
  const headcounts = useStreams('headcount', projectHeadcount)
  const newest = newestFirst(
    headcounts.filter(({ state }) => !state.enteredInError && state.agency !== undefined),
    ({ on }) => on,
  )[0]
  const said = Agency.safeParse(typed.agency).data
  return { ready, agency: said ?? newest?.state.agency, say: (agency: string) => set('agency', agency) }
}

const Attended = z.record(Sex, z.object({ low: z.int().min(0), high: z.int().min(0) }))
const Session = z.object({
  stream: StreamId,
  heldOn: CivilDate,
  country: z.union([Country, z.literal(unsettled)]),
  modules: z.array(Module),
  isOwn: z.boolean(),
  attended: Attended,
})
const parseSessions = (answer: unknown): readonly SessionHere[] => z.array(Session).parse(answer)

/** By the rows of her own organisation. A row on which two answers stand may be hers: it widens the upper end. */
function sessionHere({ stream, state }: Projected<TrainingSession>, asked: Agency): SessionHere {
  const rows = state.attendance.filter((row) => !row.enteredInError && (row.agency ?? asked) === asked)
  const attended = Object.fromEntries(
    Sex.options.map((sex) => {
      const all = rows.filter((row) => (row.sex ?? 'unknown') === sex)
      const low = all.filter((row) => row.agency !== undefined && row.sex !== undefined).length
      return [sex, { low, high: all.length }]
    }),
  )
  return {
    stream,
    heldOn: state.heldOn,
    country: state.country ?? unsettled,
    modules: state.modules,
    isOwn: true,
    attended: Attended.parse(attended),
  }
}
