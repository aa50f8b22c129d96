import type { CivilDate } from '@lentera/core/shared/dates'
import {
  Actions,
  DataTable,
  DateField,
  LoadingState,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Section,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useDesk } from '../../../device/context.ts'
import { sayClock } from '../register/say.ts'
import workforceStyles from '../workforce.module.css'
import { sayField } from './assumption-fields.tsx'
import { isOpen, type PostCover } from './board.ts'
import styles from './cover.module.css'
import { FirstBoard } from './gaps-today.tsx'
import { noSuchDay, wholeDay } from './kept-rosters.ts'
import { LeftOutNote, UnplacedNote } from './left-out.tsx'
import { keepSolver } from './plan-apart.ts'
import { sayFacility } from './say-plan.ts'
import { type Board, useBoard } from './use-board.ts'

/** Which posts have a trained woman on every shift, which do not and since when: the first thing a planner looks at. */
export function CoverPage() {
  const t = useText()
  const desk = useDesk()
  const [day, setDay] = useState(desk.moment().today)
  const board = useBoard(day)
  // So that a plan can be made later without the network.
  useEffect(() => {
    void keepSolver()
  }, [])
  if (board.at === 'loading') return <LoadingState />
  if (board.register.posts.length === 0)
    return (
      <>
        <PageTitle over={<Link to="/workforce">{t('workforce.back')}</Link>} under={t('cover.none-text')}>
          {t('cover.none')}
        </PageTitle>
        <FirstBoard />
      </>
    )
  if (board.at === 'refused')
    return (
      <Stack>
        <RefusalNotice refusal={sayField(board.refusal, t)} />
        <Link to="/workforce/cover/plan">{t('cover.plan.title')}</Link>
      </Stack>
    )
  return <BoardOfDay board={board} day={day} onDay={setDay} />
}

type BoardOfDayProps = {
  readonly board: Extract<Board, { readonly at: 'read' }>
  readonly day: CivilDate
  readonly onDay: (day: CivilDate) => void
}

function BoardOfDay({ board: { register, lines: board, leftOut, unplaced, away }, day, onDay }: BoardOfDayProps) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const [isNoDay, setNoDay] = useState(false)
  // From *today* she comes for one post: it stands alone until she asks for all.
  const { post: asked } = useSearch({ strict: false })
  const rows = board.filter(({ post }) => post === asked)
  const isOne = rows.length > 0
  const open = board.filter(isOpen)
  const coming = board.filter(({ opensOn }) => opensOn !== null)
  const unsafe = board.filter(({ missing }) => missing.length > 0)
  return (
    <>
      <PageTitle
        over={<Link to="/workforce">{t('workforce.back')}</Link>}
        under={t('cover.under', { date: format.date(day) })}
      >
        {t('cover.title', { covered: board.length - open.length, posts: board.length })}
      </PageTitle>
      <Stack>
        <Actions>
          <NextButton onClick={() => navigate({ to: '/workforce/cover/plan' })}>{t('cover.plan.title')}</NextButton>
          <QuietButton onClick={() => navigate({ to: '/workforce/cover/roster' })}>{t('roster.open-page')}</QuietButton>
          <QuietButton onClick={() => navigate({ to: '/workforce/register' })}>{t('cover.to-register')}</QuietButton>
          <QuietButton onClick={() => navigate({ to: '/workforce/cover/release' })}>
            {t('cover-release.nav')}
          </QuietButton>
        </Actions>
        <DateField
          label={t('cover.day')}
          value={day}
          finest="day"
          {...(isNoDay ? { refusal: noSuchDay } : {})}
          onChange={(chosen) => {
            const whole = wholeDay(chosen)
            setNoDay(whole === undefined)
            if (whole) onDay(whole)
          }}
        />
        <div className={`card ${workforceStyles.table}`}>
          <DataTable
            caption={t('cover.board')}
            note={t('cover.board-note')}
            rows={isOne ? rows : board}
            stacks
            keyOf={({ post }) => post}
            onOpenRow={({ post }) => navigate({ to: '/workforce/register/posts/$stream', params: { stream: post } })}
            columns={[
              { id: 'post', label: t('cover.post'), value: ({ post }) => register.names.post(post) },
              {
                id: 'state',
                label: t('cover.state'),
                value: (post) => sayState(post, t),
              },
              {
                id: 'shifts',
                label: t('cover.shifts'),
                value: ({ covered, needed }) => t('cover.of', { part: Math.floor(covered + 1e-9), whole: needed }),
              },
              {
                id: 'which',
                label: t('cover.which'),
                value: ({ openShifts }) =>
                  openShifts
                    .map((shift) =>
                      t('cover.which-shift', {
                        shift: sayClock(shift, format.clock),
                        part: Math.floor(shift.covered + 1e-9),
                        whole: shift.needed,
                      }),
                    )
                    .join(' · '),
              },
              {
                id: 'women',
                label: t('cover.women'),
                value: ({ trained, needs }) => t('cover.of', { part: trained, whole: needs }),
              },
              {
                id: 'risk',
                label: t('cover.risk'),
                value: ({ risk, must }) =>
                  [risk ? t(`cover.risk.${risk}`) : t('cover.risk.unknown'), ...(must ? [t('cover.must')] : [])].join(
                    ' · ',
                  ),
              },
              {
                id: 'since',
                label: t('cover.since'),
                value: (line) => saySince(line, t, format.date),
              },
            ]}
          />
        </div>
        {isOne && (
          <Actions>
            <QuietButton onClick={() => navigate({ to: '/workforce/cover' })}>{t('cover.all-posts')}</QuietButton>
          </Actions>
        )}
        {away > 0 && <p role="note">{t('cover.away', { count: away })}</p>}
        {coming.length > 0 && (
          <Section title={t('cover.coming', { count: coming.length })} note={t('cover.coming-note')}>
            <ul>
              {coming.map(({ post, opensOn }) => (
                <li key={post}>
                  {register.names.post(post)}: {opensOn && format.date(opensOn)}
                </li>
              ))}
            </ul>
          </Section>
        )}
        {unsafe.length > 0 && (
          <Section title={t('cover.unsafe', { count: unsafe.length })} note={t('cover.unsafe-note')}>
            <ul>
              {unsafe.map(({ post, missing }) => (
                <li key={post}>
                  {register.names.post(post)}: {missing.map((each) => sayFacility(each, t)).join(', ')}
                </li>
              ))}
            </ul>
          </Section>
        )}
        <UnplacedNote posts={unplaced} names={register.names} />
        {leftOut.length > 0 && <LeftOutNote leftOut={leftOut} register={register} />}
      </Stack>
      <p className={styles.small}>{t('workforce.stays')}</p>
    </>
  )
}

function saySince(
  { openSince, ...line }: PostCover,
  t: (id: string, values?: Readonly<Record<string, string>>) => string,
  date: (day: CivilDate) => string,
): string {
  if (!openSince) return isOpen(line) ? t('cover.since-unknown') : ''
  return openSince.isExact ? date(openSince.on) : t('cover.since-at-least', { date: date(openSince.on) })
}

function sayState(line: PostCover, t: (id: string) => string): string {
  if (!isOpen(line)) return t('cover.state.covered')
  return t(
    line.isWithoutWoman ? 'cover.state.no-woman' : line.isWithoutTrained ? 'cover.state.none' : 'cover.state.gap',
  )
}
