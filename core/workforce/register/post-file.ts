import type { Draft } from '../../log/draft.ts'
import type { Moment } from '../../log/sealed-kinds.ts'
import type { StreamId } from '../../shared/ids.ts'
import { accept, type Decision } from '../../shared/refusals.ts'
import { latinDigits, readWholeNumber } from '../../shared/whole-number.ts'
import { answersIn, checkMapping, type Form, type Mapping, type Said } from '../../sheets/mapping.ts'
import { describePost, type PostAt, type SayPost } from '../post/capture.ts'
import { longest, Position, type Shift, shiftsOf, textsOfPost } from '../post/words.ts'
import { changesOfPost, type PostChange } from './changes.ts'
import { type PostColumn, postColumns } from './fields.ts'
import { isDivided, readHours } from './hours.ts'
import { type Bad, type BadRow, bad, knownIn, nameOf, plain, textIn, unknownWord, unreadable } from './rows.ts'

/** A post of a list that goes on: one that is not known yet, or what the list says anew of one that is. */
export type PostRow = { readonly line: number; readonly stream: StreamId; readonly said: SayPost } & (
  | { readonly what: 'new' | 'same' }
  | { readonly what: 'changed'; readonly drafts: readonly Draft[]; readonly changes: readonly PostChange[] }
)

/**
 * A list of posts as it would be taken: nothing is stored. `divided`: posts whose hours name no shifts, or are longer than one duty, and
 * the shifts that are made of them: a person sees them before anything is taken.
 */
export type PostFile = {
  readonly rows: readonly PostRow[]
  readonly bad: readonly BadRow[]
  readonly divided: readonly { readonly line: number; readonly name: string; readonly shifts: readonly Shift[] }[]
  /** By code and by name, as `plain` has them, the lines of posts that are not taken. */
  readonly notTaken: ReadonlyMap<string, number>
}

export type ReadingPosts = {
  readonly posts: readonly PostAt[]
  /** A random id, for a post that is not known yet. */
  readonly newStream: () => StreamId
  readonly moment: Moment
  /** Minutes that a shift of divided hours lasts at most; `shiftMinutes` where nobody says otherwise. */
  readonly most?: number
}

/**
 * Reads a list of posts. A post is known again by the agency's own code, or where it has none by its name; what the list leaves empty
 * stays as it is. Rows that cannot be taken are listed and refuse nothing. Refuses what `checkMapping` refuses.
 */
export function readPosts(
  form: Form,
  mapping: Mapping<PostColumn>,
  { posts, newStream, moment, most }: ReadingPosts,
): Decision<PostFile> {
  const checked = checkMapping(form, postColumns, mapping)
  if (!checked.ok) return checked
  const read = answersIn(form, postColumns, mapping)
  const wrong: BadRow[] = unreadable(form)
  const first = new Map<string, number>()
  const good: (Read & { readonly line: number; readonly stream: StreamId; readonly known: PostAt | undefined })[] = []
  for (const line of form.body) {
    const answers = read(line)
    const row = readRow(answers, most)
    const name = 'reason' in row ? '' : plain(row.said.code ?? row.said.name ?? '')
    const before = first.get(name)
    const turned = 'reason' in row || before === undefined ? row : bad('post-twice', { first: before })
    if ('reason' in turned) {
      wrong.push({ line: line.line, who: whoIn(answers), ...turned })
      continue
    }
    first.set(name, line.line)
    const known = posts.find((each) => isOf(each, turned.said))
    if (known?.post.enteredInError) wrong.push({ line: line.line, who: whoIn(answers), ...bad('never-was') })
    else good.push({ ...turned, line: line.line, stream: known?.stream ?? newStream(), known })
  }
  const found = postsByName([...good.map(({ stream, said }) => ({ stream, said })), ...posts])
  const rows: PostRow[] = []
  for (const { line, stream, said, near, known } of good) {
    const ways = textIn(near)
    const neighbours = ways === undefined ? undefined : readNeighbours(ways, found, near?.column)
    if (neighbours && 'reason' in neighbours) {
      wrong.push({ line, who: nameOf(said), ...neighbours })
      continue
    }
    const all = neighbours ? { ...said, neighbours } : said
    if (!known) rows.push({ line, stream, said: all, what: 'new' })
    else {
      const described = describePost(stream, known, all, posts, moment)
      rows.push(
        described.ok
          ? {
              line,
              stream,
              said: all,
              what: 'changed',
              drafts: described.value,
              changes: changesOfPost(known, described.value),
            }
          : { line, stream, said: all, what: 'same' },
      )
    }
  }
  const taken = new Set(rows.map(({ line }) => line))
  const made = good.flatMap(({ line, isMade, said: { name, opening } }) =>
    isMade && opening && taken.has(line) ? [{ line, name: name ?? '', shifts: shiftsOf(opening) }] : [],
  )
  const lines = new Map(form.body.map((line) => [line.line, read(line)]))
  const notTaken = wrong.flatMap(({ line }) =>
    [lines.get(line)?.code, lines.get(line)?.name].flatMap((answer): (readonly [string, number])[] => {
      const text = plain(textIn(answer) ?? '')
      return text === '' ? [] : [[text, line]]
    }),
  )
  const bads = wrong.toSorted((a, b) => a.line - b.line)
  return accept({ rows, bad: bads, divided: made, notTaken: new Map(notTaken) })
}

