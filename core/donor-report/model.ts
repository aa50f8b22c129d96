import type { Baseline, Target } from '../plan/project.ts'
import type { Phase } from '../plan/words.ts'
import type { FigureValue } from '../results/figure.ts'
import type { CountMode, Indicator } from '../results/indicators.ts'
import type { CivilDate } from '../shared/dates.ts'
import type { Narrative } from './project.ts'
import type { ReportedPeriod } from './words.ts'

/**
 * A report with its figures, as the server makes it and the desk shows it: what is planned beside what was counted at the
 * cut-off. On the server `Value` is a value that may leave; nothing else gets in.
 */
export type ReportModel<Value extends FigureValue = FigureValue> = {
  readonly phase: { readonly key: Phase; readonly donor: string; readonly dates: readonly PhaseDates[] }
  readonly quarter: CivilDate
  readonly year: CivilDate
  readonly cutOff: CivilDate
  /** False where the figures are of a quarter that was not over at the cut-off. */
  readonly isOver: boolean
  readonly programme: { readonly name: string; readonly country: string | null }
  /** Whose tallies are in it, and as of when: of a region each programme's cut-off of that day or its last before. */
  readonly cutOffs: readonly CutOffUsed[]
  /** The newest cut-off there is: what has changed since is said against it. */
  readonly newest: string
  readonly objectives: readonly {
    readonly number: 1 | 2 | 3 | 4
    readonly outcomes: readonly {
      readonly key: string
      readonly outputs: readonly {
        readonly key: string
        readonly indicators: readonly ReportedIndicator<Value>[]
      }[]
    }[]
  }[]
  readonly narratives: readonly Narrative[]
}

export type PhaseDates = {
  /** Whose dates they are; null of a regional office's own. */
  readonly country: string | null
  readonly from: string
  readonly to: string
  /** Where they are written, as far as this reader may know. */
  readonly source: string | null
}

/** `madeAt`: the instant its figures were counted, ISO 8601. */
export type CutOffUsed = {
  readonly programme: string
  readonly country: string | null
  readonly label: string
  readonly madeAt: string
}

export type ReportedIndicator<Value extends FigureValue = FigureValue> = {
  readonly key: string
  /** The definition it is counted by, as it was when the report was opened. */
  readonly definition: number
  /** Whether it has been defined anew since. */
  readonly isRedefined: boolean
  readonly unit: Indicator['unit']
  readonly count: CountMode
  readonly about: Indicator['subject']
  readonly baseline: Pick<Baseline, 'measured' | 'qualifier' | 'day' | 'source'> | null
  readonly targets: readonly Pick<Target, 'period' | 'aimed' | 'direction' | 'source'>[]
  readonly values: Readonly<Record<ReportedPeriod, Value>>
  /** The cut-off of a released figure: an earlier one where what moved since may not be shown. Null of others. */
  readonly asOf: string | null
  /** What the same quarter is at the newest cut-off, where it differs: late entries and corrections. Open figures only. */
  readonly since: Value | null
}
