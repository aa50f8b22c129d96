import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { textsOfOfficer } from '@lentera/core/workforce/officer/words'
import { textsOfPost } from '@lentera/core/workforce/post/words'
import type { OfficerChange, PostChange } from '@lentera/core/workforce/register/changes'
import { readText } from '@lentera/core/workforce/sealed-texts'
import type { Translate } from '@lentera/ui/catalogues/text'
import { DataTable, Stack, useFormat, useText } from '@lentera/ui/parts'
import { useSnapshot } from '../../../../device/context.ts'
import { sayOpening, sayPost } from '../say.ts'
import { ShowMore, useShown } from '../show-more.tsx'
import type { Lists } from './lists.ts'

type Changed = { readonly line: number; readonly who: string } & (
  | { readonly list: 'posts'; readonly change: PostChange }
  | { readonly list: 'officers'; readonly change: OfficerChange }
)

/** What the lists say otherwise of posts and officers who are known, those that could do harm first. */
export const changesIn = ({ posts, officers }: Lists): readonly Changed[] =>
  [
    ...(officers?.rows ?? []).flatMap((row): Changed[] =>
      row.what === 'changed'
        ? row.changes.map((change) => ({ list: 'officers', line: row.line, who: row.said.number ?? '', change }))
        : [],
    ),
    ...(posts?.rows ?? []).flatMap((row): Changed[] =>
      row.what === 'changed'
        ? row.changes.map((change) => ({ list: 'posts', line: row.line, who: nameOf(row.said), change }))
        : [],
    ),
  ].toSorted((a, b) => Number(b.change.isGrave) - Number(a.change.isGrave))

/** Before and after of each change; those of sex, post and earlier ends in a table of their own, which stands first. */
export function ListChanges({ lists }: { readonly lists: Lists }) {
  const t = useText()
  const changes = changesIn(lists)
  const grave = changes.filter(({ change }) => change.isGrave)
  const others = changes.filter(({ change }) => !change.isGrave)
  return (
    <Stack>
      {grave.length > 0 && (
        <Changes
          caption={t('register.change.grave', { count: grave.length })}
          note={t('register.change.grave-note')}
          changes={grave}
          lists={lists}
        />
      )}
      {others.length > 0 && (
        <Changes caption={t('register.change.others', { count: others.length })} changes={others} lists={lists} />
      )}
    </Stack>
  )
}

type ChangesProps = {
  readonly caption: string
  readonly note?: string
  readonly changes: readonly Changed[]
  readonly lists: Lists
}

function Changes({ changes, lists, ...said }: ChangesProps) {
  const t = useText()
  const format = useFormat()
  const say = useSaid(lists)
  const { shown, more } = useShown('')
  return (
    <>
      <DataTable
        {...said}
        rows={changes.slice(0, shown)}
        stacks
        keyOf={({ list, line, change }) => `${list} ${line} ${change.field}`}
        columns={[
          { id: 'who', label: t('register.change.who'), value: ({ who }) => who },
          {
            id: 'field',
            label: t('register.change.field'),
            value: ({ change }) => t(`register.column.${columnOf(change.field)}`),
          },
          { id: 'before', label: t('register.change.before'), value: (each) => say(each, each.change.before) },
          { id: 'after', label: t('register.change.after'), value: (each) => sayAfter(each, say, t) },
          { id: 'line', label: t('evidence.rows.line'), value: ({ line }) => format.plain(line) },
        ]}
      />
      <ShowMore shown={shown} count={changes.length} onMore={more} />
    </>
  )
}

type SayText = (of: Changed, text: string | null) => string

/** An earlier end takes nothing from a certificate that is written down: the later one holds until somebody corrects it. */
function sayAfter(of: Changed, say: SayText, t: Translate): string {
  const { field, before, after } = of.change
  const isEnd = field === 'see' || field === 'meet' || field === 'carry-through'
  const isEarlier = isEnd && before !== null && after !== null && after < before
  return isEarlier ? t('register.change.later-stays', { date: say(of, after) }) : say(of, after)
}

function useSaid(lists: Lists): SayText {
  const t = useText()
  const format = useFormat()
  const { posts } = useSnapshot()
  const inList = new Map((lists.posts?.rows ?? []).map(({ stream, said }) => [stream, nameOf(said)]))
  const post = (stream: StreamId): string => {
    const known = posts.find((each) => each.stream === stream)
    return known ? sayPost(known, t) : (inList.get(stream) ?? t('register.post-not-here'))
  }
  return ({ list, change }, text) => {
    if (text === null) return t('register.change.nothing')
    if (list === 'posts') return sayOfPost(change.field, text, { t, post, number: (value) => format.number(value, 6) })
    return sayOfOfficer(change.field, text, { t, post, date: format.date })
  }
}

function sayOfOfficer(
  field: OfficerChange['field'],
  text: string,
  {
    t,
    post,
    date,
  }: {
    readonly t: Translate
    readonly post: (stream: StreamId) => string
    readonly date: (day: CivilDate) => string
  },
): string {
  switch (field) {
    case 'sex':
      return t(`officer.${text}`)
    case 'post':
      return text
        .split(' ')
        .flatMap((stream) => StreamId.safeParse(stream).data ?? [])
        .map(post)
        .join(' / ')
    case 'see':
    case 'meet':
    case 'carry-through':
    case 'postedOn': {
      const day = CivilDate.safeParse(text).data
      return day ? date(day) : text
    }
    case 'languages':
      return (readText(textsOfOfficer.languages, text) ?? []).map((each) => t(`language.${each}`)).join(', ')
    case 'wishes':
      return t(`register.nights.${readText(textsOfOfficer.wishes, text)?.volunteersForNights ? 'yes' : 'not-said'}`)
    case 'rosterWishes':
      return (readText(textsOfOfficer.rosterWishes, text) ?? []).map(({ on }) => date(on)).join('; ')
    case 'absences':
      return (readText(textsOfOfficer.absences, text) ?? [])
        .map(({ from, to }) => `${date(from)} – ${date(to)}`)
        .join('; ')
    default:
      return text
  }
}

function sayOfPost(
  field: PostChange['field'],
  text: string,
  {
    t,
    post,
    number,
  }: {
    readonly t: Translate
    readonly post: (stream: StreamId) => string
    readonly number: (value: number) => string
  },
): string {
  switch (field) {
    case 'crossing':
      return t(`crossing.${text}`)
    case 'risk':
      return t(`register.risk.${text}`)
    case 'mustBeCovered':
      return t(`register.must.${text}`)
    case 'toilets':
    case 'lodging':
    case 'changingRoom':
    case 'childCare':
      return t(`register.there.${text}`)
    case 'opening': {
      const opening = readText(textsOfPost.opening, text)
      return opening ? sayOpening(opening, t) : text
    }
    case 'position': {
      const position = readText(textsOfPost.position, text)
      return position ? `${number(position.latitude)}, ${number(position.longitude)}` : text
    }
    case 'neighbours':
      return (readText(textsOfPost.neighbours, text) ?? [])
        .map((each) => `${post(each.post)}: ${each.minutes}`)
        .join('; ')
    default:
      return text
  }
}

/** Under which name of a column a field is known to whoever brought the list. */
function columnOf(field: Changed['change']['field']): string {
  const columns: Partial<Record<typeof field, string>> = {
    'carry-through': 'carryThrough',
    wishes: 'nights',
    rosterWishes: 'daysWished',
    opening: 'hours',
    position: 'latitude',
  }
  return columns[field] ?? field
}

const nameOf = ({ code, name }: { readonly code?: string | null; readonly name?: string | null }): string =>
  [code, name].filter(Boolean).join(' ')
