import { Country } from '@lentera/core/shared/places'
import { QuietButton, SelectField, TextField, useText } from '@lentera/ui/parts'
import { type StepProps, zones } from './answers.ts'
import { Step } from './step.tsx'

export function OrganisationStep({ answers, change, founding, onFounding, onBack, onNext }: StepProps) {
  const t = useText()
  const { organisationName, programmeName, country, zone } = answers
  // The sheets are of the organisation as it was named then.
  const fixed = founding !== undefined
  const known = country === null ? Object.values(zones).flat() : zones[country]
  const startAgain = (): void => {
    founding?.giveUp()
    onFounding(undefined)
  }
  return (
    <Step
      title={t('found.organisation.title')}
      under={t('found.organisation.under')}
      ready={organisationName.trim() !== '' && programmeName.trim() !== '' && zone !== ''}
      onBack={onBack}
      onNext={onNext}
    >
      {fixed && (
        <p>
          {t('found.organisation.fixed')}{' '}
          <QuietButton onClick={startAgain}>{t('found.organisation.again')}</QuietButton>
        </p>
      )}
      <TextField
        label={t('found.organisation.name')}
        value={organisationName}
        disabled={fixed}
        onChange={(value) => change({ organisationName: value })}
      />
      <TextField
        label={t('found.organisation.programme')}
        why={t('found.organisation.programme-why')}
        value={programmeName}
        disabled={fixed}
        onChange={(value) => change({ programmeName: value })}
      />
      <SelectField
        label={t('found.organisation.country')}
        why={t('found.organisation.country-why')}
        value={country ?? ''}
        empty={t('found.organisation.region')}
        disabled={fixed}
        choices={Country.options.map((value) => ({ value, label: t(`country.${value}`) }))}
        onChange={(value) => {
          const chosen = Country.safeParse(value).data ?? null
          change({ country: chosen, zone: chosen === null ? '' : zones[chosen][0] })
        }}
      />
      <SelectField
        label={t('found.organisation.zone')}
        why={t('found.organisation.zone-why')}
        value={zone}
        disabled={fixed}
        choices={known.map((value) => ({ value, label: value }))}
        onChange={(value) => change({ zone: value })}
      />
    </Step>
  )
}
