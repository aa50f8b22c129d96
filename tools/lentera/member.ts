import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Batch, BatchReply } from '@lentera/core/log/batch'
import { type Draft, draft } from '@lentera/core/log/draft'
import type { StreamNoun } from '@lentera/core/log/kind'
import { deviceAdded } from '@lentera/core/log/membership'
import { CivilDate, dayIn } from '@lentera/core/shared/dates'
import {
  DeviceId,
  Hash,
  MemberId,
  OrganisationId,
  ProgrammeId,
  randomUuid,
  StreamId,
  TeamId,
} from '@lentera/core/shared/ids'
import { Country } from '@lentera/core/shared/places'
import { accept, type Decision, type Refusal } from '@lentera/core/shared/refusals'
import { Role } from '@lentera/core/shared/roles'
import {
  certifyDevice,
  deriveAccount,
  type Grantee,
  Keyring,
  knownAgain,
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
  RecoveryPublicKey,
  RootPublicKey,
  SignedCertificate,
  toBase64Url,
  WrappedMemberKeys,
  WrappedUserKey,
} from '@lentera/sealed/verify'
import { BatchReply as Reply } from '@lentera/server/answers'
import * as z from 'zod'
import { Answers, type StatesAnswer } from '../../desk/device/answers.ts'
import { claimsOf, trustIn } from '../../desk/device/trust.ts'
import { Device } from '../device/device.ts'
import { get } from '../device/found.ts'
import { read } from './server.ts'

const Me = z.object({
  programme: ProgrammeId,
  member: MemberId,
  label: z.string(),
  organisation: OrganisationId,
  zone: z.string(),
  country: Country.nullable(),
  team: TeamId.nullable(),
  roles: z.array(Role),
  rootSign: RootPublicKey,
  rootRecovery: RecoveryPublicKey,
})
/** `root`: the organisation's, pinned when the device was made; the first versions of this program did not keep it. */
const Kept = z.object({
  device: DeviceId,
  key: WrappedLocalStoreKey,
  keyring: z.string(),
  root: z.object({ sign: RootPublicKey, recovery: RecoveryPublicKey }).optional(),
})
type Stream = StatesAnswer['states'][number]

/** `keep` once the server has answered: a device it never heard of could not be used again. */
export type OwnDevice = { readonly device: Device; readonly keep: () => Promise<void> }

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
  async streams(noun: StreamNoun): Promise<Stream[]> {
    const found: Stream[] = []
    for (let after: StreamId | null = null, more = true; more; ) {
      const page: StatesAnswer = Answers.states.parse(await this.ask('POST', '/api/log/states', { after }))
      found.push(...page.states.filter((each) => each.noun === noun))
      after = page.after
      more = page.more
    }
    return found
  }

  /** Writes entries as this machine's device of hers, which is made and certified at the first time. Refusals are thrown. */
  async write(drafts: readonly Draft[], dataFolder: string): Promise<void> {
    const made = await this.openDevice(dataFolder)
    await made.device.write(drafts)
    await this.send(made)
  }

  /** What only her keys give for a text: `knownAgain`. */
  async streamOf(purpose: string, text: string): Promise<StreamId> {
    return StreamId.parse(randomUuid(await knownAgain(this.#account.keys, purpose, text)))
  }

  /**
   * Who may hold the key of a new case of her team: its members whose certificate leads back to the pinned root and holds today,
   * and recovery. Who is missing is granted the key by the desk of a colleague, as for every case.
   */
  async grantees(): Promise<Grantee[]> {
    const [organisation] = await this.streams('organisation')
    const { members, colleagues } = await trustIn(
      claimsOf(organisation?.state),
      this.me.rootSign,
      async () => () => false,
    )
    const team = colleagues.flatMap(({ member, team, removed }): Grantee[] => {
      const certificate = members.get(member)?.certificate
      const holds = certificate && certificate.from <= this.today && this.today <= certificate.until
      return team === this.me.team && !removed && holds ? [{ kind: 'member', member, key: certificate.keys.seal }] : []
    })
    return [...team, { kind: 'recovery', key: this.me.rootRecovery }]
  }

  /** Sends what waits on a device of hers; the device is kept once the server knows it. Refusals are thrown. */
  async send({ device, keep }: OwnDevice): Promise<void> {
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

  /** Her device on this machine. Refused, as thrown: `desk.root-changed` where the server names another root than the pinned one. */
  async openDevice(dataFolder: string): Promise<OwnDevice> {
    const folder = join(dataFolder, 'devices')
    const file = join(folder, `${this.me.member}.json`)
    const members = z
      .object({ members: z.array(z.object({ member: MemberId, certificate: SignedCertificate })) })
      .parse(await this.ask('GET', '/api/members'))
    const certificate = members.members.find(({ member }) => member === this.me.member)?.certificate
    if (!certificate) throw new Error('the server does not know her certificate')
    const kept = read(file, Kept)
    const root = { sign: this.me.rootSign, recovery: this.me.rootRecovery }
    if (kept?.root && (kept.root.sign !== root.sign || kept.root.recovery !== root.recovery))
      throw new RefusedByServer({ code: 'desk.root-changed', values: {} })
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
        root,
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
