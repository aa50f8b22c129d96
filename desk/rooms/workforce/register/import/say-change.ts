import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { textsOfOfficer } from '@lentera/core/workforce/officer/words'
import { textsOfPost } from '@lentera/core/workforce/post/words'
import type { OfficerChange, PostChange } from '@lentera/core/workforce/register/changes'
import { nameOf } from '@lentera/core/workforce/register/rows'
import { readText } from '@lentera/core/workforce/sealed-texts'
import type { Translate } from '@lentera/ui/catalogues/text'
import { type Formats, useFormat, useText } from '@lentera/ui/parts'
import { useSnapshot } from '../../../../device/context.ts'
import { sayOpening, sayPost } from '../say.ts'
import type { Lists } from './lists.ts'

/** One field that a list says otherwise; `who` is a post or an officer as the list calls it, `line` where it stands there. */
export type Changed = { readonly line: number; readonly who: string } & (
  | { readonly list: 'posts'; readonly change: PostChange }
  | { readonly list: 'officers'; readonly change: OfficerChange }
)

/** The text of a field, as it was or is to be, in words; `null` where nothing stood or is to stand there. */
export type SayChange = (of: Changed, text: string | null) => string

/** A post that is written down or stands in the list, as she knows it. */
export function useSayPostOf(lists: Lists): (stream: StreamId) => string {
  const t = useText()
  const { posts } = useSnapshot()
  const inList = new Map((lists.posts?.rows ?? []).map(({ stream, said }) => [stream, nameOf(said)]))
  return (stream) => {
    const known = posts.find((each) => each.stream === stream)
    return known ? sayPost(known, t) : (inList.get(stream) ?? t('register.post-not-here'))
  }
}

export function useSayChange(lists: Lists): SayChange {
  const t = useText()
  const format = useFormat()
  const post = useSayPostOf(lists)
  const voice: Voice = { t, format, post }
  return ({ list, change }, text) => {
    if (text === null) return t('register.change.nothing')
    const say = list === 'posts' ? sayOfPost[change.field] : sayOfOfficer[change.field]
    return say ? say(text, voice) : text
  }
}

/** What stood there; all of it where two people said two things. */
export const sayBefore = (of: Changed, say: SayChange): string =>
  (of.change.apart ?? [of.change.before]).map((each) => say(of, each)).join(' / ')

/** An earlier end takes nothing from a certificate that is written down: the later one holds until somebody corrects it. */
export function sayAfter(of: Changed, say: SayChange, t: Translate): string {
  const { field, before, after } = of.change
  const isEnd = field === 'see' || field === 'meet' || field === 'carry-through'
  const isEarlier = isEnd && before !== null && after !== null && after < before
  return isEarlier ? t('register.change.later-stays', { date: say(of, after) }) : say(of, after)
}

/** Under which name of a column a field is known to whoever brought the list. */
export const columnOf = (field: Changed['change']['field']): string => columns[field] ?? field

const columns: Readonly<Partial<Record<Changed['change']['field'], string>>> = {
  'carry-through': 'carryThrough',
  wishes: 'nights',
  rosterWishes: 'daysWished',
  opening: 'hours',
  position: 'latitude',
}

type Voice = { readonly t: Translate; readonly format: Formats; readonly post: (stream: StreamId) => string }
type Say = (text: string, voice: Voice) => string

const sayDay: Say = (text, { format }) => {
  const day = CivilDate.safeParse(text).data
  return day ? format.date(day) : text
}

const sayThere: Say = (text, { t }) => t(`register.there.${text}`)

/** How the text of each field is said; a field that is not here stands as it was written. */
const sayOfOfficer: Readonly<Partial<Record<OfficerChange['field'], Say>>> = {
  sex: (text, { t }) => t(`officer.${text}`),
  post: (text, { post }) =>
    text
      .split(' ')
      .flatMap((stream) => StreamId.safeParse(stream).data ?? [])
      .map(post)
      .join(' / '),
  see: sayDay,
  meet: sayDay,
  'carry-through': sayDay,
  postedOn: sayDay,
  languages: (text, { t }) =>
    (readText(textsOfOfficer.languages, text) ?? []).map((each) => t(`language.${each}`)).join(', '),
  wishes: (text, { t }) =>
    t(`register.nights.${readText(textsOfOfficer.wishes, text)?.volunteersForNights ? 'yes' : 'not-said'}`),
  rosterWishes: (text, { format }) =>
    (readText(textsOfOfficer.rosterWishes, text) ?? []).map(({ on }) => format.date(on)).join('; '),
  absences: (text, { format }) =>
    (readText(textsOfOfficer.absences, text) ?? [])
      .map(({ from, to }) => `${format.date(from)} – ${format.date(to)}`)
      .join('; '),
}

const sayOfPost: Readonly<Partial<Record<PostChange['field'], Say>>> = {
  crossing: (text, { t }) => t(`crossing.${text}`),
  risk: (text, { t }) => t(`register.risk.${text}`),
  mustBeCovered: (text, { t }) => t(`register.must.${text}`),
  toilets: sayThere,
  lodging: sayThere,
  changingRoom: sayThere,
  childCare: sayThere,
  opening: (text, { t }) => {
    const opening = readText(textsOfPost.opening, text)
    return opening ? sayOpening(opening, t) : text
  },
  position: (text, { format }) => {
    const position = readText(textsOfPost.position, text)
    return position ? `${format.number(position.latitude, 6)}, ${format.number(position.longitude, 6)}` : text
  },
  neighbours: (text, { post }) =>
    (readText(textsOfPost.neighbours, text) ?? []).map((each) => `${post(each.post)}: ${each.minutes}`).join('; '),
}
