import { unsettled } from '../shared/contribution.ts'
import type { Voice } from './brochure.ts'

/** What a group of a breakdown is called. */
export function sayGroup(dimension: string, value: string, t: Voice['t']): string {
  if (value === unsettled) return t('results.unsettled')
  if (value === 'unknown') return t('results.unknown')
  const words = catalogueOf[dimension]
  return words ? t(`${words}.${value}`) : value
}

/** Where in the catalogues the values of each dimension stand. */
const catalogueOf: Readonly<Record<string, string>> = {
  sex: 'sex',
  age: 'age',
  form: 'form',
  service: 'service',
  country: 'country',
  agency: 'agency',
  setting: 'setting',
  question: 'question',
  answer: 'answer',
  channel: 'channel',
  'said-by': 'reach-source',
  qualifier: 'qualifier',
  place: 'workforce.place',
  rank: 'workforce.rank',
  counted: 'workforce.counted',
  trust: 'workforce.trust',
  status: 'workforce.status',
  concern: 'workforce.concern',
  sphere: 'workforce.sphere',
  module: 'module',
  product: 'product-kind',
  standing: 'product-standing',
  audience: 'audience',
  level: 'event-level',
  course: 'course',
  grant: 'grant',
  running: 'running.said',
  use: 'story.use',
  stage: 'justice-stage',
  verdict: 'justice-standing',
  compensation: 'justice-compensation',
  language: 'language',
  state: 'module-state',
  certificate: 'certificate',
  of: 'cover-release.of',
  bound: 'cover-release.bound',
  topic: 'self-care-topic',
}

/** Whose sex is told apart by these figures: officers are women and men of a service, and no girls or boys. */
export function wordsOf(figures: readonly { readonly unit: string }[], t: Voice['t']): Voice['t'] {
  const areOfficers = figures.every(({ unit }) => ofOfficers.has(unit))
  return areOfficers ? (id, values) => t(id.replace(/^sex\.(?=female$|male$)/, 'officer.'), values) : t
}

const ofOfficers: ReadonlySet<string> = new Set(['officers', 'trainers', 'certificates', 'attendances'])
