import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Account, clusterAccount } from './account.ts'
import { plainEnvironment, run } from './child.ts'
import { makeFolder } from './folder-lock.ts'
import { findPrograms, type Programs, sharedPlace } from './programs.ts'
import { Refused, reason, systemCode } from './refused.ts'

/** A cluster on disk, and all that is needed to start it. */
export type Cluster = {
  readonly folder: string
  readonly log: string
  readonly account: Account | undefined
  readonly programs: Programs
  readonly password: string
  readonly recordFile: string
}

export type Running = { readonly pid: number; readonly port: number; readonly ended: Promise<string> }

type Options = { readonly say: (line: string) => void; readonly durable: boolean }

/**
 * What the data folder remembers of its cluster (`database.json`, readable by its owner only). `folder` is relative to
 * the data folder, or absolute where PostgreSQL's user could not reach that. `made` is false while it is being made.
 */
type Record = {
  readonly folder: string
  readonly password: string
  readonly port: number | null
  readonly made: boolean
}

// ---------------------------------------------------------------------------------------------------------------------
// On disk

/**
 * Finds the cluster of a data folder, or makes it: UTF-8, locale C (so that a cluster sorts alike on every machine;
 * collations are named by column), checksums on every page, password authentication only, one database `lentera`.
 * It is made beside its place and renamed when whole, so a start killed half-way leaves nothing that looks like one.
 *
 * @param dataFolder must exist and be locked by us.
 * @throws Refused in one sentence when it cannot be made, found or read.
 */
export async function ensureCluster(dataFolder: string, options: Options): Promise<Cluster> {
  const recordFile = join(dataFolder, 'database.json')
  const known = readRecord(recordFile)
  const place = known === undefined ? await choosePlace(dataFolder, options.say) : resolve(dataFolder, known.folder)
  const account = await clusterAccount(place)
  const programs = await findPrograms(account, options.say)
  const record = known ?? {
    folder: dirname(place) === dataFolder ? 'database' : place,
    password: randomBytes(24).toString('base64url'),
    port: null,
    made: false,
  }
  const cluster = {
    folder: place,
    log: join(dataFolder, 'database.log'),
    account,
    programs,
    password: record.password,
    recordFile,
  }
  if (!record.made) {
    await clearPlace(place, known !== undefined, options.say)
    writeRecord(recordFile, record)
    await makeCluster(cluster, options)
    writeRecord(recordFile, { ...record, made: true })
  } else if (!existsSync(place)) {
    throw new Refused(
      'database',
      `The database of ${dataFolder} belongs in ${place}, which is not there; bring it back, or begin anew in another folder with LENTERA_DATA.`,
    )
  } else {
    await ensureReadable(cluster)
  }
  return cluster
}

/** The data folder itself, or, where PostgreSQL's user cannot pass the folders above it, a named place it can. */
async function choosePlace(dataFolder: string, say: (line: string) => void): Promise<string> {
  const near = join(dataFolder, 'database')
  const account = await clusterAccount(near)
  if (await canKeep(near, account)) return near
  if (account === undefined) throw new Refused('folder', `The data folder ${dataFolder} cannot be written.`)
  const name = createHash('sha256').update(realpathSync(dataFolder)).digest('hex').slice(0, 12)
  const far = join(sharedPlace, name, 'database')
  if (!(await canKeep(far, account))) {
    throw new Refused(
      'folder',
      `PostgreSQL's user can reach neither ${near} nor ${far}; set LENTERA_DATA to a folder below one that every user may pass.`,
    )
  }
  say(`The database is kept in ${far}, because its user cannot pass the folders above ${near}.`)
  return far
}

/**
 * Makes room for a new cluster. What stands there was cut short while being made (the record says so), or else the
 * record of it was lost: then it may hold data, and is set aside, never deleted.
 */
async function clearPlace(place: string, cutShort: boolean, say: (line: string) => void): Promise<void> {
  if (!existsSync(place)) return
  await stopCluster({ folder: place })
  if (cutShort) {
    rmSync(place, { recursive: true, force: true })
  } else {
    const aside = `${place}.left-${Date.now()}`
    renameSync(place, aside)
    say(`A database whose password is lost was found in ${place}; it is set aside as ${aside}.`)
  }
}

/** Whether that account can write in that place: found out by letting it try, which also sees mounts and ACLs. */
async function canKeep(place: string, account: Account | undefined): Promise<boolean> {
  const trial = join(place, '..', `.trial-${process.pid}`)
  try {
    makeFolder(dirname(trial))
    mkdirSync(trial, { mode: 0o700 })
    if (account !== undefined) chownSync(trial, account.uid, account.gid)
    return (await run('/bin/sh', ['-c', 'cd -- "$0" && : > written', trial], { account })).code === 0
  } catch {
    return false
  } finally {
    rmSync(trial, { recursive: true, force: true })
  }
}

