import { PageTitle, Section, Stack, useText } from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import { useSnapshot } from '../../../device/context.ts'
import { useNewest } from '../newest-shares.tsx'
import { OutsideBoard } from './outside-board.tsx'
import { OwnBoard } from './own-board.tsx'

/** Where women serve: what her own organisation counted, and what may be seen of all. */
export function WorkforceEvidencePage() {
  const t = useText()
  const isRegion = useSnapshot(({ me }) => me?.country === null)
  const newest = useNewest()
  return (
    <>
      <PageTitle over={<Link to="/workforce">{t('workforce.back')}</Link>} under={t('workforce.evidence-under')}>
        {t('workforce.evidence')}
      </PageTitle>
      <Stack>
        {newest.counted.length > 0 && (
          <Section title={t('workforce.own')} note={t('workforce.own-note')}>
            <OwnBoard newest={newest} />
          </Section>
        )}
        <Section
          title={isRegion ? t('workforce.of-region') : t('workforce.of-programme')}
          note={t('workforce.outside-note')}
        >
          <OutsideBoard />
        </Section>
      </Stack>
    </>
  )
}
