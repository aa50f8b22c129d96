import { expect, test } from 'vitest'
import { languages, translated } from '../tokens/scripts.ts'
import { compilePo, readMessages, readState } from './compile.ts'
import { poText } from './node.ts'
import { choicesOf, placeholdersOf } from './placeholders.ts'

const english = compilePo(poText('en'))
const others = translated.filter((language) => language !== 'en')

test.each(translated)('every text of %s is well-formed, and no id stands twice', (language) => {
  const po = poText(language)
  compilePo(po)
  const ids = [...po.matchAll(/^msgid "(.+)"$/gm)].map((match) => match[1])
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  for (const id of ids) expect(id).toMatch(/^[a-z][\w-]*(\.[\w-]+)+$/)
})

test.each(others)('%s translates nothing that English has not, and fills the same placeholders', (language) => {
  const own = compilePo(poText(language))
  const missing = Object.keys(english.messages).filter((id) => !Object.hasOwn(own.messages, id))
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

test.each(others)('%s says the same state in its header as in the list of languages', (language) => {
  expect(readState(poText(language)).kind).toBe(languages[language].state)
})

test.each([
  ['th', /[\u0E00-\u0E7F]/],
  ['my', /[\u1000-\u109F]/],
] as const)('%s is written in its own script', (language, script) => {
  // Names and pure placeholders have no letters of their own.
  const foreign = [...readMessages(poText(language))].filter(
    ([, text]) => /[a-z]{3}/.test(text.replaceAll(/\{[^{}]*\}/g, '')) && !script.test(text),
  )
  expect(foreign.map(([id]) => id)).toEqual([])
})

test('Burmese is written in Unicode, not in Zawgyi', () => {
  // Zawgyi puts the vowel sign e (U+1031) before its consonant and uses U+1033/1034 and U+106A and above for shapes.
  const zawgyi = [...readMessages(poText('my'))].filter(([, text]) =>
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
