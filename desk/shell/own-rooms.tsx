import type { StreamNoun } from '@lentera/core/log/kind'
import type { Role } from '@lentera/core/shared/roles'
import { Actions, NextButton, QuietButton, Section, useFormat, useText } from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useSnapshot } from '../device/context.ts'
import styles from './shell.module.css'

/** The room of a post, what is written there first, and the streams it holds. */
const roomOf = {
  trainer: { room: 'training', to: '/training', first: '/training/new', nouns: ['training-session'] },
  'livelihoods-officer': {
    room: 'awareness',
    to: '/awareness',
    first: '/awareness/outreach/new',
    nouns: ['outreach', 'sample', 'reach'],
  },
  'focal-point': {
    room: 'workforce',
    to: '/workforce',
    first: '/workforce/headcounts/new',
    nouns: ['headcount', 'recommendation', 'reform'],
  },
  steward: {
    room: 'dissemination',
    to: '/dissemination',
    first: '/dissemination/products/new',
    nouns: ['product', 'event'],
  },
} as const satisfies Partial<Record<Role, { room: string; to: string; first: string; nouns: readonly StreamNoun[] }>>

/** What her post begins her day with: her own room, how much is there and unsent, and the next thing to write down. */
export function OwnRooms() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const roles = useSnapshot(({ me }) => me?.roles)
  const streams = useSnapshot((snapshot) => snapshot.streams)
  const own = Object.entries(roomOf).flatMap(([role, room]) => (roles?.some((each) => each === role) ? [room] : []))
  return own.map(({ room, to, first, nouns }) => {
    const here = streams.filter(({ noun }) => nouns.some((each) => each === noun))
    return (
      <Section key={room} title={t(`nav.${room}`)} note={t(`today.own.${room}`)}>
        <dl className={styles.facts}>
          <dt>{t('today.own.here')}</dt>
          <dd>{format.number(here.length)}</dd>
          <dt>{t('today.own.unsent')}</dt>
          <dd>{format.number(here.filter(({ unsent }) => unsent).length)}</dd>
        </dl>
        <br />
        <Actions>
          <NextButton onClick={() => navigate({ to: first })}>{t(`today.own.${room}.first`)}</NextButton>
          <QuietButton onClick={() => navigate({ to })}>{t('today.own.open')}</QuietButton>
        </Actions>
      </Section>
    )
  })
}

/** Whether her post has a room of its own: then looking at figures is not the first thing she does. */
export const hasOwnRoom = (roles: readonly Role[] | undefined): boolean =>
  roles?.some((role) => role in roomOf) === true
