import { Agency } from '@lentera/core/shared/agencies'
import { CivilDate } from '@lentera/core/shared/dates'
import { Bands } from '@lentera/core/workforce/cover-release/words'
import { Counted } from '@lentera/core/workforce/words'
import {
  DataTable,
  DotsByCountry,
  EmptyState,
  FailedState,
  LoadingState,
  OfflineState,
  PageTitle,
  RefusalNotice,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import * as z from 'zod'
import { useAnswer } from '../../../device/use-answer.ts'
import recordStyles from '../../records/records.module.css'
import styles from '../workforce.module.css'
import { dotOf, sayBand, sayPart } from './say.ts'

/** Cover as agencies released it: the newest of each, how it was reckoned, and cut-off by cut-off. */
export function ReleasedPage() {
  const t = useText()
  const { answer, reload } = useAnswer('/api/cover-releases', parseReleases)
  return (
    <>
      <PageTitle over={<Link to="/workforce">{t('workforce.back')}</Link>} under={t('cover-released.under')}>
        {t('cover-released.title')}
      </PageTitle>
      {answer === undefined ? (
        <LoadingState label={t('results.loading')} />
      ) : answer.ok ? (
        <Board {...answer.value} />
      ) : answer.refusal.code === 'desk.offline' ? (
        <OfflineState onRetry={reload}>{t('results.offline')}</OfflineState>
      ) : (
        <FailedState onRetry={reload}>
          <RefusalNotice refusal={answer.refusal} />
        </FailedState>
      )}
    </>
  )
}

const Release = z.object({
  country: z.string(),
  agency: Agency,
  counted: Counted,
  cutOff: CivilDate,
  made: CivilDate,
  bands: Bands.nullable(),
})
type Release = z.infer<typeof Release>
const Releases = z.object({ asOf: z.string().nullable(), releases: z.array(Release) })
const parseReleases = (answer: unknown): z.infer<typeof Releases> => Releases.parse(answer)

function Board({ asOf, releases }: z.infer<typeof Releases>) {
  const t = useText()
  const format = useFormat()
  const ofAgency = [...Map.groupBy(releases, ({ country, agency }) => `${country} ${agency}`).values()]
  const newest = ofAgency.flatMap(([first]) => first ?? [])
  if (newest.length === 0)
    return <EmptyState title={t('cover-released.none')}>{t('cover-released.none-text')}</EmptyState>
  const day = CivilDate.safeParse(asOf).data
  return (
    <Stack>
      <Shares newest={newest} asOf={day} />
      <div className={`card ${styles.table}`}>
        <DataTable
          caption={t('cover-released.newest')}
          note={
            day
              ? t('cover-released.as-of', { date: format.date(day), text: t('cover-released.newest-note') })
              : t('cover-released.newest-note')
          }
          rows={newest}
          keyOf={nameOf}
          columns={[
            { id: 'country', label: t('cover-release.country'), value: (each) => t(`country.${each.country}`) },
            { id: 'agency', label: t('workforce.agency'), value: (each) => t(`agency.${each.agency}`) },
            { id: 'cut-off', label: t('cover-release.cut-off'), value: (each) => format.date(each.cutOff) },
            {
              id: 'made',
              label: t('cover-released.made'),
              value: (each) => (each.bands ? format.date(each.made) : ''),
            },
            ...(['present', 'onCall'] as const).map((name) => ({
              id: name,
              label: t(`cover-release.of.${name}`),
              value: ({ bands }: Release) =>
                bands ? sayPart(bands[name], bands.shifts, t, format) : t('cover-release.nothing-told'),
            })),
            ...(['posts', 'women', 'expiring'] as const).map((name) => ({
              id: name,
              label: t(`cover-release.of.${name}`),
              value: ({ bands }: Release) => (bands ? sayBand(bands[name], t, format) : ''),
            })),
            {
              id: 'counted',
              label: t('cover-release.counted'),
              value: (each) => t(`workforce.counted.${each.counted}`),
            },
          ]}
        />
      </div>
      <Trend ofAgency={ofAgency} />
      <p className={recordStyles.quiet}>{t('cover-release.never')}</p>
    </Stack>
  )
}

const nameOf = ({ country, agency }: Release): string => `${country} ${agency}`

/** Both ways of counting have a picture of their own: of two bands on one line, the one would hide the other. */
function Shares({ newest, asOf }: { readonly newest: readonly Release[]; readonly asOf: CivilDate | undefined }) {
  const t = useText()
  const format = useFormat()
  return (['present', 'onCall'] as const).map((name, i) => (
    <DotsByCountry
      key={name}
      title={t('cover-released.shares', { counting: t(`cover-release.of.${name}`) })}
      units={t('cover-released.units')}
      source={t('cover-released.source')}
      between={t('cover-released.band')}
      {...(asOf ? { counted: { kind: 'cut-off' as const, date: asOf } } : {})}
      rowsAre={t('cover-release.country')}
      series={[{ id: name, label: t(`cover-release.of.${name}`), look: i === 0 ? 1 : 2 }]}
      rows={newest.map((each) => ({
        id: nameOf(each),
        label: t('cover-released.of', { country: t(`country.${each.country}`), agency: t(`agency.${each.agency}`) }),
        dots: {
          [name]: each.bands ? dotOf(each.bands[name], each.bands.shifts, t, format) : { kind: 'protected' as const },
        },
      }))}
    />
  ))
}

/** Cut-off by cut-off: a row an agency, the oldest first. What was held says of which day it is. */
function Trend({ ofAgency }: { readonly ofAgency: readonly (readonly Release[])[] }) {
  const t = useText()
  const format = useFormat()
  const cutOffs = [...new Set(ofAgency.flat().map(({ cutOff }) => cutOff))].sort()
  const sayAt = (releases: readonly Release[], cutOff: CivilDate): string => {
    const at = releases.find((each) => each.cutOff === cutOff)
    if (!at) return t('cover-released.not-released')
    if (!at.bands) return t('cover-release.nothing-told')
    const said = sayPart(at.bands.present, at.bands.shifts, t, format)
    return at.made === cutOff ? said : t('cover-released.held', { said, date: format.date(at.made) })
  }
  return (
    <div className={`card ${styles.table}`}>
      <DataTable
        caption={t('cover-released.trend')}
        note={t('cover-released.trend-note')}
        rows={ofAgency}
        keyOf={([first]) => (first ? nameOf(first) : '')}
        columns={[
          {
            id: 'agency',
            label: t('cover-release.country'),
            value: ([first]) =>
              first
                ? t('cover-released.of', {
                    country: t(`country.${first.country}`),
                    agency: t(`agency.${first.agency}`),
                  })
                : '',
          },
          ...cutOffs.map((cutOff) => ({
            id: cutOff,
            label: format.date(cutOff),
            value: (releases: readonly Release[]) => sayAt(releases, cutOff),
          })),
        ]}
      />
    </div>
  )
}
