import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as path } from 'node:path'
import { csvOf, invented } from '@lentera/core/support/htcds/testing/women'
import { projectCase } from '@lentera/core/support/project'
import { openPool } from '@lentera/server/database'
import { exportLog } from '@lentera/server/log/export'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { passphraseOf } from '../demonstration/cast.ts'
import { type DemonstrationWorld, openDemonstration } from '../proof/demonstration-world.ts'
import { Member } from './member.ts'

/** Cases brought in from a file, by the command that a caseworker gives on her own machine. */
let world: DemonstrationWorld
let folder: string

beforeAll(async () => {
  world = await openDemonstration()
  folder = mkdtempSync(path(tmpdir(), 'lentera-htcds-'))
})

afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

type Ran = { readonly code: number | null; readonly said: string }

function start(login: string, ...args: string[]): { readonly child: ChildProcess; readonly ended: Promise<Ran> } {
  const data = path(folder, login)
  mkdirSync(data, { recursive: true })
  writeFileSync(path(data, 'running.json'), JSON.stringify({ stopping: false, desk: world.server.desk }))
  const child = spawn(
    process.execPath,
    [path(import.meta.dirname, 'main.ts'), 'import', 'htcds', ...args, '--as', login],
    { env: { ...process.env, LENTERA_DATA: data, INIT_CWD: folder }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  }
  return { child, ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, said }))) }
}

const run = (login: string, ...args: string[]): Promise<Ran> => start(login, ...args).ended
const write = (name: string, content: string): void => writeFileSync(path(folder, name), content)

async function cases(login: string) {
  const member = await Member.signIn(world.server.desk, login, passphraseOf(login))
  if (!member.ok) throw new Error(member.refusal.code)
  return (await member.value.streams('case')).map(({ stream, state }) => ({ stream, file: projectCase(state) }))
}

const women = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ...invented,
    CaseNumber: `${prefix}-${i + 1}`,
    prs_SecondName: `${prefix} ${i + 1}`,
    prs_MobilePhone: '+855 00 111 222',
    spl_Type: i % 2 ? 'Legal' : '',
    cas_Status: i % 3 === 0 ? 'Closed' : 'Active',
    lentera_ConsentToCounting: i === 0 ? 'TRUE' : '',
  }))

describe('the import is refused', () => {
  it.each([
    ['to one who works with no case', 'trainer.kh', [], 'caseworker'],
    ['for a file that is not there', 'caseworker.kh', ['nothing.csv'], 'There is no file'],
    ['without consent in the file', 'caseworker.kh', ['no-consent.csv'], 'con_Consent'],
    ['with consent and nothing of her', 'caseworker.kh', ['nothing-of-her.csv'], 'such as prs_Gender.'],
    ['with a byte of zero in it', 'caseworker.kh', ['zero.csv'], 'Line 2 holds a sign that is in no text'],
    ['with rows that cannot be made', 'caseworker.kh', ['bad.csv', '--yes', '--limits-explained'], '--only-good'],
    ['where nobody says that the limits were read to them', 'caseworker.kh', ['good.csv', '--yes'], 'limits'],
  ] as const)('%s', async (_, login, args, sentence) => {
    write('good.csv', csvOf(women('Good', 2)))
    write('bad.csv', csvOf([...women('Good', 2), { ...invented, con_Consent: '' }]))
    write('nothing-of-her.csv', 'Name,prs_Gendre,con_Consent\nInvented,Feminine,TRUE\n')
    write('zero.csv', 'prs_FirstName,con_Consent\nInven\0ted,TRUE\n')
    write('no-consent.csv', 'prs_FirstName\nInvented\n')
    const before = await cases('caseworker.kh')
    const { code, said } = await run(login, ...(args.length > 0 ? args : ['good.csv']))
    expect([code, said]).toEqual([1, expect.stringContaining(sentence)])
    expect(await cases('caseworker.kh')).toHaveLength(before.length)
  })

  it('where nobody is named whose cases they are to be', async () => {
    const child = spawn(process.execPath, [path(import.meta.dirname, 'main.ts'), 'import', 'htcds', 'good.csv'], {
      env: { ...process.env, INIT_CWD: folder },
      stdio: 'ignore',
    })
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(1)
  })
})

