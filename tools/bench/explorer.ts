import { performance } from 'node:perf_hooks'
import type { Publication } from '@lentera/core/shared/publication'
import { portalOrigin } from '../../server/http/portal-origin.ts'
import { handing, inventedPublications } from '../release/invented-publications.ts'
import { chanceFrom } from '../release/invented-table.ts'
import { benchPortal } from './portal.ts'

/** Prints a row: what was measured, the figure, what it must reach, and what to know of it. */
type Measured = (row: string[]) => void

/**
 * The explorer: pages of what is published on a slow network, and how long the server takes for a view of up to 100,000 distinct
 * records of ten fields, from the query to the page.
 */
export async function benchExplorer(measured: Measured): Promise<void> {
  for (const rows of [10_000, 30_000, 100_000]) {
    const { first, later } = await timesOf(rows)
    measured([
      `a view of ${rows.toLocaleString('en')} distinct records, query to page, the slowest of ${queries.length}`,
      `${later.toFixed(1)} ms`,
      '100 ms',
      `median of 20; the first view of a data set ${first.toFixed(0)} ms`,
    ])
  }
  const publications = await inventedPublications()
  const origin = portalOrigin(async () => handing(publications))
  try {
    const pages = await benchPortal(await origin.listen({ port: 0, host: '127.0.0.1' }))
    const shown = pages.filter(({ path }) => path.includes('/data'))
    const slowest = shown.toSorted((a, b) => b.readable - a.readable)[0]
    const heaviest = shown.toSorted((a, b) => b.bytes - a.bytes)[0]
    measured([
      `page of what is published on 400 kbit/s and 400 ms, the slowest of ${shown.length}`,
      `${((slowest?.readable ?? Number.NaN) / 1000).toFixed(2)} s`,
      '2 s',
      `${slowest?.path}, in its own letters`,
    ])
    measured([
      'page of what is published with all it fetches, the heaviest',
      `${((heaviest?.bytes ?? Number.NaN) / 1024).toFixed(1)} KB`,
      '50 KB',
      `${heaviest?.path}, headers and all`,
    ])
  } finally {
    await origin.close()
  }
}

/** One of every drawing, and several fields left in. */
const queries = ['', 'by=f0', 'by=f0&by=f1', 'by=f1&by=f2&only.f3=1&only.f4=0', 'by=f0&as=table']

async function timesOf(rows: number): Promise<{ readonly first: number; readonly later: number }> {
  const publication = inventedOf(rows)
  const origin = portalOrigin(async () => handing([publication]))
  const at = await origin.listen({ port: 0, host: '127.0.0.1' })
  const time = async (query: string): Promise<number> => {
    const begun = performance.now()
    const answer = await fetch(`${at}/en/data/${publication.address}?${query}`)
    if (!answer.ok) throw new Error(`${query}: ${answer.status}`)
    await answer.text()
    return performance.now() - begun
  }
  await fetch(`${at}/en`)
  const first = await time('')
  const medians: number[] = []
  for (const query of queries) {
    const times: number[] = []
    for (let run = 0; run < 20; run++) times.push(await time(query))
    medians.push(times.toSorted((a, b) => a - b)[10] ?? 0)
  }
  await origin.close()
  return { first, later: Math.max(...medians) }
}

/** Distinct records of ten fields of four to forty codes; of nobody. */
function inventedOf(rows: number): Publication {
  const chance = chanceFrom(rows)
  const fields = Array.from({ length: 10 }, (_, field) => ({
    name: `f${field}`,
    label: { en: `Field ${field}` },
    kind: 'category' as const,
    codes: Array.from({ length: field === 0 ? 40 : 4 + field }, (_, code) => ({
      code: `${code}`,
      label: { en: `Code ${code}` },
    })),
  }))
  const distinct = new Map<string, readonly number[]>()
  while (distinct.size < rows) {
    const codes = fields.map((field) => Math.floor(chance() * (field.codes.length + 1)) - 1)
    distinct.set(codes.join(), codes)
  }
  return {
    address: 'invented',
    title: { en: 'Invented' },
    about: { en: 'Of nobody.' },
    publisher: 'Nobody',
    source: 'Invented',
    asOf: '2026-09-30',
    releasedOn: '2026-10-01',
    hash: '00'.repeat(32),
    method: { name: 'k-records', k: 10, length: 3 },
    licence: 'CC0-1.0',
    unit: 'persons',
    persons: null,
    demonstration: true,
    withdrawn: null,
    fields,
    data: { kind: 'records', rows: [...distinct.values()].map((codes) => ({ codes, count: 1 })) },
    quality: null,
  }
}
