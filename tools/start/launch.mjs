// Written for Node 20, without any dependency: it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = join(dirname(fileURLToPath(import.meta.url)), '../..')
const ownNode = join(project, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')

/**
 * Installs what is missing and runs a TypeScript file of the project under the project's own Node (24), with our
 * terminal, our signals, and its exit code as ours.
 *
 * @param {string} main path of the file, from the project's root
 * @param {readonly string[]} args
 * @returns {void}
 */
export function launch(main, args) {
  if (!ensureInstalled()) return
  const child = spawn(ownNode, [join(project, main), ...args], {
    cwd: project,
    stdio: 'inherit',
    env: {
      ...process.env,
      // What the child starts in turn (Vite, tests) finds the same Node.
      PATH: `${dirname(ownNode)}:${join(project, 'node_modules/.bin')}:${process.env.PATH ?? ''}`,
      // Stripping types and compiling once instead of at every start.
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(project, 'node_modules/.cache/compiled'),
      LENTERA_LAUNCHER: String(process.pid),
    },
  })
  // Ctrl-C reaches the child from the terminal as well; it takes the first and ignores the rest.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => refuse(`The project's own Node (${ownNode}) does not run here: ${error.message}.`))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 1
    if (signal === null) return
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

/** @returns {boolean} whether all that the lock file lists is there now */
function ensureInstalled() {
  if (isInstalled()) return true
  console.log('Installing what is missing; this is done once and takes about a minute.')
  const npm = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const { error, status } = runNpm(npm, project)
  if (error !== undefined) return refuse(`npm, which comes with Node, is not to be found (${error.message}).`)
  // npm 12 runs no install scripts that are not allowed: then the package `node` has not fetched its program.
  if (status === 0 && !existsSync(ownNode)) {
    spawnSync(process.execPath, ['installArchSpecificPackage.js'], {
      cwd: join(project, 'node_modules/node'),
      stdio: 'inherit',
    })
  }
  if (status === 0 && isInstalled()) return true
  return refuse('npm could not install what Lentera needs; its own words stand above. Is there a network?')
}

function runNpm(args, cwd) {
  // npm tells a script it starts where it lies itself; without it, it is looked for on the PATH.
  const own = process.env.npm_execpath
  const [command, before] = own?.endsWith('.js') ? [process.execPath, [own]] : ['npm', []]
  return spawnSync(command, [...before, ...args], { cwd, stdio: ['ignore', 'inherit', 'inherit'] })
}

/** Compares the lock file with what npm wrote down when it last finished, and looks whether it is still there. */
function isInstalled() {
  try {
    const wanted = packagesOf('package-lock.json')
    const present = packagesOf('node_modules/.package-lock.json')
    const missing = Object.entries(wanted).some(([path, { version, link, optional, peer, devOptional }]) => {
      if (!path.includes('node_modules/')) return false
      // Of our own packages npm lays links: one that a later version added is missing after an update.
      if (link) return !existsSync(join(project, path))
      if (present[path] === undefined) return !(optional || peer || devOptional)
      return present[path].version !== version || !existsSync(join(project, path))
    })
    return !missing && existsSync(ownNode)
  } catch {
    return false
  }
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(join(project, lockFile), 'utf8')).packages
}

function refuse(sentence) {
  console.error(sentence)
  process.exitCode = 1
  return false
}
