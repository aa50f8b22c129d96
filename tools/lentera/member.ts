import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Batch, BatchReply } from '@lentera/core/log/batch'
import { type Draft, draft } from '@lentera/core/log/draft'
import { deviceAdded } from '@lentera/core/log/membership'
import { CivilDate, dayIn } from '@lentera/core/shared/dates'
import { DeviceId, Hash, MemberId, OrganisationId, ProgrammeId, randomUuid, StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, type Refusal } from '@lentera/core/shared/refusals'
import {
  certifyDevice,
  deriveAccount,
  Keyring,
  newDeviceKey,
  newLocalStoreKey,
  openLocalStoreKey,
  randomBytes,
  signBatch,
  type UnlockedAccount,
  unlockAccount,
  WrappedLocalStoreKey,
  wrapLocalStoreKey,
} from '@lentera/sealed/open'
import {
  certificateHash,
  fromBase64Url,
  KdfParameters,
  loginLookup,
  SignedCertificate,
  toBase64Url,
  WrappedMemberKeys,
  WrappedUserKey,
} from '@lentera/sealed/verify'
import { BatchReply as Reply } from '@lentera/server/answers'
import * as z from 'zod'
import { Device } from '../device/device.ts'
import { get } from '../device/found.ts'
import { read } from './server.ts'

const Me = z.object({
  programme: ProgrammeId,
  member: MemberId,
  label: z.string(),
  organisation: OrganisationId,
  zone: z.string(),
  roles: z.array(z.string()),
})
const Kept = z.object({ device: DeviceId, key: WrappedLocalStoreKey, keyring: z.string() })
const Streams = z.object({
  states: z.array(
    z.object({ stream: StreamId, noun: z.string(), state: z.object({ records: z.record(z.string(), z.json()) }) }),
  ),
  after: StreamId.nullable(),
  more: z.boolean(),
})
type Stream = z.infer<typeof Streams>['states'][number]

/** A refusal of the server, to be shown as its sentence. */
export class RefusedByServer extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** A member at the command line: signed in, and with a device of hers on this machine where she writes. */
export class Member {
  readonly me: z.infer<typeof Me>
  readonly #desk: string
  readonly #token: string
  readonly #account: UnlockedAccount

  private constructor(desk: string, token: string, me: z.infer<typeof Me>, account: UnlockedAccount) {
    this.#desk = desk
    this.#token = token
    this.me = me
    this.#account = account
  }

  static async signIn(desk: string, login: string, passphrase: string): Promise<Decision<Member>> {
    const lookup = loginLookup(login)
    const { kdf } = z
      .object({ kdf: KdfParameters })
      .parse(await ask(desk, 'POST', '/api/sign-in/parameters', { lookup }))
    const derived = await deriveAccount(passphrase, kdf)
    if (!derived.ok) return derived
    const { loginVerifier: verifier, unlockKey } = derived.value
    const answer = z
      .object({
        token: z.string(),
        me: Me,
        account: z.object({ byPassphrase: WrappedUserKey, memberKeys: WrappedMemberKeys }),
      })
      .parse(await ask(desk, 'POST', '/api/sign-in', { lookup, verifier }))
    const account = await unlockAccount(answer.account, unlockKey)
    if (!account.ok) return account
    return accept(new Member(desk, answer.token, answer.me, account.value))
  }

  get today(): CivilDate {
    return dayIn(this.me.zone, Date.now())
  }

  ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
    return ask(this.#desk, method, path, body, this.#token)
  }

  async sendBytes(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const answer = await fetch(new URL(path, this.#desk), {
      method: 'PUT',
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/octet-stream' },
      body: bytes,
    })
    if (!answer.ok) throw new RefusedByServer(await refusalOf(answer))
  }

  /** Every stream she may read of one noun, folded by the server. */
  async streams(noun: string): Promise<Stream[]> {
    const found: Stream[] = []
    for (let after: StreamId | null = null, more = true; more; ) {
      const page: z.infer<typeof Streams> = Streams.parse(await this.ask('POST', '/api/log/states', { after }))
      found.push(...page.states.filter((each) => each.noun === noun))
      after = page.after
      more = page.more
    }
    return found
  }

