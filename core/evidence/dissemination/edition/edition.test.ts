import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Draft } from '../../../log/draft.ts'
import { fold } from '../../../log/fold.ts'
import { gatherKinds } from '../../../log/kind.ts'
import { ensureBegun, WrittenStream } from '../../../log/testing/written-stream.ts'
import { CivilDate } from '../../../shared/dates.ts'
import { EntryId, Hash, OrganisationId, StreamId } from '../../../shared/ids.ts'
import type { Decision } from '../../../shared/refusals.ts'
import type { Product } from '../project.ts'
import {
  beginEdition,
  describeEdition,
  freezeEdition,
  linkFigure,
  markEditionInError,
  moveSectionUp,
  nameAuthor,
  relinkFigure,
  stateEditionLanguage,
  writeSection,
} from './capture.ts'
import { bibtex, citation, ris } from './cite.ts'
import { editionKinds } from './entries.ts'
import { readDoi, readIsbn, readIssn } from './identifiers.ts'
import { type Edition, editionText, projectEdition, standing } from './project.ts'
import { readText } from './text.ts'
import type { FigureSource } from './words.ts'

const kinds = gatherKinds(editionKinds)
const today = CivilDate.parse('2026-11-24')
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const stream = StreamId.parse(id(1))
const organisation = OrganisationId.parse(id(2))
const product = StreamId.parse(id(9))
const hash = Hash.parse('A'.repeat(43))
const codeOf = (decided: Decision<unknown>): string | undefined => (decided.ok ? undefined : decided.refusal.code)

const of = { title: 'Who is at the crossing (invented)', enteredInError: false } as Product
const begin = { stream, organisation, product }
const officers: FigureSource = {
  from: 'indicator',
  indicator: 'officers-trained',
  definition: 1,
  period: 'all',
  cutOff: CivilDate.parse('2026-11-01'),
}

/** An edition as a device has it: each command decided on what stands, its drafts made entries that know their parents. */
class OneEdition extends WrittenStream {
  constructor(decided: Decision<Draft[]> = beginEdition(begin, of, [], today)) {
    super(kinds)
    this.write(decided)
  }

  get it(): Edition {
    return ensureBegun(projectEdition(this.state))
  }
}

const section = (text: string, language: 'en' | 'th' = 'en') => ({ language, heading: 'What was found', text })

function ready(): OneEdition {
  const one = new OneEdition()
  one.write(linkFigure(stream, one.it, { name: 'officers', source: officers }, today))
  one.write(writeSection(stream, one.it, section('In all {officers} officers.'), today))
  return one.write(describeEdition(stream, one.it, { licence: 'CC-BY-4.0' }, today))
}

const frozen = (): OneEdition => {
  const one = ready()
  return one.write(freezeEdition(stream, one.it, hash, today))
}

