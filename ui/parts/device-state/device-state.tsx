import { dayIn } from '@lentera/core/shared/dates'
import { QuietButton } from '../buttons/buttons.tsx'
import { useFormat, useText } from '../language/language.tsx'
import styles from './device-state.module.css'

/**
 * The state of the device, always in the same corner: locked or open, on line or not, how many entries have not been
 * sent, when it last exchanged. Nothing else belongs here.
 */
export function DeviceState({
  lock,
  online,
  unsent,
  answersMayWait = false,
  lastExchange,
  exchanging = false,
  now = Date.now(),
  onLock,
  onExchange,
}: DeviceStateProps) {
  const t = useText()
  const format = useFormat()
  // A time of today needs no date: the corner stays short.
  const clock = (instant: number) =>
    dayIn(format.zone, instant) === dayIn(format.zone, now) ? format.time(instant) : format.instant(instant)
  const state = t('ui.device.state', { lock, net: online ? 'online' : 'offline' })
  const last = lastExchange === null ? t('ui.device.never') : t('ui.device.last', { time: clock(lastExchange) })
  return (
    <section className={styles.state} aria-label={t('ui.device.label')}>
      <span className={styles.now}>
        <span className={`${styles.dot} ${online ? '' : styles.away}`} aria-hidden />
        {state}
      </span>
      <span className={styles.exchange} aria-live="polite">
        <b className={unsent > 0 ? styles.unsent : styles.sent}>
          {t('ui.device.unsent', { count: unsent, answers: answersMayWait ? 'apart' : 'none' })}
        </b>
        <span className={styles.last}>{exchanging ? t('ui.device.exchanging') : last}</span>
      </span>
      {onExchange !== undefined && online && (unsent > 0 || answersMayWait) && !exchanging && (
        <QuietButton onClick={onExchange}>{t('ui.device.exchange')}</QuietButton>
      )}
      {onLock !== undefined && lock === 'open' && <QuietButton onClick={onLock}>{t('ui.device.lock')}</QuietButton>}
    </section>
  )
}

export type DeviceStateProps = {
  readonly lock: 'open' | 'locked'
  readonly online: boolean
  /** Entries made here that the server has not acknowledged. */
  readonly unsent: number
  /** Officers are asked with this device: what they answered is in no number, and it is said, whether any waits or none. */
  readonly answersMayWait?: boolean
  /** Instant in milliseconds since 1970 UTC; null when there has been none. */
  readonly lastExchange: number | null
  readonly exchanging?: boolean
  /** The instant to compare with; now. */
  readonly now?: number
  readonly onLock?: () => void
  readonly onExchange?: () => void
}
