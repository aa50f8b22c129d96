import { openSurvey } from '@lentera/core/workforce/research/capture'
import { useText } from '@lentera/ui/parts'
import { NewRecord } from '../new-record.tsx'
import { readAgencies, readDescribed, SurveyFields } from './fields.tsx'

/** Officers are asked by one questionnaire: which, of what agencies, and how many. */
export function NewSurveyPage() {
  const t = useText()
  return (
    <NewRecord
      name="new-survey"
      title={t('research.new')}
      under={t('research.new-under')}
      dateLabel={t('research.opened-on')}
      to="/workforce/research/$stream"
      decide={({ typed, today, ...said }) =>
        openSurvey(
          { ...said, ...readDescribed(typed), instrument: typed.instrument ?? '', agencies: readAgencies(typed) },
          today,
        )
      }
      fields={(typing) => <SurveyFields {...typing} />}
    />
  )
}
