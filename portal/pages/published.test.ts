import type { Publication, PublishedMethod } from '@lentera/core/shared/publication'
import { readMessages } from '@lentera/ui/catalogues/compile'
import { poText } from '@lentera/ui/catalogues/node'
import { formatNumber } from '@lentera/ui/tokens/numbers'
import { allLanguages, type Language } from '@lentera/ui/tokens/scripts'
import { describe, expect, it } from 'vitest'
import { readyMadeViews } from '../explorer/ready-made.ts'
import { inventedAnswers, inventedRecords, inventedTable, withdrawnHead } from '../explorer/testing/publications.ts'
import { findPortalFile } from '../files.ts'
import { portalPage } from '../pages.ts'
import { neutralSite } from './page.ts'

const [records, table, answers] = [inventedRecords(), inventedTable(), inventedAnswers()]
const publications = [records, table, answers, withdrawnHead()]
const handed = {
  demonstration: false,
  publications,
  publication: async (address: string) => [records, table, answers].find((each) => each.address === address),
}

async function pageAt(address: string, given: Parameters<typeof portalPage>[2] = handed) {
  const page = await portalPage(address, '', given)
  if (page.kind !== 'page') throw new Error(`${address} is no page`)
  return page
}

const words = (page: string): string =>
  page
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
const textOf = (language: Language, id: string): string => readMessages(poText(language, 'portal')).get(id) ?? '?'

/** Every page there is of what is published: the list, the releases, the ready-made views and the drawings beside them. */
const places = [
  '/data',
  '/data/invented-records/about',
  '/data/invented-table/about',
  '/data/withdrawn-table',
  ...[records, table, answers].flatMap((each) =>
    readyMadeViews(each).map(({ query }) => `/data/${each.address}?${query}`),
  ),
  '/data/invented-records',
  '/data/invented-table',
  '/data/invented-table?only.year=2021&by=country&by=sex',
  '/data/invented-table?only.year=2021&by=country&by=sex&as=table',
  '/data/invented-records?by=nobody',
]
const every = allLanguages.flatMap((language) => places.map((place) => `/${language}${place}`))

describe('what cannot be shown', () => {
  it('is refused with what there is, on a page, in the reader’s language: 400', async () => {
    const asked = ['by=nobody', 'only.sex=Z', 'by=sex&by=age&by=form', 'as=pie', `by=${'x'.repeat(5000)}`]
    for (const query of asked)
      for (const language of ['en', 'my', 'vi'] as const) {
        const { status, html } = await pageAt(`/${language}/data/invented-records?${query}`)
        expect(status).toBe(400)
        expect(words(html)).toContain(textOf(language, 'portal.view.refused'))
        expect(html).toContain(`href="/${language}/data/invented-records"`)
      }
    expect((await pageAt('/en/data/invented-records?by=%3Cscript%3E')).html).toContain('“&#60;script&#62;”')
    expect((await pageAt('/en/data/invented-records?by=%3Cscript%3E')).html).not.toContain('<script>')
  })

  it('because it was withdrawn keeps its note and loses its data: 410', async () => {
    for (const path of ['', '/about', '?by=sex']) {
      const { status, html } = await pageAt(`/th/data/withdrawn-table${path}`)
      expect(status).toBe(410)
      expect(words(html)).toContain('Two countries were exchanged.')
      expect(html).not.toMatch(/<table|<form|\.csv/)
    }
  })

  it('because nobody published it is a page that leads on: 404', async () => {
    for (const path of ['/en/data/nothing', '/en/data/invented-records/more', '/en/data/invented-records/about/x'])
      expect((await pageAt(path)).status).toBe(404)
  })

  it('is no drawing of what is hidden as zero, nor of what was never published as hidden', async () => {
    const shown = words((await pageAt('/en/data/invented-table?by=country&by=sex&only.year=2021&as=table')).html)
    expect(shown).toContain('Thailand hidden hidden 20')
    const other = words((await pageAt('/en/data/invented-table?by=country&by=sex&only.year=2022&as=table')).html)
    expect(other).toContain('Unknown not published not published not published')
    // What the stripes mean stands wherever they are drawn, on the first page of a publication too.
    const swatch = 'class="swatch" viewBox="0 0 22 14" aria-hidden="true"><rect class="hidden"'
    if (table.data.kind !== 'table') throw new Error('a table was expected')
    const cells = table.data.cells.map((cell) =>
      cell.value === null ? cell : { ...cell, value: null, why: 'hidden' as const },
    )
    const allHidden = { ...table, data: { ...table.data, cells } }
    for (const each of [table, allHidden]) {
      const { html } = await pageAt('/en/data/invented-table', { ...handed, publication: async () => each })
      expect(html.includes(swatch), String(each === allHidden)).toBe(each === allHidden)
    }
  })
})

