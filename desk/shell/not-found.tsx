import { EmptyState, QuietButton, useText } from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'

export function NotFound() {
  const t = useText()
  const navigate = useNavigate()
  return (
    <EmptyState
      title={t('shell.not-found.title')}
      action={<QuietButton onClick={() => navigate({ to: '/' })}>{t('shell.not-found.to-today')}</QuietButton>}
    >
      {t('shell.not-found.text')}
    </EmptyState>
  )
}
