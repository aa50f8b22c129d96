import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { countAttempts } from './accounts/attempts.ts'
import { ensureSecret } from './accounts/secret.ts'
import { newSetupToken, noSetup } from './accounts/setup.ts'
import { openPool } from './database/database.ts'
import { deskOrigin } from './http/desk-origin.ts'
import { logEventsTo } from './http/events.ts'
import { portalOrigin } from './http/portal-origin.ts'
import type { CastMember } from './http/server.ts'
import { migrate } from './migrations/migrate.ts'
import { catchUp } from './projections/catch-up.ts'
import { keepCutOffs } from './publish/cut-offs.ts'
import { portalHanded } from './publish/portal.ts'
import { sealOlderHoldings } from './publish/publications/holding-bytes.ts'
import { preparationsOf } from './publish/publications/preparations.ts'
import { releasesOf } from './publish/releases.ts'

export type { CastMember } from './http/server.ts'

export type StartServer = {
  /** A PostgreSQL address whose role may create schemas and roles. */
  readonly databaseUrl: string
  /** 0 takes any free port. */
  readonly deskPort: number
  readonly portalPort: number
  /** The built desk. */
  readonly deskFolder: string
  /** Where the server's secret and its log of events lie; made if missing. */
  readonly dataFolder: string
  /** Bare: where nothing is founded yet, one address is said with which the first administrator founds her organisation. */
  readonly empty: boolean
  /** Gets one plain sentence for the person at the terminal, now and then. */
  readonly say: (line: string) => void
  /** The members of the demonstration, for its sign-in page; shown only by a database flagged as one. */
  readonly cast?: readonly CastMember[]
  /** The address to listen on; the loopback address unless told otherwise (`LENTERA_HOST`). */
  readonly host?: string
}

export type RunningServer = {
  readonly desk: string
  readonly portal: string
  /** The address that founds the first organisation, once; null where something is founded, or no one is to found. */
  readonly setup: string | null
  readonly stop: () => Promise<void>
}

/**
 * Brings the database to the newest schema and answers on two origins. Throws where a port is taken (`EADDRINUSE`) or the
 * database cannot be reached; then nothing is left listening.
 */
export async function startServer(options: StartServer): Promise<RunningServer> {
  const host = options.host ?? process.env.LENTERA_HOST ?? '127.0.0.1'
  await migrate(options.databaseUrl)
  const secret = await ensureSecret(options.dataFolder)
  const events = logEventsTo(join(options.dataFolder, 'server.log'))
  const database = openPool(options.databaseUrl)
  const listening: FastifyInstance[] = []
  const close = async (): Promise<void> => {
    await Promise.all(listening.map((application) => application.close()))
    await database.close()
    await events.settled()
  }
  try {
    await catchUp(database)
    await sealOlderHoldings(database, secret)
    const isFounded = await database.asOwner(async (transaction) => {
      // With an account, that is: a founding cut off before its account was kept can be gone on with.
      const rows = await transaction.query('any account', 'select 1 from lentera.account limit 1')
      return rows.length > 0
    })
    const releases = releasesOf(database)
    const publications = preparationsOf({ database, releases, secret, events })
    const handed = portalHanded(database)
    const { setup, token } = options.empty && !isFounded ? newSetupToken() : { setup: noSetup, token: null }
    const desk = await deskOrigin(
      {
        version,
        database,
        events,
        secret,
        setup,
        attempts: countAttempts(),
        releases,
        publications,
        handed,
        evidence: new Map(),
        cast: options.cast ?? [],
      },
      options.deskFolder,
    )
    listening.push(desk)
    const portal = portalOrigin(handed)
    listening.push(portal)
    const addresses = {
      desk: await listen(desk, host, options.deskPort),
      portal: await listen(portal, host, options.portalPort),
    }
    const cutOffs = keepCutOffs(database, events)
    events.record('started', { version })
    // Behind the #, so that it is in no request line, no log and no referrer.
    const setupAddress = token && `${addresses.desk}/found#${token}`
    if (setupAddress) options.say(`To found your organisation, open this address once: ${setupAddress}`)
    const stopping: { done?: Promise<void> } = {}
    return {
      ...addresses,
      setup: setupAddress,
      stop: () => {
        stopping.done ??= (async () => {
          await Promise.all([cutOffs.stop(), publications.stop()])
          events.record('stopped')
          await close()
        })()
        return stopping.done
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

const version = '0.1.0'

async function listen(application: FastifyInstance, host: string, port: number): Promise<string> {
  await application.listen({ host, port })
  const { port: taken } = application.server.address() as AddressInfo // listening on a port, never on a pipe
  return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`
}