describe('what is refused of an edition, by name', () => {
  it('a second one while one is being written, and one of a product that never was', () => {
    expect(codeOf(beginEdition(begin, of, [new OneEdition().it], today))).toBe('evidence.edition-begun-already')
    expect(codeOf(beginEdition(begin, { ...of, enteredInError: true }, [], today))).toBe('evidence.product-in-error')
  })

  it('a number typed in the place of a figure that nobody linked, with the names that there are', () => {
    const { it: edition } = ready()
    const refused = writeSection(stream, edition, section('In all {officer} officers.'), today)
    expect(refused).toMatchObject({
      refusal: { code: 'evidence.unknown-figure', values: { figure: 'officer', allowed: '{officers}' } },
    })
  })

  it('a text without a heading, twice the same, or of a section that is not there', () => {
    const { it: edition } = ready()
    const record = edition.sections[0]?.record
    const say = (said: object) => codeOf(writeSection(stream, edition, { ...section('x'), ...said }, today))
    expect(say({ heading: ' ' })).toBe('evidence.heading-missing')
    expect(say({ text: 'x'.repeat(12_001) })).toBe('evidence.text-too-long')
    expect(say({ record, text: 'In all {officers} officers.' })).toBe('evidence.nothing-changed')
    expect(say({ record: EntryId.parse(id(77)) })).toBe('evidence.no-such-row')
    expect(codeOf(moveSectionUp(stream, edition, record ?? EntryId.parse(id(77)), today))).toBe(
      'evidence.section-is-first',
    )
  })

  it('a person as author without her agreement, or with one of tomorrow; an organisation needs none', () => {
    const { it: edition } = new OneEdition()
    const person = { author: 'person', name: 'An invented person' } as const
    const name = (said: object) => codeOf(nameAuthor(stream, edition, { ...person, ...said }, today))
    expect(name({})).toBe('evidence.author-without-agreement')
    expect(name({ agreedOn: today, agreement: ' ' })).toBe('evidence.author-without-agreement')
    expect(name({ agreedOn: CivilDate.parse('2026-11-25'), agreement: 'Yes' })).toBe('evidence.agreed-in-the-future')
    expect(name({ name: ' ' })).toBe('evidence.author-missing')
    expect(name({ author: 'organisation' })).toBeUndefined()
  })

  it('freezing without a title, a text or a licence, while two answers stand, or of what changed nothing said', () => {
    const freeze = (one: OneEdition) => codeOf(freezeEdition(stream, one.it, hash, today))
    expect(freeze(new OneEdition())).toBe('evidence.edition-without-text')
    const untitled = new OneEdition(beginEdition(begin, { ...of, title: undefined }, [], today))
    expect(freeze(untitled)).toBe('evidence.edition-without-title')
    const one = new OneEdition()
    one.write(writeSection(stream, one.it, section('Words.'), today))
    expect(freeze(one)).toBe('evidence.edition-without-licence')
    const { heads } = one.state
    const { it: stood } = one
    one.write(describeEdition(stream, stood, { licence: 'CC-BY-4.0' }, today), heads)
    one.write(describeEdition(stream, stood, { licence: 'CC0-1.0' }, today), heads)
    expect(freeze(one)).toBe('evidence.two-versions')
    const second = new OneEdition(beginEdition(begin, of, [frozen().it], today))
    expect(freeze(second)).toBe('evidence.changes-not-said')
  })

  it('every word about a frozen edition but how far it stands in a language', () => {
    const { it: edition } = frozen()
    const [row] = edition.sections
    const [figure] = edition.figures
    if (!row || !figure) throw new Error('it has both')
    const refused = [
      describeEdition(stream, edition, { doi: '10.1000/1' }, today),
      writeSection(stream, edition, { ...section('x'), record: row.record }, today),
      linkFigure(stream, edition, { name: 'more', source: officers }, today),
      relinkFigure(stream, edition, { record: figure.record, source: { ...officers, definition: 2 } }, today),
      nameAuthor(stream, edition, { author: 'organisation', name: 'Another' }, today),
      freezeEdition(stream, edition, hash, today),
      markEditionInError(stream, edition, row.record, true, today),
    ]
    expect(refused.map(codeOf)).toEqual(refused.map(() => 'evidence.edition-frozen'))
    expect(codeOf(stateEditionLanguage(stream, edition, { language: 'en', state: 'reviewed' }, today))).toBeUndefined()
    expect(codeOf(markEditionInError(stream, edition, edition.opening, true, today))).toBeUndefined()
  })

  it('a figure taken away that a text still calls, a name twice, and a state of a language without a text', () => {
    const { it: edition } = ready()
    const [figure] = edition.figures
    if (!figure) throw new Error('it has one')
    expect(codeOf(markEditionInError(stream, edition, figure.record, true, today))).toBe('evidence.figure-in-text')
    expect(codeOf(linkFigure(stream, edition, { name: 'Officers', source: officers }, today))).toBe(
      'evidence.figure-name-taken',
    )
    expect(codeOf(linkFigure(stream, edition, { name: '2 many', source: officers }, today))).toBe(
      'evidence.figure-name-not-understood',
    )
    const state = (said: object) =>
      codeOf(stateEditionLanguage(stream, edition, { language: 'th', state: 'draft', ...said }, today))
    expect(state({})).toBe('evidence.no-text-in-language')
    expect(state({ state: 'outdated' })).toBe('evidence.outdated-before-written')
    expect(state({ language: 'km' })).toBeUndefined()
  })
})

