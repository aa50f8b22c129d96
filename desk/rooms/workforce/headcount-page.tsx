import { isExact, sum } from '@lentera/core/shared/counts'
import { StreamId } from '@lentera/core/shared/ids'
import { correctRank, describeHeadcount, markHeadcountInError } from '@lentera/core/workforce/capture'
import { projectHeadcount } from '@lentera/core/workforce/project'
import { EmptyState, useFormat, useText } from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useStreams } from '../../device/context.ts'
import { sayCode } from '../records/say.ts'
import { CountedRecord } from './counted/counted-record.tsx'
import { HeadcountFields, readHeadcount, typedHeadcount } from './fields.tsx'

/** One headcount: what it is of, its officers rank by rank, and their corrections. */
export function HeadcountPage() {
  const t = useText()
  const format = useFormat()
  const { stream: asked } = useParams({ strict: false })
  const headcounts = useStreams('headcount', projectHeadcount)
  const headcount = headcounts.find((each) => each.stream === StreamId.safeParse(asked).data)
  if (!headcount)
    return (
      <EmptyState title={t('workforce.not-here')} action={<Link to="/workforce">{t('workforce.back')}</Link>}>
        {t('workforce.not-here-text')}
      </EmptyState>
    )
  const { state, stream } = headcount
  const rows = state.rows.filter(({ enteredInError }) => !enteredInError)
  const women = sum(rows.map((row) => row.women))
  const all = sum(rows.flatMap((row) => [row.women, row.men, row.unrecorded]))
  return (
    <CountedRecord
      record={headcount}
      over={<Link to="/workforce">{t('workforce.back')}</Link>}
      title={
        isExact(women) && isExact(all)
          ? t('workforce.headcount.title', { women: women.low, all: all.low })
          : t('workforce.headcount.title-disputed')
      }
      under={[format.date(state.on)]}
      head={{
        title: t('workforce.headcount.of'),
        more: {
          label: t('workforce.unit'),
          said: sayCode((code) => t(`workforce.unit.${code}`), state.unit, t),
        },
        typed: typedHeadcount(state),
        fields: (typing) => <HeadcountFields {...typing} />,
        read: readHeadcount,
      }}
      rows={{
        title: t('workforce.ranks'),
        note: t('workforce.ranks-note'),
        none: t('workforce.ranks-none'),
        name: ({ rank }) => sayCode((code) => t(`workforce.rank.${code}`), rank, t),
      }}
      decide={{
        describe: (change) => describeHeadcount(stream, state, change),
        correct: (record, change) => correctRank(stream, state, record, change),
        mark: (record, is) => markHeadcountInError(stream, state, record, is),
      }}
    />
  )
}
