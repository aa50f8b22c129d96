import { CivilDate } from '@lentera/core/shared/dates'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { latinDigits, readWholeNumber } from '@lentera/core/shared/whole-number'
import type { PostAt, SayPost } from '@lentera/core/workforce/post/capture'
import {
  Crossing,
  Facility,
  Must,
  type PostField,
  type PostSaid,
  Risk,
  sealedOfPost,
  shiftsOf,
  There,
  textsOfPost,
} from '@lentera/core/workforce/post/words'
import { readHours } from '@lentera/core/workforce/register/hours'
import { postsByName, readNeighbours } from '@lentera/core/workforce/register/post-file'
import { ChoiceField, ChoicesField, DateField, LongTextField, SelectField, TextField, useText } from '@lentera/ui/parts'
import type { Typed } from '../../../device/use-kept-form.ts'
import type { Typing } from '../../records/typed-correction.tsx'
import { writeShifts } from './say.ts'

/**
 * What is asked of a crossing post, new or corrected: all of it is sealed.
 *
 * @param disputed on what two answers stand, which then is empty here: what is typed settles it, and nothing where she says so
 */
export function PostFields({ typed, set, disputed = [] }: Typing & { readonly disputed?: readonly PostField[] }) {
  const t = useText()
  const apart = settledHere.filter((field) => disputed.includes(field))
  const text = (field: string) => ({ value: typed[field] ?? '', onChange: (value: string) => set(field, value) })
  return (
    <>
      <TextField label={t('register.post.name')} sealed {...text('name')} />
      <TextField label={t('register.post.code')} why={t('register.post.code-why')} sealed optional {...text('code')} />
      <SelectField
        label={t('register.post.crossing')}
        sealed
        optional
        choices={Crossing.options.map((value) => ({ value, label: t(`crossing.${value}`) }))}
        {...text('crossing')}
      />
      <ChoiceField
        label={t('register.post.hours')}
        why={t('register.post.hours-why')}
        sealed
        value={typed.hours || null}
        choices={(['day-and-night', 'day', 'shifts'] as const).map((value) => ({
          value,
          label: t(`register.hours.${value}`),
        }))}
        onChange={(value) => set('hours', value)}
      />
      {typed.hours === 'shifts' && (
        <TextField label={t('register.post.shifts')} why={t('register.post.shifts-why')} sealed {...text('shifts')} />
      )}
      {Facility.options.map((facility) => (
        <ChoiceField
          key={facility}
          label={t(`register.facility.${facility}`)}
          sealed
          optional
          value={typed[facility] || null}
          choices={There.options.map((value) => ({ value, label: t(`register.there.${value}`) }))}
          onChange={(value) => set(facility, value)}
        />
      ))}
      <ChoiceField
        label={t('register.post.risk')}
        sealed
        optional
        value={typed.risk || null}
        choices={Risk.options.map((value) => ({ value, label: t(`register.risk.${value}`) }))}
        onChange={(value) => set('risk', value)}
      />
      <ChoiceField
        label={t('register.post.must')}
        why={t('register.post.must-why')}
        sealed
        optional
        value={typed.mustBeCovered || null}
        choices={Must.options.map((value) => ({ value, label: t(`register.must.${value}`) }))}
        onChange={(value) => set('mustBeCovered', value)}
      />
      <TextField
        label={t('register.post.alone')}
        why={t('register.post.alone-why')}
        sealed
        optional
        {...text('aloneBecause')}
      />
      <TextField label={t('register.post.flow')} inputMode="numeric" sealed optional {...text('flow')} />
      <TextField label={t('register.post.vacancies')} inputMode="numeric" sealed optional {...text('vacancies')} />
      <TextField
        label={t('register.post.latitude')}
        why={t('register.post.position-why')}
        inputMode="decimal"
        sealed
        optional
        {...text('latitude')}
      />
      <TextField label={t('register.post.longitude')} inputMode="decimal" sealed optional {...text('longitude')} />
      <LongTextField
        label={t('register.post.neighbours')}
        why={t('register.post.neighbours-why')}
        sealed
        optional
        {...text('neighbours')}
      />
      {(['from', 'until'] as const).map((field) => (
        <DateField
          key={field}
          label={t(`register.post.${field}`)}
          finest="day"
          sealed
          optional
          value={CivilDate.safeParse(typed[field]).data ?? null}
          onChange={(day) => set(field, day ?? '')}
        />
      ))}
      {apart.length > 0 && (
        <ChoicesField
          label={t('register.settle-empty')}
          why={t('register.settle-empty-why')}
          optional
          value={(typed.settle ?? '').split(',').filter(Boolean)}
          choices={apart.map((value) => ({ value, label: t(labelOf(value)) }))}
          onChange={(value) => set('settle', value.join(','))}
        />
      )}
    </>
  )
}

