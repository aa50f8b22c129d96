import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Database, openDatabase } from '../database/open-database.ts'
import { Refused, reason, systemCode } from '../database/refused.ts'
import { watchLaunchers } from './ancestors.ts'
import { ensureDesk } from './desk.ts'
import { doorsOf } from './doors.ts'
import { decideBeginning, demonstrationLoaded } from './first-run.ts'
import { progressBar } from './progress-bar.ts'
import { readSettings, type Settings } from './settings.ts'

const project = join(import.meta.dirname, '../..')

const say = (line: string): void => console.log(line)

/** Brings everything up in order, and leaves in `opened` what must be stopped again, last first. */
async function start(settings: Settings, opened: (() => Promise<void>)[], lost: (why: string) => void): Promise<void> {
  const { dataFolder, databaseUrl, deskPort, portalPort, empty } = settings
  const doors = doorsOf(project)
  // Reading the server's code takes as long as starting the database: both at once.
  const startServer = doors.startServer()
  startServer.catch(() => undefined)

  const opening = openDatabase({ dataFolder, url: databaseUrl, say, patience: 1_500 })
  opened.push(async () => {
    const database = await opening.catch(() => undefined)
    await database?.stop()
  })
  const database = await opening
  void database.lost.then(lost)
  await ensureFree('LENTERA_PORTAL_PORT', portalPort)
  await ensureFree('LENTERA_DESK_PORT', deskPort)

  const building = ensureDesk(project, say)
  building.catch(() => undefined)
  const beginning = await decideBeginning(dataFolder, database, empty)
  const server = await (await startServer)({
    databaseUrl: database.url,
    deskPort,
    portalPort,
    deskFolder: await building,
    dataFolder,
    empty: empty || beginning.kind === 'empty',
    say,
    cast: await doors.cast(),
  }).catch((error: unknown) => {
    throw systemCode(error) === 'EADDRINUSE' ? taken(portalPort, deskPort, error) : error
  })
  opened.push(
    () => server.stop(),
    // Undone first: from now on a next start waits for us instead of refusing.
    async () => database.lock.tell({ stopping: true }),
  )
  if (beginning.kind === 'demonstration' && !beginning.done) await demonstrate(settings, database, server.desk)
  database.lock.tell({ stopping: false, desk: server.desk, portal: server.portal })
  say(`\nLentera is ready.\n\n  Desk    ${server.desk}\n  Portal  ${server.portal}\n\nCtrl-C stops it.`)
}

async function demonstrate({ dataFolder, size, seed }: Settings, database: Database, deskUrl: string): Promise<void> {
  const loadDemonstration = await doorsOf(project).loadDemonstration()
  const progress = progressBar('Loading the demonstration')
  await loadDemonstration({ databaseUrl: database.url, deskUrl, size, seed, progress })
  demonstrationLoaded(dataFolder, database)
}

/** Sees a taken port before there is anything to undo, and says which setting moves it. */
function ensureFree(setting: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => {
      const why =
        systemCode(error) === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${reason(error)})`
      reject(new Refused('port', `Port ${port} ${why}; choose another with ${setting}.`))
    })
    probe.listen({ host: '127.0.0.1', port }, () => probe.close(() => resolve()))
  })
}

function taken(portalPort: number, deskPort: number, error: unknown): Refused {
  const port =
    typeof error === 'object' && error !== null && 'port' in error ? error.port : `${portalPort} or ${deskPort}`
  return new Refused(
    'port',
    `Port ${port} is taken by another program; choose others with LENTERA_PORTAL_PORT and LENTERA_DESK_PORT.`,
  )
}

/** A refusal, or what the system refused us, is one sentence; anything else is a bug and is shown whole. */
function sentenceOf(error: unknown): unknown {
  if (error instanceof Refused) return error.message
  const code = systemCode(error) ?? ''
  return /^(EACCES|EPERM|EROFS|ENOSPC|EDQUOT|EMFILE)$/.test(code) ? `Lentera cannot go on: ${reason(error)}.` : error
}

async function run(): Promise<void> {
  const opened: (() => Promise<void>)[] = []
  let ending = false

  const end = async (code: number): Promise<void> => {
    if (ending) return
    ending = true
    // Whatever hangs in stopping, the database is safe to leave: the next start repairs it.
    setTimeout(() => process.exit(code), 20_000).unref()
    for (const stop of opened.reverse()) {
      await stop().catch((error: unknown) => console.error(`While stopping: ${reason(error)}.`))
    }
    process.exit(code)
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0))
  watchLaunchers(() => void end(0))
  // A terminal that is gone is no reason to fall over while stopping.
  process.stdout.on('error', () => undefined)
  process.stderr.on('error', () => undefined)

  try {
    const settings = readSettings(process.argv.slice(2), process.env, project)
    await start(settings, opened, (why) => {
      console.error(`The database cannot be brought back: ${why}`)
      void end(1)
    })
  } catch (error) {
    if (ending) return
    console.error(sentenceOf(error))
    await end(1)
  }
}

await run()
