import { CivilDate } from '@lentera/core/shared/dates'
import type { SourceTyped } from '@lentera/core/support/livelihoods/rates/capture'
import { DateField, TextField, useText } from '@lentera/ui/parts'
import type { Typed } from '../../device/use-kept-form.ts'
import type { Typing } from '../records/typed-correction.tsx'

/** Whose rates they are, which edition, and when somebody compared them with their source. */
export function SourceFields({ typed, set }: Typing) {
  const t = useText()
  return (
    <>
      <TextField
        label={t('rates.source')}
        why={t('rates.source-why')}
        value={typed.source ?? ''}
        onChange={(value) => set('source', value)}
      />
      <TextField
        label={t('rates.edition')}
        why={t('rates.edition-why')}
        value={typed.edition ?? ''}
        onChange={(value) => set('edition', value)}
      />
      <DateField
        label={t('rates.verified-on')}
        why={t('rates.verified-on-why')}
        finest="day"
        value={CivilDate.safeParse(typed.verifiedOn).data ?? null}
        onChange={(day) => set('verifiedOn', day ?? '')}
      />
    </>
  )
}

/** A month or a year is no day on which anybody compared anything. */
export function readSource({ source = '', edition = '', verifiedOn }: Typed): SourceTyped {
  const day = CivilDate.safeParse(verifiedOn).data
  return { source, edition, verifiedOn: day?.length === 10 ? day : undefined }
}