describe('an edition', () => {
  it('is written and frozen; the next begins with all it had, and the first stays as it was', () => {
    const first = frozen()
    const before = editionText(first.it)
    const next = new OneEdition(beginEdition(begin, of, [first.it], today))
    expect(next.it).toMatchObject({ number: 2, frozen: null, licence: 'CC-BY-4.0' })
    expect(next.it.sections.map(({ texts }) => texts.en)).toEqual(['In all {officers} officers.'])
    expect(next.it.figures.map(({ name, source }) => [name, source])).toEqual([['officers', officers]])
    next.write(
      writeSection(
        stream,
        next.it,
        { ...section('More: {officers}.'), record: next.it.sections[0]?.record ?? EntryId.parse(id(1)) },
        today,
      ),
    )
    expect(editionText(first.it)).toBe(before)
    expect(editionText(next.it)).not.toBe(before)
  })

  it('is a draft again where it is written anew, and what was reviewed from it is outdated', () => {
    const one = ready()
    const record = one.it.sections[0]?.record ?? EntryId.parse(id(1))
    one.write(writeSection(stream, one.it, { ...section('ทั้งหมด {officers}', 'th'), record }, today))
    for (const language of ['en', 'th'] as const)
      one.write(stateEditionLanguage(stream, one.it, { language, state: 'reviewed' }, today))
    one.write(writeSection(stream, one.it, { ...section('In all, {officers}.'), record }, today))
    const states = Object.fromEntries(one.it.states.map(({ language, state }) => [language, state]))
    expect(states).toMatchObject({ en: 'draft', th: 'outdated', my: 'missing' })
    one.write(writeSection(stream, one.it, { ...section('รวม {officers}', 'th'), record }, today))
    expect(one.it.states.find(({ language }) => language === 'th')?.state).toBe('draft')
    expect(one.it.states.find(({ language }) => language === 'en')?.state).toBe('draft')
  })

  it('shows what somebody wrote apart of a frozen one as another text than it was frozen with', () => {
    const one = ready()
    const { heads } = one.state
    const { it: stood } = one
    const text = editionText(stood)
    one.write(freezeEdition(stream, stood, hash, today), heads)
    expect(editionText(one.it)).toBe(text)
    one.write(writeSection(stream, stood, section('Written apart, offline.'), today), heads)
    expect(one.it.frozen).not.toBeNull()
    expect(editionText(one.it)).not.toBe(text)
  })

  it('is the same in whatever order its entries come, any of them twice', () => {
    const { entries, it: edition } = frozen()
    fc.assert(
      fc.property(fc.shuffledSubarray([...entries, ...entries], { minLength: entries.length * 2 }), (shuffled) => {
        expect(projectEdition(fold(kinds, shuffled))).toEqual(edition)
      }),
      { numRuns: 40, seed: 5 },
    )
  })

  it('moves a section up, and a marked one leaves the text without a gap', () => {
    const one = ready()
    one.write(writeSection(stream, one.it, { ...section('Second.'), heading: 'Second' }, today))
    const second = one.it.sections[1]?.record ?? EntryId.parse(id(1))
    one.write(moveSectionUp(stream, one.it, second, today))
    expect(one.it.sections.map(({ headings }) => headings.en)).toEqual(['Second', 'What was found'])
    one.write(markEditionInError(stream, one.it, second, true, today))
    expect(standing(one.it.sections).map(({ headings }) => headings.en)).toEqual(['What was found'])
  })
})

describe('a text', () => {
  it('is cut at its figures and put together again without a loss', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll(/[{}]/g, ''))
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.constantFrom('a', 'b-2'))), word, (pairs, end) => {
        const text = `${pairs.map(([before, name]) => `${before}{${name}}`).join('')}${end}`
        const read = readText(text, ['a', 'b-2'])
        if (!read.ok) throw new Error(read.refusal.code)
        expect(read.value.map((piece) => ('text' in piece ? piece.text : `{${piece.figure}}`)).join('')).toBe(text)
        expect(read.value.filter((piece) => 'figure' in piece)).toHaveLength(pairs.length)
      }),
      { seed: 5 },
    )
  })
})

