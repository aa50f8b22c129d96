import { QuietButton, useText } from '@lentera/ui/parts'
import { useLayoutEffect, useRef, useState } from 'react'
import styles from './cover.module.css'
import { Facts } from './options.tsx'
import type { SaidPlan } from './said-plan.ts'

/**
 * One page that a commissioner can sign: the gaps, three humane ways with what each costs and whom it moves, what is impossible and
 * why. Printed from this device: the server never has it. No signer is printed, only the places for two. What does not fit one sheet of
 * A4 is said to be more, and never cut off.
 */
export function OnePage({ said }: { readonly said: SaidPlan }) {
  const t = useText()
  const paper = useRef<HTMLElement>(null)
  const [fit, setFit] = useState({ said, step: 0 })
  const step = fit.said === said ? fit.step : 0
  const room = rooms[step] ?? rooms[0]
  useLayoutEffect(() => {
    const sheet = paper.current
    if (!sheet) return
    // Measured as it will be printed, before anybody sees it.
    sheet.dataset.measured = ''
    const isTooLong = sheet.scrollHeight > pageHeight
    delete sheet.dataset.measured
    if (isTooLong && step < rooms.length - 1) setFit({ said, step: step + 1 })
  }, [said, step])
  return (
    <section
      ref={paper}
      className={styles.paper}
      data-page-to-sign
      data-dense={room.isDense}
      lang={said.language}
      aria-label={said.title}
    >
      {said.stamp !== null && <p className={styles.stamp}>{said.stamp}</p>}
      <h2>{said.title}</h2>
      <p className={styles.small}>{said.under}</p>
      <p>{said.now}</p>
      <List
        of={said.open
          .slice(0, room.open)
          .map(({ post, covered, needed }) => t('cover.page.gap', { post, covered, needed }))}
        more={said.counts.open - room.open}
      />
      <div className={styles.beside}>
        {said.options.map((option) => (
          <div key={option.name} className={option.isProposed ? styles.chosen : undefined}>
            <h3>{option.name}</h3>
            <Facts facts={option.facts} />
            {option.same !== undefined && <p className={styles.small}>{option.same}</p>}
          </div>
        ))}
      </div>
      <h3>{said.proposed}</h3>
      <List
        of={said.steps
          .slice(0, room.steps)
          .map(({ text, who, year }) =>
            [hasYears(said) ? `${t('cover.year', { year })}:` : '', text, who.length > 0 ? `(${who.join(', ')})` : '']
              .filter((part) => part !== '')
              .join(' '),
          )}
        more={said.counts.steps - room.steps}
      />
      {said.stays.length > 0 && (
        <>
          <h3>{t('cover.gaps', { count: said.counts.stays })}</h3>
          <List
            of={said.stays.slice(0, room.stays).map(({ text, proof }) => `${text}. ${proof.join(' ')}`)}
            more={said.counts.stays - room.stays}
          />
        </>
      )}
      <p className={styles.small}>{said.judged.slice(0, mostBroken).join(' ')}</p>
      <p className={styles.small}>{said.resting}</p>
      {(['prepared', 'approved'] as const).map((role) => (
        <div key={role} className={styles.signed}>
          <span>{t(`cover.page.${role}`)}</span>
          <span>{t('cover.page.date')}</span>
          <span>{t('cover.page.signature')}</span>
        </div>
      ))}
      <div className={styles.noPrint}>
        <QuietButton onClick={() => window.print()}>{t('cover.page.print')}</QuietButton>
      </div>
    </section>
  )
}

function List({ of, more }: { readonly of: readonly string[]; readonly more: number }) {
  const t = useText()
  if (of.length === 0 && more <= 0) return null
  return (
    <ul>
      {of.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two steps may read alike, and the list is said anew as a whole
        <li key={`${index} ${text}`}>{text}</li>
      ))}
      {more > 0 && <li>{t('cover.page.more', { count: more })}</li>}
    </ul>
  )
}

const hasYears = ({ steps }: SaidPlan): boolean => steps.some(({ year }) => year > 1)

/** Lines of each list, from what a sheet holds at most to what it always holds; smaller letters before fewer lines than these. */
const rooms = [
  { open: 8, steps: 18, stays: 5, isDense: false },
  { open: 6, steps: 14, stays: 4, isDense: false },
  { open: 6, steps: 14, stays: 4, isDense: true },
  { open: 5, steps: 10, stays: 3, isDense: true },
  { open: 4, steps: 8, stays: 2, isDense: true },
  { open: 3, steps: 5, stays: 2, isDense: true },
  { open: 2, steps: 4, stays: 1, isDense: true },
  { open: 1, steps: 2, stays: 1, isDense: true },
] as const

const mostBroken = 3

/** A4 less its margins (`@page`), in pixels of 96 to an inch, with room for a printer that sets a little wider. */
const pageHeight = ((297 - 24) * 96) / 25.4 - 24
