import type * as z from 'zod'

/**
 * What is said in a sealed field of a post or an officer, and how it is read again on the device that opened it. A sealed field
 * holds one text, so that words stand as they are and everything else as JSON. An empty text takes back what stood there.
 */
type Texts<Field extends string> = Readonly<Record<Field, z.ZodType>>

/** A value of a sealed field as its text; undefined stays unsaid, null takes back what stood there. */
export function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined
  if (value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/**
 * The text of a field that an entry carries only so that nobody sees which one was changed: as it stood. Blanks around a text mean nothing to
 * who opens it; this one, before it, says that nobody changed it.
 */
export const asItStood = (text: string): string => `${untouched}${text}`
export const isAsItStood = (text: string): boolean => text.startsWith(untouched)

const untouched = '\n'

/** A text with blanks after it, so that its JSON has at least so many letters: shorter ones are sealed to one size (`sealed`, padding). */
export const atLeast = (text: string, letters: number): string =>
  text + ' '.repeat(Math.max(0, letters - JSON.stringify(text).length))

/** One answer of a sealed field as a device opened it; `value` is undefined where it had no key for it. */
type Answer = { readonly value: string | undefined }

/**
 * Everything that is agreed on. A field on which two answers stand is in `disputed` and has no value; one that was opened by no key
 * of this device, or is not what its schema allows, is in `unread` and has none either. What was only carried as it stood gives way to what
 * somebody said apart from it.
 */
export function readSealed<Said, Field extends string & keyof Said>(
  texts: Texts<Field>,
  fields: Readonly<Record<string, readonly Answer[]>>,
): Partial<Said> & { readonly disputed: readonly Field[]; readonly unread?: readonly Field[] } {
  const said: Partial<Record<Field, unknown>> = {}
  const disputed: Field[] = []
  const unread: Field[] = []
  // The keys of a record are those its type names: it is written as a literal.
  for (const field of Object.keys(texts) as Field[]) {
    const given = (fields[field] ?? []).map(({ value }) => value)
    const meant = given.filter((text) => text === undefined || !isAsItStood(text))
    const answers = new Set((meant.length > 0 ? meant : given).map((text) => text?.trim()))
    if (answers.size > 1) {
      disputed.push(field)
      continue
    }
    const [text] = answers
    const value = text ? readText(texts[field], text) : undefined
    if (value !== undefined) said[field] = value
    else if (given.length > 0 && text !== '') unread.push(field)
  }
  // Each value passed the schema of its field, and the schemas are those of `Said`.
  return { ...(said as Partial<Said>), disputed, ...(unread.length > 0 ? { unread } : {}) }
}

/** A text that stands beside others (one head of a dispute), read alone. */
export function readText<Schema extends z.ZodType>(schema: Schema, text: string): z.infer<Schema> | undefined {
  const asWord = schema.safeParse(text)
  if (asWord.success) return asWord.data
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
