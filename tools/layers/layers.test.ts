import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkLayers } from './check.ts'

/** A small project in which every wall stands and every door is used as it may be. */
const sound: Readonly<Record<string, string>> = {
  'core/package.json': pack('core', { './*': './*.ts' }, ['zod']),
  'core/shared/ids.ts': "import * as z from 'zod'\nexport const Id = z.string()",
  'core/log/entry.ts': "import { Id } from '../shared/ids.ts'\nexport const Entry = Id",
  'core/support/words.ts': "export const word = 'x'",
  'core/support/entries.ts': "import { Entry } from '../log/entry.ts'\nexport const kinds = [Entry]",
  'core/support/tally.ts': "import { kinds } from './entries.ts'\nexport const tally = kinds",
  'core/evidence/tally.ts': "import { Id } from '../shared/ids.ts'\nexport const tally = [Id]",
  'core/awareness/words.ts': "import { Id } from '../shared/ids.ts'\nexport const Word = Id",
  'core/results/figure.ts':
    "import { tally } from '../support/tally.ts'\nexport const figure = tally\nexport type Figure = typeof figure",
  'core/rooms.ts': "import { kinds } from './support/entries.ts'\nexport const all = kinds",
  'core/support/entries.test.ts':
    "import { readFileSync } from 'node:fs'\nimport { test } from 'vitest'\ntest('x', () => readFileSync('x'))",
  'sealed/package.json': pack('sealed', { './verify': './verify.ts', './seal': './seal.ts', './open': './open.ts' }, [
    '@lentera/core',
    '@noble/hashes',
    'hash-wasm',
  ]),
  'sealed/verify.ts': "export * from './keys/sign.ts'",
  'sealed/seal.ts': "export * from './keys/sign.ts'",
  'sealed/open.ts': "export * from './keys/sign.ts'",
  'sealed/keys/sign.ts':
    "import { sha256 } from '@noble/hashes/sha2'\nimport { Entry } from '@lentera/core/log/entry'\nexport const sign = [sha256, Entry]",
  'release/package.json': pack('release', { './release': './release.ts' }, ['@lentera/core', 'zod']),
  'release/release.ts': "import type { Figure } from '@lentera/core/results/figure'\nexport type Released = Figure",
  'solver/package.json': pack('solver', { '.': './index.ts' }, ['@lentera/core', 'highs']),
  'solver/index.ts': "import highs from 'highs'\nexport const solve = highs",
  'planner/package.json': pack('planner', { './plan': './plan.ts' }, ['@lentera/core', '@lentera/solver']),
  'planner/plan.ts': "import { solve } from '@lentera/solver'\nexport const plan = solve",
  'planner/roster/words.ts': 'export type Roster = readonly string[]',
  'planner/roster/roster.ts': "import { plan } from '../plan.ts'\nexport const roster = plan",
  'planner/checker/checker.ts': "import type { Roster } from '../roster/words.ts'\nexport type Judged = Roster",
  'ui/package.json': pack(
    'ui',
    { './tokens/*': './tokens/*.ts', './catalogues/*': './catalogues/*.ts', './parts': './parts/index.ts' },
    ['@lentera/core', 'react'],
  ),
  'ui/tokens/colours.ts': "export const red = 'red'",
  'ui/catalogues/words.ts': "import { readFileSync } from 'node:fs'\nexport const words = readFileSync('en.po')",
  'ui/parts/index.ts':
    "import { createElement } from 'react'\nimport { red } from '../tokens/colours.ts'\nexport const part = [createElement, red]",
  'server/package.json': pack('server', { './main': './main.ts' }, [
    ...['@lentera/core', '@lentera/sealed', '@lentera/release', '@lentera/portal', 'pg'],
  ]),
  'server/main.ts':
    "import pg from 'pg'\nimport { sign } from '@lentera/sealed/verify'\nimport { page } from '@lentera/portal/pages'\nexport const all = [pg, sign, page]",
  'server/main.test.ts':
    "import { sign } from '@lentera/sealed/open'\nimport { createTestDatabase } from '../tools/database/testing/test-database.ts'\nexport const t = [sign, createTestDatabase]",
  'portal/package.json': pack('portal', { './pages': './pages.ts' }, [
    '@lentera/core',
    '@lentera/ui',
    '@lentera/sealed',
  ]),
  'portal/pages.ts':
    "import { red } from '@lentera/ui/tokens/colours'\nimport { Word } from '@lentera/core/awareness/words'\nexport const page = [red, Word]",
  'desk/package.json': pack('desk', {}, ['@lentera/core', '@lentera/sealed', '@lentera/ui', 'react']),
  'desk/main.ts':
    "import { sign } from '@lentera/sealed/open'\nimport { part } from '@lentera/ui/parts'\nexport const app = [sign, part]",
  'tools/package.json': pack('tools', {}, ['@lentera/core', '@lentera/sealed', '@lentera/server', 'pg']),
  'tools/database/testing/test-database.ts': "import pg from 'pg'\nexport const createTestDatabase = pg",
  'tools/start/main.ts': "import { all } from '@lentera/server/main'\nexport const start = all",
  'tools/lentera/main.ts': "import { sign } from '@lentera/sealed/open'\nexport const device = sign",
  ...Object.fromEntries(
    [
      ...['core', 'core/shared', 'core/log', 'core/support', 'core/evidence', 'core/awareness', 'core/results'],
      ...['sealed', 'sealed/keys', 'release', 'ui', 'ui/tokens', 'ui/catalogues', 'ui/parts', 'server'],
      ...['solver', 'planner', 'planner/roster', 'planner/checker'],
      ...['portal', 'desk', 'tools', 'tools/database', 'tools/start', 'tools/lentera'],
    ].map((room) => [`${room}/README.md`, 'What it is.']),
  ),
}

