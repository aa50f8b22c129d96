import type { Batch } from '@lentera/core/log/batch'
import { type Draft, draft } from '@lentera/core/log/draft'
import { Entry } from '@lentera/core/log/entry'
import { deviceAdded, memberAdmitted, organisationFounded, programmeFounded } from '@lentera/core/log/membership'
import { CivilDate, dayIn } from '@lentera/core/shared/dates'
import {
  DeviceId,
  type EntryId,
  type Hash,
  MemberId,
  OrganisationId,
  ProgrammeId,
  randomUuid,
  StreamId,
  timedUuid,
} from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import {
  certifyDevice,
  certifyMemberByRoot,
  newAccount,
  newDeviceKey,
  newOrganisationRoot,
  type OrganisationRoot,
  randomBytes,
  signBatch,
  signEntry,
  splitRoot,
  wipeRoot,
} from '@lentera/sealed/open'
import { loginLookup } from '@lentera/sealed/verify'
import { longEnough } from './account.ts'
import type { Api } from './api.ts'
import type { Founding, FoundingPlan } from './desk.ts'
import { stretchApart } from './stretch-apart.ts'

/**
 * The first organisation of an empty server. The root exists from here until the administrator is certified: it is in no store,
 * and closing the tab is giving up. The founding batch is signed by a device key that exists for it alone; signing in
 * afterwards makes the real one.
 */
export async function prepareFounding(
  api: Api,
  plan: FoundingPlan,
  signIn: (login: string, passphrase: string) => Promise<Decision<void>>,
): Promise<Founding> {
  const organisation = OrganisationId.parse(randomUuid(randomBytes(16)))
  const root = await newOrganisationRoot()
  const sheets = await splitRoot(root, organisation, { needed: 2, of: 2 })
  const kept: { made?: Made } = {}
  return {
    sheets: sheets.map(({ number, code }) => ({ number, code })),
    proves: (sheet, line, typed) => {
      const printed = sheets.find(({ number }) => number === sheet)?.code.split('\n')[line - 1]
      return printed !== undefined && asTyped(printed) === asTyped(typed)
    },
    giveUp: () => {
      if (!kept.made) wipeRoot(root)
    },
    found: async ({ setup, label, login, passphrase }) => {
      const isLongEnough = longEnough(passphrase)
      if (!isLongEnough.ok) return isLongEnough
      if (!label.trim() || !login.trim()) return refuse('desk.admission-incomplete')
      // Made once: sent again after a cut it is the same founding, and the server knows it.
      kept.made ??= await make(plan, organisation, root, label.trim(), login, passphrase)
      const { body, recoveryCode } = kept.made
      const answer = await api.found({ setup, ...body })
      if (!answer.ok) return answer
      if (!answer.value.ok) return { ok: false, refusal: answer.value.refusal }
      const entered = await signIn(kept.made.login, kept.made.passphrase)
      return entered.ok ? accept({ recoveryCode }) : entered
    },
  }
}

type Made = {
  readonly body: { readonly batch: Batch; readonly account: unknown }
  readonly recoveryCode: string
  readonly login: string
  readonly passphrase: string
}

async function make(
  { organisationName, programmeName, country, zone }: FoundingPlan,
  organisation: OrganisationId,
  root: OrganisationRoot,
  label: string,
  login: string,
  passphrase: string,
): Promise<Made> {
  const today = dayIn(zone, Date.now())
  const inFiveYears = CivilDate.parse(`${Number(today.slice(0, 4)) + 5}${today.slice(4, 8)}01`)
  const validity = { from: today, until: inFiveYears }
  const member = MemberId.parse(randomUuid(randomBytes(16)))
  const account = await newAccount(member, passphrase, randomBytes, stretchApart)
  if (!account.ok) throw new Error(account.refusal.code) // its length was asked for before
  const { record, loginVerifier, recoveryVerifier, unlocked, recoveryCode } = account.value
  const { keys } = unlocked
  const publicKeys = { sign: keys.sign.public, seal: keys.seal.public }
  const certificate = await certifyMemberByRoot(root, { organisation, member, keys: publicKeys }, true, validity)
  const rootKeys = { rootSign: root.sign.public, rootRecovery: root.recovery.public }
  wipeRoot(root)
  const device = DeviceId.parse(randomUuid(randomBytes(16)))
  const key = newDeviceKey()
  const ofDevice = await certifyDevice(
    { keys, certificate },
    { organisation, member, device, key: key.public },
    { from: today, until: today },
  )
  const programme = ProgrammeId.parse(randomUuid(randomBytes(16)))
  const stream = StreamId.parse(randomUuid(randomBytes(16)))
  const drafts: readonly Draft[] = [
    draft(programmeFounded, StreamId.parse(randomUuid(randomBytes(16))), today, {
      name: programmeName.trim(),
      country,
      zone,
      demonstration: false,
    }),
    draft(organisationFounded, stream, today, { organisation, name: organisationName.trim(), ...rootKeys }),
    draft(memberAdmitted, stream, today, {
      member,
      organisation,
      team: null,
      roles: ['administrator'],
      label,
      certificate: { ...certificate },
    }),
    draft(deviceAdded, stream, today, { device, member, certificate: { ...ofDevice } }),
  ]
  const entries: { text: string; signature: string; hash: Hash }[] = []
  const heads = new Map<StreamId, EntryId>()
  for (const [i, each] of drafts.entries()) {
    const now = Date.now()
    const head = heads.get(each.stream)
    const entry = Entry.parse({
      v: 1,
      id: timedUuid(now + i, randomBytes(16)),
      programme,
      stream: each.stream,
      parents: head ? [head] : [],
      kind: each.kind,
      version: each.version,
      on: each.on,
      coded: each.coded,
      sealed: {},
      author: member,
      device,
      at: { time: now, clock: [now, i] },
      prev: entries.at(-1)?.hash ?? null,
    })
    heads.set(each.stream, entry.id)
    entries.push(await signEntry(entry, key))
  }
  const chain = entries.map(({ hash }) => hash)
  const batch = await signBatch({ programme, device, chain, entries, keys: [] }, key)
  for (const secret of [key.secret, keys.sign.secret, keys.seal.secret, unlocked.userKey]) secret.wipe()
  const { kdf, ...sealedKeys } = record
  const verifiers = { verifier: loginVerifier, recovery: recoveryVerifier }
  const toStore = { lookup: loginLookup(login), member, kdf, ...verifiers, account: sealedKeys }
  return { body: { batch, account: toStore }, recoveryCode, login, passphrase }
}

/** As the code reads typed letters (Crockford's base32): case, spaces and hyphens do not count, O is 0, I and L are 1. */
function asTyped(text: string): string {
  return text
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '')
}
