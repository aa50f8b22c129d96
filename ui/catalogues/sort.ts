import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parsePoFile } from '@lingui/format-po'
import { translated } from '../tokens/scripts.ts'
import { compilePo, poFormat, readMessages } from './compile.ts'
import { findUses, missingIn, speakingRooms, unusedIn } from './uses.ts'

/**
 * `node ui/catalogues/sort.ts`: sorts the catalogues by id, writes the English beside each translation, and reports
 * what is missing, outdated, doubled or asked for by no one. Exit code 1 where a text that a source asks for is missing
 * from English or an id stands twice.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const pathOf = (language: string): string => fileURLToPath(new URL(`./${language}.po`, import.meta.url))
const englishPrefix = 'en: '

const englishText = readFileSync(pathOf('en'), 'utf8')
const english = readMessages(englishText)
let failed = false

for (const language of translated) {
  const po = readFileSync(pathOf(language), 'utf8')
  compilePo(po)
  const doubled = doubledIds(po)
  if (doubled.length > 0) {
    failed = true
    console.error(`${language}: stand twice, keep one: ${doubled.join(', ')}`)
    continue
  }
  writeFileSync(pathOf(language), `${(await sorted(po, language)).trimEnd()}\n`)
  if (language === 'en') {
    console.log(`en: ${english.size} texts`)
    continue
  }
  const own = readMessages(po)
  const missing = [...english.keys()].filter((id) => !own.has(id))
  console.log(`${language}: ${own.size} of ${english.size} texts, ${missing.length} missing`)
  for (const id of missing) console.log(`  missing ${id}: ${english.get(id)}`)
  for (const id of outdatedIds(po)) console.log(`  outdated ${id}: English is now "${english.get(id)}"`)
  for (const id of own.keys()) if (!english.has(id)) console.log(`  not in English any more: ${id}`)
}

const uses = findUses(root, speakingRooms)
const ids = new Set(english.keys())
for (const use of missingIn(ids, uses)) {
  failed = true
  console.error(`${use.file}:${use.line} asks for ${use.id}${use.kind === 'prefix' ? '*' : ''}, which en.po has not`)
}
const unused = unusedIn(ids, uses)
if (unused.length > 0) console.log(`asked for by no source: ${unused.join(', ')}`)
process.exitCode = failed ? 1 : 0

async function sorted(po: string, language: string): Promise<string> {
  const catalog = await poFormat.parse(po, { locale: language, sourceLocale: 'en', filename: pathOf(language) })
  const entries = Object.entries(catalog).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const annotated = entries.map(([id, message]) => {
    const source = english.get(id)
    const comments = message.comments ?? []
    const known = comments.some((comment) => comment.startsWith(englishPrefix))
    const withSource =
      language === 'en' || known || source === undefined ? comments : [...comments, englishPrefix + oneLine(source)]
    return [id, { ...message, comments: withSource }] as const
  })
  return poFormat.serialize(Object.fromEntries(annotated), {
    locale: language,
    sourceLocale: 'en',
    filename: pathOf(language),
    existing: po,
  })
}

/** The English written beside a translation is the English it was made from; where it has changed, look again. */
function outdatedIds(po: string): readonly string[] {
  return parsePoFile(po).items.flatMap((item) => {
    const made = item.extractedComments.find((comment) => comment.startsWith(englishPrefix))
    const now = english.get(item.msgid)
    return made !== undefined && now !== undefined && made.slice(englishPrefix.length) !== oneLine(now)
      ? [item.msgid]
      : []
  })
}

function doubledIds(po: string): readonly string[] {
  const seen = [...po.matchAll(/^msgid "(.+)"$/gm)].map((match) => match[1] ?? '')
  return seen.filter((id, index) => seen.indexOf(id) !== index)
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
