import { setTimeout as pause } from 'node:timers/promises'
import { type Cluster, ensureCluster, startCluster, stopCluster } from './cluster.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { ensureGiven } from './given.ts'
import { reason } from './refused.ts'

export type Database = {
  /** A connection string with all rights on the database: for migrations, never for requests. */
  readonly url: string
  /** The folder of the embedded cluster; null for a given one. */
  readonly folder: string | null
  /** The embedded server's process; null for a given one, and while it is being brought back. */
  pid(): number | null
  /** Settles with a sentence only if the embedded server ended and could not be brought back. */
  readonly lost: Promise<string>
  /** The lock on the data folder, to tell a second starter where this one answers. */
  readonly lock: FolderLock
  /** Stops the embedded server and gives the data folder back. Calling it again does nothing. */
  stop(): Promise<void>
}

/**
 * Takes the data folder for this process and brings its database up: the given PostgreSQL (>= 15) if there is a `url`,
 * or the embedded one, made on first use. The embedded one listens on the loopback address only and on a port of its
 * own, under a random password kept in the data folder. Whatever was killed before, this brings it back by itself;
 * and if its server ends while we run, it is started again in the same place.
 *
 * @param options.dataFolder absolute path; made if missing.
 * @param options.url DATABASE_URL, if there is one.
 * @param options.say gets one plain sentence for the person at the terminal, now and then.
 * @param options.patience milliseconds to wait while another process still holds the folder.
 * @param options.durable false only for a cluster whose loss harms nothing (the tests' own): no fsync.
 * @throws Refused in one plain sentence.
 */
export async function openDatabase({
  dataFolder,
  url,
  say,
  patience = 0,
  durable = true,
}: {
  readonly dataFolder: string
  readonly url?: string | undefined
  readonly say: (line: string) => void
  readonly patience?: number
  readonly durable?: boolean
}): Promise<Database> {
  const lock = await lockFolder(dataFolder, patience)
  try {
    if (url !== undefined && url !== '') {
      await ensureGiven(url)
      const stop = async (): Promise<void> => lock.release()
      return { url, folder: null, pid: () => null, lost: new Promise(() => undefined), lock, stop }
    }
    const cluster = await ensureCluster(dataFolder, { say, durable })
    return await keepRunning(cluster, { say, durable }, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Starts the server and starts it again when it ends unasked, until it has ended too often in a minute. */
async function keepRunning(
  cluster: Cluster,
  options: { readonly say: (line: string) => void; readonly durable: boolean },
  lock: FolderLock,
): Promise<Database> {
  const first = await startCluster(cluster, options)
  const { port } = first
  let running: typeof first | null = first
  let stopping: Promise<void> | undefined

  const watch = async (): Promise<string> => {
    const ends: number[] = []
    while (running !== null) {
      await running.ended
      running = null
      if (stopping !== undefined) break
      ends.push(Date.now())
      if (ends.filter((end) => Date.now() - end < 60_000).length > 5) return 'The database ends again and again.'
      options.say('The database ended without being asked to, and is started again.')
      try {
        running = await startCluster(cluster, options, port)
      } catch (error) {
        return reason(error)
      }
    }
    return new Promise(() => undefined)
  }
  const lost = watch()

  return {
    url: `postgresql://lentera:${cluster.password}@127.0.0.1:${port}/lentera`,
    folder: cluster.folder,
    pid: () => running?.pid ?? null,
    lost,
    lock,
    stop() {
      stopping ??= (async () => {
        // Where it is just being brought back, stopping waits for that: a start cannot be called back half-way.
        while (running === null && (await Promise.race([lost, pause(20, undefined)])) === undefined) {}
        const last = running
        await stopCluster(cluster)
        await last?.ended
        lock.release()
      })()
      return stopping
    },
  }
}
