import type { StreamNoun } from '@lentera/core/log/kind'
import type { Role } from '@lentera/core/shared/roles'
import { Actions, NextButton, QuietButton, Section, useFormat, useText } from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useSnapshot } from '../device/context.ts'
import styles from './shell.module.css'

/** A room of a post: what is written there first, and the streams it holds. Its words are `today.own.<of>`. */
type OwnRoom = {
  readonly role: Role
  readonly of: string
  readonly room: string
  readonly to: string
  readonly first: string
  readonly nouns: readonly StreamNoun[]
}

const awareness = { room: 'awareness', to: '/awareness', first: '/awareness/outreach/new' } as const

const ownRooms = [
  {
    role: 'trainer',
    of: 'training',
    room: 'training',
    to: '/training',
    first: '/training/new',
    nouns: ['training-session', 'national-trainer', 'self-care-request', 'self-care-webinar'],
  },
  {
    role: 'livelihoods-officer',
    of: 'livelihoods',
    room: 'livelihoods',
    to: '/livelihoods',
    first: '/livelihoods/new',
    nouns: ['participant'],
  },
  { ...awareness, role: 'livelihoods-officer', of: 'awareness', nouns: ['outreach', 'sample', 'reach'] },
  { ...awareness, role: 'front-line-officer', of: 'crossing', nouns: ['outreach'] },
  {
    role: 'focal-point',
    of: 'workforce',
    room: 'workforce',
    to: '/workforce',
    first: '/workforce/headcounts/new',
    nouns: ['headcount', 'workforce-flow', 'recommendation', 'reform'],
  },
  {
    role: 'steward',
    of: 'dissemination',
    room: 'dissemination',
    to: '/dissemination',
    first: '/dissemination/products/new',
    nouns: ['product', 'event'],
  },
] as const satisfies readonly OwnRoom[]

/** What her post begins her day with: her own rooms, how much is there and unsent, and the next thing to write down. */
export function OwnRooms() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const roles = useSnapshot(({ me }) => me?.roles)
  const streams = useSnapshot((snapshot) => snapshot.streams)
  const participants = useSnapshot((snapshot) => snapshot.participants)
  // Who has several posts in a small programme has each room once; one thing is next: in the first of them.
  const own = ownRooms.filter(({ role }) => roles?.includes(role))
  return own.map(({ of, room, to, first, nouns }, i) => {
    const Write = i === 0 ? NextButton : QuietButton
    const here = [
      ...streams.filter(({ noun }) => nouns.some((each) => each === noun)),
      ...(of === 'livelihoods' ? participants : []),
    ]
    return (
      <Section key={of} title={t(`nav.${room}`)} note={t(`today.own.${of}`)}>
        <dl className={styles.facts}>
          <dt>{t('today.own.here')}</dt>
          <dd>{format.number(here.length)}</dd>
          <dt>{t('today.own.unsent')}</dt>
          <dd>{format.number(here.filter(({ unsent }) => unsent).length)}</dd>
        </dl>
        <br />
        <Actions>
          <Write onClick={() => navigate({ to: first })}>{t(`today.own.${of}.first`)}</Write>
          <QuietButton onClick={() => navigate({ to })}>{t('today.own.open')}</QuietButton>
        </Actions>
      </Section>
    )
  })
}

/** Whether her post has a room of its own: then looking at figures is not the first thing she does. */
export const hasOwnRoom = (roles: readonly Role[] | undefined): boolean =>
  ownRooms.some(({ role }) => roles?.includes(role))
