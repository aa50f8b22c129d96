import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { CivilDate } from '@lentera/core/shared/dates'
import { readMessages } from '@lentera/ui/catalogues/compile'
import { poText } from '@lentera/ui/catalogues/node'
import { formatDate } from '@lentera/ui/tokens/dates'
import { formatPlain } from '@lentera/ui/tokens/numbers'
import { allLanguages, type Language, languages } from '@lentera/ui/tokens/scripts'
import type { CutFonts, Cutting } from './cutting-thread.ts'
import { countryCodes, countryName } from './explorer/labels.ts'
import { demonstrationMark, languageNames } from './texts.ts'

/** What is served beside the pages. */
export type PortalFile = { readonly type: string; readonly content: Buffer }

/** Where a page finds its style sheet, and the font it cannot be read without, which it asks for at once. */
export type Letters = { readonly style: string; readonly first: readonly string[] }

/**
 * The letters of a language: Noto Sans, cut to what the pages of that language say, and the style sheet that names the
 * pieces. Made when first asked for, then kept in memory.
 *
 * Cut to the language and not to the single page: a browser keeps fonts and not pages, so a font of one page, left on a
 * shared telephone, would tell which page was read. The next page then costs its words only. What is published brings words of
 * its own (`published`), which nobody knew when the letters were cut: where they need others, its pages get a cut that has them.
 */
export async function lettersOf(language: Language, published = ''): Promise<Letters> {
  return (await made(language, lettersBeyond(language, published))).letters
}

/** A style sheet or a font that `lettersOf` has named, by its path. */
export async function findLetters(path: string): Promise<PortalFile | undefined> {
  if (!path.startsWith('/letters/')) return undefined
  // All of them, for the page that named this one may have come from the server before it was started anew.
  for (const language of allLanguages) made(language, '')
  const all = await Promise.all(kept.values())
  return all.map(({ files }) => files.get(path)).find((file) => file !== undefined)
}

type Made = { readonly letters: Letters; readonly files: ReadonlyMap<string, PortalFile> }

const kept = new Map<string, Promise<Made>>()

async function made(language: Language, more: string): Promise<Made> {
  if (!kept.has(keyOf(language, more))) cutAll(more === '' ? allOf(language) : [{ language, more }])
  const letters = await kept.get(keyOf(language, more))
  if (!letters) throw new Error(`no letters for ${language}`)
  return letters
}

/** A language, and letters that its own texts do not have. */
type Wanted = { readonly language: Language; readonly more: string }

const keyOf = (language: Language, more: string): string => `${language} ${more}`

/** All languages, the one asked for first. */
const allOf = (first: Language): readonly Wanted[] =>
  [first, ...allLanguages.filter((language) => language !== first)].map((language) => ({ language, more: '' }))

/** Has them cut in a thread, one after another; should that fail, the next who asks has it tried anew. */
function cutAll(all: readonly Wanted[]): void {
  const thread = new Worker(new URL('./cutting-thread.ts', import.meta.url), { workerData: all.map(cuttingOf) })
  const waiting = all.map((wanted) => ({ ...wanted, ...Promise.withResolvers<readonly Buffer[]>() }))
  const fail = (error: Error): void => {
    for (const { language, more, reject } of waiting) {
      kept.delete(keyOf(language, more))
      reject(error)
    }
  }
  for (const { language, more, promise } of waiting) {
    const letters = promise.then((fonts) => make({ language, more }, fonts))
    // Whoever waits for it hears of a failure; where nobody does, nobody need.
    letters.catch(() => undefined)
    kept.set(keyOf(language, more), letters)
  }
  thread.on('message', ({ language, fonts }: CutFonts) => {
    waiting.find((each) => each.language === language)?.resolve(fonts.map((font) => Buffer.from(font)))
  })
  thread.once('error', fail)
  thread.once('exit', (code) => {
    if (code !== 0) fail(new Error(`the letters were not cut: exit code ${code}`))
  })
  // A server that stops does not wait for it.
  thread.unref()
}

const ownText = (language: Language): string =>
  [
    ...readMessages(poText(language, 'portal')).values(),
    ...countryCodes.map((country) => countryName(country, language) ?? ''),
    ...months.map((month) => formatDate(month, language)),
    digitsOf(language),
  ].join('')

/** Every month, for the days on which figures were published. */
const months = Array.from({ length: 12 }, (_, month) =>
  CivilDate.parse(`2026-${String(month + 1).padStart(2, '0')}-10`),
)
const digitsOf = (language: Language): string => formatPlain(1234567890, language)

/** What codes and much of what is published are written in, on pages of every language: the letters of English. */
const published = `${String.fromCodePoint(...Array.from({ length: 0x5f }, (_, at) => 0x20 + at))}‘’“”–—…·×›`

function slicesFor({ language, more }: Wanted): readonly { readonly slice: Slice; readonly letters: string }[] {
  const text = [ownText(language), more, published, demonstrationMark, ...languageNames.map(({ name }) => name)].join(
    '',
  )
  return slices.map((slice) => ({ slice, letters: lettersIn(slice, text) })).filter(({ letters }) => letters !== '')
}