  /** Writes entries as this machine's device of hers, which is made and certified at the first time. Refusals are thrown. */
  async write(drafts: readonly Draft[], dataFolder: string): Promise<void> {
    const { device, keep } = await this.#device(dataFolder)
    await device.write(drafts)
    const door = async (batch: Batch): Promise<BatchReply> => {
      const reply = Reply.parse(await this.ask('POST', '/api/log/append', batch))
      if (!reply.ok) throw new RefusedByServer(reply.refusal)
      return reply
    }
    for (const outcome of await device.push(door)) {
      if (outcome.outcome === 'refused' || outcome.outcome === 'quarantined') throw new RefusedByServer(outcome.refusal)
    }
    await keep()
  }

  /** `keep` once the server has answered: a device it never heard of could not be used again. */
  async #device(dataFolder: string): Promise<{ readonly device: Device; readonly keep: () => Promise<void> }> {
    const folder = join(dataFolder, 'devices')
    const file = join(folder, `${this.me.member}.json`)
    const members = z
      .object({ members: z.array(z.object({ member: MemberId, certificate: SignedCertificate })) })
      .parse(await this.ask('GET', '/api/members'))
    const certificate = members.members.find(({ member }) => member === this.me.member)?.certificate
    if (!certificate) throw new Error('the server does not know her certificate')
    const kept = read(file, Kept)
    if (kept) {
      const storeKey = get(await openLocalStoreKey(kept.key, this.#account.userKey))
      const keyring = get(await Keyring.load(fromBase64Url(kept.keyring) ?? new Uint8Array(), storeKey))
      const key = keyring.device
      if (key) {
        const identity = {
          programme: this.me.programme,
          member: this.me.member,
          device: kept.device,
          key,
          certificate: certificateHash(certificate),
        }
        // An empty batch changes nothing and tells where this device's chain stands.
        const empty = await signBatch(
          { programme: this.me.programme, device: kept.device, chain: [], entries: [], keys: [] },
          key,
        )
        const { head } = z.object({ head: Hash.nullable() }).parse(await this.ask('POST', '/api/log/append', empty))
        return { device: new Device(identity, keyring, { last: head }), keep: async () => {} }
      }
    }
    const key = newDeviceKey()
    const device = DeviceId.parse(randomUuid(randomBytes(16)))
    const keyring = new Keyring()
    keyring.setDevice(key)
    const { programme, member, organisation } = this.me
    const made = new Device({ programme, member, device, key, certificate: certificateHash(certificate) }, keyring)
    const [stream] = await this.streams('organisation')
    if (!stream) throw new Error('her organisation is not to be found')
    const until = CivilDate.parse(`${Number(this.today.slice(0, 4)) + 2}-12-31`)
    const certified = await certifyDevice(
      { keys: this.#account.keys, certificate },
      { organisation, member, device, key: key.public },
      { from: this.today, until },
    )
    await made.write([draft(deviceAdded, stream.stream, this.today, { device, member, certificate: certified })])
    const keep = async (): Promise<void> => {
      const storeKey = newLocalStoreKey()
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const content = {
        device,
        key: await wrapLocalStoreKey(storeKey, this.#account.userKey, device),
        keyring: toBase64Url(Uint8Array.from(await keyring.save(storeKey))),
      }
      writeFileSync(file, JSON.stringify(content), { mode: 0o600 })
    }
    return { device: made, keep }
  }
}

/** One question to the server. Refusals are thrown, to be shown as their sentence. */
export async function ask(
  desk: string,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
  token?: string,
): Promise<unknown> {
  const answer = await fetch(new URL(path, desk), {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new RefusedByServer(await refusalOf(answer))
  return answer.json()
}

async function refusalOf(answer: Response): Promise<Refusal> {
  const body: unknown = await answer.json().catch(() => undefined)
  const refusal = z
    .object({
      refusal: z.object({ code: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) }),
    })
    .safeParse(body)
  return refusal.success ? refusal.data.refusal : { code: 'server.unexpected', values: {} }
}
