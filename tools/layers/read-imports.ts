import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, relative } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'

export type Import = {
  /** Path of the importing file, from the root. */
  readonly from: string
  readonly specifier: string
  /** A path from the root, an npm package, a module of Node, or what could not be found out. */
  readonly to: { readonly kind: 'file' | 'package' | 'node' | 'unknown'; readonly name: string }
  readonly typesOnly: boolean
}

export type Source = {
  readonly path: string
  readonly imports: readonly Import[]
  /** Calls that read the clock or make randomness: `Date.now()`, `new Date()`, `Math.random()`. */
  readonly impure: readonly string[]
}

/** Folders that hold no source of ours. */
const passed = new Set(['node_modules', 'dist', '.types', '.git', '.data', 'public', 'vectors'])

/** All source files below a folder, by path from the root, in order. */
export function listSources(root: string, below: string): string[] {
  return readdirSync(join(root, below), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${below}/${entry.name}`
      if (entry.isDirectory())
        return passed.has(entry.name) || entry.name.startsWith('dist-') ? [] : listSources(root, path)
      return /\.(ts|tsx|mts|mjs|js|cjs)$/.test(entry.name) ? [path] : []
    })
    .sort()
}

/**
 * Reads what a file really imports: static, dynamic, re-exported, as a type, and through `new URL(..., import.meta.url)`.
 *
 * @throws Error when the file cannot be parsed: an unread file must not pass as one without imports.
 */
export function readSource(root: string, path: string, packages: Packages): Source {
  const text = readFileSync(join(root, path), 'utf8')
  const { module, program, errors } = parseSync(path, text)
  const bad = errors.find((error) => error.severity === 'Error')
  if (bad !== undefined) throw new Error(`${path} cannot be parsed: ${bad.message}`)

  const found: { specifier: string; typesOnly: boolean }[] = []
  for (const { moduleRequest, entries } of module.staticImports) {
    found.push({
      specifier: moduleRequest.value,
      typesOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    })
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest) found.push({ specifier: moduleRequest.value, typesOnly: isType })
    }
  }
  const impure: string[] = []
  new Visitor({
    ImportExpression({ source }) {
      const specifier = source.type === 'Literal' ? String(source.value) : computed
      found.push({ specifier, typesOnly: false })
    },
    TSImportType({ source }) {
      found.push({ specifier: source.value, typesOnly: true })
    },
    CallExpression({ callee, start, end, arguments: args }) {
      const [first] = args
      const name = text.slice(callee.start, callee.end)
      if (/^(Date\.now|Math\.random|performance\.now)$/.test(name)) impure.push(text.slice(start, end))
      if (/(^require|getBuiltinModule)$/.test(name) && first?.type === 'Literal')
        found.push({ specifier: String(first.value), typesOnly: false })
    },
    NewExpression({ callee, arguments: args }) {
      const [first, second] = args
      if (callee.type !== 'Identifier') return
      if (callee.name === 'Date' && args.length === 0) impure.push('new Date()')
      const besideUs = second !== undefined && text.slice(second.start, second.end) === 'import.meta.url'
      if (
        callee.name === 'URL' &&
        besideUs &&
        first?.type === 'Literal' &&
        /\.[cm]?[jt]sx?$/.test(String(first.value))
      ) {
        found.push({ specifier: String(first.value), typesOnly: false })
      }
    },
  }).visit(program)

  const imports = found.map(({ specifier, typesOnly }) => ({
    from: path,
    specifier,
    to: resolveImport(root, path, specifier, packages),
    typesOnly,
  }))
  return { path, imports, impure }
}

/** A dynamic import whose target is only known at run time. */
const computed = '(computed)'

export type Package = {
  /** Its folder. */
  readonly folder: string
  readonly name: string
  readonly exports: Readonly<Record<string, string>>
  readonly dependencies: readonly string[]
  readonly devDependencies: readonly string[]
}
export type Packages = ReadonlyMap<string, Package>

/** Our own packages, by name: every folder of the root with a package.json. */
export function readPackages(root: string): Packages {
  const found = new Map<string, Package>()
  for (const folder of readdirSync(root)) {
    const file = join(root, folder, 'package.json')
    if (passed.has(folder) || !existsSync(file)) continue
    // npm's own format.
    const read = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>> & { name: string }
    const { name, exports = {}, dependencies = {}, devDependencies = {} } = read
    const keys = { dependencies: Object.keys(dependencies), devDependencies: Object.keys(devDependencies) }
    found.set(name, { folder, name, exports, ...keys })
  }
  return found
}

function resolveImport(root: string, from: string, specifier: string, packages: Packages): Import['to'] {
  if (specifier === computed) return { kind: 'unknown', name: computed }
  const plain = specifier.split('?')[0] ?? specifier
  if (plain.startsWith('node:') || builtinModules.includes(plain)) {
    return { kind: 'node', name: plain.startsWith('node:') ? plain : `node:${plain}` }
  }
  if (plain.startsWith('.')) return { kind: 'file', name: relative(root, join(root, from, '..', plain)) }
  const [scope = '', second = '', ...rest] = plain.split('/')
  const name = plain.startsWith('@') ? `${scope}/${second}` : scope
  const own = packages.get(name)
  if (own === undefined) return { kind: 'package', name }
  const door = plain.startsWith('@') ? rest.join('/') : [second, ...rest].filter(Boolean).join('/')
  const target = throughDoor(own, door === '' ? '.' : `./${door}`)
  return target === undefined ? { kind: 'unknown', name: specifier } : { kind: 'file', name: target }
}

/** The file behind a door of a package, as Node finds it: the exact entry, or the pattern with the longest beginning. */
function throughDoor({ exports, folder }: Package, door: string): string | undefined {
  const target = exports[door]
  if (typeof target === 'string') return join(folder, target)
  const patterns = Object.keys(exports)
    .filter((pattern) => pattern.includes('*'))
    .sort((a, b) => b.indexOf('*') - a.indexOf('*'))
  for (const pattern of patterns) {
    const [before = '', after = ''] = pattern.split('*')
    if (!door.startsWith(before) || !door.endsWith(after) || door.length < before.length + after.length) continue
    const star = door.slice(before.length, door.length - after.length)
    return join(folder, (exports[pattern] ?? '').replace('*', star))
  }
  return undefined
}
