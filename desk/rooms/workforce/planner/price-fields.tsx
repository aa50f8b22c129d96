import { TextField, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import recordStyles from '../../records/records.module.css'
import type { Typing } from '../../records/typed-correction.tsx'
import styles from './cover.module.css'
import { priceFields } from './prices.ts'

/**
 * What each step costs, in the agency's own money and by its own source. Nothing stands here before she writes it: a cost that nobody
 * gave is told as not known, on the screen, on the page and in the file, and never as nothing.
 */
export function PriceFields({ typed, set }: Typing) {
  const t = useText()
  const given = priceFields.filter((field) => (typed[field] ?? '').trim() !== '').length
  // It stays open while she fills it in, and does not close under her hand.
  const [isOpen, setOpen] = useState(given < priceFields.length)
  return (
    <details
      className={`card ${styles.assumed} ${given === 0 ? styles.unpriced : ''}`}
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{t('cover.price.title', { given, all: priceFields.length })}</summary>
      <p role="status">
        {given === 0
          ? t('cover.price.none')
          : given < priceFields.length
            ? t('cover.price.some', { count: priceFields.length - given })
            : t('cover.price.all')}
      </p>
      <div className={recordStyles.fields}>
        <TextField
          label={t('cover.assume.currency')}
          value={typed.currency ?? ''}
          onChange={(value) => set('currency', value)}
        />
        <TextField
          label={t('cover.price.source')}
          why={t('cover.price.source-why')}
          value={typed.priceSource ?? ''}
          onChange={(value) => set('priceSource', value)}
        />
      </div>
      <div className={styles.numbers}>
        {priceFields.map((field) => (
          <TextField
            key={field}
            label={t(`cover.assume.${field}`)}
            inputMode="numeric"
            optional
            value={typed[field] ?? ''}
            onChange={(value) => set(field, value)}
          />
        ))}
      </div>
    </details>
  )
}