async function makeCluster(cluster: Cluster, { durable, say }: Options): Promise<void> {
  const { account, programs } = cluster
  const making = `${cluster.folder}.making`
  const passwordFile = join(making, 'password')
  const target = join(making, 'cluster')
  say('A new database is made.')
  try {
    rmSync(making, { recursive: true, force: true })
    mkdirSync(making, { mode: 0o700 })
    writeFileSync(passwordFile, `${cluster.password}\n`, { mode: 0o600 })
    if (account !== undefined) {
      chownSync(making, account.uid, account.gid)
      chownSync(passwordFile, account.uid, account.gid)
    }
    const made = await run(
      programs.initdb,
      [
        ['-D', target, '--username=lentera', '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
        ['--encoding=UTF8', '--locale=C', '--data-checksums', ...(durable ? [] : ['--no-sync'])],
      ].flat(),
      { account },
    )
    if (made.code !== 0) throw new Error(lastLine(made.output))
    // Single-user mode: the database is there before the cluster first serves, so no start has to ask for it.
    const single = ['--single', '-D', target, ...(durable ? [] : ['-F']), 'postgres']
    const named = await run(programs.postgres, single, { account, input: 'create database lentera\n' })
    if (named.code !== 0) throw new Error(lastLine(named.output))
    renameSync(target, cluster.folder)
  } catch (error) {
    const why = systemCode(error) === 'ENOSPC' ? 'the disk is full' : reason(error)
    throw new Refused('database', `The database could not be made in ${cluster.folder}: ${why}.`)
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}

async function ensureReadable({ folder, account, programs }: Cluster): Promise<void> {
  const own = account?.uid ?? process.getuid?.()
  if (own !== undefined && statSync(folder).uid !== own) {
    throw new Refused(
      'folder',
      `The database in ${folder} belongs to another user of this machine; start Lentera as that user or as root.`,
    )
  }
  // Read with that account's rights: root could read it anyway, and PostgreSQL then could not.
  const version = await run('cat', ['--', join(folder, 'PG_VERSION')], { account })
  if (version.code !== 0) {
    throw new Refused(
      'folder',
      `PostgreSQL's user can no longer reach the database in ${folder} (${lastLine(version.output)}).`,
    )
  }
  if (version.output.trim() !== programs.major) {
    throw new Refused(
      'database',
      `The database in ${folder} was made by PostgreSQL ${version.output.trim()}, and this Lentera brings ${programs.major}: export it with the Lentera that made it and import it into a new one.`,
    )
  }
}

function readRecord(file: string): Record | undefined {
  if (!existsSync(file)) return undefined
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (isRecord(parsed)) return parsed
  } catch (error) {
    throw new Refused('folder', `The file ${file} cannot be read (${reason(error)}).`)
  }
  throw new Refused('folder', `The file ${file} is not as Lentera wrote it.`)
}

function isRecord(value: unknown): value is Record {
  if (typeof value !== 'object' || value === null) return false
  if (!('folder' in value && 'password' in value && 'port' in value && 'made' in value)) return false
  const portOk = value.port === null || typeof value.port === 'number'
  return (
    typeof value.folder === 'string' && typeof value.password === 'string' && portOk && typeof value.made === 'boolean'
  )
}

function writeRecord(file: string, record: Record): void {
  const half = `${file}.${process.pid}`
  writeFileSync(half, `${JSON.stringify(record)}\n`, { mode: 0o600, flush: true })
  renameSync(half, file)
}

// ---------------------------------------------------------------------------------------------------------------------
// Running

/**
 * Starts the cluster on a loopback port of its own (the last one again where it is free, so that a server that waits
 * for its database finds it), and waits until it takes connections. A server left from a killed start is stopped
 * first; a postmaster.pid left from a killed server is cleared away; what was written before is replayed.
 *
 * @throws Refused in one sentence, with the last words of PostgreSQL's log.
 */
export async function startCluster(cluster: Cluster, { say, durable }: Options, settled?: number): Promise<Running> {
  await stopCluster(cluster)
  let port = settled ?? (await freePort(readRecord(cluster.recordFile)?.port ?? null))
  for (let attempt = 1; ; attempt += 1) {
    const started = await launch(cluster, port, durable, say)
    if (!('failed' in started)) {
      const record = readRecord(cluster.recordFile)
      if (record !== undefined && record.port !== port) writeRecord(cluster.recordFile, { ...record, port })
      return started
    }
    const words = started.failed
    const portTaken = words.includes('could not bind') || words.includes('could not create any TCP/IP sockets')
    // A killed server's children need a moment to notice; until then the new one is held off by their shared memory.
    const stillLeaving = words.includes('shared memory block') || words.includes('lock file "postmaster.pid"')
    if (attempt > 40 || !(portTaken || stillLeaving)) throw refusedStart(cluster, words)
    if (portTaken && settled === undefined) port = await freePort(null)
    await pause(250)
  }
}

/** Stops whatever server runs on this cluster: politely, then firmly. Returns when its process is gone. */
export async function stopCluster({ folder }: Pick<Cluster, 'folder'>): Promise<void> {
  const pidFile = join(folder, 'postmaster.pid')
  const pid = Number(readIfThere(pidFile)?.split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 1) return
  if (!isServerOf(pid, folder)) {
    // Left from a killed server. PostgreSQL would clear it away itself, unless another process has the number by now.
    rmSync(pidFile, { force: true })
    return
  }
  // Fast, immediate (the next start replays the log), and at last what cannot be refused.
  for (const [signal, patience] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (!kill(pid, signal)) return
    if (await isGone(pid, folder, patience)) return
  }
  throw new Refused('database', `The database's process ${pid} cannot be stopped.`)
}

async function launch(
  cluster: Cluster,
  port: number,
  durable: boolean,
  say: (line: string) => void,
): Promise<Running | { readonly failed: string }> {
  const { log, from } = openLog(cluster.log)
  let child: ChildProcess
  try {
    child = spawn(cluster.programs.postgres, ['-D', cluster.folder, ...settings(port, durable)], {
      ...cluster.account,
      cwd: '/',
      env: plainEnvironment(),
      // A process group of its own: Ctrl-C in the terminal is for us, and we stop the database last.
      detached: true,
      stdio: ['ignore', log, log],
    })
  } finally {
    closeSync(log)
  }
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('exit', () => resolve(lastWords(cluster.log, from)))
  })
  let over: string | undefined
  void ended.then((words) => {
    over = words
  })
  const began = Date.now()
  let said = false
  while (over === undefined) {
    const state = readIfThere(join(cluster.folder, 'postmaster.pid'))?.split('\n')
    if (Number(state?.[0]) === child.pid && state?.[7]?.trim() === 'ready') {
      return { pid: child.pid ?? 0, port, ended }
    }
    if (!said && Date.now() - began > 2_000) {
      said = true
      say('The database repairs itself after a hard stop.')
    }
    await pause(15)
  }
  return { failed: over }
}

