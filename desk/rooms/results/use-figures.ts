import type { Figure } from '@lentera/core/results/figure'
import * as z from 'zod'
import { type Answer, useAnswer } from '../../device/use-answer.ts'

/** Every figure this reader may see, of a period (`all`, a phase, `2026`, `2026-Q4`). */
export const useFigures = (period: string): Answer<readonly Figure[]> =>
  useAnswer(`/api/figures?period=${period}`, parseFigures)

const Figures = z.object({
  figures: z.array(z.custom<Figure>((value) => typeof value === 'object' && value !== null)),
})
const parseFigures = (answer: unknown): readonly Figure[] => Figures.parse(answer).figures
