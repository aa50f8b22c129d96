import type { StreamId } from '@lentera/core/shared/ids'
import type { Requests } from '@lentera/core/training/self-care/capture'
import {
  projectRequest,
  projectWebinar,
  type SelfCareRequest,
  type SelfCareWebinar,
} from '@lentera/core/training/self-care/project'
import { maySplit, totalOf } from '@lentera/core/training/self-care/words'
import type { Translate } from '@lentera/ui/catalogues/text'
import { between, type FigureValue, unknownFigure } from '@lentera/ui/parts'
import { type Projected, useSnapshot, useStreams } from '../../../device/context.ts'
import { newestFirst } from '../../records/newest-first.ts'

export const useIsTrainer = (): boolean => useSnapshot(({ me }) => me?.roles.includes('trainer') === true)

/** Of her organisation, the newest first. */
export const useRequests = (): readonly Projected<SelfCareRequest>[] =>
  newestFirst(useStreams('self-care-request', projectRequest), ({ askedOn }) => askedOn)

export const useWebinars = (): readonly Projected<SelfCareWebinar>[] =>
  newestFirst(useStreams('self-care-webinar', projectWebinar), ({ heldOn }) => heldOn)

export const byStream = (requests: readonly Projected<SelfCareRequest>[]): Requests =>
  new Map(requests.map(({ stream, state }) => [stream, state]))

/** The webinars that answer a request. */
export const answering = (
  request: StreamId,
  webinars: readonly Projected<SelfCareWebinar>[],
): readonly Projected<SelfCareWebinar>[] =>
  webinars.filter(({ state }) => !state.enteredInError && state.answers.includes(request))

export const sayTopic = ({ topic }: Pick<SelfCareWebinar, 'topic'>, t: Translate): string =>
  topic ? t(`self-care-topic.${topic}`) : t('results.unsettled')

export const sayUnit = ({ unit, agency }: SelfCareRequest, t: Translate): string =>
  [
    unit ? t(`unit-kind.${unit}`) : t('results.unsettled'),
    agency ? t(`agency.${agency}`) : t('results.unsettled'),
  ].join(', ')

/** How many were there; between both, where two people counted apart. */
export function attendedAt({ attendances }: SelfCareWebinar): FigureValue {
  const totals = attendances.map(totalOf)
  return totals.length === 0 ? unknownFigure : between({ low: Math.min(...totals), high: Math.max(...totals) })
}

/** By sex, where every group is of five or more; undefined where it is not told apart. */
export function saySplit({ attendances }: SelfCareWebinar, t: Translate): string | undefined {
  const [counts, ...others] = attendances
  if (!counts || others.length > 0 || !maySplit(counts)) return undefined
  return (['female', 'male', 'another', 'unknown'] as const)
    .filter((sex) => counts[sex] > 0)
    .map((sex) => t('self-care.of-sex', { sex: t(`self-care.sex.${sex}`), count: counts[sex] }))
    .join(' · ')
}
