import { type Draft, draft } from '../log/draft.ts'

import { type Phase, Quarter } from '../plan/words.ts'
import { objectives } from '../results/framework.ts'
import { indicators } from '../results/indicators.ts'
import { type DatedPhase, periodContains } from '../results/periods.ts'
import { CivilDate, firstDayOf } from '../shared/dates.ts'
import type { OrganisationId, StreamId } from '../shared/ids.ts'
import type { PrintedLanguage } from '../shared/languages.ts'
import { accept, type Decision, type Refusal, refuse } from '../shared/refusals.ts'
import { narrativeWritten, reportInError, reportOpened } from './entries.ts'
import type { DonorReport } from './project.ts'
import { readNarrative } from './slots.ts'
import { fieldOf, longestNarrative, type Part } from './words.ts'

/** Which report: of what, and frozen when. As it was chosen. */
export type Asked = { readonly phase: Phase; readonly quarter: string; readonly cutOff: string }

/** What there is to choose from: the quarters that programmes say this phase has, and the labels of cut-offs. */
export type Known = {
  readonly dates: readonly Pick<DatedPhase, 'from' | 'to'>[]
  readonly cutOffs: readonly string[]
}

export type OpenReport = Asked & { readonly stream: StreamId; readonly organisation: OrganisationId }

/**
 * Opens a report of a quarter of a phase, its figures frozen at a cut-off. One before the quarter is over is taken: the report
 * says so (`isOver`).
 *
 * @param others every report of the organisation
 * Refused: as `wrongAsked`; and `donor-report.opened-already`.
 */
export function openReport(
  { stream, organisation, phase, quarter, cutOff }: OpenReport,
  known: Known,
  others: readonly DonorReport[],
  today: CivilDate,
): Decision<Draft[]> {
  const wrong = wrongAsked({ phase, quarter, cutOff }, known)
  if (wrong) return { ok: false, refusal: wrong }
  const isSame = (each: DonorReport): boolean =>
    !each.enteredInError && each.phase === phase && each.quarter === quarter && each.cutOff === cutOff
  if (others.some(isSame)) return refuse('donor-report.opened-already')
  return accept([
    draft(reportOpened, stream, today, { organisation, phase, quarter, cutOff, definitions: definitions() }),
  ])
}

/**
 * What stands against a report, when it is opened and whenever it is made: undefined where nothing does.
 * Refused: `donor-report.phase-not-dated`, `donor-report.quarter-outside-phase` {from, to}, `donor-report.no-such-cut-off`
 * {allowed}, `donor-report.cut-off-before-quarter` {from}.
 */
export function wrongAsked({ quarter: said, cutOff }: Asked, { dates, cutOffs }: Known): Refusal | undefined {
  if (dates.length === 0) return { code: 'donor-report.phase-not-dated', values: {} }
  const quarter = Quarter.safeParse(said).data
  if (!quarter || !dates.some((phase) => periodContains(phase, quarter)))
    return { code: 'donor-report.quarter-outside-phase', values: rangeOf(dates) }
  if (!cutOffs.includes(cutOff))
    return { code: 'donor-report.no-such-cut-off', values: { allowed: [...cutOffs].sort().slice(-12).join(', ') } }
  const from = firstDayOf(quarter)
  return cutOff < from ? { code: 'donor-report.cut-off-before-quarter', values: { from } } : undefined
}

/** Whether the quarter was over when its figures were frozen: else they are of the part of it that had been. */
export function isOver({ quarter, cutOff }: Pick<DonorReport, 'quarter' | 'cutOff'>): boolean {
  const [year, number] = [Number(quarter.slice(0, 4)), Number(quarter.slice(6))]
  const next = CivilDate.parse(number === 4 ? `${year + 1}-Q1` : `${year}-Q${number + 1}`)
  return cutOff >= firstDayOf(next)
}

/**
 * Writes a text beside the figures of a part, or writes it anew; an empty one takes it back. Two that were written apart are
 * settled by writing what is meant.
 * Refused: `donor-report.entered-in-error`, `donor-report.text-too-long` {most, has}, `donor-report.nothing-changed`, and as
 * `readNarrative`.
 */
export function writeNarrative(
  stream: StreamId,
  report: DonorReport,
  { part, language, text: typed }: { readonly part: Part; readonly language: PrintedLanguage; readonly text: string },
  today: CivilDate,
): Decision<Draft[]> {
  if (report.enteredInError) return refuse('donor-report.entered-in-error')
  const text = typed.trim().normalize('NFC')
  if (text.length > longestNarrative)
    return refuse('donor-report.text-too-long', { most: longestNarrative, has: text.length })
  const pieces = readNarrative(part, text)
  if (!pieces.ok) return pieces
  const versions = report.narratives.find((each) => each.part === part && each.language === language)?.versions ?? []
  if (versions.length <= 1 && (versions[0] ?? '') === text) return refuse('donor-report.nothing-changed')
  return accept([draft(narrativeWritten, stream, today, { [fieldOf(part, language)]: text })])
}

/** Marks a report as never having been meant, or takes that back. */
export function markReportInError(
  stream: StreamId,
  { opening }: DonorReport,
  isInError: boolean,
  today: CivilDate,
): Decision<Draft[]> {
  return accept([draft(reportInError, stream, today, { record: opening, enteredInError: isInError })])
}

/** The definition of every indicator of the framework, as this version has it. */
function definitions(): Readonly<Record<string, number>> {
  const told = new Set(
    objectives.flatMap(({ outcomes }) =>
      outcomes.flatMap(({ outputs }) => outputs.flatMap((output) => output.indicators)),
    ),
  )
  return Object.fromEntries(
    indicators.filter(({ key }) => told.has(key)).map(({ key, definition }) => [key, definition]),
  )
}

function rangeOf(dates: Known['dates']): { readonly from: string; readonly to: string } {
  const sorted = (which: 'from' | 'to'): readonly string[] => dates.map((each) => each[which]).sort()
  return { from: sorted('from')[0] ?? '', to: sorted('to').at(-1) ?? '' }
}