/**
 * Small at rest (few processes, little shared memory), safe always: what is acknowledged is on the disk.
 * No table of ours is larger than its working set in these buffers needs; the system's own file cache does the rest.
 */
function settings(port: number, durable: boolean): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 60,
    shared_buffers: '96MB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    effective_cache_size: '1GB',
    random_page_cost: 1.1,
    max_wal_size: '512MB',
    wal_buffers: '4MB',
    // Neither replicas nor base backups: `npm run lentera -- export` is the backup.
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_logical_replication_workers: 0,
    io_method: 'sync',
    autovacuum_max_workers: 2,
    max_parallel_workers: 2,
    max_parallel_workers_per_gather: 1,
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // The log names events, never contents: no statement, no detail with the values of a row.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
    log_checkpoints: 'off',
    logging_collector: 'off',
    log_destination: 'stderr',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** A free port of the loopback address: the wanted one if it is free. It may be taken before we use it: the caller tries again. */
function freePort(wanted: number | null): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => {
      if (wanted === null) reject(error)
      else resolve(freePort(null))
    })
    probe.listen({ host: '127.0.0.1', port: wanted ?? 0 }, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** Whether that process is a PostgreSQL server working in that folder, and not one that got its number since. */
function isServerOf(pid: number, folder: string): boolean {
  if (!existsSync('/proc/self')) return kill(pid, 0)
  try {
    return (
      readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder) &&
      readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres'
    )
  } catch {
    return false
  }
}

async function isGone(pid: number, folder: string, patience: number): Promise<boolean> {
  for (const began = Date.now(); Date.now() - began < patience; await pause(20)) {
    if (!isServerOf(pid, folder)) return true
  }
  return false
}

function kill(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// Its log

function openLog(path: string): { log: number; from: number } {
  // Kept for looking into, not for ever.
  if (existsSync(path) && statSync(path).size > 5_000_000) truncateSync(path)
  const log = openSync(path, 'a', 0o600)
  return { log, from: fstatSync(log).size }
}

function lastWords(path: string, from: number): string {
  const log = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(Math.min(fstatSync(log).size - from, 4096))
    readSync(log, bytes, 0, bytes.length, fstatSync(log).size - bytes.length)
    return bytes.toString()
  } finally {
    closeSync(log)
  }
}

function lastLine(text: string): string {
  const lines = text.trim().split('\n')
  return lines.findLast((line) => /FATAL|ERROR|error:|EACCES|denied/.test(line)) ?? lines.at(-1) ?? ''
}

function refusedStart(cluster: Cluster, words: string): Refused {
  if (words.includes('No space left')) {
    return new Refused('folder', `The database in ${cluster.folder} cannot start: the disk is full.`)
  }
  const fatal = lastLine(words).replace(/^.*(FATAL|PANIC|ERROR): */, '')
  const said = isAbsolute(fatal) || fatal === '' ? 'it said nothing' : fatal.replace(/\.$/, '')
  return new Refused(
    'database',
    `The database in ${cluster.folder} does not start: ${said}; more is in ${cluster.log}.`,
  )
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