describe('a page of what is published', () => {
  it.each(every)(
    '%s has the way out first, nothing inline, nothing from elsewhere, and a neutral title',
    async (at) => {
      const { html } = await pageAt(at)
      const body = html.split(/<body[^>]*>/)[1] ?? ''
      expect(body.trim()).toMatch(/^<a class="leave"/)
      expect(html).not.toMatch(
        /<style|style=|<script(?! src="\/)| on[a-z]+=|<input(?! type="hidden")|<textarea|<iframe|<img/,
      )
      expect([...html.matchAll(/(?:href|src|action)="(https?:[^"]*)"/g)].map(([, address]) => address)).toEqual([
        neutralSite,
      ])
      expect(html.match(/<title>([^<]*)<\/title>/)?.[1]).not.toMatch(/traffick|lentera|victim|exploit/i)
    },
  )

  it.each(every)('%s is one touch away from the same view in every other language', async (at) => {
    const { html, status } = await pageAt(at)
    const query = status === 200 ? at.split('?')[1] : undefined
    const path = at.split('?')[0] ?? ''
    for (const other of allLanguages.filter((tag) => !at.startsWith(`/${tag}/`))) {
      const there = `${path.replace(/^\/\w+/, `/${other}`).replace(/\/withdrawn-table.*/, '/withdrawn-table')}${query ? `?${query}` : ''}`
      expect(html.replaceAll('&#38;', '&')).toContain(`<a href="${there}" lang="${other}"`)
    }
  })

  it.each(every)('%s is in letters that its style sheet names', async (at) => {
    const { html } = await pageAt(at)
    const [style = '?'] = html.match(/\/letters\/[a-z]+\.[0-9a-f]+\.css/) ?? []
    const css = (await findPortalFile(style))?.content.toString() ?? ''
    const ranges = [...css.matchAll(/U\+([0-9A-F]+)-([0-9A-F]+)/g)].map(
      ([, first = '', last = '']) => [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const,
    )
    const strange = [...new Set(words(html))].filter((letter) => {
      const point = letter.codePointAt(0) ?? 0
      return !ranges.some(([first, last]) => first <= point && point <= last)
    })
    expect(strange).toEqual([])
  })

  it('leaves nothing in a form unsaid: each field with its codes, each drawing, and what is chosen', async () => {
    const { html } = await pageAt('/en/data/invented-records?by=age&by=sex&only.form=labour&as=bars')
    for (const { name, codes } of records.fields) {
      expect(html).toContain(`name="only.${name}"`)
      for (const { code } of codes) expect(html).toContain(`<option value="${code}"`)
    }
    expect([...html.matchAll(/<option value="([^"]*)" selected/g)].map(([, value]) => value)).toEqual([
      ...['age', 'sex', 'bars', 'labour'],
    ])
  })
})

