import type { Publication } from '@lentera/core/shared/publication'
import { describe, expect, it } from 'vitest'
import { inventedAnswers, inventedRecords, inventedTable, withdrawnHead } from './explorer/testing/publications.ts'
import { csvText, findPublishedFile } from './published-files.ts'

const [records, table, withdrawn] = [inventedRecords(), inventedTable(), withdrawnHead()]
const all = [records, table, withdrawn]
const handed = {
  demonstration: true,
  publications: all,
  // A careless server that still has what was withdrawn: the portal asks for none of it.
  publication: async (address: string) =>
    all.find((each) => each.address === address) === withdrawn
      ? { ...table, ...withdrawn }
      : [records, table].find((each) => each.address === address),
}
const textAt = async (address: string): Promise<string> => (await findPublishedFile(address, handed))?.content() ?? '?'

/** Reads it again, with a reader of its own: the cells of each line (RFC 4180). */
function read(text: string): string[][] {
  const body = text.replace(/^\ufeff/, '')
  const cells = [...body.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n)/g)]
  const lines: string[][] = [[]]
  for (const [, quoted, plain = '', end] of cells) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end !== ',') lines.push([])
  }
  return lines.slice(0, -1)
}

describe('what is not there', () => {
  it('has no file: another address, another form, a path that leads elsewhere', async () => {
    for (const path of [
      '/data/nothing.csv',
      '/data/invented-table.xlsx',
      '/data/../package.json',
      '/data/Invented-Table.csv',
      '/data/__proto__.json',
      '/data/invented-table/dictionary.json',
      '/data/invented-table',
    ])
      expect(await findPublishedFile(path, handed)).toBeUndefined()
  })

  it('of what was withdrawn is the note, and none of the data', async () => {
    for (const kind of ['.csv', '.json', '/dictionary.csv', '/view.csv?by=sex']) {
      const file = await findPublishedFile(`/data/withdrawn-table${kind}`, handed)
      expect(file?.status).toBe(410)
      expect(file?.content()).toBe('Withdrawn table\nWithdrawn on 2026-11-02: Two countries were exchanged.\n')
    }
  })

  it('in a view is said, with what there is', async () => {
    const file = await findPublishedFile('/data/invented-table/view.csv?by=nobody', handed)
    expect([file?.status, file?.content()]).toEqual([
      400,
      'There is no field “nobody” here. There are: year, country, sex.\n',
    ])
  })

  it('as a filter is said, of a view and of a whole file', async () => {
    const refused = async (path: string): Promise<unknown[]> => {
      const file = await findPublishedFile(`/data/invented-table${path}`, handed)
      return [file?.status, file?.content()]
    }
    expect(await refused('/view.csv?country=KH')).toEqual([
      400,
      'An address has no “country” to ask with. It has: by, as, of, only.year, only.country, only.sex.\n',
    ])
    expect(await refused('/view.csv?only.country=KH&only.country=TH')).toEqual([
      400,
      'The address asks with “only.country” twice, and differently. Ask with it once.\n',
    ])
    for (const path of ['.csv?only.country=KH', '.json?country=KH', '/dictionary.csv?x'])
      expect(await refused(path)).toEqual([
        400,
        'This file holds everything, and takes no choice. For a part of it ask /data/invented-table/view.csv.\n',
      ])
  })
})

