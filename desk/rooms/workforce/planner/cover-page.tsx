import {
  Actions,
  DataTable,
  DateField,
  EmptyState,
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
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { useDesk } from '../../../device/context.ts'
import { useKeptForm } from '../../../device/use-kept-form.ts'
import workforceStyles from '../workforce.module.css'
import { type Assumptions, firstTyped, readAssumptions } from './assumptions.ts'
import { boardOf, isOpen, type PostCover } from './board.ts'
import styles from './cover.module.css'
import { wholeDay } from './kept-rosters.ts'
import { LeftOutNote } from './left-out.tsx'
import { keepSolver } from './plan-apart.ts'
import { sayFacility } from './say-plan.ts'
import { type Register, useRegister } from './use-register.ts'

/** Which posts have a trained woman on every shift, which do not and since when: the first thing a planner looks at. */
export function CoverPage() {
  const t = useText()
  const register = useRegister()
  const form = useKeptForm('cover-assumptions', firstTyped)
  // So that a plan can be made later without the network.
  useEffect(() => {
    void keepSolver()
  }, [])
  if (!form.ready) return <LoadingState />
  if (register.posts.length === 0)
    return (
      <EmptyState title={t('cover.none')} action={<Link to="/workforce/register">{t('cover.to-register')}</Link>}>
        {t('cover.none-text')}
      </EmptyState>
    )
  const assumed = readAssumptions(form.typed)
  if (!assumed.ok)
    return (
      <Stack>
        <RefusalNotice refusal={assumed.refusal} />
        <Link to="/workforce/cover/plan">{t('cover.plan.title')}</Link>
      </Stack>
    )
  return <Board register={register} assumptions={assumed.value} />
}

function Board({ register, assumptions }: { readonly register: Register; readonly assumptions: Assumptions }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const desk = useDesk()
  const [day, setDay] = useState(desk.moment().today)
  const { lines: board, leftOut } = useMemo(
    () => boardOf(register.posts, register.officers, day, assumptions),
    [register, day, assumptions],
  )
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
        </Actions>
        <DateField
          label={t('cover.day')}
          value={day}
          finest="day"
          onChange={(chosen) => setDay(wholeDay(chosen) ?? day)}
        />
        <div className={`card ${workforceStyles.table}`}>
          <DataTable
            caption={t('cover.board')}
            note={t('cover.board-note')}
            rows={board}
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
                id: 'women',
                label: t('cover.women'),
                value: ({ trained, needs }) => t('cover.of', { part: trained, whole: needs }),
              },
              {
                id: 'risk',
                label: t('cover.risk'),
                value: ({ risk }) => (risk ? t(`cover.risk.${risk}`) : t('cover.risk.unknown')),
              },
              {
                id: 'since',
                label: t('cover.since'),
                value: ({ openSince }) => (openSince ? format.date(openSince) : ''),
              },
            ]}
          />
        </div>
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
        {leftOut.length > 0 && <LeftOutNote leftOut={leftOut} register={register} />}
      </Stack>
      <p className={styles.small}>{t('workforce.stays')}</p>
    </>
  )
}

function sayState(line: PostCover, t: (id: string) => string): string {
  if (!isOpen(line)) return t('cover.state.covered')
  return t(
    line.isWithoutWoman ? 'cover.state.no-woman' : line.isWithoutTrained ? 'cover.state.none' : 'cover.state.gap',
  )
}