/** Of these nothing can be an answer; a post has a name and is open at some time. */
const settledHere = sealedOfPost.filter((field) => field !== 'name' && field !== 'opening')

/** Under which id of the catalogue a field of a post is called. */
const labelOf = (field: PostField): string => {
  if (Facility.options.some((each) => each === field)) return `register.facility.${field}`
  if (field === 'mustBeCovered') return 'register.post.must'
  return `register.post.${field === 'aloneBecause' ? 'alone' : field}`
}

/** A post as its fields show it; empty where two answers stand: what is typed then settles them. */
export function typedPost({ said }: PostAt, posts: readonly PostAt[]): Typed {
  const { opening, position, neighbours = [], flow, vacancies, disputed: _, sayings: __, ...texts } = said
  const near = neighbours.flatMap(({ post, minutes }) => {
    const other = posts.find((each) => each.stream === post)?.said
    const called = other?.code ?? other?.name
    return called ? [`${called}: ${minutes}`] : []
  })
  const typed: Readonly<Record<string, string | undefined>> = {
    ...texts,
    hours: opening?.hours,
    shifts: opening?.hours === 'shifts' ? writeShifts(shiftsOf(opening)) : undefined,
    flow: flow?.toString(),
    vacancies: vacancies?.toString(),
    latitude: position?.latitude.toString(),
    longitude: position?.longitude.toString(),
    neighbours: near.join('; '),
  }
  return Object.fromEntries(Object.entries(typed).map(([field, text]) => [field, text ?? '']))
}

/**
 * What was typed otherwise than it stood; what was emptied is taken back. Refused: `workforce.not-understood` {field}.
 *
 * @param stood the fields as they were shown, or nothing of a new post
 * @param disputed on what two answers stand: where she says that nothing holds, that settles it
 */
export function readPost(
  typed: Typed,
  stood: Typed,
  posts: readonly PostAt[],
  disputed: readonly PostField[] = [],
): Decision<SayPost> {
  const settled = (typed.settle ?? '').split(',').filter((field) => disputed.some((each) => each === field))
  const isNew = (...fields: readonly string[]): boolean =>
    fields.some((field) => (typed[field] ?? '').trim() !== (stood[field] ?? '').trim() || settled.includes(field))
  const said: Partial<Record<keyof PostSaid, unknown>> = {}
  for (const field of [...plain, ...counts] as const) {
    if (!isNew(field)) continue
    const text = (typed[field] ?? '').trim()
    const value = counts.some((each) => each === field) ? readWholeNumber(text) : text
    if (text === '') said[field] = null
    else if (!textsOfPost[field].safeParse(value).success) return strange(field)
    else said[field] = value
  }
  if (isNew('hours', 'shifts') && typed.hours) {
    const opening = readHours(typed.hours === 'shifts' ? (typed.shifts ?? '') : typed.hours.replaceAll('-', ' '))
    if (!opening) return strange('shifts')
    said.opening = opening
  }
  if (isNew('latitude', 'longitude', 'position')) {
    const at = { latitude: degrees(typed.latitude), longitude: degrees(typed.longitude) }
    const isNowhere = !typed.latitude?.trim() && !typed.longitude?.trim()
    const position = isNowhere ? null : textsOfPost.position.safeParse(at).data
    if (position === undefined) return strange('position')
    said.position = position
  }
  if (isNew('neighbours')) {
    const near = readNeighbours(typed.neighbours ?? '', postsByName(posts))
    if ('reason' in near) return strange('neighbours')
    said.neighbours = near.length === 0 ? null : near
  }
  // Each value passed the schema of its field, or takes it back.
  return accept(said as SayPost)
}

const plain = [
  ...([
    'code',
    'name',
    'crossing',
    'risk',
    'toilets',
    'lodging',
    'changingRoom',
    'childCare',
    'mustBeCovered',
    'aloneBecause',
    'from',
    'until',
  ] as const),
]
const counts = ['flow', 'vacancies'] as const

const strange = (field: string): Decision<never> => refuse('workforce.not-understood', { field })

function degrees(typed = ''): number | undefined {
  const text = latinDigits(typed).replace(',', '.')
  return /^-?\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : undefined
}
