import { refuse } from '@lentera/core/shared/refusals'
import { writeFlow } from '@lentera/core/workforce/flow/capture'
import { useText } from '@lentera/ui/parts'
import { HeadFields, readHead } from '../fields.tsx'
import { NewRecord, type Said } from '../new-record.tsx'
import { FlowRowFields, readFlowRows } from './fields.tsx'

/** Who came, rose and left in a period, from its source. */
export function NewFlowPage() {
  const t = useText()
  return (
    <NewRecord
      name="new-flow"
      title={t('flow.new')}
      under={t('flow.new-under')}
      dateLabel={t('flow.period')}
      finest="month"
      to="/workforce/flows/$stream"
      back="/workforce/flows"
      decide={decide}
      fields={(typing) => (
        <>
          <HeadFields {...typing} />
          <FlowRowFields {...typing} />
        </>
      )}
    />
  )
}

/** Refused also: `workforce.not-complete`. */
function decide({ typed, today, ...said }: Said) {
  const head = readHead(typed)
  if (!head) return refuse('workforce.not-complete')
  return writeFlow({ ...said, ...head, rows: readFlowRows(typed) }, today)
}
