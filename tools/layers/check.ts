import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Import, listSources, type Package, readPackages, readSource, type Source } from './read-imports.ts'
import { cryptoLibraries, cryptoRoom, doors, drawers, type Wall, walls } from './walls.ts'

export type Findings = {
  readonly files: number
  /** Room by room, what it imports: rooms of ours, npm packages, Node. */
  readonly table: ReadonlyMap<string, ReadonlySet<string>>
  /** One sentence each. */
  readonly crossed: readonly string[]
}

/**
 * Holds the sources below `root` against the walls.
 *
 * @param root the project's root: every folder in it with a package.json is read, and `content`.
 * @returns the table of what imports what, and a sentence for every wall that is crossed.
 */
export function checkLayers(root: string): Findings {
  const packages = readPackages(root)
  const folders = [...packages.values()].map(({ folder }) => folder)
  if (existsSync(join(root, 'content')) && !folders.includes('content')) folders.push('content')
  const sources = folders.flatMap((folder) => listSources(root, folder)).map((path) => readSource(root, path, packages))
  const keyPackages = [...packages.values()].find(({ folder }) => folder === cryptoRoom)?.dependencies ?? []

  const judge = (source: Source): string[] => {
    const own = [...packages.values()].find(({ folder }) => isIn(source.path, folder))
    return [...source.imports.flatMap((one) => judgeImport(one, own, keyPackages)), ...judgePurity(source)]
  }
  return {
    files: sources.length,
    table: tableOf(sources),
    crossed: [
      ...new Set([
        ...sources.flatMap(judge),
        ...[...packages.values()].flatMap(judgePackage),
        ...[...packages.values()].flatMap((own) => judgeListed(own, sources, [...packages.values()])),
        ...folders.flatMap((folder) => judgeReadmes(root, folder, sources)),
        ...folders.flatMap((folder) => judgeNames(root, folder)),
      ]),
    ],
  }
}

/** Of two walls that fit, the longer name is the file's. */
function wallOf(path: string): Wall | undefined {
  const fitting = walls.filter(({ room }) => isIn(path, room))
  return fitting.toSorted((a, b) => b.room.length - a.room.length)[0]
}

const isIn = (path: string, room: string): boolean => path === room || path.startsWith(`${room}/`)

/** Tests, what only tests use (the proofs' room is nothing else), and the settings of build tools: not part of what runs. */
const isTest = (path: string): boolean =>
  path.startsWith('tools/proof/') ||
  /\.(test|stories|story)\.tsx?$|(^|\/)(testing|stories|golden|test-[a-z-]+)(\/|\.tsx?$)|\.config\.[cm]?[jt]s$/.test(
    path,
  )

// ---------------------------------------------------------------------------------------------------------------------
// Imports

function judgeImport(one: Import, own: Package | undefined, keyPackages: readonly string[]): string[] {
  const { from, to } = one
  const wall = wallOf(from)
  if (wall === undefined) return [`${from} lies in no room of the import table.`]
  const test = isTest(from)
  const crossing = (why: string): string[] => [`${from} imports ${one.specifier}: ${why}.`]

  switch (to.kind) {
    case 'unknown':
      if (test || isIn(from, 'tools')) return []
      return crossing('what cannot be read cannot be held to the walls; name a file or an exported door')
    case 'node':
      if (test || one.typesOnly || wall.node === 'any' || wall.node.includes(to.name)) return []
      return crossing(`${wall.why}; of Node ${wall.node.join(', ') || 'nothing, so no input or output'}`)
    case 'package': {
      const isKeyWork = cryptoLibraries.test(to.name) || (keyPackages.includes(to.name) && to.name !== 'zod')
      if (isKeyWork && !isIn(from, cryptoRoom)) {
        return crossing('only sealed may import a crypto library; use one of its three doors')
      }
      if (test || wall.packages === 'own') return []
      return wall.packages.includes(to.name)
        ? []
        : crossing(`${wall.why}; of npm only ${wall.packages.join(', ') || 'nothing'}`)
    }
    case 'file':
      return judgeFile(one, to.name, wall, own, test).flatMap(crossing)
  }
}

function judgeFile(one: Import, to: string, wall: Wall, own: Package | undefined, test: boolean): string[] {
  const samePackage = own !== undefined && isIn(to, own.folder)
  if (!test && isTest(to)) return ['what runs never depends on what is there for tests']
  // Tests may drive what tools bring up; for all else tools are a leaf.
  if (isIn(to, 'tools') && !isIn(one.from, 'tools'))
    return test ? [] : ['tools import the others, and nothing imports tools']
  if (!samePackage && one.specifier.startsWith('.') && !isIn(one.from, 'tools')) {
    return ['another package is entered through its door, @lentera/..., not by its path']
  }
  if (test && wall.tests === 'free') return []
  if (isIn(to, wall.room) || wall.may.some((allowed) => fits(allowed, to, one.typesOnly))) return []
  return [wall.why]
}

