import type { Batch, BatchReply } from '@lentera/core/log/batch'
import { CivilDate } from '@lentera/core/shared/dates'
import { MemberId, randomUuid } from '@lentera/core/shared/ids'
import { newAccount } from '@lentera/sealed/open'
import { type LoginVerifier, loginLookup } from '@lentera/sealed/verify'
import { addAccount } from '@lentera/server/accounts'
import type { Database } from '@lentera/server/database'
import { foundOrganisation as foundOnServer } from '@lentera/server/log/found'
import type { AppendDoor, Device } from '../device/device.ts'
import {
  addDevice,
  admitMember,
  foundOrganisation,
  get,
  newDevice,
  type Organisation,
  type Person,
  type Randoms,
} from '../device/found.ts'
import { type DemonstrationOrganisation, type Post, passphraseOf } from './cast.ts'

/** A member of the cast at her device. What she writes waits there until she sends it. */
export type Writer = {
  readonly organisation: Organisation
  readonly person: Person
  readonly device: Device
  /** All that waits, signed batch by signed batch, through the public append route. */
  readonly send: () => Promise<void>
  /** What else she asks the server for, over its API; the body of an answer that is no refusal. */
  readonly ask: Ask
}

type Ask = (at: `${'GET' | 'POST' | 'PUT'} /api/${string}`, bytes?: Uint8Array<ArrayBuffer>) => Promise<unknown>

export type Founded = {
  readonly organisation: Organisation
  /** By login name. */
  readonly writers: ReadonlyMap<string, Writer>
}

/** An organisation with its members, each with an account and a device that the server knows. */
export async function found(
  { database, deskUrl, randoms }: { database: Database; deskUrl: string; randoms: Randoms },
  { programme, country, zone, organisation: name, teams, posts }: DemonstrationOrganisation,
  within: Organisation | undefined,
  today: CivilDate,
  tick: () => void,
): Promise<Founded> {
  // Before the first of the invented records, and past the life of a demonstration.
  const since = CivilDate.parse(`${Number(today.slice(0, 4)) - 5}-01-01`)
  const until = CivilDate.parse(`${Number(today.slice(0, 4)) + 10}-12-31`)
  const { organisation, device: administrators } = await foundOrganisation(
    {
      programme: within ? { id: within.programme } : { name: programme, country, zone, demonstration: true },
      country,
      name,
      teams,
      today: since,
      until,
    },
    randoms,
    name,
  )
  const members: { post: Post; writer: Writer; store: () => Promise<void> }[] = []
  for (const post of posts) {
    const member = MemberId.parse(randomUuid(randoms(`${post.login}/member`)(16)))
    const account = get(await newAccount(member, passphraseOf(post.login), randoms(`${post.login}/account`)))
    const { person, admission } = await admitMember(
      organisation,
      { team: (post.team && organisation.teams.get(post.team)) || null, roles: post.roles, label: post.label },
      account.unlocked.keys,
      member,
      { today: since, until },
    )
    await administrators.write([admission])
    const device = newDevice(organisation, person, randoms, post.login)
    await device.write([await addDevice(organisation, person, device, since, until)])
    const { record, loginVerifier: verifier, recoveryVerifier: recovery } = account
    const lookup = loginLookup(post.login)
    const asking = signedIn(deskUrl, post.login, verifier)
    const store = (): Promise<void> =>
      database.asOwner(async (transaction) => {
        const shown = { lookup, member, kdf: record.kdf, verifier, recovery, account: { ...record } }
        get(await addAccount(transaction, organisation.programme, shown))
      })
    members.push({ post, writer: { organisation, person, device, ...speakerOf(device, post.login, asking) }, store })
  }
  const founding = await administrators.nextBatch()
  if (!founding) throw new Error('a founding has entries')
  const refused = administrators.placed(founding, await foundOnServer(database, founding))
  if (refused.length > 0) throw new Error(`the founding was refused: ${JSON.stringify(refused)}`)
  for (const { writer, store } of members) {
    await store()
    await writer.send()
    tick()
  }
  return { organisation, writers: new Map(members.map(({ post, writer }) => [post.login, writer])) }
}

type Asking = (at: string, body?: unknown) => Promise<unknown>

function speakerOf(device: Device, login: string, ask: Asking): Pick<Writer, 'send' | 'ask'> {
  const append: AppendDoor = async (batch: Batch) => (await ask('POST /api/log/append', batch)) as BatchReply
  return {
    ask,
    send: async () => {
      if (device.unsent === 0) return
      const refused = await device.push(append)
      if (refused.length > 0)
        throw new Error(`entries of ${login} were refused: ${JSON.stringify(refused.slice(0, 3))}`)
    },
  }
}

/** Signs in when there is first something to ask. */
function signedIn(deskUrl: string, login: string, verifier: LoginVerifier): Asking {
  const known: { token?: string } = {}
  return async (at, body) => {
    if (known.token === undefined) {
      const parts = { lookup: loginLookup(login), verifier }
      const { token } = (await ask(deskUrl, 'POST /api/sign-in', parts)) as { token: string }
      known.token = token
    }
    return ask(deskUrl, at, body, known.token)
  }
}

async function ask(deskUrl: string, at: string, body: unknown, token?: string): Promise<unknown> {
  const [method = 'GET', path = '/'] = at.split(' ')
  const isBytes = body instanceof Uint8Array
  const answer = await fetch(`${deskUrl.replace(/\/$/, '')}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    // Bytes of ours have an ArrayBuffer behind them, as `Ask` says.
    ...(body === undefined ? {} : { body: isBytes ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
  return answer.json()
}