describe('the numbers of a view', () => {
  it('stand on the page as they were counted, the unknown among them, with shares of all and of the known', async () => {
    if (table.data.kind !== 'table') throw new TypeError('no table')
    const shown = words((await pageAt('/en/data/invented-table?by=country&only.year=2021')).html)
    expect(shown).toContain('Thailand 20 40.0 % 51.3 %')
    expect(shown).toContain('Cambodia 19 38.0 % 48.7 %')
    expect(shown).toContain('Unknown 11 22.0 %')
    expect(shown).toContain('The most of what is known: Thailand : 20 of 50')
  })

  it('are called the most only where every part is told and nobody is unknown: what is hidden may be larger', async () => {
    if (table.data.kind !== 'table') throw new TypeError('no table')
    const { cells } = table.data
    const said = async (query: string, language: Language = 'en', shown: Publication = table) => {
      const { html } = await pageAt(`/${language}/data/invented-table?${query}`, {
        ...handed,
        publication: async () => shown,
      })
      return words(html.match(/<p class="finding">(.*)<\/p>/)?.[1] ?? '').trim()
    }
    const both = 'by=country&by=sex&only.year='
    expect(await said('by=sex&only.year=2022')).toBe('The most: Female : 40 of 61')
    expect(await said(`${both}2021`)).toBe(
      'The most of what is known: Cambodia · Female : 12 of 50 2 numbers are hidden or not published, and need not be smaller.',
    )
    expect(await said('by=country&only.year=2022')).toBe(
      'The most of what is known: Cambodia : 31 of 61 1 number is hidden or not published, and need not be smaller.',
    )
    // Whichever part is hidden of two that were both told; where both are, nothing is said.
    for (const hidden of [0, 1]) {
      const data = {
        ...table.data,
        cells: cells.map((cell) =>
          cell.codes.join() === [1, 3, hidden].join() ? { ...cell, value: null, why: 'hidden' } : cell,
        ),
      }
      for (const language of allLanguages) {
        const [whole, part] = [
          await said('by=sex&only.year=2022', language),
          await said('by=sex&only.year=2022', language, { ...table, data }),
        ]
        expect(whole.startsWith(textOf(language, 'portal.view.most'))).toBe(true)
        expect(part.startsWith(textOf(language, 'portal.view.most-known'))).toBe(true)
        expect(part).toContain(formatNumber(hidden === 0 ? 21 : 40, language))
      }
    }
    const noneTold = cells.map((cell) =>
      cell.codes[0] === 1 && cell.codes[1] === 3 && cell.codes[2] !== 2 ? { ...cell, value: null } : cell,
    )
    expect(await said('by=sex&only.year=2022', 'en', { ...table, data: { kind: 'table', cells: noneTold } })).toBe('')
  })

  it('of synthetic records come with the error to expect at as many fields as are chosen, or with that nobody knows it', async () => {
    const said = async (query: string) => words((await pageAt(`/en/data/invented-records?${query}`)).html)
    expect(await said('by=sex')).toContain('With 1 field chosen, a count is off by 1.3 on average.')
    expect(await said('by=sex&by=age&only.form=labour')).toContain('With 3 fields chosen, a count is off by 3.8')
    expect(await said('by=sex&by=age&only.form=labour&only.year=2021')).toContain(
      'How far off a count is with 4 fields chosen is not said here.',
    )
    expect(words((await pageAt('/en/data/invented-table?by=sex')).html)).not.toContain('made-up')
  })

  it('of yes and no are counted field by field, the unknown beside them, and do not add up', async () => {
    const { html } = await pageAt('/en/data/invented-answers?as=answers&of=meansOfControl')
    expect(words(html)).toContain('meansOfControlDebt 15 83.3 % 83.3 %')
    expect(words(html)).toContain('meansOfControlThreats 8 44.4 % 100.0 %')
    expect(words(html)).toContain(textOf('en', 'portal.view.several'))
    expect(html).toContain('fill="url(#unknown)"')
  })

  it('are drawn as can be where what was asked for cannot, which is said', async () => {
    const { status, html } = await pageAt('/en/data/invented-records?by=sex&as=map')
    expect(status).toBe(200)
    expect(words(html)).toContain(textOf('en', 'portal.view.fallback'))
    expect(html).not.toContain('role="img"')
  })
})

