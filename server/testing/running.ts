import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hash, type MemberId, type ProgrammeId } from '@lentera/core/shared/ids'
import { hashNow, LoginVerifier, newToken, RecoveryVerifier } from '@lentera/sealed/verify'
import { createTestDatabase } from '../../tools/database/testing/test-database.ts'
import { addAccount, type NewAccount } from '../accounts/accounts.ts'
import { type Database, openPool } from '../database/database.ts'
import { type RunningServer, type StartServer, startServer } from '../main.ts'

/** A real server on a real database, and a look behind both. */
export type Running = {
  readonly server: RunningServer
  readonly database: Database
  readonly ownerUrl: string
  readonly dataFolder: string
  readonly events: () => Promise<string>
  readonly stop: () => Promise<void>
}

export type Answer<Body> = {
  readonly status: number
  readonly body: Body
  readonly text: string
  readonly headers: Headers
}

export async function runServer(options: Partial<StartServer> = {}): Promise<Running> {
  const test = await createTestDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'lentera-server-'))
  const deskFolder = join(folder, 'desk')
  await buildAPage(deskFolder)
  const server = await startServer({
    databaseUrl: test.ownerUrl,
    deskPort: 0,
    portalPort: 0,
    deskFolder,
    dataFolder: join(folder, 'data'),
    empty: false,
    say: () => undefined,
    ...options,
  })
  const database = openPool(test.ownerUrl, 2)
  return {
    server,
    database,
    ownerUrl: test.ownerUrl,
    dataFolder: join(folder, 'data'),
    events: () => readFile(join(folder, 'data/server.log'), 'utf8'),
    stop: async () => {
      await server.stop()
      await database.close()
      await test.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** As much of a built desk as the origin needs: a page, a script, the workers that compute, the service worker. */
async function buildAPage(folder: string): Promise<void> {
  await mkdir(join(folder, 'assets'), { recursive: true })
  const page = '<!doctype html><title>Lentera</title><script type="module" src="/assets/main-abc.js"></script>'
  await writeFile(join(folder, 'index.html'), page)
  await writeFile(join(folder, 'assets/main-abc.js'), 'export {}')
  await writeFile(join(folder, 'assets/passphrase-worker-abc.js'), 'export {}')
  await writeFile(join(folder, 'assets/planner-worker-abc.js'), 'export {}')
  await writeFile(join(folder, 'assets/main-abc.css'), 'body{}')
  await writeFile(join(folder, 'sw.js'), '')
}

/** Asks over HTTP, a body as JSON, bytes as they are; `Body` is what the test expects to hear. */
export async function ask<Body = unknown>(
  origin: string,
  at: string,
  { token, body, headers = {} }: { token?: string | undefined; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer<Body>> {
  const [method = 'GET', path = '/'] = at.split(' ')
  const isBytes = body instanceof Uint8Array
  const response = await fetch(`${origin}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
      ...headers,
    },
    // A view of bytes is a body to fetch; its type asks for an ArrayBuffer behind it, which it has here.
    ...(body === undefined ? {} : { body: isBytes ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
  return { status: response.status, text, body: isJson ? JSON.parse(text) : undefined, headers: response.headers }
}

/** An account as a device would bring it; the keys in it are of no use, which nobody here looks at. */
export function accountOf(member: MemberId, login: string): NewAccount {
  return {
    lookup: Hash.parse(hashNow(`login ${login}`)),
    member,
    kdf: { algorithm: 'argon2id', memoryKiB: 64 * 1024, passes: 3, lanes: 1, salt: 'AAAAAAAAAAAAAAAAAAAAAA' },
    verifier: LoginVerifier.parse(newToken()),
    recovery: RecoveryVerifier.parse(newToken()),
    account: { wrapped: 'opaque' },
  }
}

/** Gives a member an account in the place of what she had, and signs her in. @returns her token */
export async function signIn(
  running: Pick<Running, 'database'> & { readonly server: Pick<RunningServer, 'desk'> },
  programme: ProgrammeId,
  member: MemberId,
): Promise<string> {
  const account = accountOf(member, `${member} ${newToken()}`)
  const stored = await running.database.inProgramme(programme, async (transaction) => {
    await transaction.query('forget account', 'delete from lentera.account where programme = $1 and member = $2', [
      programme,
      member,
    ])
    return addAccount(transaction, programme, account)
  })
  if (!stored.ok) throw new Error(stored.refusal.code)
  const { lookup, verifier } = account
  const answer = await ask<{ token: string }>(running.server.desk, 'POST /api/sign-in', { body: { lookup, verifier } })
  if (answer.status !== 200) throw new Error(`could not sign in: ${answer.text}`)
  return answer.body.token
}
