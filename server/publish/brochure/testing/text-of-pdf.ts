import { inflateSync } from 'node:zlib'

/**
 * The text of each page of a PDF that Typst wrote, as the standard has it read (ISO 32000-1, 9.10 and 14.9.4): a span with an
 * `ActualText` is that text, every other sign what the `ToUnicode` table of its font says. Readers that pass over `ActualText`
 * (pdf.js does) repeat or turn round the signs of a Burmese or Thai syllable: they say nothing of what is in the file.
 */
export function textOfPdf(bytes: Uint8Array): string[] {
  const objects = objectsIn(Buffer.from(bytes).toString('latin1'))
  const at = (reference: string | undefined): PdfObject => {
    const found = objects.get(Number(reference))
    if (!found) throw new Error(`the file has no object ${reference}`)
    return found
  }
  return [...objects.values()]
    .filter(({ head }) => /\/Type \/Page\b/.test(head))
    .map(({ head }) => {
      const resources = /\/Resources (\d+) 0 R/.exec(head)
      const fonts = /\/Font <<([^>]*)>>/.exec(resources ? at(resources[1]).head : head)?.[1] ?? ''
      const tables = new Map(
        [...fonts.matchAll(/\/(f\d+) (\d+) 0 R/g)].map(([, name = '', font]) => {
          const table = /\/ToUnicode (\d+) 0 R/.exec(at(font).head)
          return [name, signsOf(at(table?.[1]).stream)]
        }),
      )
      return replay(at(/\/Contents (\d+) 0 R/.exec(head)?.[1]).stream, tables)
    })
}

type PdfObject = { readonly head: string; readonly stream: string }

function objectsIn(file: string): Map<number, PdfObject> {
  const objects = new Map<number, PdfObject>()
  for (const [, number, body = ''] of file.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const starts = body.indexOf('\nstream\n')
    const head = starts < 0 ? body : body.slice(0, starts)
    const packed = starts < 0 ? '' : body.slice(starts + '\nstream\n'.length, body.lastIndexOf('\nendstream'))
    const stream = /\/FlateDecode/.test(head) ? inflateSync(Buffer.from(packed, 'latin1')).toString('latin1') : packed
    objects.set(Number(number), { head, stream })
  }
  return objects
}

/** What each code of a font stands for. */
function signsOf(cmap: string): ReadonlyMap<number, string> {
  const signs = new Map<number, string>()
  for (const [, rows = ''] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, code = '', text = ''] of rows.matchAll(/<([\dA-Fa-f]+)>\s*<([\dA-Fa-f]*)>/g))
      signs.set(Number.parseInt(code, 16), utf16(text))
  }
  return signs
}

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le').replace('\uFEFF', '')

/** A string in brackets, in which brackets that pair stand as they are (ISO 32000-1, 7.3.4.2): here up to six deep. */
const plain = String.raw`\\[\s\S]|[^\\()]`
const string = Array.from({ length: 6 }).reduce<string>(
  (inner) => String.raw`(?:${plain}|\(${inner}\))*`,
  `(?:${plain})*`,
)
const token = new RegExp(
  String.raw`/Lang \([^)]*\)|/ActualText <([\dA-Fa-f]+)>|\b(BDC|BMC|EMC)\b|/(f\d+) [\d.]+ Tf|\((${string})\)|<([\dA-Fa-f]+)>`,
  'g',
)

/** Follows the page's program: which font, which strings, and where a marked span says itself what it is. */
function replay(program: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  const spans: (string | undefined)[] = []
  let signs: ReadonlyMap<number, string> | undefined
  let text = ''
  let actual: string | undefined
  for (const [, written, mark, font, drawn, codes] of program.matchAll(token)) {
    if (written !== undefined) actual = utf16(written)
    else if (mark === 'EMC') spans.pop()
    else if (mark !== undefined) {
      spans.push(actual)
      text += actual ?? ''
      actual = undefined
    } else if (font !== undefined) signs = fonts.get(font)
    else if (spans.some((span) => span !== undefined)) continue
    else if (drawn !== undefined) text += signsFor(unescaped(drawn), signs)
    else if (codes !== undefined) text += signsFor(Buffer.from(codes, 'hex'), signs)
  }
  return text
}

const unescaped = (string: string): Buffer =>
  Buffer.from(
    string.replaceAll(/\\(\d{1,3}|[\s\S])/g, (_, escaped: string) =>
      /\d/.test(escaped) ? String.fromCharCode(Number.parseInt(escaped, 8)) : (escapes[escaped] ?? escaped),
    ),
    'latin1',
  )

function signsFor(codes: Buffer, signs: ReadonlyMap<number, string> | undefined): string {
  let text = ''
  for (let i = 0; i + 1 < codes.length; i += 2) text += signs?.get(codes.readUInt16BE(i)) ?? '\uFFFD'
  return text
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
