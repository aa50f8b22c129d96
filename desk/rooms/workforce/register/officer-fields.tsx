import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { ProgrammeLanguage } from '@lentera/core/shared/languages'
import { Module } from '@lentera/core/shared/modules'
import { Sex } from '@lentera/core/shared/people'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { readWholeNumber } from '@lentera/core/shared/whole-number'
import { readDay } from '@lentera/core/sheets/dates'
import type { Certify, OfficerAt, SayOfficer } from '@lentera/core/workforce/officer/capture'
import { plannedWith } from '@lentera/core/workforce/officer/project'
import {
  type Absence,
  type OfficerField,
  type OfficerSaid,
  textsOfOfficer,
  Wishes,
} from '@lentera/core/workforce/officer/words'
import type { PostAt } from '@lentera/core/workforce/post/capture'
import { postsByName } from '@lentera/core/workforce/register/post-file'
import { plain as letters } from '@lentera/core/workforce/register/rows'
import type { Translate } from '@lentera/ui/catalogues/text'
import {
  CheckField,
  ChoiceField,
  ChoicesField,
  DateField,
  LongTextField,
  SelectField,
  TextField,
  useText,
} from '@lentera/ui/parts'
import type { OpenedPost } from '../../../device/desk.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import type { Typing } from '../../records/typed-correction.tsx'
import { sayPost } from './say.ts'

// ---------------------------------------------------------------- who she is

/**
 * What is asked of an officer, new or corrected. Only her sex is not sealed.
 *
 * @param disputed on what two answers stand, which then is empty here, but for days, of which all stand here: what is typed settles it, and what stands here where she says so
 */
export function OfficerFields({ typed, set, disputed = [] }: Typing & { readonly disputed?: readonly OfficerField[] }) {
  const t = useText()
  const apart = settledHere.filter((field) => disputed.includes(field))
  const text = (field: string) => ({ value: typed[field] ?? '', onChange: (value: string) => set(field, value) })
  return (
    <>
      <TextField
        label={t('register.officer.number')}
        why={t('register.officer.number-why')}
        sealed
        {...text('number')}
      />
      <TextField label={t('register.officer.name')} sealed optional {...text('name')} />
      <ChoiceField
        label={t('register.officer.sex')}
        value={typed.sex || null}
        choices={Sex.options.map((value) => ({ value, label: t(`officer.${value}`) }))}
        onChange={(value) => set('sex', value)}
      />
      <TextField label={t('register.officer.rank')} sealed optional {...text('rank')} />
      <TextField
        label={t('register.officer.home')}
        why={t('register.officer.home-why')}
        sealed
        optional
        {...text('home')}
      />
      <ChoicesField
        label={t('register.officer.languages')}
        sealed
        optional
        value={(typed.languages ?? '').split(',').filter(Boolean)}
        choices={ProgrammeLanguage.options.map((value) => ({ value, label: t(`language.${value}`) }))}
        onChange={(value) => set('languages', value.join(','))}
      />
      <CheckField
        label={t('register.officer.nights')}
        why={t('register.officer.offers-why')}
        sealed
        optional
        checked={typed.nights === 'yes'}
        onChange={(is) => set('nights', is ? 'yes' : '')}
      />
      <TextField
        label={t('register.officer.volunteers-for')}
        why={t('register.officer.volunteers-for-why')}
        sealed
        optional
        {...text('volunteersFor')}
      />
      <TextField
        label={t('register.officer.most-nights')}
        why={t('register.officer.most-nights-why')}
        inputMode="numeric"
        sealed
        optional
        {...text('mostNights')}
      />
      <TextField
        label={t('register.officer.reach')}
        why={t('register.officer.reach-why')}
        inputMode="numeric"
        sealed
        optional
        {...text('reach')}
      />
      <LongTextField
        label={t('register.officer.absences')}
        why={t('register.officer.absences-why')}
        sealed
        optional
        {...text('absences')}
      />
      {apart.length > 0 && (
        <ChoicesField
          label={t('register.settle-empty')}
          why={t('register.settle-empty-why')}
          optional
          value={(typed.settle ?? '').split(',').filter(Boolean)}
          choices={apart.map((value) => ({
            value,
            label: t(`register.officer.${value === 'wishes' ? 'offers' : value}`),
          }))}
          onChange={(value) => set('settle', value.join(','))}
        />
      )}
    </>
  )
}

