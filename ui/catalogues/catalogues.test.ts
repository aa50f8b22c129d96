import { expect, test } from 'vitest'
import { allLanguages, type Language, languages, translated } from '../tokens/scripts.ts'
import { compilePo, readMessages, readState } from './compile.ts'
import { type CatalogueSet, poText } from './node.ts'
import { choicesOf, placeholdersOf } from './placeholders.ts'

type File = readonly [set: CatalogueSet, language: Language]
const files: readonly File[] = [
  ...translated.map((language): File => ['staff', language]),
  ...allLanguages.map((language): File => ['portal', language]),
  ...allLanguages.map((language): File => ['survey', language]),
]
const others = files.filter(([, language]) => language !== 'en')

test.each(files)('every text of %s %s is well-formed, and no id stands twice', (set, language) => {
  const po = poText(language, set)
  compilePo(po)
  const ids = [...po.matchAll(/^msgid "(.+)"$/gm)].map((match) => match[1])
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  for (const id of ids) expect(id).toMatch(/^[a-z][\w-]*(\.[\w-]+)+$/)
})

test.each(others)('%s %s translates nothing that English has not, and fills the same placeholders', (set, language) => {
  const english = compilePo(poText('en', set))
  const own = compilePo(poText(language, set))
  const missing = Object.keys(english.messages).filter((id) => !Object.hasOwn(own.messages, id))
  // The desk shows English for a text that is missing; a page that says which language it is in must not.
  if (set !== 'staff') expect(missing).toEqual([])
  if (missing.length > 0)
    console.log(`${language}: ${missing.length} of ${Object.keys(english.messages).length} texts missing`)
  for (const [id, message] of Object.entries(own.messages)) {
    const source = english.messages[id]
    expect(source, `${id} is not in English`).toBeDefined()
    if (source === undefined) continue
    expect([id, placeholdersOf(message)]).toEqual([id, placeholdersOf(source)])
    expect([id, choicesOf(message)]).toEqual([id, choicesOf(source)])
  }
})

test.each(translated.filter((language) => language !== 'en'))(
  '%s says the same state in its header as in the list of languages',
  (language) => {
    expect(readState(poText(language)).kind).toBe(languages[language].state)
  },
)

const scripts = {
  khmer: /[\u1780-\u17FF]/,
  lao: /[\u0E80-\u0EFF]/,
  myanmar: /[\u1000-\u109F]/,
  thai: /[\u0E00-\u0E7F]/,
}

test.each(others)('%s %s is written in its own script, and not in the English words', (set, language) => {
  const { script } = languages[language]
  const english = readMessages(poText('en', set))
  // Names and pure placeholders have no letters of their own.
  const foreign = [...readMessages(poText(language, set))].filter(([id, text]) =>
    script === 'latin'
      ? text === english.get(id) && /\p{L}/u.test(text.replaceAll(/\{[^{}]*\}/g, ''))
      : /[a-z]{3}/.test(text.replaceAll(/\{[^{}]*\}/g, '')) && !scripts[script].test(text),
  )
  expect(foreign.map(([id]) => id)).toEqual([])
})

test.each(allLanguages)('the portal writes %s in composed letters (NFC), which its fonts are cut for', (language) => {
  expect(poText(language, 'portal')).toBe(poText(language, 'portal').normalize('NFC'))
})

test.each(allLanguages)('what an officer reads in %s is a draft until somebody has reviewed it', (language) => {
  expect(readState(poText(language, 'survey')).kind).toBe(language === 'en' ? 'source' : 'draft')
})

test.each(translated)('in %s an officer is asked in the words in which staff read what was answered', (language) => {
  const ofStaff = readMessages(poText(language))
  const both = [...readMessages(poText(language, 'survey'))].filter(([id]) => ofStaff.has(id))
  expect(both.length).toBeGreaterThan(50)
  expect(both).toEqual(both.map(([id]) => [id, ofStaff.get(id)]))
})

test.each(['staff', 'portal', 'survey'] as const)('Burmese is written in Unicode, not in Zawgyi: %s', (set) => {
  // Zawgyi puts the vowel sign e (U+1031) before its consonant and uses U+1033/1034 and U+106A and above for shapes.
  const zawgyi = [...readMessages(poText('my', set))].filter(([, text]) =>
    /(^|[\s"])\u1031|[\u1033\u1034\u106A-\u109D]/.test(text),
  )
  expect(zawgyi.map(([id]) => id)).toEqual([])
})

test('a text that is not well-formed stops the build with its id', () => {
  expect(() => compilePo('msgid "today.title"\nmsgstr "{count, plural, one {#}}"\n')).toThrow(/today\.title/)
})

test('a header that does not name reviewer and day is a draft', () => {
  const header = (lines: string) => `msgid ""\nmsgstr ""\n${lines}\n`
  expect(readState(header('"X-State: reviewed\\n"'))).toEqual({ kind: 'draft' })
  expect(
    readState(header('"X-State: reviewed\\n"\n"X-Reviewed-By: a native speaker\\n"\n"X-Reviewed-On: 2027-01-15\\n"')),
  ).toEqual({
    kind: 'reviewed',
    by: 'a native speaker',
    on: '2027-01-15',
  })
})
