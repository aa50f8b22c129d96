import { Agency } from '@lentera/core/shared/agencies'
import { StreamId } from '@lentera/core/shared/ids'
import type { HeadcountHeaded, Recommended, Reformed } from '@lentera/core/workforce/capture'
import type { Headed } from '@lentera/core/workforce/counted/capture'
import type { HeadSaid } from '@lentera/core/workforce/counted/project'
import type { Headcount, Recommendation, Reform } from '@lentera/core/workforce/project'
import { Concern, Counted, Origin, Place, Rank, Sphere, Trust, Unit } from '@lentera/core/workforce/words'
import { ChoiceField, ChoicesField, LongTextField, SelectField, TextField, useText } from '@lentera/ui/parts'
import type { ReactNode } from 'react'
import type { Projected } from '../../device/context.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import type { Typing } from '../records/typed-correction.tsx'
import { readCount } from './say.ts'
import styles from './workforce.module.css'

// ---------------------------------------------------------------- headcounts

export function HeadcountFields(typing: Typing) {
  const t = useText()
  return (
    <HeadFields {...typing}>
      <SelectField
        label={t('workforce.unit')}
        why={t('workforce.unit-why')}
        value={typing.typed.unit ?? 'all'}
        choices={Unit.options.map((value) => ({ value, label: t(`workforce.unit.${value}`) }))}
        onChange={(value) => typing.set('unit', value)}
      />
    </HeadFields>
  )
}

/** Of whom numbers are, and where they come from; between agency and place whatever else is asked. */
export function HeadFields({ typed, set, children }: Typing & { readonly children?: ReactNode }) {
  const t = useText()
  return (
    <>
      <SelectField
        label={t('workforce.agency')}
        value={typed.agency ?? ''}
        choices={Agency.options.map((value) => ({ value, label: t(`agency.${value}`) }))}
        onChange={(value) => set('agency', value)}
      />
      {children}
      <ChoiceField
        label={t('workforce.place')}
        why={t('workforce.place-why')}
        value={typed.place || null}
        choices={Place.options.map((value) => ({ value, label: t(`workforce.place.${value}`) }))}
        onChange={(value) => set('place', value)}
      />
      <ChoiceField
        label={t('workforce.counted')}
        why={t('workforce.counted-why')}
        value={typed.counted || null}
        choices={Counted.options.map((value) => ({ value, label: t(`workforce.counted.${value}`) }))}
        onChange={(value) => set('counted', value)}
      />
      <ChoiceField
        label={t('workforce.trust')}
        value={typed.trust || null}
        choices={Trust.options.map((value) => ({ value, label: t(`workforce.trust.${value}`) }))}
        onChange={(value) => set('trust', value)}
      />
      <TextField
        label={t('workforce.source')}
        why={t('workforce.source-why')}
        value={typed.source ?? ''}
        onChange={(value) => set('source', value)}
      />
    </>
  )
}

export const typedHeadcount = ({ unit, ...head }: Headcount): Typed => ({ ...typedHead(head), ...filled({ unit }) })

export const typedHead = ({ agency, place, counted, trust, source }: HeadSaid): Typed =>
  filled({ agency, place, counted, trust, source })

/** Undefined where a choice has not been made. */
export function readHeadcount(typed: Typed): HeadcountHeaded | undefined {
  const [head, unit] = [readHead(typed), Unit.safeParse(typed.unit ?? 'all').data]
  return head && unit && { ...head, unit }
}

/** Undefined where a choice has not been made. */
export function readHead(typed: Typed): Headed | undefined {
  const [agency, place] = [Agency.safeParse(typed.agency).data, Place.safeParse(typed.place).data]
  const [counted, trust] = [Counted.safeParse(typed.counted).data, Trust.safeParse(typed.trust).data]
  return agency && place && counted && trust && { agency, place, counted, trust, source: typed.source ?? '' }
}

const counts = ['women', 'men', 'unrecorded'] as const

/** The numbers of one rank, side by side. */
export function CountFields({ typed, set, of }: Typing & { readonly of: string }) {
  const t = useText()
  return (
    <div className={styles.counts}>
      {counts.map((name) => (
        <TextField
          key={name}
          label={t(`workforce.count.${name}`)}
          inputMode="numeric"
          value={typed[`${of} ${name}`] ?? ''}
          onChange={(value) => set(`${of} ${name}`, value)}
        />
      ))}
    </div>
  )
}

export const readCounts = (typed: Typed, of: string) => ({
  women: readCount(typed[`${of} women`]),
  men: readCount(typed[`${of} men`]),
  unrecorded: readCount(typed[`${of} unrecorded`]),
})

/** The ranks for which anything was typed; the others are not counted, which is not the same as none. */
export const readRanks = (typed: Typed) =>
  Rank.options.filter((rank) => isTyped(typed, rank)).map((rank) => ({ rank, ...readCounts(typed, rank) }))

