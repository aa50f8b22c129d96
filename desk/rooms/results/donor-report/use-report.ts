import type { PhaseDates, ReportModel } from '@lentera/core/donor-report/model'
import type { ReportVoice } from '@lentera/core/donor-report/say'
import { Phase } from '@lentera/core/plan/words'
import type { Interval } from '@lentera/core/shared/counts'
import type { StreamId } from '@lentera/core/shared/ids'
import type { PrintedLanguage } from '@lentera/core/shared/languages'
import { useFormat, useStaffLanguage, useText } from '@lentera/ui/parts'
import { formatInterval, formatNumber, percentText } from '@lentera/ui/tokens/numbers'
import { languages } from '@lentera/ui/tokens/scripts'
import { useMemo } from 'react'
import * as z from 'zod'
import { type Answer, useAnswer } from '../../../device/use-answer.ts'

/** What there is to choose from; `dates` are those of every programme that says when the phase is. */
export type Choices = {
  readonly phases: readonly { readonly key: Phase; readonly dates: readonly PhaseDates[] }[]
  readonly cutOffs: readonly string[]
}

export const useChoices = (): Answer<Choices> => useAnswer('/api/donor-reports', parseChoices)

/** A report with its figures, which the server made whole: released, or the reason why there is no number. */
export const useReport = (stream: StreamId): Answer<ReportModel> =>
  useAnswer(`/api/donor-reports/${stream}`, parseReport)

/** The reader's words, numbers and clock. */
export function useReportVoice(): ReportVoice {
  const t = useText()
  const format = useFormat()
  const own = useStaffLanguage()
  return useMemo(
    () => ({
      ...format,
      language: own,
      t,
      instant: (at: string) => format.instant(Date.parse(at)),
      isDraft: languages[own].state !== 'complete',
      // Words of other languages are not on this screen; their digits are.
      of: (language: PrintedLanguage) => ({
        ...format,
        t,
        number: (value: number) => formatNumber(value, language),
        interval: (interval: Interval) => formatInterval(interval, language),
        percent: (percent: number, decimals?: number) => percentText(percent, language, decimals),
      }),
    }),
    [format, own, t],
  )
}

const PhaseChoice = z.object({
  key: Phase,
  dates: z.array(z.custom<PhaseDates>((value) => typeof value === 'object' && value !== null)),
})
const ChoicesAnswer = z.object({ phases: z.array(PhaseChoice), cutOffs: z.array(z.string()) })
const parseChoices = (answer: unknown): Choices => ChoicesAnswer.parse(answer)

const parseReport = (answer: unknown): ReportModel =>
  z.custom<ReportModel>((value) => typeof value === 'object' && value !== null && 'objectives' in value).parse(answer)