describe('a file is first only reported', () => {
  it('without letting its words command the terminal', async () => {
    const [header = '', ...rows] = csvOf(women('Plain', 1)).split('\n')
    write('escape.csv', [`${header.trimEnd()},\u001b[2J\u001b[31mColumn`, ...rows].join('\n'))
    const { said } = await run('caseworker.kh', 'escape.csv')
    expect(said).toContain('\uFFFD[31mColumn')
    expect(said).not.toContain('\u001b[31m')
  })

  it('with what would be made, what would not and why, and no word of any cell', async () => {
    write(
      'mixed.csv',
      csvOf([...women('Mixed', 3), { ...invented, prs_Gender: 'Sokha' }, { ...invented, con_Consent: 'no' }]),
    )
    const before = await cases('caseworker.kh')
    const { code, said } = await run('caseworker.kh', 'mixed.csv')
    expect(code).toBe(0)
    for (const sentence of [
      '3 new cases would be made',
      'CaseNumber: not taken',
      'cas_CaseOwner: not taken',
      '2 rows do not say that she agreed to be counted',
      'line 5: prs_Gender has a code that HTCDS 2.0 does not have. Allowed: Feminine, Masculine',
      'line 6: con_Consent does not say that she agreed',
      'Nothing was written',
    ])
      expect(said).toContain(sentence)
    expect(said).not.toMatch(/Sokha|Invented|Mixed|\+855/)
    expect(await cases('caseworker.kh')).toHaveLength(before.length)
  })
})

describe('the cases of a file', () => {
  it('are her team’s, coarse in the clear, and made once', async () => {
    write('women.csv', csvOf([...women('Women', 5), { ...invented, con_Consent: '' }]))
    const before = new Set((await cases('caseworker.kh')).map(({ stream }) => stream))
    const args = ['women.csv', '--yes', '--only-good', '--limits-explained', '--identified-by', 'CaseNumber']
    const first = await run('caseworker.kh', ...args)
    expect([first.code, first.said]).toEqual([0, expect.stringContaining('Made: 5 of 5 cases')])
    const made = (await cases('supervisor.kh')).filter(({ stream }) => !before.has(stream))
    expect(made.map(({ file }) => [file?.sex, file?.age, file?.form, file?.country, file?.conflicts])).toEqual(
      Array(5).fill(['female', 'adult', 'other', 'KH', []]),
    )
    expect(made.filter(({ file }) => file?.consentCounting === 'given')).toHaveLength(1)
    expect(made.filter(({ file }) => file?.status === 'closed' && file.closingReason === 'other')).toHaveLength(2)
    expect(made.flatMap(({ file }) => file?.needs ?? []).map(({ service }) => service)).toEqual([
      'legal-aid',
      'legal-aid',
    ])

    // A word mended in the file since makes no second case.
    write('women.csv', csvOf(women('Women', 5).map((row) => ({ ...row, prs_SecondName: 'Mended' }))))
    const again = await run('caseworker.kh', ...args)
    expect([again.code, again.said]).toEqual([0, expect.stringContaining('nothing changes')])
    expect(await cases('supervisor.kh')).toHaveLength(before.size + 5)
  })

  it('are stored without a word of the file in the clear', async () => {
    const database = openPool(world.databaseUrl, 1)
    const lines: string[] = []
    for await (const line of exportLog(database)) lines.push(JSON.stringify(line))
    await database.close()
    expect(lines.length).toBeGreaterThan(100)
    expect(lines.filter((line) => /Invented Women|Women-1|1999-04-30|855 00 111|ForcedMarriage/.test(line))).toEqual([])
  })

  it('are whole, however early it is stopped, and the same command goes on', async () => {
    write('many.csv', csvOf(women('Many', 200)))
    const before = (await cases('caseworker.kh')).length
    const args = ['many.csv', '--yes', '--limits-explained']
    const { child, ended } = start('caseworker.kh', ...args)
    await new Promise<void>((resolve) => {
      child.stderr?.on('data', (chunk: Buffer) => /Sealing and sending [1-9]0 %/.test(chunk.toString()) && resolve())
    })
    child.kill('SIGINT')
    const stopped = await ended
    expect([stopped.code, stopped.said]).toEqual([0, expect.stringMatching(/Stopped: \d+ of 200 cases/)])
    const made = (await cases('caseworker.kh')).length - before
    expect(made).toBeGreaterThan(0)
    expect(made).toBeLessThan(200)
    const rest = await run('caseworker.kh', ...args)
    expect(rest.said).toContain(`Made: ${200 - made} of ${200 - made} cases`)
    const all = await cases('caseworker.kh')
    expect(all).toHaveLength(before + 200)
    expect(all.filter(({ file }) => !file || file.flags.length > 0)).toEqual([])
  })
})