export const isTyped = (typed: Typed, of: string): boolean =>
  counts.some((name) => (typed[`${of} ${name}`] ?? '').trim() !== '')

// ---------------------------------------------------------------- recommendations

export function RecommendationFields({ typed, set }: Typing) {
  const t = useText()
  return (
    <>
      <TextField
        label={t('workforce.number')}
        why={t('workforce.number-why')}
        inputMode="numeric"
        value={typed.number ?? ''}
        onChange={(value) => set('number', value)}
      />
      <LongTextField
        label={t('workforce.text')}
        why={t('workforce.text-why')}
        value={typed.text ?? ''}
        onChange={(value) => set('text', value)}
      />
      <ChoiceField
        label={t('workforce.origin')}
        value={typed.origin || null}
        choices={(['own', 'quoted'] as const).map((value) => ({ value, label: t(`workforce.origin.${value}`) }))}
        onChange={(value) => set('origin', value)}
      />
      <TextField
        label={t('workforce.source')}
        why={t('workforce.recommendation-source-why')}
        value={typed.source ?? ''}
        onChange={(value) => set('source', value)}
      />
    </>
  )
}

export const typedRecommendation = ({ number, text, origin, source }: Recommendation): Typed =>
  filled({ number: number?.toString(), text, origin, source })

export const readRecommendation = (typed: Typed): Recommended => ({
  number: readCount(typed.number),
  text: typed.text ?? '',
  origin: Origin.safeParse(typed.origin).data ?? 'not-said',
  source: typed.source ?? '',
})

// ---------------------------------------------------------------- reforms

export function ReformFields({ typed, set, recommendations }: Typing & WithRecommendations) {
  const t = useText()
  return (
    <>
      <LongTextField
        label={t('workforce.what')}
        why={t('workforce.text-why')}
        value={typed.what ?? ''}
        onChange={(value) => set('what', value)}
      />
      <ChoiceField
        label={t('workforce.concern')}
        value={typed.concern || null}
        choices={Concern.options.map((value) => ({ value, label: t(`workforce.concern.${value}`) }))}
        onChange={(value) => set('concern', value)}
      />
      <ChoiceField
        label={t('workforce.sphere')}
        value={typed.sphere || null}
        choices={Sphere.options.map((value) => ({ value, label: t(`workforce.sphere.${value}`) }))}
        onChange={(value) => set('sphere', value)}
      />
      <TextField
        label={t('workforce.evidence')}
        why={t('workforce.evidence-why')}
        value={typed.evidence ?? ''}
        onChange={(value) => set('evidence', value)}
      />
      <ChoicesField
        label={t('workforce.follows')}
        optional
        value={(typed.recommendations ?? '').split(' ').filter(Boolean)}
        choices={recommendations.map(({ stream, state }) => ({
          value: stream,
          label: t('workforce.recommendation.short', {
            number: state.number ?? 0,
            text: state.text?.slice(0, 60) ?? '',
          }),
        }))}
        onChange={(value) => set('recommendations', value.join(' '))}
      />
    </>
  )
}

/** What core asks of the recommendations that one names. */
export const byStream = (recommendations: WithRecommendations['recommendations']): Map<StreamId, Recommendation> =>
  new Map(recommendations.map(({ stream, state }) => [stream, state]))

export type WithRecommendations = { readonly recommendations: readonly Projected<Recommendation>[] }

export const typedReform = ({ what, concern, sphere, evidence, recommendations }: Reform): Typed =>
  filled({ what, concern, sphere, evidence, recommendations: recommendations?.join(' ') })

/** Undefined where a choice has not been made. */
export function readReform(typed: Typed): Reformed | undefined {
  const [concern, sphere] = [Concern.safeParse(typed.concern).data, Sphere.safeParse(typed.sphere).data]
  const recommendations = (typed.recommendations ?? '')
    .split(' ')
    .flatMap((each) => StreamId.safeParse(each).data ?? [])
  return (
    concern && sphere && { what: typed.what ?? '', concern, sphere, evidence: typed.evidence ?? '', recommendations }
  )
}

// ---------------------------------------------------------------- corrections

/** Of what is said now, only what differs from what stood. */
export function changeOf<T extends object>(now: T, stood: Partial<Record<keyof T, unknown>>): Partial<T> {
  // A part of the fields of T is a Partial<T>.
  return Object.fromEntries(
    Object.entries(now).filter(([field, value]) => JSON.stringify(stood[field as keyof T]) !== JSON.stringify(value)),
  ) as Partial<T>
}

const filled = (fields: Readonly<Record<string, string | undefined>>): Typed =>
  Object.fromEntries(Object.entries(fields).flatMap(([field, value]) => (value === undefined ? [] : [[field, value]])))
