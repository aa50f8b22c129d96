import { QuietButton, useText } from '@lentera/ui/parts'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import styles from './cover.module.css'
import { Facts } from './options.tsx'
import type { SaidPlan } from './said-plan.ts'
import { spread } from './say-sums.ts'

/**
 * One page that a commissioner can sign: the gaps, three humane ways with what each costs and whom it moves, what is impossible and
 * why. Printed from this device: the server never has it. No signer is printed, only the places for two. Each list is summed up in full;
 * of its lines stand as many as one sheet of A4 has room for, and what does not is said to be more, and never cut off.
 */
export function OnePage({ said }: { readonly said: SaidPlan }) {
  const t = useText()
  const paper = useRef<HTMLElement>(null)
  const rungs = useMemo(() => rungsOf(said), [said])
  const whole = { said, fits: 0, tooLong: rungs.length, at: rungs.length - 1 }
  const [kept, setSearch] = useState(whole)
  const search = kept.said === said ? kept : whole
  const room = rungs[search.at] ?? least
  useLayoutEffect(() => {
    const sheet = paper.current
    if (!sheet || search.tooLong - search.fits <= 1) return
    // Measured as it will be printed, before anybody sees it; the room that is left is halved until one line more is too much.
    sheet.dataset.measured = ''
    const isTooLong = sheet.scrollHeight > pageHeight
    delete sheet.dataset.measured
    const fits = isTooLong ? search.fits : search.at
    const tooLong = isTooLong ? search.at : search.tooLong
    setSearch({ said, fits, tooLong, at: Math.floor((fits + tooLong) / 2) })
  }, [said, search])
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
      {said.counts.open > 0 && <h3>{t('cover.page.gaps')}</h3>}
      <List
        of={said.open
          .slice(0, room.open)
          .map(({ post, covered, needed }) => t('cover.page.gap', { post, covered, needed }))}
        all={said.counts.open}
        columns={styles.inThree}
      />
      <div className={styles.beside}>
        {said.options.map((option) =>
          option.same === undefined ? (
            <div key={option.name} className={option.isProposed ? styles.chosen : undefined}>
              <h3>{option.name}</h3>
              <Facts facts={option.facts} />
            </div>
          ) : null,
        )}
      </div>
      {said.options.map(
        ({ name, same }) =>
          same !== undefined && (
            <div key={name} className={styles.sameAs}>
              <h3>{name}</h3>
              <p>{same}</p>
            </div>
          ),
      )}
      <h3>{said.proposed}</h3>
      {said.sums !== undefined && <p className={styles.sums}>{said.sums.join(' · ')}</p>}
      <List
        of={spread(said.steps, room.steps).map(({ text, who, year }) =>
          [hasYears(said) ? `${t('cover.year', { year })}:` : '', text, who.length > 0 ? `(${who.join(', ')})` : '']
            .filter((part) => part !== '')
            .join(' '),
        )}
        all={said.counts.steps}
        columns={styles.inTwo}
      />
      {said.stays.length > 0 && (
        <>
          <h3>{t('cover.gaps', { count: said.counts.stays })}</h3>
          {said.staySums !== undefined && <p>{said.staySums.join(' · ')}</p>}
          <List
            of={said.stays.slice(0, room.stays).map(({ text, proof }) => `${text}. ${proof.join(' ')}`)}
            all={said.counts.stays}
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

type ListProps = {
  readonly of: readonly string[]
  /** How many there are of which these are the first. */
  readonly all: number
  readonly columns?: string | undefined
}

function List({ of, all, columns }: ListProps) {
  const t = useText()
  const more = all - of.length
  if (all === 0) return null
  return (
    <ul className={columns}>
      {of.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two steps may read alike, and the list is said anew as a whole
        <li key={`${index} ${text}`}>{text}</li>
      ))}
      {more > 0 && <li>{t('cover.page.more', { count: more })}</li>}
    </ul>
  )
}

const hasYears = ({ steps }: SaidPlan): boolean => steps.some(({ year }) => year > 1)

type Room = { readonly open: number; readonly steps: number; readonly stays: number; readonly isDense: boolean }

/** The sums alone. */
const least = { open: 0, steps: 0, stays: 0, isDense: true } satisfies Room

/** A page that is kept holds no fewer lines of each list. */
const most = { open: 39, steps: 60, stays: 12 } as const

/** How many lines of each list are worth one of the others: a gap takes a third of a line, a step half of one, a proof four. */
const weights = { open: 3, steps: 4, stays: 1 } as const

/**
 * From what always fits a sheet to all there is, by one line more each; last all of it in larger letters. Smaller letters come before
 * fewer lines.
 */
function rungsOf(said: SaidPlan): readonly Room[] {
  const lists = ['open', 'steps', 'stays'] as const
  const room = { ...least }
  const rungs: Room[] = [{ ...room }]
  for (;;) {
    const [next] = lists
      .filter((list) => room[list] < Math.min(most[list], said[list].length))
      .toSorted((a, b) => (room[a] + 1) / weights[a] - (room[b] + 1) / weights[b])
    if (next === undefined) return [...rungs, { ...room, isDense: false }]
    room[next] += 1
    rungs.push({ ...room })
  }
}

const mostBroken = 3

/** A4 less its margins (`@page`), in pixels of 96 to an inch, with room for a printer that sets a little wider. */
const pageHeight = ((297 - 24) * 96) / 25.4 - 24
