import { existsSync, readFileSync } from 'node:fs'
import { join as path } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningDemonstration, startDemonstration } from './testing/running-demonstration.ts'

/** The brochure from the command line, as the regional manager of a small demonstration gets it. */
let demonstration: RunningDemonstration

beforeAll(async () => {
  demonstration = await startDemonstration()
})

afterAll(async () => {
  await demonstration?.close()
})

const run = (...args: string[]) => demonstration.run('brochure', ...args)

it('is refused to a caseworker, and in a language it is not written in; no file is made', async () => {
  for (const [args, sentence] of [
    [['--as', 'caseworker.kh'], 'nothing here that you may see'],
    [['--language', 'km'], 'written in en, th, my'],
  ] as const) {
    const { code, said, out } = await run('--pdf', 'refused.pdf', ...args)
    expect([code, said + out]).toEqual([1, expect.stringContaining(sentence)])
    expect(existsSync(path(demonstration.folder, 'refused.pdf'))).toBe(false)
  }
})

it('prints the figures of the publication of record with their parts, their source, and whether they agree', async () => {
  const { code, out } = await run('--json')
  expect(code).toBe(0)
  const { figures, cited, asOf } = JSON.parse(out)
  expect(asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  expect(figures).toHaveLength(16)
  for (const figure of figures) {
    expect(figure).toMatchObject({ agrees: expect.any(Boolean), counted: { kind: expect.any(String) } })
    expect(figure.source).toMatchObject({ publisher: 'UN Women and UNODC', verifiedOn: '2026-11-23' })
  }
  expect(figures.find(({ key }: { key: string }) => key === 'survivors-supported').parts).toContainEqual({
    country: 'TH',
    value: 2,
  })
  expect(cited.map(({ value }: { value: { tenths: number } }) => value.tenths)).toEqual([650, 770, 140, 90])
})

it('writes it as a PDF in Thai, which says that it is a demonstration', async () => {
  const { code, said, out } = await run('--pdf', 'th.pdf', '--language', 'th')
  expect([code, said + out]).toEqual([0, expect.stringContaining('Written to')])
  const file = readFileSync(path(demonstration.folder, 'th.pdf')).toString('latin1')
  expect(file.startsWith('%PDF-1.7')).toBe(true)
  expect(file).toContain('/Lang (th)')
})
