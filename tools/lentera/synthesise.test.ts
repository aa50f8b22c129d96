import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inventedRecords } from '@lentera/release/invented/records'
import { csvOf } from '@lentera/release/microdata'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'lentera-release-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const good = write(
  'in.csv',
  [...csvOf(inventedRecords({ records: 2000, columns: 5, values: 15, density: 0.5, seed: 1 }))].join(''),
)

describe('release synthesize, with no server and no database', () => {
  it('writes the records, and says how they were made and what they are worth', async () => {
    const { code, out } = await release(good, '--method', 'k', '--k', '10', '--out', join(folder, 'k.csv'))
    expect([code, out]).toEqual([0, expect.stringContaining('2,000 real records')])
    expect(out).toContain('One-off: release these people once.')
    expect(readFileSync(join(folder, 'k.csv'), 'utf8').split('\n')[0]).toBe(readFileSync(good, 'utf8').split('\n')[0])
  })

  it('as JSON, with a seed that it warns of, the same records again', async () => {
    const run = (file: string) =>
      release(good, '--method', 'dp', '--epsilon', '4', '--seed', '7', '--json', '--out', join(folder, file))
    const { code, out } = await run('a.csv')
    const { method, quality, warnings } = JSON.parse(out)
    expect([code, method.name, method.epsilon, quality.byLength.length]).toEqual([0, 'dp', 4, 3])
    expect(warnings.join(' ')).toContain('Made with a seed')
    await run('b.csv')
    expect(readFileSync(join(folder, 'b.csv'), 'utf8')).toBe(readFileSync(join(folder, 'a.csv'), 'utf8'))
  })

  it.each([
    ['a name column', 'name,sex\nx,f\ny,m\n', 'The column “name” says who somebody is.'],
    ['one person', 'sex,age\nf,18\n', 'The file has 1 record. From fewer than 1,000 people no records leave'],
    ['one value', `sex,age\n${'f,18\n'.repeat(1000)}`, 'All records are the same'],
    ['500 columns', `${Array.from({ length: 500 }, (_, at) => `c${at}`).join()}\n`, 'The file has 500 columns'],
    ['another encoding', Buffer.from('sex,age\nf,caf\xe9\n', 'latin1'), 'Line 2 is not written in UTF-8.'],
  ])('refuses %s in a sentence, and writes nothing', async (_, text, sentence) => {
    const { code, err } = await release(write('bad.csv', text), '--method', 'k', '--out', join(folder, 'none.csv'))
    expect([code, err]).toEqual([1, expect.stringContaining(sentence)])
    expect(existsSync(join(folder, 'none.csv'))).toBe(false)
  })

  it('names a column that looks like names, and takes it only where it is said to hold none', async () => {
    const names = ['Anna Brown', 'John Jones', 'Mary Miller', 'Peter Smith', 'Ruth Sok', 'Lin Phan']
    const rows = Array.from({ length: 3000 }, (_, at) => `${at % 2 ? 'f' : 'm'},${at % 3},${names[at % 6]}`)
    const file = write('remarks.csv', `sex,group,remark\n${rows.join('\n')}\n`)
    const out = join(folder, 'remarks-out.csv')
    for (const method of [['k'], ['dp', '--epsilon', '4']]) {
      const { code, err } = await release(file, '--method', ...method, '--out', out)
      expect([code, err]).toEqual([1, expect.stringContaining('The column “remark” may hold names of persons')])
      expect(err).toContain('--categories')
      expect(existsSync(out)).toBe(false)
    }
    expect((await release(file, '--method', 'k', '--categories', 'remark', '--out', out)).code).toBe(0)
    expect(readFileSync(out, 'utf8')).toContain('Anna Brown')
  })

  it('refuses to write over what it reads, a method it does not know, and numbers that are none', async () => {
    const says = async (...given: string[]) => (await release(good, ...given)).err
    expect(await says('--method', 'k', '--out', good)).toContain('would take the place of the real ones')
    expect(await says('--method', 'k', '--out', folder)).toContain('is a folder; name a file')
    expect(await says('--method', 'x', '--out', join(folder, 'none.csv'))).toContain('Say with --method')
    expect(await says('--method', 'k', '--k', 'ten', '--out', join(folder, 'none.csv'))).toContain('--k takes a number')
    expect(await says('--method', 'k')).toContain('Say with --out FILE')
    const none = join(folder, 'none.csv')
    expect(await says('--method', 'k', '--k', '-1', '--out', none)).toContain('The smallest k is 3.')
    expect(await says('--method', 'dp', '--epsilon', '-1', '--out', none)).toContain('Epsilon must lie between')
    for (const given of [['--kk', '3'], ['--json=3'], ['--out']])
      expect(await says('--method', 'k', ...given)).toMatch(
        /^(There is no option --kk|--json takes no value|--out takes a value)/,
      )
  })

  it('stopped with Ctrl-C, leaves nothing', async () => {
    const large = inventedRecords({ records: 200_000, columns: 20, values: 100, density: 0.3, seed: 1 })
    const file = write('large.csv', [...csvOf(large)].join(''))
    const child = start(file, '--method', 'k', '--out', join(folder, 'stopped.csv'))
    child.stderr.once('data', () => child.kill('SIGINT'))
    const [code] = await once(child, 'exit')
    expect(code).toBe(130)
    expect(readdirSync(folder).filter((name) => name.includes('stopped'))).toEqual([])
  })
})

function write(name: string, content: string | Buffer): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

function start(...given: string[]) {
  return spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), 'release', 'synthesize', ...given], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function release(...given: string[]): Promise<{ code: number; out: string; err: string }> {
  const child = start(...given)
  const said = { out: '', err: '' }
  child.stdout.on('data', (piece) => {
    said.out += piece
  })
  child.stderr.on('data', (piece) => {
    said.err += piece
  })
  const [code] = await once(child, 'close')
  return { code, ...said }
}