function fits(allowed: string, to: string, typesOnly: boolean): boolean {
  if (allowed.startsWith('types:')) return typesOnly && isIn(to, allowed.slice('types:'.length))
  return isIn(to, allowed)
}

function judgePurity({ path, impure }: Source): string[] {
  if (isTest(path) || wallOf(path)?.pure !== true) return []
  return impure.map(
    (call) =>
      `${path} calls ${call}: clock and randomness are arguments here, so that the same entries always give the same state.`,
  )
}

// ---------------------------------------------------------------------------------------------------------------------
// Packages

/** A package of ours that is imported is listed, so that package.json tells the truth about the walls. */
function judgeListed(own: Package, sources: readonly Source[], packages: readonly Package[]): string[] {
  const mine = sources.filter(({ path }) => isIn(path, own.folder))
  return packages.flatMap(({ name }) => {
    const users = mine.filter(({ imports }) => imports.some(({ specifier }) => specifier.startsWith(`${name}/`)))
    const listed = own.dependencies.includes(name)
      ? []
      : users.filter(({ path }) => !(isTest(path) && own.devDependencies.includes(name)))
    const [first] = listed
    if (first === undefined || name === own.name) return []
    return [
      `${own.folder}/package.json does not list ${name}, which ${first.path} imports: it tells which walls may be passed.`,
    ]
  })
}

function judgePackage({ folder, exports, dependencies, devDependencies }: Package): string[] {
  const own = walls.filter(({ room }) => isIn(room, folder))
  const reachable = new Set(own.flatMap(({ may }) => may.map((allowed) => allowed.replace('types:', '').split('/')[0])))
  const free = own.some(({ tests }) => tests === 'free')
  const listed = [...dependencies, ...(free ? [] : devDependencies)]
  const through = listed
    .filter((name) => name.startsWith('@lentera/') && !reachable.has(name.replace('@lentera/', '')))
    .map((name) => `${folder}/package.json lists ${name}: ${own[0]?.why ?? 'it lies in no room of the import table'}.`)
  const keyWork = folder === cryptoRoom ? [] : listed.filter((name) => cryptoLibraries.test(name))
  const allowed = doors[folder]
  const open = allowed === undefined ? [] : Object.keys(exports).filter((door) => !allowed.includes(door))
  return [
    ...through,
    ...keyWork.map((name) => `${folder}/package.json lists ${name}: only sealed may import a crypto library.`),
    ...open.map((door) => `${folder}/package.json exports ${door}: its doors are ${allowed?.join(', ') || 'none'}.`),
  ]
}

// ---------------------------------------------------------------------------------------------------------------------
// Names and READMEs

/** Every package, every room in it, and every room below a folder `rooms` says what it is. */
function judgeReadmes(root: string, folder: string, sources: readonly Source[]): string[] {
  const rooms = new Set([folder])
  for (const { path } of sources) {
    const [, first, second] = path.split('/')
    const [isFolder, isDeeper] = [path.split('/').length > 2, path.split('/').length > 3]
    if (!isIn(path, folder) || !isFolder || first === undefined || first.startsWith('.')) continue
    if (first !== 'rooms') rooms.add(`${folder}/${first}`)
    else if (isDeeper) rooms.add(`${folder}/rooms/${second}`)
  }
  return [...rooms]
    .filter((room) => !isTest(`${room}/x`) && !existsSync(join(root, room, 'README.md')))
    .map((room) => `${room} has no README.md: what it is, who may use it, what it must never do.`)
}

function judgeNames(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (/^(node_modules|dist.*|\..*)$/.test(entry.name)) return []
    const path = `${folder}/${entry.name}`
    const stem = entry.name.split('.')[0] ?? entry.name
    const bad = drawers.test(stem) ? [`${path} is named after nothing: give it the name of what it holds.`] : []
    return entry.isDirectory() ? [...bad, ...judgeNames(root, path)] : bad
  })
}

// ---------------------------------------------------------------------------------------------------------------------
// The table

function tableOf(sources: readonly Source[]): Map<string, Set<string>> {
  const table = new Map<string, Set<string>>()
  for (const { path, imports } of sources) {
    if (isTest(path)) continue
    const room = roomOf(path)
    const row = table.get(room) ?? new Set<string>()
    table.set(room, row)
    for (const { to } of imports) {
      if (to.kind === 'unknown') continue
      const name = to.kind === 'file' ? roomOf(to.name) : to.kind === 'node' ? 'Node' : to.name
      if (name !== room) row.add(name)
    }
  }
  return table
}

/** As a reader of the table thinks of it: the walls inside core, the doors of sealed, the rooms of the others. */
function roomOf(path: string): string {
  const [folder = '', second = ''] = path.split('/')
  if (folder === 'sealed' && /^(verify|seal|open)\.ts$/.test(second)) return `sealed/${second.replace('.ts', '')}`
  return path.split('/').length > 2 ? `${folder}/${second}` : folder
}
