import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Where a text id is asked for. `prefix` uses end in a value: t(`country.${code}`) asks for `country.`. */
export type TextUse = {
  readonly id: string
  readonly kind: 'id' | 'prefix'
  /** Path from the root given, and line from 1. */
  readonly file: string
  readonly line: number
}

/** Rooms, folders of them and single files; `without` the folders that speak to somebody else. */
export type Speaking = { readonly rooms: readonly string[]; readonly without?: readonly string[] }

const handedOver = 'desk/rooms/workforce/research/handed-over'

/**
 * Where people are spoken to, by the set of catalogues their words are in: all rooms. An officer who is handed the device reads that
 * screen, and what the parts that it is made of say by themselves.
 */
export const speakingRooms = {
  staff: {
    rooms: ['core', 'sealed', 'release', 'planner', 'ui', 'server', 'desk', 'tools'],
    without: [handedOver],
  },
  portal: { rooms: ['portal'] },
  survey: {
    rooms: [
      handedOver,
      'desk/rooms/workforce/research/say.ts',
      'ui/parts/draft-language-notice',
      'ui/parts/fields/field-frame.tsx',
      'ui/parts/refusal-notice',
    ],
  },
} as const satisfies Record<string, Speaking>

/**
 * Every use of a text id in the TypeScript sources of `root`'s `rooms`: `t('x.y')`, t(`x.${v}`), `textId('x.y')`,
 * and refusals, whose sentences stand under `refusal.room.what`: `refuse('room.what'`,
 * `{ code: 'room.what'`, and those a docstring lists after *Refused:*. Tests are left out: they may ask for ids
 * that do not exist.
 */
export function findUses(root: string, { rooms, without = [] }: Speaking): readonly TextUse[] {
  return rooms.flatMap((room) =>
    globSync(/\.tsx?$/.test(room) ? room : `${room}/**/*.{ts,tsx}`, { cwd: root, exclude: isLeftOut })
      .filter((path) => !without.some((folder) => path.startsWith(`${folder}/`)))
      .toSorted()
      .flatMap((path) => usesIn(readFileSync(join(root, path), 'utf8'), relative('.', path))),
  )
}

/** The uses in one source text, in order. */
export function usesIn(source: string, file: string): readonly TextUse[] {
  const uses: TextUse[] = []
  const code = withoutComments(source)
  for (const [block] of source.matchAll(docstring)) {
    const listed = block.slice(block.search(/Refuse[sd]/))
    const line = source.slice(0, source.indexOf(block)).split('\n').length
    for (const [, code] of listed.matchAll(listedRefusal)) uses.push({ id: `refusal.${code}`, kind: 'id', file, line })
  }
  for (const [pattern, kind, prefix] of conventions) {
    for (const match of code.matchAll(pattern)) {
      const id = match[1]
      if (id === undefined) continue
      uses.push({ id: prefix + id, kind, file, line: code.slice(0, match.index).split('\n').length })
    }
  }
  return uses.toSorted((a, b) => a.line - b.line)
}

/** The uses that no id of the catalogue answers. */
export function missingIn(ids: ReadonlySet<string>, uses: readonly TextUse[]): readonly TextUse[] {
  const all = [...ids]
  return uses.filter((use) => (use.kind === 'id' ? !ids.has(use.id) : !all.some((id) => id.startsWith(use.id))))
}

/** Ids nobody asks for: text that translators would work on for nothing. */
export function unusedIn(ids: ReadonlySet<string>, uses: readonly TextUse[]): readonly string[] {
  const asked = new Set(uses.filter((use) => use.kind === 'id').map((use) => use.id))
  const prefixes = uses.filter((use) => use.kind === 'prefix').map((use) => use.id)
  return [...ids].filter((id) => !asked.has(id) && !prefixes.some((prefix) => id.startsWith(prefix)))
}

/** Line comments and blocks that begin a line become empty lines, so that line numbers stay true. */
function withoutComments(source: string): string {
  return source
    .replaceAll(/^\s*\/\*[\s\S]*?\*\//gm, (block) => block.replaceAll(/[^\n]/g, ''))
    .replaceAll(/^\s*\/\/.*$/gm, '')
}

const id = String.raw`[a-zA-Z][\w-]*(?:\.[\w-]+)+`
/** A docstring that says how its function refuses. */
const docstring = /\/\*\*(?:(?!\*\/)[\s\S])*?Refuse[sd](?:(?!\*\/)[\s\S])*\*\//g
const listedRefusal =
  /`((?:access|log|support|evidence|awareness|training|workforce|research|results|sealed|release|server|planner|desk|portal)\.[a-z]+(?:-[a-z]+)*)`/g
const conventions: readonly (readonly [RegExp, TextUse['kind'], string])[] = [
  [new RegExp(String.raw`(?<![\w$.])(?:t|textId)\(\s*['"](${id})['"]`, 'g'), 'id', ''],
  [/(?<![\w$.])(?:t|textId)\(\s*\x60([a-zA-Z][\w-]*(?:\.[\w-]+)*\.)\$\{/g, 'prefix', ''],
  [new RegExp(String.raw`(?<![\w$.])refused?\((?:[^'"()]*\?)?\s*['"](${id})['"]`, 'g'), 'id', 'refusal.'],
  [
    new RegExp(String.raw`(?<![\w$.])refused?\([^'"()]*\?\s*['"]${id}['"]\s*:\s*['"](${id})['"]`, 'g'),
    'id',
    'refusal.',
  ],
  [new RegExp(String.raw`\bcode: ['"](${id})['"]`, 'g'), 'id', 'refusal.'],
]

const isLeftOut = (path: string): boolean => /(^|\/)(node_modules|\.types|dist|stories)(\/|$)|\.test\.tsx?$/.test(path)
