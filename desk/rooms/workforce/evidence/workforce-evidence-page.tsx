import { LoadingState, PageTitle, Stack, useText } from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useId } from 'react'
import { useSnapshot } from '../../../device/context.ts'
import { useNewest } from '../newest-shares.tsx'
import styles from './evidence.module.css'
import { MapMissing } from './map/map-missing.tsx'
import { OutsideBoard } from './outside-board.tsx'
import { OwnBoard } from './own-board.tsx'

const OwnCrossings = lazy(() => import('./own-crossings.tsx').catch(() => ({ default: MapMissing })))

/** Where women serve: what her own organisation counted, and what may be seen of all. */
export function WorkforceEvidencePage() {
  const t = useText()
  const isRegion = useSnapshot(({ me }) => me?.country === null)
  const hasPosts = useSnapshot(({ posts }) => posts.some(({ post }) => !post.enteredInError))
  const newest = useNewest()
  return (
    <>
      <PageTitle over={<Link to="/workforce">{t('workforce.back')}</Link>} under={t('workforce.evidence-under')}>
        {t('workforce.evidence-title')}
      </PageTitle>
      <Stack>
        {newest.counted.length > 0 && (
          <Part title={t('workforce.own')} note={t('workforce.own-note')}>
            <OwnBoard newest={newest} />
          </Part>
        )}
        {hasPosts && (
          <Suspense fallback={<LoadingState label={t('workforce.map.loading')} />}>
            <OwnCrossings />
          </Suspense>
        )}
        <Part
          title={isRegion ? t('workforce.of-region') : t('workforce.of-programme')}
          note={t('workforce.outside-note')}
        >
          <OutsideBoard />
        </Part>
      </Stack>
    </>
  )
}

/** A heading over pictures that are cards themselves: no frame around frames, for which a small screen has no room. */
function Part({ title, note, children }: PartProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={styles.part}>
      <h2 id={id}>{title}</h2>
      <p className={styles.quiet}>{note}</p>
      {children}
    </section>
  )
}

type PartProps = { readonly title: string; readonly note: string; readonly children: ReactNode }
