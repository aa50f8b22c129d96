import { Agency } from '@lentera/core/shared/agencies'
import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import type { Found } from '@lentera/core/workforce/barrier/capture'
import type { Barrier } from '@lentera/core/workforce/barrier/project'
import { BarrierLevel, MowipArea } from '@lentera/core/workforce/barrier/words'
import { ChoiceField, DateField, LongTextField, SelectField, TextField, useText } from '@lentera/ui/parts'
import type { Typed } from '../../../device/use-kept-form.ts'
import type { Typing } from '../../records/typed-correction.tsx'
import type { WithRecommendations } from '../fields.tsx'

export function BarrierFields({ typed, set, recommendations }: Typing & WithRecommendations) {
  const t = useText()
  return (
    <>
      <SelectField
        label={t('workforce.agency')}
        value={typed.agency ?? ''}
        choices={Agency.options.map((value) => ({ value, label: t(`agency.${value}`) }))}
        onChange={(value) => set('agency', value)}
      />
      <SelectField
        label={t('barrier.area')}
        why={t('barrier.unverified')}
        value={typed.area ?? ''}
        choices={MowipArea.options.map((value) => ({ value, label: t(`barrier.area.${value}`) }))}
        onChange={(value) => set('area', value)}
      />
      <ChoiceField
        label={t('barrier.level')}
        value={typed.level || null}
        choices={BarrierLevel.options.map((value) => ({ value, label: t(`barrier.level.${value}`) }))}
        onChange={(value) => set('level', value)}
      />
      <LongTextField
        label={t('barrier.evidence')}
        why={t('barrier.evidence-why')}
        value={typed.evidence ?? ''}
        onChange={(value) => set('evidence', value)}
      />
      <LongTextField
        label={t('barrier.practice')}
        why={t('barrier.practice-why')}
        optional
        value={typed.practice ?? ''}
        onChange={(value) => set('practice', value)}
      />
      <SelectField
        label={t('barrier.leads-to')}
        optional
        value={typed.recommendation ?? ''}
        empty={t('workforce.follows-none')}
        choices={recommendations.map(({ stream, state }) => ({
          value: stream,
          label: t('workforce.recommendation.short', {
            number: state.number ?? 0,
            text: state.text?.slice(0, 60) ?? '',
          }),
        }))}
        onChange={(value) => set('recommendation', value)}
      />
      <TextField
        label={t('barrier.owner')}
        why={t('barrier.owner-why')}
        optional
        value={typed.owner ?? ''}
        onChange={(value) => set('owner', value)}
      />
      <DateField
        label={t('barrier.due')}
        finest="day"
        optional
        value={CivilDate.safeParse(typed.due).data ?? null}
        onChange={(day) => set('due', day ?? '')}
      />
    </>
  )
}

/** Undefined where a choice has not been made. */
export function readBarrier(typed: Typed): Found | undefined {
  const [agency, area] = [Agency.safeParse(typed.agency).data, MowipArea.safeParse(typed.area).data]
  const level = BarrierLevel.safeParse(typed.level).data
  return (
    agency &&
    area &&
    level && {
      agency,
      area,
      level,
      evidence: typed.evidence ?? '',
      practice: typed.practice ?? '',
      recommendation: StreamId.safeParse(typed.recommendation).data ?? null,
      owner: typed.owner ?? '',
      due: CivilDate.safeParse(typed.due).data ?? null,
    }
  )
}

export function typedBarrier({ agency, area, level, evidence, practice, recommendation, owner, due }: Barrier): Typed {
  const said = { agency, area, level, evidence, practice, recommendation, owner, due }
  return Object.fromEntries(Object.entries(said).flatMap(([field, value]) => (value ? [[field, value]] : [])))
}
