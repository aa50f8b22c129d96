/** What a citation is made of: of an edition, in one language. */
export type Cited = {
  /** As they are named, organisations and people; the first comes first. */
  readonly authors: readonly { readonly author: 'organisation' | 'person'; readonly name: string }[]
  readonly title: string
  readonly number: number
  /** A civil date, as precise as it is known. */
  readonly publishedOn: string | undefined
  readonly publisher: string
  readonly doi: string | undefined
  readonly isbn: string | undefined
  readonly issn: string | undefined
  readonly language: string
}

/** The words that a citation needs, in the reader's language. */
export type CitationWords = {
  readonly noDate: string
  readonly edition: (number: number) => string
}

/**
 * A reference in the form of APA style (Publication Manual, 7th edition, chapter 10): authors, year, title, edition, publisher, DOI. A
 * publisher who is the author is not named twice. Names stand as they were typed: nobody guesses which part is a family's.
 */
export function citation(of: Cited, { noDate, edition }: CitationWords): string {
  const { authors, title, number, publishedOn, publisher, doi } = of
  const names = authors.map(({ name }) => name)
  const by = names.length > 1 ? `${names.slice(0, -1).join(', ')} & ${names.at(-1)}` : (names[0] ?? publisher)
  const issuer = by === publisher ? [] : [`${publisher}.`]
  const link = doi ? [`https://doi.org/${doi}`] : []
  return [
    `${closed(by)} (${publishedOn?.slice(0, 4) ?? noDate}).`,
    `${title} (${edition(number)}).`,
    ...issuer,
    ...link,
  ].join(' ')
}

/**
 * For reference managers: BibTeX, entry type `book` where it has an ISBN, else `techreport`. Organisations stand in braces of their own.
 * @param invented the sentence that says so of a demonstration's edition: it stands as its note, and the title is marked, which every style prints
 */
export function bibtex(of: Cited, invented: string | null): string {
  const { authors, title, number, publishedOn, publisher, doi, isbn, issn, language } = of
  const [year, month] = publishedOn?.split('-') ?? []
  const fields: readonly (readonly [string, string | undefined])[] = [
    [
      'author',
      (authors.length > 0 ? authors : [{ author: 'organisation', name: publisher }]).map(bibtexName).join(' and '),
    ],
    ['title', `{${escaped(marked(title, invented))}}`],
    ['edition', String(number)],
    [isbn ? 'publisher' : 'institution', `{${escaped(publisher)}}`],
    ['year', year],
    ['month', month && /^\d\d$/.test(month) ? String(Number(month)) : undefined],
    ['doi', doi && escaped(doi)],
    ['isbn', isbn],
    ['issn', issn],
    ['language', language],
    ['note', invented === null ? undefined : `{${escaped(invented)}}`],
  ]
  const said = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = {${value}}`]))
  return `@${isbn ? 'book' : 'techreport'}{${bibtexKey(of)},\n${said.join(',\n')}\n}\n`
}

const bibtexName = ({ author, name }: { readonly author: string; readonly name: string }): string =>
  author === 'organisation' ? `{${escaped(name)}}` : escaped(name)

/** What BibTeX and TeX would read as their own (The TeXbook, chapter 7). */
const escaped = (text: string): string =>
  text.replaceAll(/[\\{}$&#%_~^]/g, (sign) => texSigns[sign] ?? `\\${sign}`).replaceAll(/\s+/g, ' ')
const texSigns: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash ',
  '~': '\\textasciitilde ',
  '^': '\\textasciicircum ',
}

const bibtexKey = ({ title, number, publishedOn }: Cited): string => {
  const word = /[a-z0-9]{3,}/.exec(title.toLowerCase())?.[0] ?? 'edition'
  return `${word}${publishedOn?.slice(0, 4) ?? ''}e${number}`
}

/**
 * RIS, as reference managers read it: a tag, two spaces, a hyphen and a space a line; the record ends with `ER`.
 * @param invented as of `bibtex`
 */
export function ris(of: Cited, invented: string | null): string {
  const { authors, title, number, publishedOn, publisher, doi, isbn, issn, language } = of
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['TY', isbn ? 'BOOK' : 'RPRT'],
    ...(authors.length > 0 ? authors : [{ name: publisher }]).map(({ name }) => ['AU', name] as const),
    ['TI', marked(title, invented)],
    ['PY', publishedOn?.slice(0, 4)],
    ['DA', publishedOn && risDate(publishedOn)],
    ['ET', String(number)],
    ['PB', publisher],
    ['SN', isbn ?? issn],
    ['DO', doi],
    ['LA', language],
    ['N1', invented ?? undefined],
    ['ER', ''],
  ]
  return lines
    .flatMap(([tag, value]) => (value === undefined ? [] : [`${tag}  - ${value.replaceAll(/\s+/g, ' ')}`]))
    .map((line) => `${line}\r\n`)
    .join('')
}

const risDate = (date: string): string => {
  const [year = '', month = '', day = ''] = date.split('-')
  return `${year}/${month}/${day}/`
}

const marked = (title: string, invented: string | null): string =>
  invented === null ? title : `${title} [DEMONSTRATION]`

const closed = (name: string): string => (name.endsWith('.') ? name : `${name}.`)
