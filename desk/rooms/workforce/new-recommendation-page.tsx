import { makeRecommendation } from '@lentera/core/workforce/capture'
import { projectRecommendation } from '@lentera/core/workforce/project'
import { useText } from '@lentera/ui/parts'
import { useStreams } from '../../device/context.ts'
import { byStream, RecommendationFields, readRecommendation } from './fields.tsx'
import { NewRecord } from './new-record.tsx'

/** A recommendation as its source numbers it. Its way begins as proposed. */
export function NewRecommendationPage() {
  const t = useText()
  const recommendations = useStreams('recommendation', projectRecommendation)
  return (
    <NewRecord
      name="new-recommendation"
      title={t('workforce.recommendation.new')}
      under={t('workforce.recommendation.new-under')}
      dateLabel={t('workforce.made-on')}
      to="/workforce/recommendations/$stream"
      decide={({ typed, today, stream, organisation, on }) =>
        makeRecommendation({ stream, organisation, on, ...readRecommendation(typed) }, byStream(recommendations), today)
      }
      fields={(typing) => <RecommendationFields {...typing} />}
    />
  )
}