/** Of these nothing can be an answer; without a number nobody finds her again. */
const settledHere = ['name', 'rank', 'home', 'languages', 'wishes', 'reach', 'absences'] as const

/** At which post: known ones alone. */
export function PostField({ typed, set, posts }: Typing & { readonly posts: readonly OpenedPost[] }) {
  const t = useText()
  return (
    <SelectField
      label={t('register.officer.post')}
      value={typed.post ?? ''}
      choices={posts
        .filter(({ post }) => !post.enteredInError)
        .map((each) => ({ value: each.stream, label: sayPost(each, t) }))
        .sort((a, b) => a.label.localeCompare(b.label))}
      onChange={(value) => set('post', value)}
    />
  )
}

/** A post in the words by which it is typed, and found again. */
export function postTyped(stream: StreamId, posts: readonly PostAt[]): string | undefined {
  const post = posts.find((each) => each.stream === stream)?.said
  return post?.code ?? post?.name
}

export function typedOfficer({ officer, said }: OfficerAt, posts: readonly PostAt[]): Typed {
  const { number, name, rank, home, languages = [], wishes, reach } = said
  // Of two lists of days both are likely meant: nobody has to type them again.
  const { absences = [] } = plannedWith(said)
  const offered = (wishes?.volunteersFor ?? []).flatMap((post) => postTyped(post, posts) ?? [])
  return {
    number: number ?? '',
    name: name ?? '',
    sex: officer.sex ?? '',
    rank: rank ?? '',
    home: home ?? '',
    languages: languages.join(','),
    nights: wishes?.volunteersForNights ? 'yes' : '',
    volunteersFor: offered.join('; '),
    mostNights: wishes?.mostNights?.toString() ?? '',
    reach: reach?.toString() ?? '',
    absences: absences.map(({ from, to }) => `${from} / ${to}`).join('\n'),
  }
}

/**
 * What was typed otherwise than it stood; what was emptied is taken back. Refused: `workforce.not-understood` {field}.
 *
 * @param stood the fields as they were shown, or nothing of a new officer
 * @param disputed on what two answers stand: where she says that what stands in the form holds, nothing too, that settles it
 */
export function readOfficer(
  typed: Typed,
  stood: Typed,
  posts: readonly PostAt[],
  disputed: readonly OfficerField[] = [],
): Decision<SayOfficer & { readonly sex?: Sex }> {
  const isNew = (...fields: readonly string[]): boolean =>
    fields.some((field) => (typed[field] ?? '').trim() !== (stood[field] ?? '').trim())
  const isSettled = (field: (typeof settledHere)[number]): boolean =>
    (typed.settle ?? '').split(',').includes(field) && disputed.includes(field)
  const said: Partial<Record<keyof OfficerSaid, unknown>> = {}
  for (const field of ['number', 'name', 'rank', 'home'] as const) {
    if (!isNew(field) && !(field !== 'number' && isSettled(field))) continue
    const text = (typed[field] ?? '').trim()
    if (text !== '' && !textsOfOfficer[field].safeParse(text).success) return strange(field)
    said[field] = text === '' ? null : text
  }
  if (isNew('languages') || isSettled('languages')) {
    const chosen = (typed.languages ?? '').split(',').filter(Boolean)
    const languages = textsOfOfficer.languages.safeParse(chosen).data
    if (!languages) return strange('languages')
    said.languages = languages.length === 0 ? null : languages
  }
  if (isNew('reach') || isSettled('reach')) {
    const reach = typed.reach?.trim() ? textsOfOfficer.reach.safeParse(readWholeNumber(typed.reach)).data : null
    if (reach === undefined) return strange('reach')
    said.reach = reach
  }
  if (isNew('nights', 'volunteersFor', 'mostNights') || isSettled('wishes')) {
    const wishes = readWishes(typed, posts)
    if (wishes === undefined) return strange('wishes')
    said.wishes = wishes
  }
  if (isNew('absences') || isSettled('absences')) {
    const absences = readAbsences(typed.absences ?? '')
    if (!absences) return strange('absences')
    said.absences = absences.length === 0 ? null : absences
  }
  const sex = isNew('sex') ? Sex.safeParse(typed.sex).data : undefined
  // Each value passed the schema of its field, or takes it back.
  return accept({ ...(said as SayOfficer), ...(sex ? { sex } : {}) })
}

