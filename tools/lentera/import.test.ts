import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join as path } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemonstrationWorld, openDemonstration } from '../proof/demonstration-world.ts'

/** The command line as a device of a member, on a connection that is cut where it hurts most. */
let world: DemonstrationWorld
let between: Server
let folder: string
/** What is done to the next batch that is sent. */
let cut: 'nothing' | 'the request' | 'the answer' = 'nothing'
/** Whether it passes for a server that is no demonstration, whose members' passphrases nobody knows. */
let isReal = false

beforeAll(async () => {
  world = await openDemonstration()
  folder = mkdtempSync(path(tmpdir(), 'lentera-import-'))
  between = createServer((asked, answer) => {
    const isBatch = asked.url === '/api/log/append'
    const now = isBatch ? cut : 'nothing'
    if (isBatch) cut = 'nothing'
    if (now === 'the request') return asked.socket.destroy()
    if (isReal && asked.url === '/api/state') return answer.end(JSON.stringify({ demonstration: false }))
    const { port } = new URL(world.server.desk)
    const { method, url: address, headers } = asked
    const passed = request({ host: '127.0.0.1', port, method, path: address, headers }, (given) => {
      if (now === 'the answer') {
        given.resume()
        given.on('end', () => asked.socket.destroy())
        return
      }
      answer.writeHead(given.statusCode ?? 500, given.headers)
      given.pipe(answer)
    })
    asked.pipe(passed)
  })
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve))
})

afterAll(async () => {
  between.closeAllConnections()
  await new Promise((resolve) => between.close(resolve))
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Another one for each test: the same rows are known again. */
const table = (women: number): string =>
  [
    'Detected trafficking victims,30/05/2023',
    'Iso3_code,Country,Region,Subregion,Indicator,Dimension,Category,Sex,Age,Year,Unit of measurement,VALUE,Source',
    `KHM,Cambodia,Asia,South-eastern Asia,Detected trafficking victims,Total,Total,Female,Total,2018,Counts,${women},UNODC`,
    'KHM,Cambodia,Asia,South-eastern Asia,Detected trafficking victims,Total,Total,Male,Total,2018,Counts,<5,UNODC',
    'THA,Thailand,Asia,South-eastern Asia,Detected trafficking victims,Total,Total,Male,Total,2018,Counts,600,UNODC',
    '',
  ].join('\n')

const proxy = (): string => `http://127.0.0.1:${(between.address() as AddressInfo).port}`

/** Runs the command on a data folder whose server is said to be at `desk`. */
async function run(
  dataFolder: string,
  desk: string,
  ...args: string[]
): Promise<{ code: number | null; said: string }> {
  mkdirSync(dataFolder, { recursive: true })
  writeFileSync(path(dataFolder, 'running.json'), JSON.stringify({ stopping: false, desk }))
  const child = spawn(process.execPath, [path(import.meta.dirname, 'main.ts'), ...args], {
    env: { ...process.env, LENTERA_DATA: dataFolder, INIT_CWD: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })))
}

describe('a member whose passphrase is not known', () => {
  it('is asked for it, and where nobody answers that is said', async () => {
    isReal = true
    const { code, said } = await run(path(folder, 'asked'), proxy(), 'figures', '--as', 'steward')
    isReal = false
    expect([code, said]).toEqual([1, expect.stringContaining('set LENTERA_PASSPHRASE')])
  })
})

describe('a table brought in on the command line', () => {
  it.each([
    ['the request', 1200],
    ['the answer', 1300],
  ] as const)('is brought in by asking again, where %s of its first batch was lost', async (lost, women) => {
    writeFileSync(path(folder, 'table.csv'), table(women))
    const data = path(folder, lost.replace(' ', '-'))
    cut = lost
    const failed = await run(data, proxy(), 'import', 'glotip', 'table.csv')
    expect([failed.code, / at .+\.(ts|js):\d+/.test(failed.said)]).toEqual([1, false])
    // A device that the server may never have heard of is not kept: it could not be used again.
    const devices = path(data, 'devices')
    expect(existsSync(devices) ? readdirSync(devices) : []).toEqual([])
    const again = await run(data, proxy(), 'import', 'glotip', 'table.csv')
    expect([again.code, again.said]).toEqual([0, expect.stringMatching(/Imported\.|changes nothing/)])
    const third = await run(data, proxy(), 'import', 'glotip', 'table.csv')
    expect([third.code, third.said]).toEqual([0, expect.stringContaining('changes nothing')])
    const figures = await run(data, proxy(), 'figures', '--as', 'steward', '--json')
    expect(figures.code).toBe(0)
    const printed = JSON.parse(figures.said.slice(figures.said.indexOf('{')))
    expect(printed.figures.length).toBeGreaterThan(0)
    const told = JSON.stringify(printed.framework)
    for (const each of ['Japan, phase I', 'not given', 'unique-persons', 'Each front-line officer who attended'])
      expect(told).toContain(each)
  })
})
