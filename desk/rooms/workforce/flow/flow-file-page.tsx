import { writeFlow } from '@lentera/core/workforce/flow/capture'
import { flowFields } from '@lentera/core/workforce/flow/flow-fields'
import { type FlowFile, readFlows } from '@lentera/core/workforce/flow/flow-file'
import { projectFlow } from '@lentera/core/workforce/flow/project'
import { DataTable, exact, useFormat, useText } from '@lentera/ui/parts'
import { useStreams } from '../../../device/context.ts'
import { CountedFilePage } from '../counted/counted-file.tsx'
import { sayRow } from './say.ts'

/** Who came, rose and left, from a CSV or workbook. */
export function FlowFilePage() {
  const t = useText()
  const standing = useStreams('workforce-flow', projectFlow)
  return (
    <CountedFilePage
      of={{
        purpose: 'workforce.flow',
        fields: flowFields,
        order: [
          ...(['happening', 'agency', 'place', 'rank', 'to', 'women', 'men', 'unrecorded', 'total'] as const),
          ...(['sex', 'officers', 'on', 'counted', 'trust', 'source', 'country'] as const),
        ],
        sameForAll: ['happening', 'agency', 'place', 'rank', 'counted', 'trust'],
        finest: 'month',
        read: readFlows,
        take: writeFlow,
        table: (records) => <Flows records={records} />,
      }}
      standing={standing.map(({ state }) => state)}
      says={{
        title: t('flow.file.title'),
        under: t('flow.file.under'),
        date: t('flow.period'),
        back: { to: '/workforce/flows', text: t('flow.back') },
        look: { to: '/workforce/flows', text: t('flow.file.look') },
        read: (periods, bad) => t('flow.file.read', { periods, bad }),
        known: (periods) => t('flow.file.known', { periods }),
        take: (periods) => t('flow.file.take', { periods }),
        taken: (periods) => t('flow.file.taken', { periods }),
      }}
    />
  )
}

/** Row by row, as it would be taken: so that a promotion whose form says no rank after it is seen with the rank it is read as. */
function Flows({ records }: { readonly records: FlowFile['records'] }) {
  const t = useText()
  const format = useFormat()
  const rows = records.flatMap(({ rows: each, lines, ...of }) =>
    each.map((row) => ({ ...of, ...row, key: lines.join() })),
  )
  return (
    <DataTable
      caption={t('flow.file.rows', { rows: rows.length })}
      rows={rows}
      keyOf={({ key, happening, rank, to }) => [key, happening, rank, to].join()}
      columns={[
        { id: 'on', label: t('flow.period'), value: ({ on }) => format.date(on) },
        {
          id: 'of',
          label: t('workforce.place'),
          value: ({ agency, place }) => [t(`workforce.place.${place}`), t(`agency.${agency}`)].join(', '),
        },
        { id: 'what', label: t('workforce.field.happening'), value: (row) => sayRow(row, t) },
        { id: 'women', label: t('workforce.count.women'), value: ({ women }) => exact(women) },
        { id: 'all', label: t('workforce.count.all'), value: (row) => exact(row.women + row.men + row.unrecorded) },
        { id: 'source', label: t('workforce.source'), value: ({ source }) => source },
      ]}
    />
  )
}