/** Null where she offers nothing and nothing is bounded: then nothing is kept. */
function readWishes(
  { nights, volunteersFor = '', mostNights = '' }: Typed,
  posts: readonly PostAt[],
): Wishes | null | undefined {
  const found = postsByName(posts)
  const offered = volunteersFor
    .split(/[;,\n]/)
    .map((each) => letters(each))
    .filter(Boolean)
    .map((each) => found.get(each))
  const known = offered.filter((each): each is StreamId => each !== undefined && each !== 'two')
  if (known.length !== offered.length) return undefined
  const bound = mostNights.trim() === '' ? null : readWholeNumber(mostNights)
  const wishes = Wishes.safeParse({
    volunteersForNights: nights === 'yes',
    volunteersFor: [...new Set(known)],
    mostNights: bound,
  }).data
  return wishes && !wishes.volunteersForNights && known.length === 0 && bound === null ? null : wishes
}

/** A line each: the first day and the last, or one day alone. */
function readAbsences(typed: string): readonly Absence[] | undefined {
  const lines = typed
    .split(/[\n;]/)
    .map((line) => line.trim())
    .filter(Boolean)
  const absences = lines.map((line) => {
    const [first = '', last = first] = line.split(/\s+\/\s+|\s+-\s+|\s+–\s+|\s+to\s+/)
    const [from, to] = [readDay(first.trim(), 'day-first'), readDay(last.trim(), 'day-first')]
    return from && to ? { from, to } : undefined
  })
  return absences.some((each) => each === undefined) ? undefined : absences.filter((each) => each !== undefined)
}

const strange = (field: string): Decision<never> => refuse('workforce.not-understood', { field })

// ---------------------------------------------------------------- certificates

export type SessionChoice = { readonly stream: StreamId; readonly label: string }

export function CertificateFields({ typed, set, sessions }: Typing & { readonly sessions: readonly SessionChoice[] }) {
  const t = useText()
  return (
    <>
      <ChoiceField
        label={t('register.certificate.module')}
        value={typed.module || null}
        choices={Module.options.map((value) => ({ value, label: t(`module.${value}`) }))}
        onChange={(value) => set('module', value)}
      />
      {(['issued', 'until'] as const).map((field) => (
        <DateField
          key={field}
          label={t(`register.certificate.${field}`)}
          {...(field === 'until' ? { why: t('register.certificate.until-why') } : {})}
          finest="day"
          sealed
          value={CivilDate.safeParse(typed[field]).data ?? null}
          onChange={(day) => set(field, day ?? '')}
        />
      ))}
      <TextField
        label={t('register.certificate.version')}
        sealed
        optional
        value={typed.version ?? ''}
        onChange={(value) => set('version', value)}
      />
      <TextField
        label={t('attended.source')}
        sealed
        optional
        value={typed.validBy ?? ''}
        onChange={(value) => set('validBy', value)}
      />
      {(sessions.length > 0 || typed.session) && (
        <SelectField
          label={t('register.certificate.session')}
          sealed
          optional
          empty={t('register.certificate.session-none')}
          value={typed.session ?? ''}
          choices={sessionChoices(sessions, typed.session, t)}
          onChange={(value) => set('session', value)}
        />
      )}
    </>
  )
}

/** One that others held is named by her certificate alone: it stays what it is until she takes another. */
function sessionChoices(
  sessions: readonly SessionChoice[],
  chosen: string | undefined,
  t: Translate,
): readonly { readonly value: string; readonly label: string }[] {
  const known = sessions.map(({ stream, label }) => ({ value: stream, label }))
  return !chosen || known.some(({ value }) => value === chosen)
    ? known
    : [{ value: chosen, label: t('attended.by-others') }, ...known]
}

export const readCertificate = (typed: Typed): Certify => ({
  module: Module.safeParse(typed.module).data,
  moduleVersion: typed.version ?? '',
  issued: CivilDate.safeParse(typed.issued).data,
  until: CivilDate.safeParse(typed.until).data,
  session: StreamId.safeParse(typed.session).data,
  validBy: typed.validBy ?? '',
})

export const typedCertificate = ({ certificate, said }: OfficerAt['certificates'][number]): Typed => ({
  module: certificate.module ?? '',
  version: said?.moduleVersion ?? '',
  issued: said?.issued ?? '',
  until: said?.until ?? '',
  session: said?.session ?? '',
  validBy: said?.validBy ?? '',
})
