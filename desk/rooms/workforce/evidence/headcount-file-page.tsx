import { takeHeadcount } from '@lentera/core/workforce/capture'
import { headcountFields } from '@lentera/core/workforce/headcount-fields'
import { type HeadcountFile, readHeadcounts } from '@lentera/core/workforce/headcount-file'
import { projectHeadcount } from '@lentera/core/workforce/project'
import { DataTable, exact, useFormat, useText } from '@lentera/ui/parts'
import { useStreams } from '../../../device/context.ts'
import { CountedFilePage } from '../counted/counted-file.tsx'

/** Headcounts from a CSV or workbook. */
export function HeadcountFilePage() {
  const t = useText()
  const standing = useStreams('headcount', projectHeadcount)
  return (
    <CountedFilePage
      of={{
        purpose: 'workforce.headcount',
        fields: headcountFields,
        order: [
          ...(['agency', 'place', 'unit', 'rank', 'women', 'men', 'unrecorded', 'total'] as const),
          ...(['sex', 'officers', 'on', 'counted', 'trust', 'source', 'country'] as const),
        ],
        sameForAll: ['agency', 'unit', 'place', 'rank', 'counted', 'trust'],
        finest: 'day',
        read: readHeadcounts,
        take: takeHeadcount,
        table: (records) => <Headcounts records={records} />,
      }}
      standing={standing.map(({ state }) => state)}
      says={{
        title: t('workforce.file.title'),
        under: t('workforce.file.under'),
        date: t('workforce.counted-on'),
        back: { to: '/workforce', text: t('workforce.back') },
        look: { to: '/workforce/evidence', text: t('workforce.file.look') },
        read: (headcounts, bad) => t('workforce.file.read', { headcounts, bad }),
        known: (headcounts) => t('workforce.file.known', { headcounts }),
        take: (headcounts) => t('workforce.file.take', { headcounts }),
        taken: (headcounts) => t('workforce.file.taken', { headcounts }),
      }}
    />
  )
}

type Taken = HeadcountFile['records']

/** Each headcount with its share, as it would be taken. */
function Headcounts({ records }: { readonly records: Taken }) {
  const t = useText()
  const format = useFormat()
  const women = ({ rows }: Taken[number]): number => rows.reduce((sum, row) => sum + row.women, 0)
  const all = ({ rows }: Taken[number]): number =>
    rows.reduce((sum, row) => sum + row.women + row.men + row.unrecorded, 0)
  return (
    <DataTable
      caption={t('workforce.file.headcounts', { headcounts: records.length })}
      rows={records}
      keyOf={({ lines }) => lines.join()}
      columns={[
        {
          id: 'of',
          label: t('workforce.place'),
          value: ({ agency, unit, place }) =>
            [
              t(`workforce.place.${place}`),
              t(`agency.${agency}`),
              ...(unit === 'all' ? [] : [t(`workforce.unit.${unit}`)]),
            ].join(', '),
        },
        {
          id: 'share',
          label: t('workforce.share'),
          value: (each) => format.percent((100 * women(each)) / all(each), 1),
          align: 'end',
        },
        { id: 'women', label: t('workforce.count.women'), value: (each) => exact(women(each)) },
        { id: 'all', label: t('workforce.count.all'), value: (each) => exact(all(each)) },
        { id: 'on', label: t('workforce.counted-on'), value: ({ on }) => format.date(on) },
        { id: 'source', label: t('workforce.source'), value: ({ source }) => source },
      ]}
    />
  )
}
