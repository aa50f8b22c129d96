import { refuse } from '@lentera/core/shared/refusals'
import { makeReform } from '@lentera/core/workforce/capture'
import { projectRecommendation } from '@lentera/core/workforce/project'
import { useText } from '@lentera/ui/parts'
import { useStreams } from '../../device/context.ts'
import { byStream, ReformFields, readReform } from './fields.tsx'
import { NewRecord } from './new-record.tsx'

/** What changed for women officers, with its evidence and the recommendation it follows. */
export function NewReformPage() {
  const t = useText()
  const recommendations = useStreams('recommendation', projectRecommendation)
  return (
    <NewRecord
      name="new-reform"
      title={t('workforce.reform.new')}
      under={t('workforce.reform.new-under')}
      dateLabel={t('workforce.changed-on')}
      to="/workforce/reforms/$stream"
      decide={({ typed, today, ...said }) => {
        const reform = readReform(typed)
        if (!reform) return refuse('workforce.not-complete')
        return makeReform({ ...said, ...reform }, byStream(recommendations), today)
      }}
      fields={(typing) => <ReformFields {...typing} recommendations={recommendations} />}
    />
  )
}