function pack(name: string, exports: Record<string, string>, dependencies: readonly string[]): string {
  const listed = Object.fromEntries(dependencies.map((dependency) => [dependency, '1.0.0']))
  return JSON.stringify({ name: `@lentera/${name}`, exports, dependencies: listed })
}

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lentera-layers-'))
  for (const [path, text] of Object.entries(sound)) put(path, text)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

test('a sound project crosses no wall', () => {
  expect(checkLayers(root).crossed).toEqual([])
})

test('the table says what each room really imports', () => {
  const { table } = checkLayers(root)
  expect([...(table.get('core/support') ?? [])]).toEqual(['core/log'])
  expect([...(table.get('server') ?? [])].toSorted()).toEqual(['pg', 'portal', 'sealed/verify'])
})

/** One planted violation a wall: the file, its text, and what the sentence must say of it. */
const planted: readonly (readonly [wall: string, file: string, text: string, sentence: RegExp])[] = [
  ['core/shared knows no other room', 'core/shared/x.ts', "import '../log/entry.ts'", /holds the words all rooms use/],
  ['core/log knows no objective', 'core/log/x.ts', "import '../support/entries.ts'", /not what an objective/],
  [
    'core/log knows no results',
    'core/log/x.ts',
    "import type { Figure } from '../results/figure.ts'",
    /not what an objective/,
  ],
  [
    'an objective knows no other',
    'core/support/x.ts',
    "import '../evidence/tally.ts'",
    /knows neither another objective/,
  ],
  ['an objective knows no results', 'core/support/x.ts', "import '../results/figure.ts'", /nor results/],
  ['results see of a room its tally only', 'core/results/x.ts', "import '../support/entries.ts'", /never its entries/],
  ['results do not see the log', 'core/results/x.ts', "import '../log/entry.ts'", /never its entries/],
  ['core reads no file', 'core/support/x.ts', "import 'node:fs'", /no.*input or output/],
  ['core reads no file behind a back', 'core/log/x.ts', "await import('fs/promises')", /no.*input or output/],
  [
    'core has no cryptography',
    'core/log/x.ts',
    "import '@noble/hashes/sha2'",
    /only sealed may import a crypto library/,
  ],
  ['core takes nothing from npm but Zod', 'core/shared/x.ts', "import 'lodash'", /of npm only zod/],
  ['core has no clock', 'core/log/x.ts', 'export const now = () => Date.now()', /clock and randomness are arguments/],
  ['core has no today', 'core/log/x.ts', 'export const now = () => new Date()', /clock and randomness are arguments/],
  [
    'core has no randomness',
    'core/support/x.ts',
    'export const r = Math.random()',
    /clock and randomness are arguments/,
  ],
  ['the assembly of core has no key', 'core/x.ts', "import '@lentera/sealed/seal'", /core is pure/],
  [
    'a test of core keeps the walls',
    'core/support/x.test.ts',
    "import '../evidence/tally.ts'",
    /neither another objective/,
  ],
  ['sealed knows no objective', 'sealed/keys/x.ts', "import '@lentera/core/support/words'", /what holds keys knows/],
  ['sealed knows no release', 'sealed/x.ts', "import '@lentera/release/release'", /what holds keys knows/],
  ['sealed reads no file', 'sealed/keys/x.ts', "import 'node:fs'", /of Node node:crypto/],
  ['release does not see the log', 'release/x.ts', "import '@lentera/core/log/entry'", /release protects counts/],
  [
    'release sees types of results only',
    'release/x.ts',
    "import { figure } from '@lentera/core/results/figure'",
    /release protects/,
  ],
  ['release does no input or output', 'release/x.ts', "import 'node:http'", /no input or output/],
  [
    'release makes no randomness',
    'release/x.ts',
    'export const r = Math.random()',
    /clock and randomness are arguments/,
  ],
  ['the planner holds no key', 'planner/x.ts', "import '@lentera/sealed/open'", /the planner takes a problem/],
  [
    'the solver knows nobody who asks',
    'solver/x.ts',
    "import { plan } from '@lentera/planner/plan'",
    /does not know what they mean/,
  ],
  ['the solver reads no file', 'solver/x.ts', "import 'node:fs'", /no input or output/],
  ['the planner passes by no solver', 'planner/x.ts', "import 'highs'", /the planner takes a problem/],
  ['the planner does no input or output', 'planner/x.ts', "import 'node:worker_threads'", /no input or output/],
  ['the checker knows no engine', 'planner/checker/x.ts', "import '../roster/roster.ts'", /knows no engine/],
  ['the checker knows no solver', 'planner/checker/x.ts', "import 'highs'", /knows no engine and no solver/],
  [
    'nor does its test',
    'planner/checker/x.test.ts',
    "import { roster } from '../roster/roster.ts'",
    /knows no engine and no solver/,
  ],
  ['tokens have no framework', 'ui/tokens/x.ts', "import 'react'", /no React and no parts/],
  ['tokens have no parts', 'ui/tokens/x.ts', "import '../parts/index.ts'", /no React and no parts/],
  ['catalogues have no framework', 'ui/catalogues/x.ts', "import 'react'", /no React and no parts/],
  [
    'parts know only the shared words',
    'ui/parts/x.ts',
    "import '@lentera/core/support/words'",
    /knows only core\/shared/,
  ],
  ['parts do no input or output', 'ui/parts/x.ts', "import 'node:fs'", /no input or output/],
  ['the server cannot open', 'server/x.ts', "import '@lentera/sealed/open'", /cannot read names/],
  ['not by a dynamic import either', 'server/x.ts', "await import('@lentera/sealed/open')", /cannot read names/],
  ['nor by a re-export', 'server/x.ts', "export { sign } from '@lentera/sealed/open'", /cannot read names/],
  [
    'nor through a worker',
    'server/x.ts',
    "new Worker(new URL('../sealed/open.ts', import.meta.url))",
    /through its door/,
  ],
  ['nor past the doors of sealed', 'server/x.ts', "import '@lentera/sealed/keys/sign'", /cannot be held to the walls/],
  ['nor by the path of its files', 'server/x.ts', "import '../sealed/open.ts'", /entered through its door/],
  [
    'nor by a name made at run time',
    'server/x.ts',
    "await import('@lentera/sealed/' + 'open')",
    /cannot be held to the walls/,
  ],
  ['nor by its type alone', 'server/x.ts', "export type S = import('@lentera/sealed/open').sign", /cannot read names/],
  ['the server has no crypto library', 'server/x.ts', "import 'hash-wasm'", /only sealed may import a crypto library/],
  ['the server plans nothing', 'server/x.ts', "import '@lentera/planner/plan'", /plans nothing/],
  ['the server has no parts', 'server/x.ts', "import '@lentera/ui/parts'", /neither desk nor parts|nor parts/],
  ['the portal does not see the log', 'portal/x.ts', "import '@lentera/core/log/entry'", /public pages show/],
  ['the portal cannot open', 'portal/x.ts', "import '@lentera/sealed/open'", /public pages show/],
  ['the portal has no parts', 'portal/x.ts', "import '@lentera/ui/parts'", /public pages show/],
  ['the portal does not see the server', 'portal/x.ts', "import '@lentera/server/main'", /public pages show/],
  ['the desk does not see the server', 'desk/x.ts', "import '@lentera/server/main'", /speaks to it over HTTP only/],
  ['the desk has nothing of Node', 'desk/x.ts', "import 'node:fs'", /of Node nothing/],
  ['a tool that is no device cannot open', 'tools/start/x.ts', "import '@lentera/sealed/open'", /device of a member/],
  [
    'nothing imports tools',
    'server/x.ts',
    "import '../tools/database/testing/test-database.ts'",
    /nothing imports tools|there for tests/,
  ],
  ['what runs depends on no test', 'core/support/x.ts', "import './entries.test.ts'", /there for tests/],
]

