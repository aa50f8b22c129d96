import type { StreamState } from '../../log/fold.ts'
import type { Contribution } from '../../shared/contribution.ts'
import { projectCoverRelease } from './project.ts'
import type { Bands } from './words.ts'

/** What this room contributes to results: both ends of each band an agency released. */
export const coverReleaseFacts = { released: 'workforce.cover-released' } as const

/**
 * Kept as headcounts are: whole, by source and cut-off, and never added over cut-offs. `on` is the cut-off the bands are of, `cutOff` the one
 * they were released for; `of` says which band, `bound` which end of it. Where nothing could be told, `of` is `nothing`.
 */
export const coverReleaseBreakdowns = {
  [coverReleaseFacts.released]: [['agency', 'bound', 'counted', 'cutOff', 'of', 'on', 'organisation', 'source']],
} as const satisfies Record<string, readonly (readonly string[])[]>

export function contributionsOfCoverRelease(state: StreamState): Contribution[] {
  const release = projectCoverRelease(state)
  if (!release || release.enteredInError) return []
  const { opening, organisation, on: cutOff, made, agency, counted, bands } = release
  const row = (of: keyof Bands | 'nothing', bound: 'low' | 'high', amount: number): Contribution => ({
    fact: coverReleaseFacts.released,
    record: `${of} ${bound}`,
    person: null,
    on: cutOff,
    dimensions: { agency, organisation, counted, cutOff, on: made, source: opening, of, bound },
    amount,
  })
  if (!bands) return [row('nothing', 'high', 1)]
  const names = ['posts', 'shifts', 'present', 'onCall', 'women', 'expiring'] as const
  return names.flatMap((of) => {
    const band = bands[of]
    return band ? [row(of, 'low', band.low), row(of, 'high', band.high)] : []
  })
}
