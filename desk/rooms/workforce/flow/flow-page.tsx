import { StreamId } from '@lentera/core/shared/ids'
import { correctFlow, describeFlow, markFlowInError } from '@lentera/core/workforce/flow/capture'
import { projectFlow } from '@lentera/core/workforce/flow/project'
import { EmptyState, useFormat, useText } from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useStreams } from '../../../device/context.ts'
import { CountedRecord } from '../counted/counted-record.tsx'
import { HeadFields, readHead, typedHead } from '../fields.tsx'
import { sayRow } from './say.ts'

/** One period: of whom it is, who came, rose and left, and their corrections. */
export function FlowPage() {
  const t = useText()
  const format = useFormat()
  const { stream: asked } = useParams({ strict: false })
  const flow = useStreams('workforce-flow', projectFlow).find((each) => each.stream === StreamId.safeParse(asked).data)
  if (!flow)
    return (
      <EmptyState title={t('workforce.not-here')} action={<Link to="/workforce/flows">{t('flow.back')}</Link>}>
        {t('workforce.not-here-text')}
      </EmptyState>
    )
  const { state, stream } = flow
  return (
    <CountedRecord
      record={flow}
      over={<Link to="/workforce/flows">{t('flow.back')}</Link>}
      title={t('flow.one-title', { period: format.date(state.on) })}
      under={[]}
      head={{
        title: t('flow.head'),
        typed: typedHead(state),
        fields: (typing) => <HeadFields {...typing} />,
        read: readHead,
      }}
      rows={{
        title: t('flow.rows'),
        note: t('flow.rows-note'),
        none: t('flow.rows-none'),
        name: (row) => sayRow(row, t),
      }}
      decide={{
        describe: (change) => describeFlow(stream, state, change),
        correct: (record, change) => correctFlow(stream, state, record, change),
        mark: (record, is) => markFlowInError(stream, state, record, is),
      }}
    />
  )
}