describe('one planted violation a wall', () => {
  test.each(planted)('%s', (_, file, text, sentence) => {
    put(file, text)
    const { crossed } = checkLayers(root)
    const own = crossed.filter((line) => line.startsWith(`${file} `))
    expect(own).toHaveLength(1)
    expect(own[0]).toMatch(sentence)
    // Besides the import itself, only the package's list may be found wanting: the rest of the project stays sound.
    expect(crossed.filter((line) => !line.startsWith(`${file} `) && !line.includes('package.json'))).toEqual([])
  })
})

describe('packages', () => {
  test('a package that lists a wall it may not pass is refused before it is even used', () => {
    put('release/package.json', pack('release', { './release': './release.ts' }, ['@lentera/core', '@lentera/sealed']))
    expect(checkLayers(root).crossed).toEqual([
      expect.stringMatching(/^release\/package.json lists @lentera\/sealed: release protects/),
    ])
  })

  test('a package that lists a crypto library is refused', () => {
    put('desk/package.json', pack('desk', {}, ['@lentera/core', '@lentera/sealed', '@lentera/ui', '@noble/ciphers']))
    expect(checkLayers(root).crossed).toEqual([
      expect.stringMatching(/^desk\/package.json lists @noble\/ciphers: only sealed/),
    ])
  })

  test('a package that imports another and does not list it is refused', () => {
    put('desk/package.json', pack('desk', {}, ['@lentera/core', '@lentera/sealed']))
    expect(checkLayers(root).crossed).toEqual([expect.stringMatching(/^desk\/package.json does not list @lentera\/ui/)])
  })

  test('sealed shows its three doors and no other', () => {
    put(
      'sealed/package.json',
      pack('sealed', { './keys': './keys/sign.ts' }, ['@lentera/core', '@noble/hashes', 'hash-wasm']),
    )
    expect(checkLayers(root).crossed).toContain(
      'sealed/package.json exports ./keys: its doors are ./verify, ./seal, ./open.',
    )
  })
})

