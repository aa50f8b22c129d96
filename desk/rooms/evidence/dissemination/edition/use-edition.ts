import type { EditionModel } from '@lentera/core/edition/model'
import type { Edition } from '@lentera/core/evidence/dissemination/edition/project'
import { Hash, type StreamId } from '@lentera/core/shared/ids'
import * as z from 'zod'
import type { Projected } from '../../../../device/context.ts'
import { type Answer, useAnswer } from '../../../../device/use-answer.ts'

/** What each part of an edition's page is handed. */
export type EditionProps = { readonly edition: Projected<Edition>; readonly mayWrite: boolean }

/** What there is to link figures to, besides what the device knows itself. */
export type Choices = z.infer<typeof ChoicesAnswer>

export const useChoices = (): Answer<Choices> => useAnswer('/api/editions', parseChoices)

/** An edition with its figures, which the server made whole: released, or the reason why there is no number. */
export const useEdition = (stream: StreamId): Answer<EditionModel> => useAnswer(`/api/editions/${stream}`, parseEdition)

const ChoicesAnswer = z.object({
  cutOffs: z.array(z.string()),
  publications: z.array(
    z.object({
      address: z.string(),
      title: z.string(),
      hash: Hash,
      fields: z.array(
        z.object({ name: z.string(), codes: z.array(z.object({ code: z.string(), label: z.string() })) }),
      ),
    }),
  ),
})
const parseChoices = (answer: unknown): Choices => ChoicesAnswer.parse(answer)

const parseEdition = (answer: unknown): EditionModel =>
  z.custom<EditionModel>((value) => typeof value === 'object' && value !== null && 'figures' in value).parse(answer)
