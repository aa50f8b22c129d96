import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { Refused, reason } from '../database/refused.ts'

/** What the desk is built from: its own files, and the walls it may import. */
const sources = ['desk', 'core', 'sealed', 'release', 'planner', 'solver', 'ui']

/**
 * Builds the desk with Vite when it has not been built from these very sources.
 *
 * @returns the folder with the built desk.
 * @throws Refused with the last words of Vite when it does not build.
 */
export async function ensureDesk(project: string, say: (line: string) => void): Promise<string> {
  const built = join(project, 'desk/dist')
  const stamp = join(built, '.built-from')
  const hash = hashOf(project)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return built
  say('Building the desk; this is done once after each change of it.')
  // Beside its place and then swapped: a desk that is being served is never half a desk.
  const half = `${built}-${process.pid}`
  try {
    await build(project, half)
    await compressTexts(half)
    writeFileSync(join(half, '.built-from'), hash)
    const old = `${half}-old`
    if (existsSync(built)) renameSync(built, old)
    renameSync(half, built)
    rmSync(old, { recursive: true, force: true })
    return built
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    throw error instanceof Refused ? error : new Refused('other', `The desk could not be built: ${reason(error)}.`)
  }
}

/** A new test, a README or a build's own output changes nothing in what is built. */
const left = /(^|\/)(node_modules|dist(-\d+)?(-old)?|\.types)(\/|$)|\.test\.tsx?$|\.md$/

function hashOf(project: string): string {
  const files = sources.flatMap((folder) =>
    globSync(`${folder}/**/*.*`, { cwd: project, exclude: (path) => left.test(path), withFileTypes: false }),
  )
  const hash = createHash('sha256')
  for (const file of [...files, 'package-lock.json', 'tsconfig.base.json'].sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(project, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

/** Beside each text of the desk the same in brotli: the server sends that to whoever takes it, in a quarter of the bytes. */
async function compressTexts(folder: string): Promise<void> {
  for (const name of globSync('**/*.{js,css,html,svg,webmanifest}', { cwd: folder })) {
    const text = readFileSync(join(folder, name))
    writeFileSync(join(folder, `${name}.br`), await brotli(text, { params }))
  }
}

const brotli = promisify(brotliCompress)
// 11 would be a tenth smaller, and takes twenty times as long.
const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }

function build(project: string, target: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const vite = join(project, 'node_modules/vite/bin/vite.js')
    const child = spawn(process.execPath, [vite, 'build', '--outDir', target, '--emptyOutDir', '--logLevel', 'warn'], {
      cwd: join(project, 'desk'),
      // Whatever this process is run for, a test or somebody's development: a desk is built as it is used, with its service worker.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    // A start that ends while building takes Vite with it.
    const end = (): boolean => child.kill()
    process.once('exit', end)
    let heard = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        heard = (heard + chunk.toString()).slice(-4000)
      })
    }
    child.on('error', reject)
    child.on('close', (code) => {
      process.removeListener('exit', end)
      if (code === 0) resolve()
      else reject(new Refused('other', `The desk could not be built; Vite's last words:\n${heard.trim()}`))
    })
  })
}
