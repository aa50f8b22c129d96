import { refuse } from '@lentera/core/shared/refusals'
import { findBarrier } from '@lentera/core/workforce/barrier/capture'
import { projectRecommendation } from '@lentera/core/workforce/project'
import { useText } from '@lentera/ui/parts'
import { useStreams } from '../../../device/context.ts'
import { NewRecord } from '../new-record.tsx'
import { BarrierFields, readBarrier } from './fields.tsx'

/** A barrier with its evidence, and what it leads to. */
export function NewBarrierPage() {
  const t = useText()
  const recommendations = useStreams('recommendation', projectRecommendation)
  return (
    <NewRecord
      name="new-barrier"
      title={t('barrier.new')}
      under={t('barrier.new-under')}
      dateLabel={t('barrier.found-on')}
      to="/workforce/barriers/$stream"
      decide={({ typed, today, ...said }) => {
        const barrier = readBarrier(typed)
        if (!barrier) return refuse('workforce.not-complete')
        const follows = recommendations.find(({ stream }) => stream === barrier.recommendation)
        return findBarrier({ ...said, ...barrier }, follows?.state, today)
      }}
      fields={(typing) => <BarrierFields {...typing} recommendations={recommendations} />}
    />
  )
}
