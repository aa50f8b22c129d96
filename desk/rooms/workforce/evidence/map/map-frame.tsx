import { useText } from '@lentera/ui/parts'
import type { ReactNode } from 'react'
import styles from './map.module.css'
import { type Outline, size } from './southeast-asia.ts'

/** A map beside the list that says the same, and under it that its borders are drawn without a statement. */
export function MapFrame({ outlines, look, says, marks, children }: MapFrameProps) {
  const t = useText()
  return (
    <>
      <div className={styles.both}>
        <svg viewBox={`0 0 ${size.width} ${size.height}`} className={styles.map} role="img" aria-label={says}>
          <rect width={size.width} height={size.height} className={styles.sea} />
          {outlines.map((outline) => (
            <path key={outline.id} d={outline.path} className={styles.land} {...look(outline)} />
          ))}
          {marks}
        </svg>
        <div className={styles.beside}>{children}</div>
      </div>
      <p className={styles.borders}>{t('workforce.map.borders')}</p>
    </>
  )
}

export type MapFrameProps = {
  readonly outlines: readonly Outline[]
  readonly look: (outline: Outline) => { readonly fill?: string; readonly className?: string }
  /** The map in one sentence, for those who do not see it; the list says the rest. */
  readonly says: string
  readonly marks?: ReactNode
  readonly children: ReactNode
}