describe('names and READMEs', () => {
  test('a room without a README is named', () => {
    rmSync(join(root, 'sealed/keys/README.md'))
    rmSync(join(root, 'desk/README.md'))
    put('server/rooms/support/routes.ts', '')
    expect(checkLayers(root).crossed.map((line) => line.split(' ')[0])).toEqual(
      ['sealed/keys', 'server/rooms/support', 'desk'].toSorted((a, b) => order(a) - order(b)),
    )
  })

  test.each(['utils', 'common', 'base', 'misc', 'core-utils', 'helpers'])('a folder named %s is refused', (name) => {
    put(`server/${name}/README.md`, 'What it is.')
    expect(checkLayers(root).crossed).toEqual([
      `server/${name} is named after nothing: give it the name of what it holds.`,
    ])
  })

  test('a file of such a name is refused, whatever its ending', () => {
    put('desk/utils.test.ts', '')
    put('core/support/common.ts', '')
    expect(checkLayers(root).crossed).toHaveLength(2)
  })
})

test('a file that cannot be parsed is never taken for one without imports', () => {
  put('core/support/x.ts', 'import {')
  expect(() => checkLayers(root)).toThrow('core/support/x.ts cannot be parsed')
})

test('npm run layers ends with exit code 1 and the sentence when a wall is crossed', () => {
  for (const file of ['layers.ts', 'check.ts', 'walls.ts', 'read-imports.ts']) {
    cpSync(join(import.meta.dirname, file), join(root, 'tools/layers', file))
  }
  put('tools/layers/README.md', 'What it is.')
  put(
    'tools/package.json',
    pack('tools', {}, ['@lentera/core', '@lentera/sealed', '@lentera/server', 'pg', 'oxc-parser']),
  )
  cpSync(join(import.meta.dirname, '../../node_modules/oxc-parser'), join(root, 'node_modules/oxc-parser'), {
    recursive: true,
    dereference: true,
  })
  cpSync(join(import.meta.dirname, '../../node_modules/@oxc-parser'), join(root, 'node_modules/@oxc-parser'), {
    recursive: true,
    dereference: true,
  })
  const run = (): { status: number | null; stdout: string } =>
    spawnSync(process.execPath, ['tools/layers/layers.ts'], { cwd: root, encoding: 'utf8' })
  expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining('0 walls crossed.') })
  put('core/support/x.ts', "import '../evidence/tally.ts'")
  expect(run()).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('✗ core/support/x.ts imports ../evidence/tally.ts: an objective knows neither'),
  })
})

/** Packages are gone through in the order of their folders. */
function order(path: string): number {
  return ['core', 'desk', 'planner', 'portal', 'release', 'sealed', 'server', 'solver'].indexOf(
    path.split('/')[0] ?? '',
  )
}
