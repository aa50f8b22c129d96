import { QuietButton, useText } from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import styles from './map.module.css'
import { MapFrame } from './map-frame.tsx'
import { drawingOf, viewAround, wholeRegion } from './southeast-asia.ts'

/** How a post stands: trained women enough for every shift, too few, none at all, or its hours are not known. */
export type PostState = 'covered' | 'gap' | 'none' | 'unknown'

export type MapPost = {
  readonly id: string
  readonly label: string
  readonly state: PostState
  /** What is said when it is chosen: how many there are, of how many. */
  readonly says: string
  /** Absent where nobody has said where the post is: it stands in the list alone. */
  readonly position: { readonly longitude: number; readonly latitude: number } | undefined
}

/**
 * An agency's own crossings. Each state has a shape of its own beside its colour; whoever uses a keyboard or a screen reader goes
 * through the list, which marks the post on the map.
 */
export default function CrossingsMap({ posts }: CrossingsMapProps) {
  const t = useText()
  const placed = posts.flatMap((post) => (post.position ? [{ ...post, position: post.position }] : []))
  const [isNear, setNear] = useState(true)
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const drawing = useMemo(
    () => drawingOf(isNear && placed.length > 0 ? viewAround(placed.map(({ position }) => position)) : wholeRegion),
    [isNear, placed],
  )
  const count = (state: PostState): number => posts.filter((post) => post.state === state).length
  return (
    <>
      <div className={styles.views}>
        <QuietButton aria-pressed={isNear} onClick={() => setNear(true)}>
          {t('workforce.map.near')}
        </QuietButton>
        <QuietButton aria-pressed={!isNear} onClick={() => setNear(false)}>
          {t('workforce.map.whole')}
        </QuietButton>
      </div>
      <MapFrame
        outlines={drawing.outlines}
        look={() => ({})}
        says={t('workforce.map.says', { covered: count('covered'), gap: count('gap'), none: count('none') })}
        marks={placed.map((post) => {
          const at = drawing.at(post.position.longitude, post.position.latitude)
          return (
            at && (
              // biome-ignore lint/a11y/noStaticElementInteractions: for a pointer alone; the list is the way for everybody else
              <g
                key={post.id}
                transform={`translate(${at[0]} ${at[1]})`}
                className={styles.post}
                onClick={() => setChosen(post.id)}
              >
                <title>{`${post.label}: ${t(`workforce.map.state.${post.state}`)}`}</title>
                {post.id === chosen && <circle r={20} className={styles.chosen} />}
                <Shape state={post.state} />
              </g>
            )
          )
        })}
      >
        <ul className={styles.list} aria-label={t('workforce.map.list')}>
          {posts.map((post) => (
            <li key={post.id} data-chosen={post.id === chosen}>
              <button
                type="button"
                className={styles.name}
                aria-pressed={post.id === chosen}
                onClick={() => setChosen(post.id === chosen ? undefined : post.id)}
              >
                <svg width={24} height={24} viewBox="-12 -12 24 24" aria-hidden>
                  <Shape state={post.state} />
                </svg>
                <span>
                  {post.label}
                  <span className={styles.state}>{t(`workforce.map.state.${post.state}`)}</span>
                  {!post.position && <span className={styles.state}>{t('workforce.map.no-position')}</span>}
                </span>
              </button>
              {post.id === chosen && (
                <p className={styles.says}>
                  {post.says}{' '}
                  <Link to="/workforce/register/posts/$stream" params={{ stream: post.id }}>
                    {t('workforce.map.open')}
                  </Link>
                </p>
              )}
            </li>
          ))}
        </ul>
      </MapFrame>
    </>
  )
}

export type CrossingsMapProps = { readonly posts: readonly MapPost[] }

/** A full circle, a half one, an empty square with a stroke through it, a dashed circle: told apart without colour. */
function Shape({ state }: { readonly state: PostState }) {
  switch (state) {
    case 'covered':
      return <circle r={9} className={styles.covered} />
    case 'gap':
      return (
        <>
          <circle r={9} className={styles.gapBack} />
          <path d="M0 -9 A9 9 0 0 1 0 9 Z" className={styles.gap} />
        </>
      )
    case 'none':
      return (
        <>
          <rect x={-8.5} y={-8.5} width={17} height={17} className={styles.none} />
          <line x1={-8.5} y1={8.5} x2={8.5} y2={-8.5} className={styles.stroke} />
        </>
      )
    case 'unknown':
      return <circle r={8.5} className={styles.unknown} />
  }
}
