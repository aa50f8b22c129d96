import { type CivilDate, daysAfter } from '@lentera/core/shared/dates'
import { soonDays } from '@lentera/core/workforce/officer/words'
import { Actions, DueItem, DueList, QuietButton, Section, useFormat, useText } from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import { OnItsWay } from '../register/when-whole.tsx'
import { isOpen, type PostCover } from './board.ts'
import styles from './cover.module.css'
import { useBoard } from './use-board.ts'

/**
 * What a gender focal point begins her day with: posts with a shift without a trained woman, since when, and those that lose one to
 * a certificate that ends. By code: the name stands on the board, which each of them opens.
 */
export default function GapsToday() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const { today } = useDesk().moment()
  const { hasAll, loaded, travelling } = useSnapshot()
  const board = useBoard(today)
  const [all, setAll] = useState(false)
  const id = useId()
  if (board.at === 'loading' || travelling || !loaded) return null
  if (!hasAll) return <OnItsWay />
  if (board.register.posts.length === 0) return <FirstBoard />
  if (board.at === 'refused') return null
  const gaps = gapsOn(board.lines, today)
  const shown = all ? gaps : gaps.slice(0, atFirst)
  const codes = new Map<string, string>(
    board.register.posts.map(({ stream, said, code }) => [stream, said.code ?? code]),
  )
  return (
    <section aria-labelledby={id} className={styles.today}>
      <h2 id={id}>{t('cover.today', { count: gaps.length })}</h2>
      <p className={styles.small}>{t('cover.today-note')}</p>
      {shown.length > 0 && (
        <DueList label={t('cover.today-list')}>
          {shown.map(({ line, endsOn }) => (
            <DueItem
              key={line.post}
              when={
                endsOn && !isOpen(line)
                  ? t('cover.today-ends', { date: format.date(endsOn) })
                  : line.openSince
                    ? t(line.openSince.isExact ? 'cover.today-since' : 'cover.today-since-at-least', {
                        date: format.date(line.openSince.on),
                      })
                    : t('cover.today-open')
              }
              code={codes.get(line.post) ?? ''}
              title={t('cover.today-shifts', {
                part: Math.floor(line.covered + 1e-9),
                whole: line.needed,
              })}
              action={
                <QuietButton onClick={() => navigate({ to: '/workforce/cover', search: { post: line.post } })}>
                  {t('today.open')}
                </QuietButton>
              }
            >
              {endsOn &&
                (isOpen(line) ? t('cover.today-widens', { date: format.date(endsOn) }) : t('cover.today-ends-note'))}
            </DueItem>
          ))}
        </DueList>
      )}
      <Actions>
        {gaps.length > shown.length && (
          <QuietButton onClick={() => setAll(true)}>
            {t('today.show-all', { count: gaps.length - shown.length })}
          </QuietButton>
        )}
        <QuietButton onClick={() => navigate({ to: '/workforce/cover' })}>{t('cover.today-board')}</QuietButton>
      </Actions>
    </section>
  )
}

/** As many as one looks through before the rest of her day; the others are one touch away. */
const atFirst = 6

/** The planner's way from nothing to her first board. */
export function FirstBoard() {
  const t = useText()
  const navigate = useNavigate()
  return (
    <Section title={t('cover.first')} note={t('cover.first-note')}>
      <ol>
        <li>{t('cover.first.import')}</li>
        <li>{t('cover.first.board')}</li>
        <li>{t('cover.first.plan')}</li>
      </ol>
      <Actions>
        <QuietButton onClick={() => navigate({ to: '/workforce/register/import' })}>{t('register.import')}</QuietButton>
        <QuietButton onClick={() => navigate({ to: '/workforce/register/posts/new' })}>
          {t('register.post.new')}
        </QuietButton>
      </Actions>
    </Section>
  )
}

/** `endsOn`: the day on which a certificate ends that opens the gap or widens it; undefined where none ends soon. */
type GapToday = { readonly line: PostCover; readonly endsOn: CivilDate | undefined }

/** Open ones as the board orders them, then those that open within `soonDays`, the nearest first. */
export function gapsOn(lines: readonly PostCover[], today: CivilDate): readonly GapToday[] {
  const until = daysAfter(today, soonDays)
  const endsOn = ({ opensOn }: PostCover): CivilDate | undefined =>
    opensOn !== null && opensOn <= until ? opensOn : undefined
  const coming = lines.flatMap((line) => {
    const ends = isOpen(line) ? undefined : endsOn(line)
    return ends ? [{ line, endsOn: ends }] : []
  })
  return [
    ...lines.filter(isOpen).map((line) => ({ line, endsOn: endsOn(line) })),
    ...coming.sort((a, b) => (a.endsOn < b.endsOn ? -1 : 1)),
  ]
}
