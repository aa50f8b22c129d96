import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readMessages } from './compile.ts'
import { poText } from './node.ts'
import { findUses, missingIn, speakingRooms, unusedIn, usesIn } from './uses.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const sets = ['staff', 'portal', 'survey'] as const

test.each(sets)('every text that a source asks for stands in the English catalogue: %s', (set) => {
  const ids = new Set(readMessages(poText('en', set)).keys())
  const missing = missingIn(ids, findUses(root, speakingRooms[set]))
  expect(missing.map((use) => `${use.file}:${use.line} ${use.id}`)).toEqual([])
})

test.each(['portal', 'survey'] as const)('the %s has no text that no page of it asks for', (set) => {
  const ids = new Set(readMessages(poText('en', set)).keys())
  expect(unusedIn(ids, findUses(root, speakingRooms[set]))).toEqual([])
})

test('the scan finds each way to ask for a text, and nothing else', () => {
  const source = [
    "t('a.one')",
    'first(t("a.two", { count }))',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a source text to scan
    't(`country.${code}`)',
    "{ label: textId('a.three') }",
    "return refuse('log.too-large', { bytes })",
    "// t('a.comment')",
    "/** t('a.block') */",
    "split('a.four'); part.t('a.five'); t(`plain`)",
    't(\n  "a.six",\n)',
    '/** Opens it.\n * Refused: `sealed.wrong-key` (another key), as `readIt`. */',
    "return refuse(closed ? 'support.is-closed' : 'support.is-open')",
    "return { ok: false, refusal: { code: 'log.id-taken', values: {} } }",
  ].join('\n')
  expect(usesIn(source, 'x.ts').map((use) => [use.line, use.kind, use.id])).toEqual([
    [1, 'id', 'a.one'],
    [2, 'id', 'a.two'],
    [3, 'prefix', 'country.'],
    [4, 'id', 'a.three'],
    [5, 'id', 'refusal.log.too-large'],
    [9, 'id', 'a.six'],
    [12, 'id', 'refusal.sealed.wrong-key'],
    [14, 'id', 'refusal.support.is-closed'],
    [14, 'id', 'refusal.support.is-open'],
    [15, 'id', 'refusal.log.id-taken'],
  ])
})

test('a text asked for and not there is reported with its place; one nobody asks for by its id', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a source text to scan
  const uses = usesIn("t('a.one')\nt(`b.${x}`)\nt('a.two')", 'desk/x.ts')
  expect(missingIn(new Set(['a.one', 'c.d']), uses)).toEqual([
    { id: 'b.', kind: 'prefix', file: 'desk/x.ts', line: 2 },
    { id: 'a.two', kind: 'id', file: 'desk/x.ts', line: 3 },
  ])
  expect(unusedIn(new Set(['a.one', 'b.y', 'c.d']), uses)).toEqual(['c.d'])
})
