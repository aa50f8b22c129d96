import { writeFileSync } from 'node:fs'
import { join as path } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningDemonstration, startDemonstration } from './testing/running-demonstration.ts'

/** Published tables from the command line, with the demonstration's steward, on the server that is running. */
let demonstration: RunningDemonstration

const victims = [
  'Iso3_code,Country,Indicator,Dimension,Category,Sex,Age,Year,Unit of measurement,txtVALUE',
  'KHM,Cambodia,Detected trafficking victims,Total,Total,Female,Total,2018,Counts,1200',
  'XQZ,Nowhere,Detected trafficking victims,Total,Total,Male,Total,1918,Counts,600',
]
const records = [
  'yearOfRegistration,gender,ageBroad,citizenship,isForcedLabour',
  '2016,Female,18--20,KH,1',
  '2016,Female,-99,KH,-99',
]

beforeAll(async () => {
  demonstration = await startDemonstration()
  const put = (name: string, content: string | Uint8Array) => writeFileSync(path(demonstration.folder, name), content)
  put('victims.csv', `${victims.join('\n')}\n`)
  put('twice.csv', `${[...victims, victims[1]?.replace(/1200$/, '<5')].join('\n')}\n`)
  put('victims-again.csv.gz', gzipSync(`\ufeffA line above\r\n${victims.join('\r\n')}\r\n`))
  put('records.csv', `${records.join('\n')}\n`)
  put(
    'records-again.csv',
    `\ufeff${records
      .join('\r\n')
      .replaceAll(/[^,\r\n]+/g, '"$&"')
      .replace('"1"', '1.0')}\r\n`,
  )
  put('picture.csv', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0))
})

afterAll(async () => {
  await demonstration?.close()
})

async function run(...args: string[]): Promise<{ code: number | null; said: string }> {
  const { code, out, said } = await demonstration.run('import', ...args)
  return { code, said: out + said }
}

describe('a published table at the command line', () => {
  it('that is a picture is refused as one', async () => {
    expect(await run('glotip', 'picture.csv', '--dry-run')).toEqual({
      code: 1,
      said: expect.stringContaining('This is an image, not a table'),
    })
  })

  it('is reported first, what is unfamiliar with its lines, and not sent by a dry run', async () => {
    const { code, said } = await run('glotip', 'victims.csv', '--dry-run')
    expect([code, said]).toEqual([0, expect.stringContaining('2 rows can be read')])
    expect(said).toContain('unfamiliar: Year "1918", line 3: ')
    expect(said).toContain('unfamiliar: Iso3_code "XQZ", line 3: ')
    expect(said).toContain('Not imported before')
    expect(said).not.toContain('with different values')
    expect((await run('glotip', 'twice.csv', '--dry-run')).said).toContain(
      'One cell stands in the table more than once, with different values; all rows are kept, since only the publisher knows which is meant. By line: 2: 1200, 4: <5',
    )
    // Nothing was: the next does not find it here.
    expect((await run('glotip', 'victims.csv', '--edition', 'yesterday 2')).said).toContain('is no edition')
  })

  it.each([
    ['glotip', 'victims.csv', 'victims-again.csv.gz', 'version 4'],
    ['ctdc', 'records.csv', 'records-again.csv', '2020-04-14'],
  ])(
    'of %s that is here already is said to be by the dry run and by the import, in whatever file',
    async (dataset, file, again, edition) => {
      const imported = await run(dataset, file, '--edition', edition)
      expect([imported.code, imported.said]).toEqual([0, expect.stringContaining('Imported.')])
      const here = `These very rows are here already: edition ${edition}, imported 20`
      for (const args of [[file], [again], [again, '--dry-run'], [again, '--edition', '2024']]) {
        const { code, said } = await run(dataset, ...args)
        expect([code, said]).toEqual([0, expect.stringContaining(here)])
      }
    },
  )
})
