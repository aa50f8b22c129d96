import type { ComparedFigure } from '@lentera/core/results/brochure'
import * as z from 'zod'

/** The answer of the server, which made each figure whole: released, or the reason why there is no number. */
export type Compared = { readonly asOf: string | null; readonly lines: readonly ComparedFigure[] }

const Answer = z.object({
  asOf: z.string().nullable(),
  lines: z.array(z.custom<ComparedFigure>((value) => typeof value === 'object' && value !== null)),
})

export const parseCompared = (answer: unknown): Compared => Answer.parse(answer)
