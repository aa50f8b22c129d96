import { Entry as Entries, type Entry } from '@lentera/core/log/entry'
import { isErased } from '@lentera/core/log/erasure'
import { advance, ancestryIn, emptyState, fold, streamRecord } from '@lentera/core/log/fold'
import { keyed, nounOf, type StreamNoun } from '@lentera/core/log/kind'
import { keyGranted } from '@lentera/core/log/membership'
import { personOf } from '@lentera/core/log/records'
import { kinds } from '@lentera/core/rooms'
import { type DeviceId, Hash, StreamId } from '@lentera/core/shared/ids'
import type { Me } from '@lentera/core/shared/me'
import { type Decision, refuse } from '@lentera/core/shared/refusals'
import { caseKeyOpener, Keyring, type LocalStoreKey, openPersonKey, type UnlockedAccount } from '@lentera/sealed/open'
import { fromBase64Url, type LoginVerifier, RootPublicKey, toBase64Url } from '@lentera/sealed/verify'
import { openCaseOf } from './caseload.ts'
import type { OpenedCase } from './desk.ts'
import type { Opening } from './directory.ts'
import { erased } from './erase.ts'
import { asOf, type ListedCase, listed, listToKeep, readList } from './kept-list.ts'
import { OpenedWhole } from './opened-whole.ts'
import { openLock } from './rewrite.ts'
import type { Change, KeptEntry, KeptStream, KeptWrap, Store, Waiting } from './store.ts'
import { claimsOf, type IsBefore, nobody, type Trust, trustIn } from './trust.ts'
import type { Entered } from './unlock.ts'

/**
 * One member's open device: her keys, the folded streams and the caseload opened from them, in memory from the unlocking
 * to the lock. `close` overwrites every key; whoever still holds the device then finds it closed.
 */
export class MemberDevice {
  readonly device: DeviceId
  readonly store: Store
  readonly storeKey: LocalStoreKey
  readonly account: UnlockedAccount
  readonly keyring: Keyring
  readonly lookup: Hash
  /** What her passphrase opened her account with, and shows to the server: a new passphrase changes both. */
  opening: Opening
  verifier: LoginVerifier
  /** Whether another passphrase may open this device too: which of the two holds the server says. */
  isUnsettled = false
  me: Me
  trust: Trust = nobody
  /** No case is on this device until she brings them back. */
  travelling = false
  /** As the snapshot tells; kept in a box of its own, so that what was cut off in the middle is known as that the next day. */
  hasAll = false
  /** When everything was last fetched anew because a digest did not agree; milliseconds. */
  fetchedAnew = 0
  readonly streams = new Map<StreamId, KeptStream>()
  readonly opened = new Map<StreamId, OpenedCase>()
  readonly whole = new OpenedWhole()
  /** Cases of which only what a list shows has been opened: nobody has looked at them yet. */
  readonly shallow = new Set<StreamId>()
  waiting: readonly Waiting[] = []
  /** When the streams are all here (`loadBehind`). Until then the cases are as the kept list has them. */
  get loaded(): Promise<void> {
    return this.#loaded.promise
  }
  isLoaded = false
  readonly #loaded = Promise.withResolvers<void>()
  /** As it is kept, but for the cases that are `#unlisted`. */
  #list = new Map<StreamId, ListedCase>()
  #isListKept = false
  #isLoading = false
  readonly #unlisted = new Set<StreamId>()
  #closed = false
  readonly #open = Promise.withResolvers<void>()
  readonly #forgotten = new Set<StreamId>()
  /** Cases whose identity is erased, as this device has heard or is about to keep: no key of theirs is held again. */
  #erased: ReadonlySet<StreamId> = new Set()
  #erasing: readonly StreamId[] = []
  /** The keyring's box as this tab kept it last. */
  #keyringKept: string | undefined

