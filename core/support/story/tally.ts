import type { StreamState } from '../../log/fold.ts'
import type { Contribution } from '../../shared/contribution.ts'
import { projectStory } from './project.ts'
import { Use } from './words.ts'

/**
 * What a story contributes to results: each use she agreed to, once the text that stands has been approved, in the quarter in
 * which both had come about. What she refused or took back contributes nothing, and nothing says that it did before.
 */
export const storyFacts = { ready: 'story.ready' } as const

/** The breakdowns kept as tallies, per fact; `[]` is the total. */
export const storyBreakdowns = {
  [storyFacts.ready]: [[], ['use'], ['language']],
} as const satisfies Record<string, readonly (readonly string[])[]>

export function contributionsOfStory(state: StreamState): Contribution[] {
  const story = projectStory(state)
  // Two languages are two texts, of which neither is approved.
  if (!story || story.enteredInError || story.erased || !story.language) return []
  const { person, country, language, consents, reading } = story
  const approvedOn = reading.reading === 'approved' ? reading.on : undefined
  if (!approvedOn) return []
  return Use.options.flatMap((use): Contribution[] => {
    const consent = consents[use]
    if (consent?.answer !== 'given') return []
    const on = consent.on > approvedOn ? consent.on : approvedOn
    // Approved only after her consent had ended: it was never ready.
    if (on > consent.until) return []
    return [{ fact: storyFacts.ready, record: use, person, on, dimensions: { country, use, language }, amount: 1 }]
  })
}