describe('the page of a release', () => {
  it('says method with its numbers, day, fields, errors, licence, hash, and that two people signed it, none by name', async () => {
    const shown = words((await pageAt('/en/data/invented-records/about')).html)
    for (const part of ['epsilon 2', '1 chance in 1,000,000', '5 October 2026', 'CC-BY-4.0', records.hash])
      expect(shown).toContain(part)
    expect(shown).toContain('Two people signed it, one of them a data protection officer.')
    expect(shown).toContain(
      '2 fields together Combinations 100 Average error of a count 2.5 Lost, of combinations 2.0 %',
    )
    expect(shown).toContain('Half of the errors are 1 at most, nine in ten 4, 99 in 100 11; the largest is 40.')
    for (const { label } of records.fields) expect(shown).toContain(label.en)
  })

  const aboutTable = async (method: PublishedMethod, change: Partial<Publication> = {}, language = 'en') => {
    const shown = { ...table, method, ...change }
    return words(
      (
        await pageAt(`/${language}/data/${table.address}/about`, {
          ...handed,
          publications: [shown],
          publication: async () => shown,
        })
      ).html,
    )
  }

  it('says of a table how far it is off, from what everybody may know: hidden numbers counted, others by their method', async () => {
    if (table.data.kind !== 'table') throw new TypeError('no table')
    const hidden = table.data.cells.filter(({ value }) => value === null).length
    expect(hidden).toBeGreaterThan(0)
    const suppressed = await aboutTable({ name: 'suppression', minimum: 5 })
    expect(suppressed).toContain('Every number that is shown is exact.')
    const said = [...suppressed.matchAll(/Hidden ([\d,]+) \(/g)].map(([, many = '']) => Number(many.replace(',', '')))
    expect(said.reduce((sum, many) => sum + many, 0)).toBe(hidden)
    const withZeros = await aboutTable({ name: 'suppression', minimum: 5, zeros: 'shown' })
    expect(withZeros).toContain('somebody is in every hidden number')
    expect(suppressed).not.toContain('somebody is in every hidden number')
    // The programme's own figures stand until five moved, so that exact they are of this day or of an earlier one.
    for (const language of allLanguages) {
      const stood = await aboutTable({ name: 'cut-off-tables', minimum: 5 }, {}, language)
      expect(stood).toContain(textOf(language, 'portal.release.stood'))
      expect(stood).not.toContain(textOf(language, 'portal.release.no-errors'))
    }
    expect(await aboutTable({ name: 'rounding', base: 5 })).toContain('Every number is less than 5 away')
    expect(await aboutTable({ name: 'rounding', base: 5, within: 10 })).toContain('Every number is less than 10 away')
    expect(await aboutTable({ name: 'cell-key', most: 5, average: 1.11 })).toContain(
      'at most 5 away from what was counted, about 1.11 on average',
    )
    expect(await aboutTable({ name: 'rounding', base: 5 })).not.toContain('since an earlier edition')
    for (const method of [
      { name: 'rounding', base: 5, stood: true },
      { name: 'cell-key', most: 5, stood: true },
      { name: 'suppression', minimum: 3, stood: true },
    ] as const)
      expect(await aboutTable(method)).toContain('moved by fewer than 5 since an earlier edition')
    // A later edition is not exact, and says by how much; what it hides is counted all the same.
    const later = await aboutTable({ name: 'suppression', minimum: 10, stood: true })
    expect(later).toContain('moved by fewer than 10 since an earlier edition')
    expect(later).toContain('may so be up to 9 off')
    expect(later).toContain('This is what is hidden')
    expect(later).not.toContain('Every number that is shown is exact.')
    const quality = {
      ...records.quality,
      byLength: records.quality?.byLength ?? [],
      tail: null,
      questions: [],
      estimated: true,
    } as const
    const noisy = await aboutTable({ name: 'dp-table', epsilon: 0.3, delta: 0 }, { quality })
    expect(noisy).toContain('noise was added to the released table once more')
    for (const page of [suppressed, noisy]) expect(page).not.toContain(textOf('en', 'portal.release.no-errors'))
  })

  it('says nothing of a delta where there is none, in any language', async () => {
    for (const language of allLanguages) {
      const without = await aboutTable({ name: 'dp-table', epsilon: 0.3, delta: 0 }, {}, language)
      expect(without).not.toContain('(delta)')
      expect(await aboutTable({ name: 'dp-table', epsilon: 0.3, delta: 1e-6 }, {}, language)).toContain('(delta)')
    }
  })
})

it('the list is empty until something is published, and says so', async () => {
  const { html } = await pageAt('/lo/data', { ...handed, publications: [] })
  expect(words(html)).toContain(textOf('lo', 'portal.data.empty'))
})

it('the first page leads to the list', async () => {
  for (const language of allLanguages)
    expect((await pageAt(`/${language}`)).html).toContain(`<a class="card place" href="/${language}/data"`)
})