describe('a CSV file', () => {
  it('holds no formula: a text that a spreadsheet would run begins with an apostrophe, a number stays one', () => {
    const rows = [['=1+1', '+1', '-1', '@a', '\tx', 'a=b', -3, null, 'a"b', 'c,d', 'e\nf']]
    expect(csvText(rows)).toBe(`\ufeff'=1+1,'+1,'-1,'@a,'\tx,a=b,-3,,"a""b","c,d","e\nf"\r\n`)
  })

  it('of records holds each of them with how many there are, and nothing where nothing was recorded', async () => {
    const [head, ...lines] = read(await textAt('/data/invented-records.csv'))
    if (records.data.kind !== 'records') throw new TypeError('no records')
    expect(head).toEqual([...records.fields.map(({ name }) => name), 'count'])
    expect(lines).toEqual(
      records.data.rows.map(({ codes, count }) => [
        ...codes.map((code, at) => records.fields[at]?.codes[code]?.code ?? ''),
        String(count),
      ]),
    )
  })

  it('of a table says what is hidden, and has no line for what was not published', async () => {
    const lines = read(await textAt('/data/invented-table.csv'))
    expect(lines[0]).toEqual(['year', 'country', 'sex', 'count', 'status', 'why'])
    expect(lines).toContainEqual(['2021', 'TH', 'F', '', 'hidden', ''])
    expect(lines).toContainEqual(['2021', 'KH', 'F', '12', 'shown', ''])
    expect(lines.filter(([year, country]) => year === '2022' && country === 'unknown')).toEqual([])
    expect(lines).toHaveLength(1 + 21)
  })

  it('of fields and codes says what each means, in every language there is of it', async () => {
    const lines = read(await textAt('/data/invented-table/dictionary.csv'))
    expect(lines[0]).toEqual(['field', 'kind', 'code', 'is', 'label_en', 'label_th'])
    expect(lines).toContainEqual(['sex', 'category', 'F', '', 'Female', 'หญิง'])
    expect(lines).toContainEqual(['country', 'country', 'unknown', 'unknown', 'Unknown', ''])
    expect(lines).toContainEqual(['sex', 'category', 'total', 'total', 'All together', ''])
  })

  it('of a view holds what the view shows, with its totals, what was left in beside them', async () => {
    const lines = read(await textAt('/data/invented-table/view.csv?by=country&by=sex&only.year=2021'))
    expect(lines[0]).toEqual(['year', 'country', 'country (label)', 'sex', 'sex (label)', 'count', 'status'])
    expect(lines).toContainEqual(['2021', 'KH', 'Cambodia', 'F', 'Female', '12', 'shown'])
    expect(lines).toContainEqual(['2021', 'TH', 'Thailand', 'F', 'Female', '', 'hidden'])
    expect(lines).toContainEqual(['2021', 'KH', 'Cambodia', 'total', 'All together', '19', 'shown'])
    expect(lines.at(-1)).toEqual(['2021', 'total', 'All together', 'total', 'All together', '50', 'shown'])
    expect(lines).toHaveLength(1 + 3 * 2 + 3 + 2 + 1)
  })

  it('of a view has no two lines of one key, and every code of it stands in the dictionary with what it means', async () => {
    const all = { code: 'all', label: { en: 'A region called so' } } as const
    const answers = inventedAnswers()
    // Codes that a view would else write itself.
    const taken: Publication = {
      ...records,
      fields: records.fields.map((field) =>
        field.name === 'sex' ? { ...field, codes: [all, { code: 'not-recorded', label: { en: 'So called' } }] } : field,
      ),
    }
    for (const publication of [records, table, answers, taken]) {
      const given = { ...handed, publications: [publication], publication: async () => publication }
      const linesOf = async (file: string): Promise<string[][]> =>
        read((await findPublishedFile(`/data/${publication.address}${file}`, given))?.content() ?? '')
      const dictionary = await linesOf('/dictionary.csv')
      const meanings = new Map(dictionary.map(([field, , code, is, label]) => [`${field}=${code}`, { is, label }]))
      expect(meanings.size).toBe(dictionary.length)
      const names = publication.fields.map(({ name }) => name)
      const views = names.flatMap((first) => names.map((second) => [first, second] as const))
      for (const [first, second] of views) {
        const [head = [], ...lines] = await linesOf(
          `/view.csv?${new URLSearchParams([
            ['by', first],
            ['by', second],
          ])}`,
        )
        expect(new Set(head).size).toBe(head.length)
        const split = [...new Set([first, second])].map((name) => ({ name, at: head.indexOf(name) }))
        const keys = lines.map((line) => split.map(({ at }) => line[at]).join('|'))
        expect(new Set(keys).size).toBe(lines.length)
        for (const line of lines)
          for (const { name, at } of split) {
            const meaning = meanings.get(`${name}=${line[at]}`)
            expect(meaning?.label?.startsWith(line[at + 1] ?? '?')).toBe(true)
          }
        expect(split.map(({ name, at }) => meanings.get(`${name}=${lines.at(-1)?.[at]}`)?.is)).toEqual(
          split.map(() => 'total'),
        )
      }
    }
    expect(await textAt('/data/invented-records/view.csv?by=sex')).toMatch(
      /\r\nnot-recorded,not recorded or left out,\d+,shown\r\nall,all,\d+,shown\r\n$/,
    )
  })

  it('of a view of one code of the field it is split by has a column for either', async () => {
    const lines = read(await textAt('/data/invented-records/view.csv?by=sex&only.sex=F'))
    expect(lines[0]).toEqual(['only.sex', 'sex', 'sex (label)', 'count', 'status'])
    expect(lines.slice(1).map((line) => line.slice(0, 2))).toEqual([
      ['F', 'F'],
      ['F', 'all'],
    ])
  })
})

it('a CSV file of answers has a line for each of them, whatever it was', async () => {
  const answers = inventedAnswers()
  const given = { ...handed, publications: [answers], publication: async () => answers }
  const file = await findPublishedFile('/data/invented-answers/view.csv?as=answers&only.sex=F', given)
  const lines = read(file?.content() ?? '')
  expect(lines[0]).toEqual(['sex', 'field', 'label', 'code', 'count', 'status'])
  expect(lines).toContainEqual(['F', 'meansOfControlThreats', 'meansOfControlThreats', '1', '5', 'shown'])
  expect(lines).toContainEqual(['F', 'meansOfControlThreats', 'meansOfControlThreats', 'not-recorded', '10', 'shown'])
})

describe('the JSON file', () => {
  it('is all that is published of it: head, dictionary, quality and data, and reads back as the same counts', async () => {
    const told = JSON.parse(await textAt('/data/invented-records.json'))
    if (records.data.kind !== 'records') throw new TypeError('no records')
    expect(told).toMatchObject({
      address: 'invented-records',
      method: records.method,
      quality: records.quality,
      dictionary: records.fields,
    })
    expect(told.citation).toContain(records.hash)
    expect(told.citation).toContain('Invented records [DEMONSTRATION], as of')
    expect(told.data.rows).toHaveLength(records.data.rows.length)
    const sum = told.data.rows.reduce((all: number, { count }: { count: number }) => all + count, 0)
    expect(sum).toBe(records.data.rows.reduce((all, { count }) => all + count, 0))
  })
})

it('the mark of a file is of its content, its kind and its view: another of these, another mark', async () => {
  const marks = await Promise.all(
    [
      '/data/invented-records.csv',
      '/data/invented-records.json',
      '/data/invented-records/dictionary.csv',
      '/data/invented-records/view.csv?by=sex',
      '/data/invented-records/view.csv?by=age',
      '/data/invented-table/view.csv?by=sex',
    ].map(async (path) => (await findPublishedFile(path, handed))?.mark),
  )
  expect(new Set(marks).size).toBe(marks.length)
})
