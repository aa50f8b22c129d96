import { figuresNamed } from '@lentera/core/results/brochure'
import { publicationOfRecord, type RecordedFigure } from '@lentera/core/results/publication-of-record'
import { releaseNothing } from '@lentera/release/release'
import { readCatalogue } from '@lentera/ui/catalogues/node'
import { type TranslatedLanguage, translated } from '@lentera/ui/tokens/scripts'
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { latinFont, scriptFonts } from '../typst.ts'
import type { ComparedRecord } from './compare.ts'
import { type BrochureDocument, documentOf } from './document.ts'
import { brochurePdf } from './pdf.ts'
import { textOfPdf } from './testing/text-of-pdf.ts'

const recorded: readonly RecordedFigure[] = publicationOfRecord.figures

/** Every other line agrees, and of none a number is known: the text itself is what is looked at here. */
const compared: ComparedRecord = {
  asOf: '2026-11-24',
  lines: recorded.map(({ key }, at) => ({
    key,
    agrees: at % 2 === 0,
    counted: releaseNothing('nothing-recorded'),
    beside: [],
  })),
}

type Read = { readonly pdf: PDFDocumentProxy; readonly document: BrochureDocument; readonly bytes: Uint8Array }
const read = new Map<TranslatedLanguage, Read>()
const of = (language: TranslatedLanguage): Read => {
  const found = read.get(language)
  if (!found) throw new Error(`the brochure was not set in ${language}`)
  return found
}

beforeAll(async () => {
  for (const language of translated) {
    const document = documentOf(compared, language, true)
    const bytes = await brochurePdf(document, Date.UTC(2026, 10, 24))
    read.set(language, { document, bytes, pdf: await getDocument({ data: bytes.slice(), verbosity: 0 }).promise })
  }
})

/** Without the spaces, which fall at the ends of lines. */
const run = (text: string): string => text.normalize('NFC').replaceAll(/\s/gu, '')

/**
 * A syllable whose marks stand at two heights is drawn in two runs, and Typst writes it into each (`สิ่สิ่ง` for `สิ่ง`): one that
 * follows itself counts once, in what was put in and in what comes out.
 */
function once(text: string): string {
  const syllables = [...new Intl.Segmenter('en').segment(run(text))].map(({ segment }) => segment)
  return syllables.filter((syllable, at) => syllable.length === 1 || syllable !== syllables[at - 1]).join('')
}

describe('what the brochure says', () => {
  it('names every figure of the publication of record', () => {
    expect([...new Set(figuresNamed)].sort()).toEqual(recorded.map(({ key }) => key).sort())
  })

  it('has no digit in its sentences: each number stands in a slot, and every slot is filled', () => {
    for (const language of translated) {
      const { messages } = readCatalogue(language)
      const said = Object.keys(messages).filter((id) => id.startsWith('brochure.'))
      expect(said.length).toBeGreaterThan(40)
      for (const id of said) expect(JSON.stringify(messages[id])).not.toMatch(/\p{Nd}/u)
      const { document } = of(language)
      expect(JSON.stringify(document)).not.toMatch(/NaN|undefined|\uE000|"brochure\./)
    }
  })

  it('prints the record as it is written, small numbers and qualifiers too', () => {
    const text = run(textOfPdf(of('en').bytes).join(''))
    for (const words of [
      'more than 24,000',
      'Myanmar (24), Cambodia (55) and Thailand (2)',
      '3,000 or more',
      '65 %',
      '77 %',
      '29 September 2021',
    ])
      expect(text).toContain(run(words))
  })
})

describe.each(translated)('the PDF in %s', (language) => {
  it('says on each of its pages that it is a demonstration, and on none where it is not', async () => {
    const pages = textOfPdf(of(language).bytes)
    expect(pages.length).toBeGreaterThan(1)
    for (const page of pages) expect(page).toContain('DEMONSTRATION')
    const real = await brochurePdf(documentOf(compared, language, false), 0)
    for (const page of textOfPdf(real)) expect(page).not.toContain('DEMONSTRATION')
  })

  it('is PDF/UA-1: tagged, with its title shown, its language, a bookmark a heading, and every heading and list in its tree', async () => {
    const { pdf, document, bytes } = of(language)
    expect(new TextDecoder('latin1').decode(bytes)).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>/)
    const { info } = await pdf.getMetadata()
    expect(info).toMatchObject({ Title: document.title, Language: language })
    expect(new TextDecoder('latin1').decode(bytes)).toMatch(/\/MarkInfo <<\s*\/Marked true/)
    expect(new TextDecoder('latin1').decode(bytes)).toContain('/DisplayDocTitle true')
    const [top] = await pdf.getOutline()
    expect(top?.title).toBe(document.title)
    expect(top?.items.map(({ title }) => title)).toEqual([
      ...document.sections.map(({ title }) => title),
      document.sources.title,
    ])
    const roles = await rolesOf(of(language))
    expect(roles.filter((role) => role === 'H1')).toHaveLength(1)
    expect(roles.filter((role) => role === 'H2')).toHaveLength(document.sections.length + 1)
    expect(new Set(roles)).toEqual(new Set([...roles.filter((role) => tags.has(role))]))
    expect(roles).toContain('LBody')
  })

  it('embeds our fonts and no other', async () => {
    const names = [
      ...new TextDecoder('latin1').decode(of(language).bytes).matchAll(/\/BaseFont \/([A-Z]{6}\+)?([\w-]+)/g),
    ]
    const families = new Set(names.map(([, , name = '']) => name.replace(/-(Regular|Bold)$/, '')))
    // The fonts of the other scripts have the Latin letters too.
    const ours = { en: latinFont, th: scriptFonts.thai, my: scriptFonts.myanmar }[language]
    expect([...families]).toEqual([ours.replaceAll(' ', '')])
    // Each with its subset's mark: embedded, not only named.
    for (const [, subset] of names) expect(subset).toBeDefined()
  })

  it('gives back what was put into it, sentence by sentence', () => {
    const { document, bytes } = of(language)
    const text = once(textOfPdf(bytes).join(''))
    const put = [
      document.title,
      document.under,
      document.donors,
      ...document.sources.lines,
      ...document.sections.flatMap(({ title, lines }) => [
        title,
        ...lines.flatMap(({ pieces, standing }) => [
          pieces.map((piece) => piece.text).join(''),
          ...(standing ? [standing.text] : []),
        ]),
      ]),
    ]
    expect(put.length).toBeGreaterThan(30)
    for (const sentence of put) expect(text).toContain(once(sentence))
  })
})

it('a sign that none of our fonts has is an error, not an empty square', async () => {
  const document = documentOf(compared, 'en', true)
  await expect(brochurePdf({ ...document, donors: 'ខ្មែរ' }, 0)).rejects.toThrow()
})

/** What Typst writes of what this document has. */
const tags = new Set(['Root', 'Document', 'Div', 'P', 'H1', 'H2', 'L', 'LI', 'Lbl', 'LBody', 'Strong', 'Span', 'Sect'])

async function rolesOf({ pdf }: Read): Promise<string[]> {
  const roles: string[] = []
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    if ('role' in node && typeof node.role === 'string') roles.push(node.role)
    if ('children' in node && Array.isArray(node.children)) for (const child of node.children) walk(child)
  }
  for (let number = 1; number <= pdf.numPages; number++) walk(await (await pdf.getPage(number)).getStructTree())
  return roles
}
