import { Actions, QuietButton, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import recordStyles from '../../records/records.module.css'

/** So many are drawn at once, and as many more each time she asks: thousands of rows are too many for a telephone, and for a reader. */
const step = 40

/**
 * How much of a long list is drawn.
 *
 * @param of what it was looked for by: another search begins anew
 * @param first how many are drawn before she asks
 */
export function useShown(of: string, first = step): { readonly shown: number; readonly more: () => void } {
  const [asked, setAsked] = useState({ of, shown: first })
  const shown = asked.of === of ? asked.shown : first
  return { shown, more: () => setAsked({ of, shown: shown + step }) }
}

type ShowMoreProps = {
  readonly shown: number
  readonly count: number
  readonly onMore: () => void
  /** No search stands above the list. */
  readonly isWithoutSearch?: boolean
}

/** Says how many are not drawn, and draws more of them; nothing where all are. */
export function ShowMore({ shown, count, onMore, isWithoutSearch = false }: ShowMoreProps) {
  const t = useText()
  if (count <= shown) return null
  return (
    <>
      <p className={recordStyles.quiet}>
        {isWithoutSearch ? t('register.more-of', { shown, count }) : t('register.more-left', { shown, count })}
      </p>
      <Actions>
        <QuietButton onClick={onMore}>{t('register.show-more', { count: Math.min(step, count - shown) })}</QuietButton>
      </Actions>
    </>
  )
}
