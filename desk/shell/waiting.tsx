import { projectTrainer } from '@lentera/core/training/trainer/project'
import { DueItem, DueList, QuietButton, useText } from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useSnapshot, useStreams } from '../device/context.ts'
import { endingSoon, useIsTrainer, useToday } from '../rooms/training/trainers/say.ts'

/** What waits for her in the rooms beside her own list: a text that somebody else wrote, a certificate that ends. By number, never by name. */
export function Waiting({ waiting: { toRead, ending } }: { readonly waiting: WaitingNow }) {
  const t = useText()
  const navigate = useNavigate()
  if (toRead + ending === 0) return null
  return (
    <DueList label={t('today.waiting')}>
      {toRead > 0 && (
        <DueItem
          when={t('today.waiting.second-reader')}
          title={t('today.waiting.stories', { count: toRead })}
          action={<QuietButton onClick={() => navigate({ to: '/stories' })}>{t('today.own.open')}</QuietButton>}
        >
          {t('today.waiting.stories-note')}
        </DueItem>
      )}
      {ending > 0 && (
        <DueItem
          when={t('today.waiting.ninety-days')}
          title={t('today.waiting.certificates', { count: ending })}
          action={
            <QuietButton onClick={() => navigate({ to: '/training/trainers' })}>{t('today.own.open')}</QuietButton>
          }
        >
          {t('today.waiting.certificates-note')}
        </DueItem>
      )}
    </DueList>
  )
}

export type WaitingNow = { readonly toRead: number; readonly ending: number; readonly things: number }

/** `things`: how many lines of it she sees. */
export function useWaiting(): WaitingNow {
  const toRead = useStoriesToRead()
  const ending = useCertificatesEnding()
  return { toRead, ending, things: Math.sign(toRead) + Math.sign(ending) }
}

/** Texts of her team that nobody but their writer has read: hers she cannot read a second time herself. */
function useStoriesToRead(): number {
  const me = useSnapshot((snapshot) => snapshot.me)
  return useSnapshot((snapshot) => snapshot.stories).filter(
    ({ story: { version, reading, enteredInError, erased } }) =>
      version && version.author !== me?.member && reading.reading === 'unread' && !enteredInError && !erased,
  ).length
}

function useCertificatesEnding(): number {
  const isTrainer = useIsTrainer()
  const today = useToday()
  const trainers = useStreams('national-trainer', projectTrainer)
  return isTrainer ? trainers.reduce((sum, { state }) => sum + endingSoon(state, today).length, 0) : 0
}
