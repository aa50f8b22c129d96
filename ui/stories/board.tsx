import { CivilDate } from '@lentera/core/shared/dates'
import {
  between,
  DataTable,
  DotsByCountry,
  exact,
  FigureTile,
  type FigureValue,
  PageTitle,
  protectedFigure,
  Tiles,
  useFormat,
  useText,
} from '../parts/index.ts'
import { StoryFrame, type StoryProps } from './frame.tsx'

const noop = (): void => undefined

export function BoardStory({ offline }: StoryProps) {
  const t = useText()
  const format = useFormat()
  const counted = { kind: 'counted', at: Date.UTC(2026, 10, 24, 7, 2) } as const
  return (
    <StoryFrame current="room-8" offline={offline}>
      <PageTitle over="Results · ASEAN region · all phases">
        81 survivors reached services; five traffickers were sentenced.
      </PageTitle>
      <Tiles>
        <FigureTile
          over="1 Survivors and communities"
          figure={exact(81)}
          unit="survivors supported"
          parts={[
            { label: t('country.MM'), figure: exact(24) },
            { label: t('country.KH'), figure: exact(55) },
            { label: t('country.TH'), figure: protectedFigure },
          ]}
          counted={{ kind: 'cut-off', date: CivilDate.parse('2026-Q3') }}
          onOpen={noop}
        />
        <FigureTile
          over="1 Livelihoods"
          figure={exact(372)}
          unit="women at risk trained, 207 funded"
          note="129 · 185 · 58"
          counted={counted}
          onOpen={noop}
        />
        <FigureTile
          over="3 Front-line officers"
          figure={exact(578)}
          unit="officers trained"
          share={{ label: 'women', part: 277, whole: 578 }}
          counted={counted}
          onOpen={noop}
        />
        <FigureTile
          over="1 Awareness"
          figure={between({ low: 24180, high: 24310 })}
          unit="women, persons counted"
          note="31,950 contacts"
          counted={counted}
          onOpen={noop}
        />
      </Tiles>
      <div
        style={{
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fit, minmax(min(420px, 100%), 1fr))',
          gap: 18,
          marginTop: 22,
        }}
      >
        <DotsByCountry
          title="Women are scarcer at the border than in the force, everywhere"
          units="Women's share of officers, national and at crossings."
          source="Invented for this story"
          series={[
            { id: 'national', label: 'national', look: 1 },
            { id: 'border', label: 'at crossings', look: 2 },
          ]}
          rows={[
            {
              id: 'LA',
              label: t('country.LA'),
              dots: {
                national: { kind: 'cited', percent: 20, source: 'brochure' },
                border: { kind: 'invented', percent: 4 },
              },
            },
            {
              id: 'PH',
              label: t('country.PH'),
              dots: { national: { kind: 'invented', percent: 16 }, border: { kind: 'invented', percent: 3.4 } },
            },
            {
              id: 'TH',
              label: t('country.TH'),
              dots: { national: { kind: 'counted', part: 1180, whole: 10700 }, border: { kind: 'protected' } },
            },
            {
              id: 'KH',
              label: t('country.KH'),
              dots: { national: { kind: 'invented', percent: 9 }, border: { kind: 'unknown' } },
            },
            {
              id: 'ID',
              label: t('country.ID'),
              dots: {
                national: { kind: 'cited', percent: 6, source: 'brochure' },
                border: { kind: 'invented', percent: 1.7 },
              },
            },
          ]}
          onOpen={noop}
        />
        <div className="card" style={{ padding: '18px 20px' }}>
          <ServiceTable />
          <p className="small" style={{ margin: '0.8em 0 0' }}>
            {format.date(CivilDate.parse('2026-Q3'))}
          </p>
        </div>
      </div>
    </StoryFrame>
  )
}

type ServiceRow = {
  readonly id: string
  readonly label: string
  readonly kh: FigureValue
  readonly rest: FigureValue
  readonly all: FigureValue
}

export function ServiceTable() {
  const t = useText()
  const rows: readonly ServiceRow[] = [
    { id: 'health', label: 'Health', kh: exact(44), rest: exact(22), all: exact(66) },
    { id: 'legal', label: 'Legal aid', kh: exact(38), rest: exact(19), all: exact(57) },
    {
      id: 'court',
      label: 'Court representation',
      kh: exact(21),
      rest: between({ low: 11, high: 13 }),
      all: between({ low: 32, high: 34 }),
    },
    { id: 'other', label: 'Other', kh: exact(12), rest: protectedFigure, all: protectedFigure },
  ]
  return (
    <DataTable
      caption="Health care and legal aid come first"
      note="Unique survivors. Thailand stands with Myanmar: two persons are too few to stand alone. Striped: protected."
      columns={[
        { id: 'service', label: 'Service', value: (row) => row.label },
        { id: 'kh', label: t('country.KH'), value: (row) => row.kh, onOpen: noop },
        { id: 'rest', label: `${t('country.MM')}, ${t('country.TH')}`, value: (row) => row.rest, onOpen: noop },
        { id: 'all', label: 'All', value: (row) => row.all, onOpen: noop },
      ]}
      rows={rows}
      keyOf={(row) => row.id}
      fileName="services.csv"
    />
  )
}
