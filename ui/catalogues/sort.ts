import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parsePoFile } from '@lingui/format-po'
import type { Language } from '../tokens/scripts.ts'
import { compilePo, poFormat, readMessages } from './compile.ts'
import { type CatalogueSet, catalogueSets, poText } from './node.ts'
import { findUses, missingIn, speakingRooms, unusedIn } from './uses.ts'

/**
 * `node ui/catalogues/sort.ts`: sorts the catalogues of every set by id, writes the English beside each translation, and
 * reports what is missing, outdated, doubled or asked for by no one. Exit code 1 where a text that a source asks for is
 * missing from English or an id stands twice.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const englishPrefix = 'en: '

const sound = [await sortSet('staff'), await sortSet('portal'), await sortSet('survey')]
process.exitCode = sound.every(Boolean) ? 0 : 1

/** @returns whether every text asked for is there, and once */
async function sortSet(set: CatalogueSet): Promise<boolean> {
  const english = readMessages(poText('en', set))
  const { languages, folder } = catalogueSets[set]
  let isSound = true
  for (const language of languages) {
    const po = poText(language, set)
    compilePo(po)
    const doubled = doubledIds(po)
    if (doubled.length > 0) {
      isSound = false
      console.error(`${set} ${language}: stand twice, keep one: ${doubled.join(', ')}`)
      continue
    }
    const path = fileURLToPath(new URL(`${folder}/${language}.po`, import.meta.url))
    writeFileSync(path, `${(await sorted(po, language, english, path)).trimEnd()}\n`)
    report(`${set} ${language}`, po, english)
  }
  const uses = findUses(root, speakingRooms[set])
  const ids = new Set(english.keys())
  for (const use of missingIn(ids, uses)) {
    isSound = false
    console.error(`${use.file}:${use.line} asks for ${use.id}${use.kind === 'prefix' ? '*' : ''}, which en.po has not`)
  }
  const unused = unusedIn(ids, uses)
  if (unused.length > 0) console.log(`${set}: asked for by no source: ${unused.join(', ')}`)
  return isSound
}

function report(name: string, po: string, english: ReadonlyMap<string, string>): void {
  const own = readMessages(po)
  const missing = [...english.keys()].filter((id) => !own.has(id))
  console.log(`${name}: ${own.size} of ${english.size} texts, ${missing.length} missing`)
  for (const id of missing) console.log(`  missing ${id}: ${english.get(id)}`)
  for (const id of outdatedIds(po, english)) console.log(`  outdated ${id}: English is now "${english.get(id)}"`)
  for (const id of own.keys()) if (!english.has(id)) console.log(`  not in English any more: ${id}`)
}

async function sorted(
  po: string,
  language: Language,
  english: ReadonlyMap<string, string>,
  filename: string,
): Promise<string> {
  const catalog = await poFormat.parse(po, { locale: language, sourceLocale: 'en', filename })
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
    filename,
    existing: po,
  })
}

/** The English written beside a translation is the English it was made from; where it has changed, look again. */
function outdatedIds(po: string, english: ReadonlyMap<string, string>): readonly string[] {
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
