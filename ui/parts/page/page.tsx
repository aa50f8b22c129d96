import { type ReactNode, useId } from 'react'
import { useText } from '../language/language.tsx'
import styles from './page.module.css'

/** The one `h1` of a screen: a sentence that says how things stand, and a quieter line under it. */
export function PageTitle({
  children,
  over,
  under,
}: {
  readonly children: ReactNode
  readonly over?: ReactNode
  readonly under?: ReactNode
}) {
  return (
    <div className={styles.title}>
      {over !== undefined && <div className="small">{over}</div>}
      <h1>{children}</h1>
      {under !== undefined && <p className={styles.under}>{under}</p>}
    </div>
  )
}

/** A card with a heading of its own, named to assistive technology by that heading. */
export function Section({ title, note, actions, flush = false, children }: SectionProps) {
  const id = useId()
  return (
    <section className={`card ${styles.section} ${flush ? styles.flush : ''}`} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} className={styles.heading}>
          {title}
        </h2>
        {actions}
        {note !== undefined && <p className={styles.note}>{note}</p>}
      </div>
      {children}
    </section>
  )
}

export type SectionProps = {
  readonly title: ReactNode
  readonly note?: ReactNode
  /** Buttons that stand at the right of the heading. */
  readonly actions?: ReactNode
  /** The content brings its own edges, as a list of rows does. */
  readonly flush?: boolean
  readonly children: ReactNode
}

/** What matters at the left, what accompanies it at the right; one under the other where there is no room. */
export function WithAside({ children, aside }: { readonly children: ReactNode; readonly aside: ReactNode }) {
  return (
    <div className={styles.withAside}>
      <div className={styles.stack}>{children}</div>
      <aside className={styles.stack}>{aside}</aside>
    </div>
  )
}

/** Parts under one another with the house's distance between them. */
export const Stack = ({ children }: { readonly children: ReactNode }) => <div className={styles.stack}>{children}</div>

/** Parts beside one another as long as each has `least` px, then under one another. */
export function Tiles({ children, least = 220 }: { readonly children: ReactNode; readonly least?: number }) {
  return (
    <div
      className={styles.tiles}
      style={{ gridTemplateColumns: `repeat(auto-fit, minmax(min(${least}px, 100%), 1fr))` }}
    >
      {children}
    </div>
  )
}

/** Buttons in a row, wrapping. */
export const Actions = ({ children }: { readonly children: ReactNode }) => (
  <div className={styles.actions}>{children}</div>
)

/** The first thing the Tab key finds: past the navigation to the content. */
export function SkipLink({ to = 'content' }: { readonly to?: string }) {
  const t = useText()
  return (
    <a className={styles.skip} href={`#${to}`}>
      {t('ui.frame.skip')}
    </a>
  )
}
