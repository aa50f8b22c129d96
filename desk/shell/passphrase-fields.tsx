import { TextField, useText } from '@lentera/ui/parts'
import { passphraseLength } from '../device/account.ts'

/** A passphrase twice, and an honest word on it: length is counted, strength is not guessed. */
export function PassphraseFields({ label, passphrase, again, onChange }: PassphraseFieldsProps) {
  const t = useText()
  const missing = passphraseLength - passphrase.length
  return (
    <>
      <TextField
        label={label ?? t('sign-in.passphrase')}
        why={t('found.passphrase-why')}
        value={passphrase}
        autoComplete="new-password"
        secret
        onChange={(value) => onChange({ passphrase: value, again })}
      />
      <TextField
        label={t('found.passphrase-again')}
        value={again}
        autoComplete="new-password"
        secret
        onChange={(value) => onChange({ passphrase, again: value })}
      />
      <p className="small" role="status">
        {passphrase !== '' && missing > 0 && t('found.passphrase-short', { count: missing })}
        {missing <= 0 && again !== '' && again !== passphrase && t('found.passphrase-differs')}
        {isPassphraseReady(passphrase, again) && t('found.passphrase-same')}
      </p>
    </>
  )
}

export type PassphraseFieldsProps = {
  /** Of the first field, where it is not her only passphrase. */
  readonly label?: string
  readonly passphrase: string
  readonly again: string
  readonly onChange: (changed: { readonly passphrase: string; readonly again: string }) => void
}

export const isPassphraseReady = (passphrase: string, again: string): boolean =>
  passphrase.length >= passphraseLength && passphrase === again

/** That it is she: a device may have been left open. */
export function PresentPassphrase({ label, value, onChange }: PresentPassphraseProps) {
  const t = useText()
  return (
    <TextField
      label={label ?? t('account.present')}
      value={value}
      onChange={onChange}
      autoComplete="current-password"
      secret
    />
  )
}

export type PresentPassphraseProps = {
  readonly label?: string
  readonly value: string
  readonly onChange: (value: string) => void
}
