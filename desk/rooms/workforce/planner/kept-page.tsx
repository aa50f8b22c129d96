import { QuietButton, Section, useFormat, useText } from '@lentera/ui/parts'
import { useMemo } from 'react'
import { useDesk } from '../../../device/context.ts'
import { readAssumptions } from './assumptions.ts'
import styles from './cover.module.css'
import { type Differs, differsToday } from './differs.ts'
import { OnePage } from './one-page.tsx'
import type { SaidPlan } from './said-plan.ts'
import type { KeptPlan } from './saved.ts'
import { brokenInWords } from './say-broken.ts'
import { type Say, sayAction } from './say-plan.ts'
import { problemOn, type Register } from './use-register.ts'

type KeptPageProps = {
  readonly title: string
  readonly plan: KeptPlan
  /** Undefined of a plan that was kept before pages were. */
  readonly page: SaidPlan | undefined
  readonly register: Register
  readonly say: Say
  readonly onDraw: () => void
  readonly onClose: () => void
}

/** A kept plan: what would be different if it were signed today, and the page as it was signed, to be printed again. */
export function KeptPage({ title, plan, page, register, say, onDraw, onClose }: KeptPageProps) {
  const t = useText()
  const desk = useDesk()
  const { today } = desk.moment()
  const differs = useMemo(() => {
    const assumed = readAssumptions(plan.typed)
    return assumed.ok ? differsToday(plan, problemOn(register, today, assumed.value).problem) : undefined
  }, [plan, register, today])
  return (
    <>
      <Section title={title} note={t('cover.kept-page.note')}>
        {differs && <WhatDiffers differs={differs} day={plan.day} say={say} />}
        {plan.actions.some(({ kind }) => kind === 'move') && <p>{t('cover.kept-page.moves')}</p>}
        <p className={styles.buttons}>
          <QuietButton onClick={onDraw}>{t('cover.kept-page.draw')}</QuietButton>
          <QuietButton onClick={onClose}>{t('cover.page.close')}</QuietButton>
        </p>
      </Section>
      {page ? <OnePage said={page} /> : <p>{t('cover.kept-page.no-page')}</p>}
    </>
  )
}

function WhatDiffers({
  differs,
  day,
  say,
}: {
  readonly differs: Differs
  readonly day: KeptPlan['day']
  readonly say: Say
}) {
  const t = useText()
  const format = useFormat()
  const { before, today, closed, opened, gone, done, impossible } = differs
  const number = (value: number): string => format.number(Math.round(value))
  const listed = (posts: readonly string[]): string =>
    [...posts.slice(0, mostNamed).map(say.names.post), ...(posts.length > mostNamed ? ['…'] : [])].join(', ')
  const lines = [
    before &&
      t('cover.differs.figures', {
        date: format.date(day),
        open: before.open.length,
        posts: before.posts,
        openNow: today.open.length,
        postsNow: today.posts,
      }),
    before &&
      t('cover.differs.left', {
        before: number(before.left),
        today: number(today.left),
        uncovered: number(before.uncovered),
        uncoveredNow: number(today.uncovered),
      }),
    closed.length > 0 && t('cover.differs.closed', { posts: listed(closed) }),
    opened.length > 0 && t('cover.differs.opened', { posts: listed(opened) }),
    gone.length > 0 && t('cover.differs.gone', { count: gone.length }),
    ...done.map((action) => t('cover.differs.done', { step: sayAction(action, say) })),
    ...impossible.map(({ action, broken }) =>
      t('cover.differs.impossible', {
        step: sayAction(action, say),
        why: broken.map((rule) => brokenInWords(rule, say)).join(' '),
      }),
    ),
  ].filter((line) => typeof line === 'string')
  const isSame =
    closed.length + opened.length + gone.length + done.length + impossible.length === 0 &&
    before !== null &&
    Math.abs(before.left - today.left) < 0.5
  return (
    <>
      <h3>{t('cover.differs.title')}</h3>
      {isSame && <p>{t('cover.differs.nothing')}</p>}
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  )
}

const mostNamed = 8