/** Which post a code or a name means; `two` where it could be either of two. */
export type PostsByName = ReadonlyMap<string, StreamId | 'two'>

/** @param posts the first of one stream is the newest word on it */
export function postsByName(
  posts: readonly {
    readonly stream: StreamId
    readonly said: { readonly code?: string | null; readonly name?: string | null }
  }[],
): PostsByName {
  const found = new Map<string, StreamId | 'two'>()
  const newest = new Map(posts.toReversed().map((each) => [each.stream, each.said]))
  for (const field of ['code', 'name'] as const) {
    // A code goes before another post's name.
    const codes = new Set(found.keys())
    for (const [stream, said] of newest) {
      const name = plain(said[field] ?? '')
      if (name === '' || (field === 'name' && codes.has(name))) continue
      const known = found.get(name)
      found.set(name, known === undefined || known === stream ? stream : 'two')
    }
  }
  return found
}

// ---------------------------------------------------------------- one row

type Answers = Readonly<Partial<Record<PostColumn, Said>>>
const whoIn = ({ code, name }: Answers): string => nameOf({ code: textIn(code), name: textIn(name) })

type Read = { readonly said: SayPost; readonly near: Said | undefined; readonly isMade: boolean }

/** The columns whose words are codes. */
const codedOfRow = [
  ...(['crossing', 'risk', 'toilets', 'lodging', 'changingRoom', 'childCare', 'mustBeCovered'] as const),
]

function readRow(answers: Answers, most: number | undefined): Read | Bad {
  const { name, hours, neighbours } = answers
  const strange = unknownWord(codedOfRow.map((field) => answers[field]))
  if (strange) return strange
  const called = textIn(name)
  if (!called) return bad('cell-empty', { column: name?.column ?? '' })
  const code = textIn(answers.code)
  if (called.length > longest.name) return bad('text-too-long', { column: name?.column ?? '', most: longest.name })
  if (code && code.length > longest.code)
    return bad('text-too-long', { column: answers.code?.column ?? '', most: longest.code })
  const typed = textIn(hours)
  const opening = typed === undefined ? undefined : readHours(typed, most)
  if (!opening) return bad('no-hours', { column: hours?.column ?? '' })
  const position = readPosition(answers)
  if (position && 'reason' in position) return position
  const numbers = { flow: answers.flow, vacancies: answers.vacancies } as const
  const counts: Partial<Record<keyof typeof numbers, number>> = {}
  for (const [field, answer] of Object.entries(numbers) as [keyof typeof numbers, Said | undefined][]) {
    const text = knownIn(answer)
    if (text === undefined) continue
    const count = textsOfPost[field].safeParse(readWholeNumber(text)).data
    if (count === undefined) return bad('number-not-understood', { column: answer?.column ?? '' })
    counts[field] = count
  }
  // A remembered mapping may name a code that this version does not know: then the cell says nothing.
  const codes = codedOfRow.flatMap((field) => {
    const value = textsOfPost[field].safeParse(textIn(answers[field])).data
    return value === undefined ? [] : [[field, value] as const]
  })
  const said: SayPost = {
    ...(code ? { code } : {}),
    name: called,
    opening,
    ...(position ? { position } : {}),
    ...counts,
    ...Object.fromEntries(codes),
  }
  return { said, near: neighbours, isMade: isDivided(typed ?? '') }
}

/** Degrees with a point or a comma; undefined where the list gives none. */
function readPosition({ latitude, longitude }: Answers): Position | Bad | undefined {
  const [north, east] = [knownIn(latitude), knownIn(longitude)]
  if (north === undefined && east === undefined) return undefined
  const position = Position.safeParse({ latitude: degrees(north), longitude: degrees(east) }).data
  return position ?? bad('place-not-understood', { column: (latitude ?? longitude)?.column ?? '' })
}

function degrees(text: string | undefined): number | undefined {
  const plainText = text && latinDigits(text).replace(',', '.')
  return plainText && /^-?\d{1,3}(\.\d+)?$/.test(plainText) ? Number(plainText) : undefined
}

/** The way to other posts in minutes, by their code or name: `A-2: 35; A-3: 20`. */
export function readNeighbours(
  text: string,
  found: PostsByName,
  column = '',
): { readonly post: StreamId; readonly minutes: number }[] | Bad {
  const near: { post: StreamId; minutes: number }[] = []
  for (const each of latinDigits(text).split(/[;,\n]/)) {
    if (each.trim() === '') continue
    const said = /^(.+?)\s*[:=]\s*(\d{1,4})\s*(min)?$/.exec(each.trim())
    if (!said?.[1]) return bad('number-not-understood', { column })
    const post = found.get(plain(said[1]))
    if (post === undefined) return bad('post-unknown')
    if (post === 'two') return bad('post-of-two')
    near.push({ post, minutes: Number(said[2]) })
  }
  return near
}

function isOf({ said }: PostAt, { code, name }: SayPost): boolean {
  if (code && said.code) return plain(code) === plain(said.code)
  return name != null && said.name !== undefined && plain(name) === plain(said.name) && !(code && said.code)
}