  constructor(given: {
    readonly device: DeviceId
    readonly store: Store
    readonly storeKey: LocalStoreKey
    readonly entered: Entered
    readonly keyring: Keyring
    readonly profile: Profile
  }) {
    this.device = given.device
    this.store = given.store
    this.storeKey = given.storeKey
    this.account = given.entered.unlocked
    this.opening = given.entered.opening
    this.verifier = given.entered.verifier
    this.keyring = given.keyring
    this.me = given.profile.me
    this.lookup = given.profile.lookup
    void navigator.locks.request(openLock(this.device), { mode: 'shared' }, () => this.#open.promise)
  }

  get closed(): boolean {
    return this.#closed
  }

  close(): void {
    this.#closed = true
    this.keyring.wipe()
    this.account.keys.sign.secret.wipe()
    this.account.keys.seal.secret.wipe()
    this.account.userKey.wipe()
    this.storeKey.wipe()
    this.streams.clear()
    this.opened.clear()
    this.whole.clear()
    this.shallow.clear()
    this.#list.clear()
    this.#unlisted.clear()
    this.waiting = []
    this.store.close()
    this.#open.resolve()
  }

  /**
   * The caseload as its list was kept, which is enough to begin with. The streams, which say whether it still holds, are
   * read behind it; where no list was kept, at once.
   */
  async load(): Promise<void> {
    this.waiting = await this.store.outbox()
    await this.readTravel()
    const kept = await readList(this.store)
    for (const [stream, { opened }] of kept ?? []) {
      this.opened.set(stream, opened)
      this.shallow.add(stream)
    }
    this.#list = new Map(kept)
    this.#isListKept = kept !== undefined
    if (!kept) await this.loadBehind()
  }

  async loadBehind(): Promise<void> {
    if (this.#isLoading) return this.loaded
    this.#isLoading = true
    this.#loaded.resolve(
      this.#loadStreams().then(() => {
        this.isLoaded = true
      }),
    )
    return this.loaded
  }

  async #loadStreams(): Promise<void> {
    const ids = await this.store.streamIds()
    for (let from = 0; from < ids.length; from += streamsAtOnce) {
      // Never long: whoever writes in these first moments waits for the last of them.
      if (this.#isListKept) await quietMoment(100)
      const some = await this.store.streams(ids.slice(from, from + streamsAtOnce))
      // What is read after the lock is not to be held again.
      if (this.#closed) return
      for (const kept of some) this.streams.set(kept.stream, kept)
    }
    await this.#understandMore()
    await this.refreshTrust()
    const unsent = this.#unsent()
    const isListed = (kept: KeptStream): boolean =>
      this.#list.get(kept.stream)?.as === asOf(kept, unsent.has(kept.stream))
    const cases = [...this.streams.values()].filter((kept) => kept.noun === 'case' && !isListed(kept))
    const gone = [...this.#list.keys()].filter((stream) => !this.streams.has(stream))
    const unlisted = [...this.streams.values()].filter(({ noun }) => keyed.has(noun) && noun !== 'case')
    await this.reopen([...[...cases, ...unlisted].map(({ stream }) => stream), ...gone], 'list')
  }

  /** Folds again what an older program on this device kept and did not understand, and opens the keys that it grants. */
  async #understandMore(): Promise<void> {
    const behind = [...this.streams.values()].filter(({ verified, state }) => verified && state.needsUpdate.length > 0)
    const folded = await Promise.all(behind.map(({ stream }) => this.refolded(stream)))
    const streams = folded.filter(({ state }, i) => state.needsUpdate.length !== behind[i]?.state.needsUpdate.length)
    if (this.#closed || streams.length === 0) return
    for (const each of streams) this.streams.set(each.stream, each)
    const { done, added } = await this.openKeys(await this.store.wraps())
    const boxes = added ? await this.keyringBox() : {}
    await this.commit({ streams, boxes, drop: { wraps: done } })
  }

  /** Keeps the list of cases as it is now, where it is not kept so already. */
  keepList(): Promise<void> {
    return withList(this, () => this.#keepList())
  }

  async #keepList(): Promise<void> {
    if (this.#closed || (this.#unlisted.size === 0 && this.#isListKept)) return
    const forgotten = this.#forgotten.size
    // Taken before the store is asked what it holds: a case that is opened meanwhile is listed the next time.
    const changed = [...this.#unlisted]
    this.#unlisted.clear()
    // Another tab may have forgotten a case that this one has not heard of yet.
    const here = new Set(await this.store.streamIds())
    if (this.#closed) return
    const unsent = this.#unsent()
    for (const stream of changed) {
      const [opened, kept] = [this.opened.get(stream), this.streams.get(stream)]
      if (opened && kept) this.#list.set(stream, listed(opened, asOf(kept, unsent.has(stream))))
      else this.#list.delete(stream)
    }
    for (const stream of this.#list.keys()) if (!here.has(stream)) this.#list.delete(stream)
    // And another tab may have erased one.
    for (const stream of await this.#hearOfErased())
      if (!this.#list.get(stream)?.opened.file.erased) this.#list.delete(stream)
    const kept = await this.commit({ boxes: listToKeep(this.#list, this.#isListKept ? changed : undefined) })
    if (!kept.ok) for (const stream of changed) this.#unlisted.add(stream)
    else if (this.#forgotten.size === forgotten) this.#isListKept = true
  }

  /** The cases of which an entry waits to be sent. */
  #unsent(): ReadonlySet<StreamId> {
    return new Set(this.waiting.filter(({ state }) => state === 'waiting').map(({ stream }) => stream))
  }

  async refreshTrust(): Promise<void> {
    const organisations = [...this.streams.values()].filter(({ noun }) => noun === 'organisation')
    const root = RootPublicKey.safeParse(this.me.rootSign)
    const claims = organisations.flatMap(({ state }) => claimsOf(state))
    this.trust = root.success ? await trustIn(claims, root.data, () => this.ancestry()) : nobody
  }

  /**
   * Which entries of the organisation build on which; one that is not here yet counts as after those that are.
   * @param arrived what is not kept yet and not checked
   */
  async ancestry(arrived: readonly Entry[] = []): Promise<IsBefore> {
    const organisations = [...this.streams.values()].filter(({ noun }) => noun === 'organisation')
    const kept = (await Promise.all(organisations.map(({ stream }) => this.store.entriesOf(stream)))).flat()
    const checked = kept.filter(({ unbelieved }) => !unbelieved).map(entryOf)
    const entries = [...checked, ...arrived]
    const isBefore = ancestryIn(entries)
    const here = new Set(entries.map(({ id }) => id))
    return (first, second) => here.has(first) && (!here.has(second) || isBefore(first, second))
  }

  /** What another tab has written: read again from the store. */
  async reload(streams: readonly StreamId[]): Promise<void> {
    this.waiting = await this.store.outbox()
    await this.readTravel()
    await this.mergeKeyring()
    for (const stream of streams) {
      const kept = await this.store.stream(stream)
      if (kept) this.streams.set(stream, kept)
      else this.streams.delete(stream)
    }
    await this.reopen(streams, 'whole')
  }

  /** Opens the sealed fields of these cases anew. */
  async reopen(streams: readonly StreamId[], depth: 'list' | 'whole'): Promise<void> {
    const unsent = this.#unsent()
    await Promise.all(
      streams.map(async (stream) => {
        const kept = this.streams.get(stream)
        if (kept?.noun !== 'case') {
          if (this.#list.has(stream)) this.#unlisted.add(stream)
          this.opened.delete(stream)
          this.shallow.delete(stream)
          const of = kept && { ...kept, programme: this.me.programme, keyring: this.keyring }
          await this.whole.reopen(stream, of, unsent.has(stream), () => this.#closed)
          return
        }
        const { programme } = this.me
        const opened = await openCaseOf(
          { programme, stream, state: kept.state, keyring: this.keyring, depth },
          unsent.has(stream),
        )
        if (this.#closed) return
        const known = this.#list.get(stream)
        if (opened?.file.erased && !known?.opened.file.erased) this.#list.delete(stream)
        if (known?.as !== asOf(kept, unsent.has(stream)) || known.opened.search !== opened?.search)
          this.#unlisted.add(stream)
        if (opened) this.opened.set(stream, opened)
        else this.opened.delete(stream)
        if (opened && depth === 'list') this.shallow.add(stream)
        else this.shallow.delete(stream)
      }),
    )
  }

  /**
   * A stream after these entries, new to it and believed. Not kept yet.
   * @param unkept entries that `before` holds and the store does not yet
   */
  async folded(
    stream: StreamId,
    entries: readonly Entry[],
    before = this.streams.get(stream),
    unkept: readonly Entry[] = [],
  ): Promise<KeptStream> {
    let state = before?.verified ? before.state : undefined
    for (const entry of entries) state = state && advance(kinds, state, entry)
    if (!state) {
      const kept = await this.store.entriesOf(stream)
      const all = kept.filter(({ unbelieved }) => !unbelieved).map(entryOf)
      state = fold(kinds, [...all, ...unkept, ...entries])
    }
    // What only grants a key leaves open what the stream is about.
    const isSaid = before?.state.records[streamRecord] !== undefined
    const noun = (isSaid ? before?.noun : nounSaidIn(entries)) ?? before?.noun ?? 'case'
    return { stream, noun, state, verified: true }
  }

  /** A stream from the entries that are kept, and nothing else. */
  async refolded(stream: StreamId): Promise<KeptStream> {
    const noun = this.streams.get(stream)?.noun
    const folded = await this.folded(stream, [], { stream, noun: noun ?? 'case', state: emptyState, verified: false })
    return folded
  }

  /** Opens wrapped keys whose grant the log holds by now. @returns what was opened and can be dropped, and whether any was */
  async openKeys(wraps: readonly KeptWrap[]): Promise<{ readonly done: readonly Hash[]; readonly added: boolean }> {
    const open = await caseKeyOpener({ kind: 'member', member: this.me.member, key: this.account.keys.seal })
    const done: Hash[] = []
    const isGone = (stream: StreamId): boolean => {
      const kept = this.streams.get(stream)
      return this.#erased.has(stream) || (kept !== undefined && isErased(kept.state))
    }
    // Of an erased case no key is taken, whoever gives it.
    for (const { stream, wrapped } of wraps) if (isGone(stream)) done.push(wrapped.hash)
    const wanted = wraps.filter(({ stream }) => !isGone(stream))
    const cases = wanted.filter(({ wrapped }) => wrapped.to.kind === 'member')
    const openedKeys = await Promise.all(
      cases.map(async ({ stream, wrapped }) => {
        if (this.keyring.findCase(wrapped.key)) return { wrapped, key: undefined }
        const granted = grantedIn(this.streams.get(stream))
        const key = await open(wrapped, { programme: this.me.programme, stream, granted })
        return key.ok ? { wrapped, key: key.value } : undefined
      }),
    )
    let added = false
    for (const opened of openedKeys) {
      if (!opened || this.#closed) continue
      if (opened.key) this.keyring.addCase(opened.key)
      added ||= opened.key !== undefined
      done.push(opened.wrapped.hash)
    }
    for (const { stream, wrapped } of wanted.filter(({ wrapped: { to } }) => to.kind === 'key')) {
      if (this.keyring.findPerson(wrapped.key)) {
        done.push(wrapped.hash)
        continue
      }
      const kept = this.streams.get(stream)
      const person = kept && personOf(kept.state)
      const under = wrapped.to.kind === 'key' ? this.keyring.findCase(wrapped.to.key) : undefined
      const key = person && under && (await openPersonKey(wrapped, under, person))
      if (!key?.ok || this.#closed) continue
      this.keyring.addPerson(key.value)
      added = true
      done.push(wrapped.hash)
    }
    return { done, added }
  }

  /** As the store has it: another tab may have begun or ended it. */
  async readTravel(): Promise<boolean> {
    this.travelling = (await this.store.box<boolean>('travel')) === true
    return this.travelling
  }

  /** The keyring as a box for `commit`, with what another tab has added to it meanwhile. */
  async keyringBox(): Promise<Record<string, unknown>> {
    await this.mergeKeyring()
    this.#keyringKept = toBase64Url(await this.keyring.save(this.storeKey))
    return { keyring: this.#keyringKept }
  }

  async mergeKeyring(): Promise<void> {
    const erased = await this.#hearOfErased()
    // Of thousands of officers it is large: what this tab itself kept last is not read again.
    if ((await this.store.box<string>('keyring')) === this.#keyringKept) return
    const kept = await keptKeyring(this.store, this.storeKey)
    if (!kept) return
    for (const stream of [...(await this.store.streamIds()), ...this.streams.keys()]) {
      if (this.#forgotten.has(stream) || erased.has(stream)) continue
      for (const key of kept.personsOf(stream)) if (!this.keyring.findPerson(key.id)) this.keyring.addPerson(key)
      for (const key of kept.casesOf(stream)) if (!this.keyring.findCase(key.id)) this.keyring.addCase(key)
    }
    if (!this.keyring.device && kept.device) this.keyring.setDevice(kept.device)
  }

  /** Its keys are overwritten and it is seen no more; what is kept of it must be dropped next. */
  forget(stream: StreamId): void {
    this.#forgotten.add(stream)
    this.keyring.forget(stream)
    this.streams.delete(stream)
    this.opened.delete(stream)
    this.whole.forget(stream)
    this.#unlisted.add(stream)
    this.#isListKept = false
  }

  /**
   * The one way to write. Where a checked stream says that its identity is erased, its keys and whatever remembers her here go
   * in the same write: hold the chain (`withChain`), so that no tab writes a key of it back.
   */
  async commit(change: Change): Promise<Decision<void>> {
    if (this.#closed) return refuse('desk.locked-meanwhile')
    const gone = (change.streams ?? []).filter(isGoneFrom).map(({ stream }) => stream)
    if (gone.length === 0) return this.store.commit(change)
    let committed: Decision<void> = refuse('desk.locked-meanwhile')
    await withList(this, async () => {
      const known = await this.#hearOfErased()
      const isNews = gone.some((stream) => !known.has(stream))
      this.#erasing = gone
      const keyring = await this.keyringBox()
      const boxes = { ...change.boxes, ...keyring, erased: [...this.#erased], ...(isNews ? { rewrite: true } : {}) }
      committed = await this.store.commit(await erased(this.store, gone, { ...change, boxes }))
      // What was not written is not so: the keys that are kept still hold.
      this.#erasing = []
      await this.#hearOfErased()
      this.waiting = this.waiting.map((each) => (this.#erased.has(each.stream) ? { ...each, keys: [] } : each))
      for (const stream of gone) this.#list.delete(stream)
      this.#isListKept = false
    })
    return committed
  }

  /** Whether what is typed into a form may rest here: nothing about somebody whose identity is erased. */
  mayKeepForm(name: string): boolean {
    const [, noun, id] = /^(\S+) (\S+) /.exec(name) ?? []
    const stream = [...keyed].some((each) => each === noun) ? StreamId.safeParse(id).data : undefined
    return stream === undefined || !(this.opened.get(stream)?.file.erased || this.#erased.has(stream))
  }

  /** Where the server refused an erasure of this device: nothing is erased, and the keys are fetched again. */
  async unerase(streams: readonly KeptStream[]): Promise<void> {
    const known = await this.#hearOfErased()
    const back = new Set(streams.filter(({ state }) => !isErased(state)).map(({ stream }) => stream))
    const left = [...known].filter((stream) => !back.has(stream))
    if (left.length === known.size) return
    await this.commit({ boxes: { erased: left }, drop: { boxes: ['fetched'] } })
    await this.#hearOfErased()
  }

  /** Forgets the keys of every case that any tab has seen erased. */
  async #hearOfErased(): Promise<ReadonlySet<StreamId>> {
    const kept = (await this.store.box<readonly StreamId[]>('erased')) ?? []
    this.#erased = new Set([...kept, ...this.#erasing])
    for (const stream of this.#erased) this.keyring.forget(stream)
    return this.#erased
  }
}

/** The server's own word for it is not enough: keys are destroyed by an entry that was checked. */
export const isGoneFrom = ({ noun, verified, state }: KeptStream): boolean =>
  keyed.has(noun) && verified && isErased(state)

/** As many as are read without the screen waiting for it. */
const streamsAtOnce = 50

/** One at a time over all tabs of this device, so that a list never comes back with a case that is being forgotten. */
export async function withList(member: MemberDevice, work: () => Promise<void>): Promise<void> {
  await navigator.locks.request(`lentera-list-${member.device}`, work)
}

/** Until the browser has a quiet moment. @param longest milliseconds after which it waits no more */
export function quietMoment(longest = 2000): Promise<void> {
  return new Promise((resolve) => {
    // Safari has none.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: longest })
    else setTimeout(resolve, 50)
  })
}

/** What is known of her once the store is open. */
export type Profile = { readonly me: Me; readonly lookup: Hash }

export async function keptKeyring(store: Store, key: LocalStoreKey): Promise<Keyring | undefined> {
  const box = await store.box<string>('keyring')
  const bytes = box === undefined ? undefined : fromBase64Url(box)
  const keyring = bytes && (await Keyring.load(bytes, key))
  return keyring?.ok ? keyring.value : undefined
}

/** An entry that was checked before it was kept. */
export function entryOf({ signed }: KeptEntry): Entry {
  return Entries.parse(JSON.parse(signed.text))
}

/** Of a kind of a later version nothing is known: its stream is as narrow as a case, and nothing else is made of it. */
function nounSaidIn(entries: readonly Entry[]): StreamNoun | undefined {
  return entries.map(({ kind }) => nounOf(kinds.get(kind))).find((noun) => noun !== undefined)
}

function grantedIn(kept: KeptStream | undefined): ReadonlySet<Hash> {
  const granted = Object.values(kept?.state.records ?? {}).filter(({ kind }) => kind === keyGranted.kind)
  const hashes = granted.flatMap(({ fields }) =>
    (fields.hashes ?? []).flatMap((head) => ('value' in head && Array.isArray(head.value) ? head.value : [])),
  )
  return new Set(hashes.flatMap((hash) => Hash.safeParse(hash).data ?? []))
}
