import { CivilDate } from '@lentera/core/shared/dates'
import { Service } from '@lentera/core/support/words'
import { ChoiceField, DateField, LongTextField, type SaveState, TextField, useText } from '@lentera/ui/parts'
import type { KeptForm } from '../../device/use-kept-form.ts'

/** What is asked of a need or a service: the kind of help is counted, everything else is sealed. */
export function RecordFields({ form, ofService }: { readonly form: KeptForm; readonly ofService: boolean }) {
  const t = useText()
  const { typed, set, state } = form
  const save = (field: string): { save?: SaveState } => (typed[field] ? { save: state } : {})
  return (
    <>
      <ChoiceField
        label={t('support.field.service')}
        why={t('support.why.service')}
        value={typed.service || null}
        onChange={(service) => set('service', service)}
        choices={Service.options.map((service) => ({ value: service, label: t(`service.${service}`) }))}
      />
      {ofService && (
        <>
          <DateField
            label={t('support.field.deliveredOn')}
            why={t('support.why.deliveredOn')}
            sealed
            finest="day"
            value={CivilDate.safeParse(typed.deliveredOn).data ?? null}
            onChange={(date) => set('deliveredOn', date ?? '')}
            {...save('deliveredOn')}
          />
          <TextField
            label={t('support.field.provider')}
            why={t('support.why.provider')}
            sealed
            optional
            value={typed.provider ?? ''}
            onChange={(text) => set('provider', text)}
            {...save('provider')}
          />
        </>
      )}
      <LongTextField
        label={t('support.field.detail')}
        why={t('support.why.detail')}
        sealed
        optional
        value={typed.detail ?? ''}
        onChange={(text) => set('detail', text)}
        {...save('detail')}
      />
    </>
  )
}
