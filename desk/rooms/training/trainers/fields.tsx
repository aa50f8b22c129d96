import { Agency } from '@lentera/core/shared/agencies'
import { CivilDate } from '@lentera/core/shared/dates'
import { ProgrammeLanguage } from '@lentera/core/shared/languages'
import { Sex } from '@lentera/core/shared/people'
import { officerCode } from '@lentera/core/shared/person-codes'
import { Country } from '@lentera/core/shared/places'
import { readWholeNumber } from '@lentera/core/shared/whole-number'
import type { Certify, SaidOfTrainer } from '@lentera/core/training/trainer/capture'
import type { Certificate, NationalTrainer } from '@lentera/core/training/trainer/project'
import { Certifier } from '@lentera/core/training/trainer/words'
import { Module } from '@lentera/core/training/words'
import { ChoiceField, DateField, SelectField, TextField, useText } from '@lentera/ui/parts'
import type { Typed } from '../../../device/use-kept-form.ts'
import type { Typing } from '../../records/typed-correction.tsx'
import { useCountries } from '../countries.ts'

// ---------------------------------------------------------------- who she is, as far as it is asked

export function AboutFields({ typed, set }: Typing) {
  const t = useText()
  const countries = useCountries()
  return (
    <>
      <SelectField
        label={t('trainers.country')}
        value={typed.country ?? ''}
        choices={countries.map((value) => ({ value, label: t(`country.${value}`) }))}
        onChange={(value) => set('country', value)}
      />
      <SelectField
        label={t('training.agency')}
        value={typed.agency ?? ''}
        choices={Agency.options.map((value) => ({ value, label: t(`agency.${value}`) }))}
        onChange={(value) => set('agency', value)}
      />
      <ChoiceField
        label={t('training.sex')}
        value={typed.sex || null}
        choices={Sex.options.map((value) => ({ value, label: t(`officer.${value}`) }))}
        onChange={(value) => set('sex', value)}
      />
    </>
  )
}

export const typedAbout = ({ country, agency, sex }: NationalTrainer): Typed => ({
  country: country ?? '',
  agency: agency ?? '',
  sex: sex ?? '',
})

/** Undefined where a choice has not been made. */
export function readAbout(typed: Typed): SaidOfTrainer | undefined {
  const [country, agency] = [Country.safeParse(typed.country).data, Agency.safeParse(typed.agency).data]
  const sex = Sex.safeParse(typed.sex).data
  return country && agency && sex && { country, agency, sex }
}

// ---------------------------------------------------------------- a certificate

/** @param trainers who may have certified: everyone but herself, and those the programme began with */
export function CertificateFields({
  typed,
  set,
  trainers,
}: Typing & { readonly trainers: readonly NationalTrainer[] }) {
  const t = useText()
  return (
    <>
      <ChoiceField
        label={t('trainers.module')}
        value={typed.module || null}
        choices={Module.options.map((value) => ({ value, label: t(`module.${value}`) }))}
        onChange={(value) => set('module', value)}
      />
      <TextField
        label={t('trainers.version')}
        why={t('trainers.version-why')}
        inputMode="decimal"
        value={typed.moduleVersion ?? ''}
        onChange={(value) => set('moduleVersion', value)}
      />
      <SelectField
        label={t('results.dimension.language')}
        value={typed.language ?? ''}
        choices={ProgrammeLanguage.options.map((value) => ({ value, label: t(`language.${value}`) }))}
        onChange={(value) => set('language', value)}
      />
      <SelectField
        label={t('trainers.by')}
        why={t('trainers.by-why')}
        value={typed.by ?? ''}
        choices={[
          { value: 'founding-trainers', label: t('trainers.founding') },
          ...trainers.map(({ trainer }) => ({ value: trainer, label: officerCode(trainer) })),
        ]}
        onChange={(value) => set('by', value)}
      />
      <DateField
        label={t('trainers.certified-on')}
        finest="day"
        value={CivilDate.safeParse(typed.certifiedOn).data ?? null}
        onChange={(day) => set('certifiedOn', day ?? '')}
      />
    </>
  )
}

export const typedCertificate = ({ module, moduleVersion, language, by, certifiedOn }: Certificate): Typed => ({
  module: module ?? '',
  moduleVersion: moduleVersion ?? '',
  language: language ?? '',
  by: by ?? '',
  certifiedOn,
})

/** Undefined where a choice or the day is missing; what a version is, core says. */
export function readCertificate(typed: Typed): Certify | undefined {
  const [module, language] = [Module.safeParse(typed.module).data, ProgrammeLanguage.safeParse(typed.language).data]
  const [by, certifiedOn] = [Certifier.safeParse(typed.by).data, CivilDate.safeParse(typed.certifiedOn).data]
  const moduleVersion = readVersion(typed.moduleVersion ?? '')
  return module && language && by && certifiedOn && { module, moduleVersion, language, by, certifiedOn }
}

/** Only what differs from what stands. */
export const changeOfCertificate = (now: Certify, stood: Certificate): Partial<Certify> => ({
  ...(now.module === stood.module ? {} : { module: now.module }),
  ...(now.moduleVersion === stood.moduleVersion ? {} : { moduleVersion: now.moduleVersion }),
  ...(now.language === stood.language ? {} : { language: now.language }),
  ...(now.by === stood.by ? {} : { by: now.by }),
  ...(now.certifiedOn === stood.certifiedOn ? {} : { certifiedOn: now.certifiedOn }),
})

/** `2.1`, in whichever digits it is typed. */
function readVersion(typed: string): string {
  const parts = typed.trim().split('.').map(readWholeNumber)
  return parts.every((part) => part !== undefined) ? parts.join('.') : typed
}
