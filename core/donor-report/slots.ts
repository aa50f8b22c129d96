import { objectives } from '../results/framework.ts'
import { type Indicator, indicators } from '../results/indicators.ts'
import { accept, type Decision, type Refusal } from '../shared/refusals.ts'
import { type Part, partOfObjective, ReportedPeriod } from './words.ts'

/**
 * A slot in a narrative, where the figure itself will stand: nobody types one. `{officers-trained}` is that of the quarter,
 * `{officers-trained:phase}`, `:year` and `:all` are the others. Of survivors none is released by quarter or by phase, so their
 * slots are `{survivors-supported:year}` and `:all` alone.
 */
export type Slot = { readonly key: string; readonly period: ReportedPeriod }

export type Piece = { readonly text: string } | { readonly slot: Slot }

/** A narrative cut at its slots. Refused: `donor-report.unknown-slot` {slot, allowed}, `donor-report.slot-not-released` {slot, allowed}. */
export function readNarrative(part: Part, text: string): Decision<readonly Piece[]> {
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(braces)) {
    const slot = readSlot(part, match[1] ?? '')
    if (!slot.ok) return slot
    pieces.push({ text: text.slice(from, match.index) }, { slot: slot.value })
    from = match.index + match[0].length
  }
  pieces.push({ text: text.slice(from) })
  return accept(pieces.filter((piece) => 'slot' in piece || piece.text !== ''))
}

/** The slots a text of this part may hold, as they are typed. */
export const slotsOf = (part: Part): readonly string[] => indicatorsOf(part).flatMap(slotsOfIndicator)

const braces = /\{([^{}]*)\}/g

function readSlot(part: Part, name: string): Decision<Slot> {
  const [key = '', said = 'quarter', ...more] = name.trim().split(':')
  const indicator = indicatorsOf(part).find((each) => each.key === key)
  const period = ReportedPeriod.safeParse(said).data
  if (!indicator || !period || more.length > 0)
    return { ok: false, refusal: wrongSlot('donor-report.unknown-slot', name, slotsOf(part)) }
  const isReleased = indicator.subject === 'open' || period === 'year' || period === 'all'
  return isReleased
    ? accept({ key, period })
    : { ok: false, refusal: wrongSlot('donor-report.slot-not-released', name, slotsOfIndicator(indicator)) }
}

function slotsOfIndicator({ key, subject }: Indicator): readonly string[] {
  const periods = subject === 'open' ? ['', ':phase', ':year', ':all'] : [':year', ':all']
  return periods.map((period) => `{${key}${period}}`)
}

const wrongSlot = (code: string, slot: string, allowed: readonly string[]): Refusal => ({
  code,
  values: { slot, allowed: allowed.join(' ') },
})

function indicatorsOf(part: Part): readonly Indicator[] {
  return objectives
    .filter(({ number }) => part === 'summary' || part === partOfObjective(number))
    .flatMap(({ outcomes }) => outcomes.flatMap(({ outputs }) => outputs.flatMap((output) => output.indicators)))
    .flatMap((key) => indicators.filter((each) => each.key === key))
}
