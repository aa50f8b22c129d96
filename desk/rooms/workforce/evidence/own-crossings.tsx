import type { CivilDate } from '@lentera/core/shared/dates'
import { isServing, isTrainedWomanOn } from '@lentera/core/workforce/officer/project'
import { isKeptOn } from '@lentera/core/workforce/post/project'
import { shiftsOf } from '@lentera/core/workforce/post/words'
import { LoadingState, Section, useText } from '@lentera/ui/parts'
import { lazy, Suspense, useMemo } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import type { OpenedOfficer, OpenedPost } from '../../../device/desk.ts'
import type { MapPost, PostState } from './map/crossings-map.tsx'
import { MapMissing } from './map/map-missing.tsx'

/** Its own chunk: whoever never opens this board loads no map. */
const CrossingsMap = lazy(() => import('./map/crossings-map.tsx').catch(() => ({ default: MapMissing })))

/** The crossings of her own agency, where she is of the team they are sealed to; nothing for anybody else. */
export function OwnCrossings() {
  const t = useText()
  const { today } = useDesk().moment()
  const posts = useSnapshot((snapshot) => snapshot.posts)
  const officers = useSnapshot((snapshot) => snapshot.officers)
  const onMap = useMemo(() => crossings(posts, officers, today, t), [posts, officers, today, t])
  if (onMap.length === 0) return null
  return (
    <Section title={t('workforce.map.title')} note={t('workforce.map.note')}>
      <Suspense fallback={<LoadingState label={t('workforce.map.loading')} />}>
        <CrossingsMap posts={onMap} />
      </Suspense>
    </Section>
  )
}

function crossings(
  posts: readonly OpenedPost[],
  officers: readonly OpenedOfficer[],
  today: CivilDate,
  t: ReturnType<typeof useText>,
): readonly MapPost[] {
  const serving = Map.groupBy(
    officers.filter(({ officer }) => isServing(officer)),
    ({ officer }) => officer.post,
  )
  return posts
    .filter(({ post, said }) => !post.enteredInError && isKeptOn(said, today))
    .map(({ stream, code, said }) => {
      const here = serving.get(stream) ?? []
      const trained = here.filter(({ officer, certificates }) => isTrainedWomanOn(officer, certificates, today)).length
      const needed = said.opening && womenFor(shiftsOf(said.opening))
      return {
        id: stream,
        label: said.name ?? said.code ?? code,
        state: stateOf(trained, needed),
        says:
          needed === undefined ? t('workforce.map.trained', { trained }) : t('workforce.map.of', { trained, needed }),
        position: said.position,
      }
    })
    .toSorted((a, b) => urgency.indexOf(a.state) - urgency.indexOf(b.state) || a.label.localeCompare(b.label, 'en'))
}

/** What is to be mended first stands first. */
const urgency: readonly PostState[] = ['none', 'gap', 'unknown', 'covered']

function stateOf(trained: number, needed: number | undefined): PostState {
  if (trained === 0) return 'none'
  if (needed === undefined) return 'unknown'
  return trained < needed ? 'gap' : 'covered'
}

/**
 * Trained women that a post needs for one on every shift, by number and not by roster: shifts of 28 days over the 20 that one person
 * works in them, less 15 % for leave, illness and courses (a full day and night: 84 shifts, 5 women).
 */
export function womenFor(shifts: ReturnType<typeof shiftsOf>): number {
  const inFourWeeks = shifts.reduce((sum, { weekdays }) => sum + 4 * weekdays.length, 0)
  return Math.ceil(inFourWeeks / (20 * 0.85))
}
