import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as path } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Batch, BatchReply } from '@lentera/core/log/batch'
import { Entry } from '@lentera/core/log/entry'
import { fold } from '@lentera/core/log/fold'
import { kinds } from '@lentera/core/rooms'
import type { EntryId } from '@lentera/core/shared/ids'
import { openPool } from '@lentera/server/database'
import { pull, pullStates } from '@lentera/server/log/pull'
import { migrate } from '@lentera/server/migrations'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeCases } from '../bench/append.ts'
import { type Database, openDatabase } from '../database/open-database.ts'
import { bringDevice, found, join, type Place, type Worker } from '../device/world.ts'

/**
 * Kills the database, the server and the connections at random points under load, hundreds of times, on a cluster of its
 * own with every promise of durability on. `LENTERA_FAULTS` multiplies the rounds for a longer watch.
 */
const times = Number(process.env.LENTERA_FAULTS ?? 1)
/** Five kills of the database a minute is what `openDatabase` brings back before it gives up: hence so few of them. */
const rounds = { connection: 160 * times, server: 40 * times, database: 5 }

let folder: string
let cluster: Database
let workers: Worker[]
let place: Place

beforeAll(async () => {
  folder = mkdtempSync(path(tmpdir(), 'lentera-faults-'))
  chmodSync(folder, 0o711)
  cluster = await openDatabase({ dataFolder: path(folder, 'data'), say: () => undefined })
  await migrate(cluster.url)
  const database = openPool(cluster.url)
  place = await found(database, 'Poipet shelter')
  const first = await join(database, place, ['caseworker'], 'Caseworker 1')
  workers = [first, ...(await Promise.all(Array.from({ length: 3 }, () => bringDevice(database, place, first.person))))]
  await database.close()
})

afterAll(async () => {
  await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The log's server as its own process, started again whenever it was killed. */
class Server {
  readonly #url: string
  #child: Promise<ChildProcess>
  #number = 0

  constructor(url: string) {
    this.#url = url
    this.#child = this.#start()
  }

  async #start(): Promise<ChildProcess> {
    const child = fork(path(import.meta.dirname, 'append-server.ts'), [this.#url], { stdio: 'ignore' })
    await Promise.race([once(child, 'message'), once(child, 'exit')])
    return child
  }

  /** Undefined where no answer came: the server or its database was gone. */
  async append(worker: Worker, batch: Batch): Promise<BatchReply | undefined> {
    const child = await this.#child
    const number = ++this.#number
    return new Promise((resolve) => {
      const leave = (reply?: BatchReply): void => {
        child.off('message', hear)
        child.off('exit', gone)
        resolve(reply)
      }
      const hear = (message: { number: number; reply: BatchReply | null }): void => {
        if (message.number === number) leave(message.reply ?? undefined)
      }
      const gone = (): void => leave()
      child.on('message', hear)
      child.on('exit', gone)
      if (!child.connected) leave()
      else child.send({ number, viewer: worker.viewer, batch }, (error) => error && leave())
    })
  }

  async kill(): Promise<void> {
    const child = await this.#child
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    this.#child = this.#start()
    await this.#child
  }

  async stop(): Promise<void> {
    const child = await this.#child
    const ended = once(child, 'exit')
    child.disconnect()
    await ended
  }
}

describe('whatever is killed, whenever', () => {
  it('every acknowledged entry is there once, every other one can be sent again, and all that is derived is right', {
    timeout: 600_000 * times,
  }, async () => {
    const [reader] = workers
    if (!reader) throw new Error('no reader')
    const server = new Server(cluster.url)
    const acknowledged = new Set<EntryId>()
    const load = { running: true, unanswered: 0, sent: 0 }
    const working = workers.map(async (worker) => {
      while (load.running || worker.device.unsent > 0) {
        if (worker.device.unsent === 0) await writeCases(worker, place, [reader], 1)
        const batch = await worker.device.nextBatch(7)
        if (!batch) continue
        load.sent += 1
        const reply = await server.append(worker, batch)
        if (!reply) {
          load.unanswered += 1
          await pause(5)
          continue
        }
        expect(worker.device.placed(batch, reply)).toEqual([])
        if (reply.ok) for (const { entry } of reply.outcomes) if (entry) acknowledged.add(entry)
      }
    })

    const owner = openPool(cluster.url, 2)
    const faults = (Object.entries(rounds) as [keyof typeof rounds, number][])
      .flatMap(([fault, count]) =>
        Array.from({ length: count }, (_, i) => ({ fault, at: (i + Math.random()) / count })),
      )
      .sort((a, b) => a.at - b.at)
    for (const { fault } of faults) {
      await pause(Math.random() * 150)
      if (fault === 'connection') await cutConnections(owner)
      if (fault === 'server') await server.kill()
      if (fault === 'database') {
        const pid = cluster.pid()
        if (pid !== null) process.kill(pid, 'SIGKILL')
        await answering(owner)
      }
    }
    load.running = false
    await Promise.all(working)
    await server.stop()
    await owner.close()

    const database = openPool(cluster.url)
    try {
      const stored = await database.asOwner((transaction) =>
        transaction.query<{ id: EntryId; number: string }>(
          'stored',
          'select id, number from lentera.entry order by number',
        ),
      )
      const ids = stored.map((row) => row.id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(stored.map((row) => Number(row.number))).toEqual(stored.map((_, i) => i + 1))
      expect([...acknowledged].filter((id) => !ids.includes(id))).toEqual([])

      const entries: Entry[] = []
      for (let from: Parameters<typeof pull>[2] = { epoch: null, after: null }, more = true; more; ) {
        const pulled = await pull(database, reader.viewer, from)
        entries.push(...pulled.entries.map(({ text }) => Entry.parse(JSON.parse(text))))
        from = { epoch: pulled.epoch, after: pulled.after }
        more = pulled.more
      }
      const byStream = Map.groupBy(entries, (entry) => entry.stream)
      for (let after: Parameters<typeof pullStates>[2]['after'] = null, more = true; more; ) {
        const page = await pullStates(database, reader.viewer, { after })
        for (const { stream, state } of page.states) expect(fold(kinds, byStream.get(stream) ?? [])).toEqual(state)
        after = page.after
        more = page.more
      }
      const [counted] = await database.asOwner((transaction) =>
        transaction.query<{ tallied: string; counted: string }>(
          'tallied and counted',
          `select (select contacts from lentera.tally where fact = 'support.service-delivered' and period = 'all'
                   and scope = 'programme' and dimensions = '{}') as tallied,
             (select count(*) from lentera.entry where kind = 'support.service-delivered') as counted`,
        ),
      )
      expect(counted?.tallied).toBe(counted?.counted)
      console.log(
        `${faults.length} faults (${JSON.stringify(rounds)}); ${load.sent} batches sent, ${load.unanswered} without an answer; ${ids.length} entries, ${acknowledged.size} acknowledged`,
      )
      expect(load.unanswered).toBeGreaterThan(0)
    } finally {
      await database.close()
    }
  })
})

type Pool = ReturnType<typeof openPool>

/** Cuts every connection of the server in the middle of whatever it does. */
async function cutConnections(owner: Pool): Promise<void> {
  await owner
    .asOwner((transaction) =>
      transaction.query(
        'cut',
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      ),
    )
    .catch(() => undefined)
}

async function answering(owner: Pool): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const answered = await owner.asOwner((transaction) => transaction.query('alive', 'select 1')).catch(() => undefined)
    if (answered) return
    await pause(50)
  }
  throw new Error('the database did not come back')
}
