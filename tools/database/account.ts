import { existsSync, statSync } from 'node:fs'
import { run } from './child.ts'
import { Refused } from './refused.ts'

/** The numbers under which the operating system knows a user. */
export type Account = { readonly uid: number; readonly gid: number }

/**
 * Who PostgreSQL is to run as: undefined for ourselves. It refuses to run as root, so root lends it the user that owns
 * the cluster already, or the system's user `postgres`, made here when there is none.
 *
 * @param cluster the folder of the cluster; it need not exist.
 * @throws Refused when we are root and there is no such user and none can be made.
 */
export async function clusterAccount(cluster: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster)
    if (uid !== 0) return { uid, gid }
  }
  return (await findUser('postgres')) ?? (await makeUser('postgres'))
}

async function findUser(name: string): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
  if (uid.code !== 0 || gid.code !== 0) return undefined
  return { uid: Number(uid.output), gid: Number(gid.output) }
}

async function makeUser(name: string): Promise<Account> {
  const made = await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', name])
  const account = await findUser(name)
  if (account !== undefined) return account
  throw new Refused(
    'database',
    `PostgreSQL may not run as root, and the user "${name}" it would run as could not be made (${made.output.trim()}); ` +
      'start Lentera as an ordinary user, or give a PostgreSQL of your own in DATABASE_URL.',
  )
}
