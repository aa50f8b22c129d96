import type { Figure } from '@lentera/core/results/figure'
import { headline } from '@lentera/core/results/framework'
import { LoadingState, OfflineState, QuietButton, RefusalNotice, Section, useText } from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useSnapshot } from '../device/context.ts'
import { Door, type Opening } from '../rooms/results/door.tsx'
import { FigureTiles } from '../rooms/results/figure-tiles.tsx'
import { useFigures } from '../rooms/results/use-figures.ts'

/** For those who answer for the whole: the figures the programme is known by, each a door, before anything is asked. */
export function Standing() {
  const t = useText()
  const navigate = useNavigate()
  const { answer, reload } = useFigures('all')
  const [opening, setOpening] = useState<Opening>()
  // What her programme does not do has no figure, and is not the first thing to say of it.
  const isTold = ({ scope, value }: Figure): boolean => scope !== 'published' && value.kind !== 'none'
  const figures = answer?.ok
    ? headline.flatMap((key) => answer.value.find((each) => each.key === key && isTold(each)) ?? [])
    : []
  return (
    <Section title={t('today.standing.title')} note={t('today.standing.note')}>
      {answer === undefined ? (
        <LoadingState label={t('results.loading')} />
      ) : answer.ok && figures.length === 0 ? (
        <p>{t('results.empty-text')}</p>
      ) : answer.ok ? (
        <FigureTiles figures={figures} onOpen={setOpening} />
      ) : answer.refusal.code === 'desk.offline' ? (
        <OfflineState onRetry={reload}>{t('results.offline')}</OfflineState>
      ) : (
        <RefusalNotice refusal={answer.refusal} />
      )}
      <br />
      <QuietButton onClick={() => navigate({ to: '/results' })}>{t('today.results.open')}</QuietButton>
      {opening && <Door key={opening.figure.key} opening={opening} onClose={() => setOpening(undefined)} />}
    </Section>
  )
}

/** For a data protection officer: who is admitted, who was taken out, and whose keys are disputed. */
export function WhoHasAccess() {
  const t = useText()
  const navigate = useNavigate()
  const members = useSnapshot((snapshot) => snapshot.members)
  const present = members.filter(({ removed }) => !removed)
  return (
    <Section title={t('today.access.title')} note={t('today.access.note')}>
      <p>
        {t('today.access.members', { present: present.length, removed: members.length - present.length })}
        {members.some(({ disputed }) => disputed) && ` ${t('members.disputed')}`}
      </p>
      <QuietButton onClick={() => navigate({ to: '/members' })}>{t('today.members.open')}</QuietButton>
    </Section>
  )
}
