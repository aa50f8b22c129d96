import {
  BarsByGroup,
  between,
  exact,
  PageTitle,
  protectedFigure,
  ShareWithInterval,
  Stack,
  unknownFigure,
  useText,
} from '../parts/index.ts'
import { ServiceTable } from './board.tsx'
import { StoryFrame, type StoryProps } from './frame.tsx'

const noop = (): void => undefined

export function ChartsStory({ offline }: StoryProps) {
  const t = useText()
  return (
    <StoryFrame current="room-8" offline={offline}>
      <PageTitle over="Evidence · invented for this story">
        Two in three detected victims are women and girls.
      </PageTitle>
      <Stack>
        <ShareWithInterval
          title="Women and girls are about two in three of those whose sex is known"
          units="Share of detected victims, one year."
          source="Invented for this story"
          counted={{ kind: 'counted', at: Date.UTC(2026, 10, 24, 7, 2) }}
          label="women and girls"
          share={{ part: 31234, whole: 47978, low: 63.9, high: 66.4 }}
          formula="(women + girls) ÷ (women + girls + men + boys); persons whose sex is not given are left out."
          facts={[
            { id: 'a', label: 'detected victims who are women and girls', percent: 65, source: 'A brochure, 2022' },
            { id: 'b', label: 'trafficked for sexual exploitation', percent: 77, source: 'A brochure, 2022' },
          ]}
          onOpen={noop}
        />
        <BarsByGroup
          title="Sexual exploitation is the largest form for women, forced labour for men"
          units="Detected victims by form. Pale with a whisker: what fewer than five leaves open."
          source="Invented for this story"
          layout="stacked"
          series={[
            { id: 'w', label: 'Women', look: 1 },
            { id: 'g', label: 'Girls', look: 2 },
            { id: 'm', label: 'Men', look: 3 },
            { id: 'u', label: 'Sex not given', look: 'unknown' },
          ]}
          groups={[
            {
              id: 's',
              label: 'Sexual exploitation',
              figures: { w: exact(812), g: exact(301), m: between({ low: 12, high: 64 }), u: exact(70) },
            },
            {
              id: 'f',
              label: 'Forced labour',
              figures: { w: exact(210), g: between({ low: 40, high: 88 }), m: exact(402), u: exact(33) },
            },
            {
              id: 'o',
              label: 'Other forms, among them forced marriage and forced criminality',
              figures: { w: exact(60), g: exact(41), m: protectedFigure, u: exact(0) },
            },
            {
              id: 'n',
              label: t('country.BN'),
              figures: { w: unknownFigure, g: unknownFigure, m: unknownFigure, u: unknownFigure },
            },
          ]}
          onOpen={noop}
        />
        <BarsByGroup
          title="Side by side"
          units="Persons."
          source="Invented for this story"
          layout="grouped"
          series={[
            { id: 'w', label: 'Women and girls', look: 1 },
            { id: 'm', label: 'Men and boys', look: 3 },
          ]}
          groups={(['KH', 'ID', 'MM', 'TH'] as const).map((code, index) => ({
            id: code,
            label: t(`country.${code}`),
            figures: {
              w: index === 2 ? protectedFigure : exact(120 - index * 20),
              m: index === 1 ? between({ low: 10, high: 50 }) : exact(30 + index * 25),
            },
          }))}
          fileName="side-by-side.csv"
        />
        <div className="card" style={{ padding: '18px 20px' }}>
          <ServiceTable />
        </div>
      </Stack>
    </StoryFrame>
  )
}
