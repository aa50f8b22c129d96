import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { startServer } from '@lentera/server/main'
import * as z from 'zod'
import { openDatabase } from '../database/open-database.ts'
import { cast } from '../demonstration/cast.ts'

const project = join(import.meta.dirname, '../..')
const Running = z.object({ stopping: z.boolean(), desk: z.string().optional() })
const Kept = z.object({ password: z.string(), port: z.number().nullable() })

export type Found<T> = T & { readonly stop: () => Promise<void> }

/** The address of the server that runs on this data folder; one of our own, on any free port, where none does. */
export async function findServer(
  dataFolder: string,
  databaseUrl: string | undefined,
): Promise<Found<{ desk: string }>> {
  const running = read(join(dataFolder, 'running.json'), Running)
  // A server that was killed leaves its note behind.
  if (running?.desk && !running.stopping && (await isAnswering(Number(new URL(running.desk).port))))
    return { desk: running.desk, stop: async () => {} }
  const database = await openDatabase({ dataFolder, url: databaseUrl, say })
  const server = await startServer({
    databaseUrl: database.url,
    deskPort: 0,
    portalPort: 0,
    deskFolder: join(project, 'desk/dist'),
    dataFolder,
    empty: false,
    say,
    cast,
  })
  const stop = async (): Promise<void> => {
    await server.stop()
    await database.stop()
  }
  return stopWhenEnded({ desk: server.desk, stop })
}

/** The database of this data folder with all rights, whether its server runs or not. */
export async function findDatabase(
  dataFolder: string,
  databaseUrl: string | undefined,
): Promise<Found<{ url: string }>> {
  if (databaseUrl) return { url: databaseUrl, stop: async () => {} }
  const kept = read(join(dataFolder, 'database.json'), Kept)
  if (existsSync(join(dataFolder, 'running.json')) && kept?.port && (await isAnswering(kept.port))) {
    return { url: `postgresql://lentera:${kept.password}@127.0.0.1:${kept.port}/lentera`, stop: async () => {} }
  }
  const database = await openDatabase({ dataFolder, say })
  return stopWhenEnded({ url: database.url, stop: () => database.stop() })
}

/** Whether anything listens there on this machine. */
function isAnswering(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const answer = (is: boolean): void => {
      socket.destroy()
      resolve(is)
    }
    socket.setTimeout(2000, () => answer(false))
    socket.once('connect', () => answer(true))
    socket.once('error', () => answer(false))
  })
}

/** Ended from outside, a command still stops what it started: a database would live on without it. */
function stopWhenEnded<T extends { readonly stop: () => Promise<void> }>(found: T): T {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void found.stop().finally(() => process.exit(1)))
  }
  return found
}

/** On the error stream: what a command prints is for the next program. What stands in a file never commands the terminal. */
export function say(line: string): void {
  console.error(line.replace(/[^\P{Cc}\t\n]/gu, '\uFFFD'))
}

export function read<T>(file: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}
