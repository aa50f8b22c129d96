/**
 * What is said in a sealed field of a post or an officer, and how it is read again on the device that opened it. A sealed field
 * holds one text, so that words stand as they are and everything else as JSON. An empty text takes back what stood there.
 */
type Texts<Field extends string> = Readonly<Record<Field, Schema<unknown>>>

/** A schema as far as it is asked here, by the type of what it reads. */
export type Schema<Value> = {
  readonly safeParse: (value: unknown) => { readonly success: boolean; readonly data?: Value | undefined }
}

/** A value of a sealed field as its text; undefined stays unsaid, null takes back what stood there. */
export function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined
  if (value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/**
 * What somebody said in a sealed field, under a mark of its own, with the marks of all that it took the place of, the newest first. An entry may carry
 * a saying that it does not change, so that nobody sees which field was changed: then of two heads that stand beside each other it is known whether
 * the one was said over the other, whoever carried it.
 */
export type Saying = { readonly text: string; readonly mark: string; readonly over: readonly string[] }

/** What was never said; whatever is said takes its place. */
export const unsaid: Saying = { text: '', mark: '0', over: [] }

/** What a text holds: one saying, or several that stand beside each other. Without a mark it is one wherever it stands; blanks at its end mean nothing. */
export function sayingsIn(written: string): readonly Saying[] {
  if (!written.includes(markSign)) return [sayingOf(written)]
  return written.split(besides).map((one) => {
    const at = one.lastIndexOf(markSign)
    const [mark = '', ...over] = one
      .slice(at + markSign.length)
      .trim()
      .split(' ')
    return { text: one.slice(0, at), mark, over }
  })
}

export const writtenOf = (sayings: readonly Saying[]): string =>
  sayings.map(({ text, mark, over }) => `${text}${markSign}${[mark, ...over].join(' ')}`).join(besides)

const markSign = '\n#'
const besides = '\u0002'

/**
 * @param at the instant at which it is said: the same said again is another saying
 * @param most marks that it names: of an older one, carried by a device that heard of none of them, two answers stand
 */
export function said(written: string, before: readonly Saying[], at: string, most = mostMarks): Saying {
  const text = written.replaceAll(besides, ' ')
  // What it answers goes before what that answered, of several each alike.
  const longest = Math.max(0, ...before.map((each) => each.over.length))
  const older = Array.from({ length: longest }, (_, at) => before.flatMap((each) => each.over[at] ?? []))
  const over = [...new Set([...before.map(({ mark }) => mark), ...older.flat()])].slice(0, most)
  return { text, mark: markOf([at, text, ...over].join('\u0001')), over }
}

const mostMarks = 15

/** FNV-1a over the letters' numbers, five letters of it: among the few sayings of one field none is taken for another. */
function markOf(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0
  return (hash % 36 ** 5).toString(36).padStart(5, '0')
}

/**
 * Those of several heads that no other of them was said over; what several carry is there once. Of one that lost on its way what is over by now
 * (`wishesFrom`) the shorter text: nobody said it anew.
 */
export function standingOf<S extends Saying>(heads: readonly S[]): readonly S[] {
  const replaced = new Set(heads.flatMap(({ over }) => over))
  if (heads.some(({ mark }) => mark !== unsaid.mark)) replaced.add(unsaid.mark)
  const left = heads.filter(({ mark }) => !replaced.has(mark)).sort((a, b) => b.text.length - a.text.length)
  const alike = new Map(left.map((each) => [each.mark, each]))
  return [...alike.values()].sort((a, b) => (a.mark < b.mark ? -1 : 1))
}

/** A text with blanks after it, so that its JSON has at least so many letters: shorter ones are sealed to one size (`sealed`, padding). */
export const atLeast = (text: string, letters: number): string =>
  text + ' '.repeat(Math.max(0, letters - JSON.stringify(text).length))

/** A text of a field that carries no marks: all of it is what was said, whatever it looks like. */
const sayingOf = (written: string): Saying => ({ text: written.trim(), mark: markOf(written.trim()), over: [] })

/** One answer of a sealed field as a device opened it; `value` is undefined where it had no key for it. */
type Answer = { readonly value: string | undefined }

/**
 * Everything that is agreed on. A field on which two answers stand is in `disputed` and has no value; one that was opened by no key
 * of this device, or is not what its schema allows, is in `unread` and has none either. `sayings`: what stands in fields that carry marks, and
 * in those on which two answers stand.
 *
 * @param marked fields of which every entry carries what was said, under its mark
 */
export function readSealed<Said, Field extends string & keyof Said>(
  texts: Texts<Field>,
  fields: Readonly<Record<string, readonly Answer[]>>,
  marked: Readonly<Record<string, unknown>> = {},
): Partial<Said> & {
  readonly disputed: readonly Field[]
  readonly unread?: readonly Field[]
  readonly sayings?: Sayings<Field>
} {
  const values: Partial<Record<Field, unknown>> = {}
  const disputed: Field[] = []
  const unread: Field[] = []
  const sayings: Partial<Record<Field, readonly Saying[]>> = {}
  // The keys of a record are those its type names: it is written as a literal.
  for (const field of Object.keys(texts) as Field[]) {
    const given = (fields[field] ?? []).map(({ value }) => value)
    const isMarked = field in marked
    const read = (written: string): readonly Saying[] => (isMarked ? sayingsIn(written) : [sayingOf(written)])
    const heads = standingOf(given.flatMap((written) => (written === undefined ? [] : read(written))))
    const isLocked = given.includes(undefined)
    const isDisputed = new Set(heads.map(({ text }) => text)).size + (isLocked ? 1 : 0) > 1
    if (isLocked) unread.push(field)
    else if (isDisputed || (isMarked && given.some((written) => written?.includes(markSign)))) sayings[field] = heads
    if (isDisputed) {
      disputed.push(field)
      continue
    }
    const text = isLocked ? undefined : heads[0]?.text
    const value = text ? readText(texts[field], text) : undefined
    if (value !== undefined) values[field] = value
    else if (heads.length > 0 && text !== '' && !isLocked) unread.push(field)
  }
  return {
    // Each value passed the schema of its field, and the schemas are those of `Said`.
    ...(values as Partial<Said>),
    disputed,
    ...(unread.length > 0 ? { unread } : {}),
    ...(Object.keys(sayings).length > 0 ? { sayings } : {}),
  }
}

export type Sayings<Field extends string> = Readonly<Partial<Record<Field, readonly Saying[]>>>

/** Every answer that stands in a field on which two do, as its text; empty where one took back what stood there. */
export const answersOf = <Field extends string>(
  { disputed, sayings }: { readonly disputed: readonly Field[]; readonly sayings?: Sayings<Field> },
  field: Field,
): readonly string[] => (disputed.includes(field) ? [...new Set((sayings?.[field] ?? []).map(({ text }) => text))] : [])

/** A text that stands beside others (one head of a dispute), read alone. */
export function readText<Value>(schema: Schema<Value>, text: string): Value | undefined {
  const asWord = schema.safeParse(text)
  if (asWord.success) return asWord.data
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