describe('identifiers', () => {
  it.each([
    ['10.1000/182', '10.1000/182'],
    ['https://doi.org/10.1000/182', '10.1000/182'],
    ['doi: 10.1000/182', '10.1000/182'],
  ])('a DOI is read out of %s', (typed, kept) => {
    expect(readDoi(typed)).toEqual({ ok: true, value: kept })
  })

  // The examples of the standards themselves: ISBN users' manual, and ISO 3297.
  it('an ISBN and an ISSN are read by their check digits, an older ISBN as one of thirteen', () => {
    expect(readIsbn('978-3-16-148410-0')).toEqual({ ok: true, value: '9783161484100' })
    expect(readIsbn('ISBN 0-306-40615-2')).toEqual({ ok: true, value: '9780306406157' })
    expect(readIssn('0317 8471')).toEqual({ ok: true, value: '0317-8471' })
    expect(readIssn('2434-561x')).toEqual({ ok: true, value: '2434-561X' })
  })

  it('one wrong digit is never taken, wherever it is', () => {
    const wrong = (text: string) =>
      [...text].flatMap((sign, at) =>
        /\d/.test(sign) ? [`${text.slice(0, at)}${(Number(sign) + 1) % 10}${text.slice(at + 1)}`] : [],
      )
    for (const text of wrong('9783161484100')) expect(readIsbn(text).ok).toBe(false)
    for (const text of wrong('03178471')) expect(readIssn(text).ok).toBe(false)
    expect(codeOf(readDoi('11.1000/182'))).toBe('evidence.doi-not-understood')
    expect(codeOf(readIsbn('12345'))).toBe('evidence.isbn-not-understood')
    expect(codeOf(readIssn('1234567'))).toBe('evidence.issn-not-understood')
  })
})

describe('a citation', () => {
  const cited = {
    authors: [{ author: 'organisation', name: 'Invented & Sons' } as const],
    title: 'Six questions {invented}',
    number: 2,
    publishedOn: '2026-03',
    publisher: 'Regional office (invented)',
    doi: '10.1000/182',
    isbn: undefined,
    issn: undefined,
    language: 'en',
  }
  const words = { noDate: 'n.d.', edition: (number: number) => `edition ${number}` }

  it('names authors, year, title, edition, publisher and DOI, and the publisher once', () => {
    expect(citation(cited, words)).toBe(
      'Invented & Sons. (2026). Six questions {invented} (edition 2). Regional office (invented). https://doi.org/10.1000/182',
    )
    expect(citation({ ...cited, authors: [], publishedOn: undefined, doi: undefined }, words)).toBe(
      'Regional office (invented). (n.d.). Six questions {invented} (edition 2).',
    )
  })

  it('is BibTeX whose braces pair, with what TeX would read as its own escaped', () => {
    const entry = bibtex(cited, null)
    expect(entry).toContain('author = {{Invented \\& Sons}}')
    expect(entry).toContain('title = {{Six questions \\{invented\\}}}')
    expect(entry).toMatch(/^@techreport\{six2026e2,/)
    const open = entry.replaceAll(/\\[{}]/g, '')
    expect(open.split('{').length).toBe(open.split('}').length)
  })

  it('is RIS of one record, a tag a line, ended', () => {
    const lines = ris({ ...cited, isbn: '9783161484100' }, null).split('\r\n')
    expect(lines[0]).toBe('TY  - BOOK')
    expect(lines).toContain('SN  - 9783161484100')
    expect(lines.slice(-2)).toEqual(['ER  - ', ''])
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/^[A-Z]{2} {2}- /)
  })

  it('of a demonstration says so in title and note, and of nothing else', () => {
    const invented = 'DEMONSTRATION: invented.'
    const entry = bibtex(cited, invented)
    expect(entry).toContain('title = {{Six questions \\{invented\\} [DEMONSTRATION]}}')
    expect(entry).toContain('note = {{DEMONSTRATION: invented.}}')
    expect(entry).toMatch(/^@techreport\{six2026e2,/)
    const lines = ris(cited, invented).split('\r\n')
    expect(lines).toContain('TI  - Six questions {invented} [DEMONSTRATION]')
    expect(lines).toContain('N1  - DEMONSTRATION: invented.')
    expect(lines.at(-2)).toBe('ER  - ')
    expect(bibtex(cited, null) + ris(cited, null)).not.toMatch(/DEMONSTRATION|note|N1/)
  })
})
