import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { Refused, systemCode } from './refused.ts'

/** What the process that holds a data folder says about itself, for the message to a second one. */
export type Holder = {
  readonly pid: number
  readonly stopping: boolean
  readonly desk?: string
  readonly portal?: string
}

export type FolderLock = {
  /** Tells a second starter more: the addresses once there are any, and that this one is on its way out. */
  tell(about: Omit<Holder, 'pid'>): void
  release(): void
}

/**
 * Makes the data folder if it is missing and takes it for this process alone.
 *
 * The lock is a lock of the operating system (taken through SQLite, because Node has no `flock`): the kernel drops it
 * the instant its process ends, however it ends, so there is no stale lock to clean up and no race over who cleans.
 *
 * @param patience milliseconds to wait for a holder that may be on its way out; one that says it is gets 20 s.
 * @throws Refused `in use` while another process holds it, `folder` when the folder cannot be made or written.
 */
export async function lockFolder(folder: string, patience = 0): Promise<FolderLock> {
  makeFolder(folder)
  const holderFile = join(folder, 'running.json')
  const began = Date.now()
  for (;;) {
    const held = tryLock(folder)
    if (held !== undefined) {
      const tell = (about: Omit<Holder, 'pid'>): void =>
        writeFileSync(holderFile, `${JSON.stringify({ pid: process.pid, ...about })}\n`, { mode: 0o600 })
      try {
        refusing(folder, () => tell({ stopping: false }))
      } catch (error) {
        held.close()
        throw error
      }
      return {
        tell,
        release() {
          if (!held.isOpen) return
          rmSync(holderFile, { force: true })
          held.close()
        },
      }
    }
    const holder = readHolder(holderFile)
    if (Date.now() - began > (holder?.stopping ? 20_000 : patience)) throw inUse(folder, holder)
    await pause(50)
  }
}

/**
 * Makes a folder and those above it that are missing; only what is made here gets its mode: nobody else lists it, and
 * PostgreSQL's user passes through. Not Node's own recursive `mkdir`: below /proc and its like that never returns.
 */
export function makeFolder(folder: string): void {
  refusing(folder, () => {
    const missing: string[] = []
    for (let at = folder; !existsSync(at) && at !== dirname(at); at = dirname(at)) missing.unshift(at)
    for (const at of missing) {
      mkdirSync(at)
      chmodSync(at, process.getuid?.() === 0 ? 0o711 : 0o700)
    }
  })
}

function refusing(folder: string, attempt: () => void): void {
  try {
    attempt()
  } catch (error) {
    throw new Refused('folder', `The data folder ${folder} cannot be used: ${because(error)}.`)
  }
}

function because(error: unknown): string {
  const sentences: Record<string, string> = {
    EACCES: 'this user may not write there',
    EPERM: 'this user may not write there',
    EROFS: 'it is read-only',
    ENOENT: 'it cannot be made there',
    ENOTDIR: 'a part of its path is a file, not a folder',
    EEXIST: 'a file of that name is in the way',
    EISDIR: 'a folder named lock is in the way',
    ENOSPC: 'the disk is full',
    ENAMETOOLONG: 'its name is too long',
  }
  const code = systemCode(error) ?? ''
  return sentences[code] ?? `the system answered ${code}`
}

/** @returns the open, locked file, or undefined while another process (or another caller in this one) holds it. */
function tryLock(folder: string): DatabaseSync | undefined {
  refusing(folder, () => closeSync(openSync(join(folder, 'lock'), 'a', 0o600)))
  const file = new DatabaseSync(join(folder, 'lock'))
  try {
    // Nothing is ever written: in memory the journal leaves no second file, and the lock file stays empty.
    file.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return file
  } catch (error) {
    file.close()
    const busy = typeof error === 'object' && error !== null && 'errcode' in error && error.errcode === 5
    if (busy) return undefined
    throw new Refused('folder', `The data folder ${folder} cannot be locked: its file "lock" is not Lentera's.`)
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    // The file is written by `tell` above and only ever shown: a wrong shape shows less, and harms nothing.
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

function inUse(folder: string, holder: Holder | undefined): Refused {
  const who = holder === undefined ? '' : ` (process ${holder.pid})`
  const where = holder?.desk === undefined ? '' : `; its desk is at ${holder.desk} and its portal at ${holder.portal}`
  return new Refused('in use', `Lentera is already running on ${folder}${who}${where}.`)
}