/** Letters of a text that we have a font for and that the cut of a language lacks, each once, in order. */
function lettersBeyond(language: Language, text: string): string {
  const own =
    ownLetters.get(language) ?? new Set(slicesFor({ language, more: '' }).flatMap(({ letters }) => [...letters]))
  ownLetters.set(language, own)
  const drawn = slices.map((slice) => lettersIn(slice, text)).join('')
  return [...new Set(drawn)]
    .filter((letter) => !own.has(letter))
    .toSorted()
    .join('')
}

/** By language, what its cut draws: looked at for every page of something published. */
const ownLetters = new Map<Language, ReadonlySet<string>>()

function cuttingOf(wanted: Wanted): Cutting {
  const cuts = slicesFor(wanted).map(({ slice, letters }) => ({
    from: slice.from,
    letters: letters + (slice.parts ?? ''),
  }))
  return { language: wanted.language, cuts }
}

async function make(wanted: Wanted, fonts: readonly Buffer[]): Promise<Made> {
  const { language, more } = wanted
  const pieces = slicesFor(wanted).map(({ slice }, index) => {
    const content = fonts[index] ?? Buffer.of()
    return { slice, content, path: `/letters/${slice.name}.${digest(content)}.woff2` }
  })
  const faces = pieces.map(({ slice, path }) => face(slice, path)).join('\n')
  const css = [await read('@lentera/ui/tokens/tokens.css'), faces, await read('./files/portal.css')].join('\n')
  const style = `/letters/${language}.${digest(css)}.css`
  const { script } = languages[language]
  const first = pieces.filter(
    ({ slice }) => slice.script === script && lettersIn(slice, ownText(language) + more) !== '',
  )
  return {
    letters: { style, first: first.map(({ path }) => path) },
    files: new Map<string, PortalFile>([
      [style, { type: 'text/css; charset=utf-8', content: Buffer.from(css) }],
      ...pieces.map(({ path, content }) => [path, { type: 'font/woff2', content }] as const),
    ]),
  }
}

/** A font as `@fontsource` slices it, one weight: bold is drawn from it. */
type Slice = {
  readonly name: string
  readonly family: string
  readonly script: (typeof languages)[Language]['script']
  readonly from: string
  /** First and last letter of each stretch that is taken from it. */
  readonly stretches: readonly (readonly [first: number, last: number])[]
  /** Letters that no text need hold: whoever draws a text takes some of its letters apart into these. */
  readonly parts?: string
}

const slices: readonly Slice[] = [
  {
    name: 'noto-sans',
    family: 'Noto Sans',
    script: 'latin',
    from: '@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2',
    stretches: [
      [0x20, 0xff],
      [0x2000, 0x206f],
    ],
  },
  {
    name: 'noto-sans-vietnamese',
    family: 'Noto Sans',
    script: 'latin',
    from: '@fontsource/noto-sans/files/noto-sans-vietnamese-400-normal.woff2',
    stretches: [
      [0x102, 0x103],
      [0x110, 0x111],
      [0x128, 0x129],
      [0x168, 0x169],
      [0x1a0, 0x1a1],
      [0x1af, 0x1b0],
      [0x1ea0, 0x1ef9],
    ],
  },
  {
    name: 'noto-sans-khmer',
    family: 'Noto Sans Khmer',
    script: 'khmer',
    from: '@fontsource/noto-sans-khmer/files/noto-sans-khmer-khmer-400-normal.woff2',
    stretches: [[0x1780, 0x17ff]],
    // The left half of the vowels that stand on both sides.
    parts: '\u17c1',
  },
  {
    name: 'noto-sans-lao',
    family: 'Noto Sans Lao',
    script: 'lao',
    from: '@fontsource/noto-sans-lao/files/noto-sans-lao-lao-400-normal.woff2',
    stretches: [[0xe80, 0xeff]],
    // Ring and stroke of am.
    parts: '\u0ecd\u0eb2',
  },
  {
    name: 'noto-sans-myanmar',
    family: 'Noto Sans Myanmar',
    script: 'myanmar',
    from: '@fontsource/noto-sans-myanmar/files/noto-sans-myanmar-myanmar-400-normal.woff2',
    stretches: [[0x1000, 0x109f]],
  },
  {
    name: 'noto-sans-thai',
    family: 'Noto Sans Thai',
    script: 'thai',
    from: '@fontsource/noto-sans-thai/files/noto-sans-thai-thai-400-normal.woff2',
    stretches: [[0xe00, 0xe7f]],
    // Ring and stroke of am.
    parts: '\u0e4d\u0e32',
  },
]

/** Each letter of the text once that the slice draws, in order, so that the same letters make the same file. */
function lettersIn({ stretches }: Slice, text: string): string {
  const isIn = (letter: string): boolean => {
    const point = letter.codePointAt(0) ?? 0
    return stretches.some(([first, last]) => first <= point && point <= last)
  }
  return [...new Set(text)].filter(isIn).toSorted().join('')
}

function face({ family, stretches }: Slice, path: string): string {
  const hex = (point: number): string => point.toString(16).toUpperCase().padStart(4, '0')
  const range = stretches.map(([first, last]) => `U+${hex(first)}-${hex(last)}`).join(', ')
  return `@font-face { font-family: "${family}"; font-display: swap; src: url("${path}") format("woff2"); unicode-range: ${range}; }`
}

function read(own: string): Promise<Buffer> {
  return readFile(fileURLToPath(import.meta.resolve(own)))
}

/** The name of a file says what is in it: a page never meets the style sheet of another day. */
function digest(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12)
}
