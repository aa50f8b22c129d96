import { type Draft, draft } from '@lentera/core/log/draft'
import { keyed } from '@lentera/core/log/kind'
import { memberRemoved } from '@lentera/core/log/membership'
import { dayIn } from '@lentera/core/shared/dates'
import type { EntryId, MemberId, StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, type Refusal, refuse } from '@lentera/core/shared/refusals'
import { type Moment, openCase } from '@lentera/core/support/capture'
import { openCriminalCase } from '@lentera/core/support/justice/capture'
import { registerParticipant } from '@lentera/core/support/livelihoods/capture'
import { beginStory } from '@lentera/core/support/story/capture'
import { keepPlan, keepRoster } from '@lentera/core/workforce/cover/capture'
import { registerOfficer } from '@lentera/core/workforce/officer/capture'
import { registerPost } from '@lentera/core/workforce/post/capture'
import { writeRemark } from '@lentera/core/workforce/research/capture'
import { projectSurvey } from '@lentera/core/workforce/research/project'
import type { LoginVerifier } from '@lentera/sealed/verify'
import { openedBy, printNewCode, recoverByCode, takeNewPassphrase } from './account.ts'
import { ensureDevice } from './add-device.ts'
import { admitMember } from './admission.ts'
import { Api } from './api.ts'
import { capture } from './capture.ts'
import type {
  Admission,
  CastMember,
  Desk,
  HistoryItem,
  NewCase,
  NewCoverPlan,
  NewCriminalCase,
  NewOfficer,
  NewOfMany,
  NewParticipant,
  NewPost,
  NewRecovery,
  NewRemark,
  NewRoster,
  NewStory,
  OfficerSeen,
  Recovery,
  Seen,
  Snapshot,
} from './desk.ts'
import { directory, type Place } from './directory.ts'
import { type Fetched, forgetStreams, pull, push } from './exchange.ts'
import { prepareFounding } from './founding.ts'
import { historyOf } from './history.ts'
import { type FormFields, keepForm, keptForm } from './kept-forms.ts'
import { type MemberDevice, quietMoment } from './member-device.ts'
import { type KeyedIds, openKeyed, openMany } from './new-keyed.ts'
import { officerSeen } from './officer-seen.ts'
import { rewriteStore } from './rewrite.ts'
import { seenOn } from './seen.ts'
import { keepSettings, readSettings } from './settings.ts'
import { closed, shown } from './snapshot.ts'
import { countKept, deleteStore } from './store.ts'
import { alignTeamKeys } from './team-keys.ts'
import { beginTravel, endTravel } from './travel.ts'
import { enterAgain, enterChanged, enterFirst, findPlace } from './unlock.ts'

/** The desk of this browser tab, closed at first. It looks by itself for the server and for whom the device knows. */
export function openDesk(): Desk {
  const desk = new DeviceDesk()
  void desk.start()
  return {
    snapshot: () => desk.snapshot,
    subscribe: (listener) => desk.subscribe(listener),
    signIn: (login, passphrase) => desk.signIn(login, passphrase),
    unlock: (passphrase) => desk.unlock(passphrase),
    lock: () => desk.lock(true),
    wipe: (options) => desk.wipe(options),
    travel: (options) => desk.travel(options),
    bringBack: () => desk.bringBack(),
    exchange: () => desk.exchange(),
    moment: () => desk.moment(),
    write: (drafts, seen) => desk.write(drafts, seen),
    seen: () => desk.seen(),
    officerSeen: (officer, seen) => desk.officerSeen(officer, seen),
    openCase: (command) => desk.openCase(command),
    registerParticipant: (command) => desk.registerParticipant(command),
    openCriminalCase: (command) => desk.openCriminalCase(command),
    beginStory: (command) => desk.beginStory(command),
    registerPost: (command) => desk.registerPost(command),
    registerOfficer: (command) => desk.registerOfficer(command),
    keepPlan: (command) => desk.keepPlan(command),
    keepRoster: (command) => desk.keepRoster(command),
    registerMany: (many, watch) => desk.registerMany(many, watch),
    writeRemark: (remark) => desk.writeRemark(remark),
    handOver: (survey) => desk.handOver(survey),
    history: (stream) => desk.history(stream),
    setAside: (entry) => desk.setAside(entry),
    keepForm: (name, fields) => desk.keepForm(name, fields),
    keptForm: async (name) => desk.member && keptForm(desk.member, name),
    hearForm: (name, listener) => desk.hearForm(name, listener),
    ask: (path, body, parse = (answer) => answer as never) => desk.api.ask(path, body, parse), // without a parser: as it came
    sendBytes: (path, bytes) => desk.api.sendBytes(path, bytes),
    prepareFounding: (plan) => prepareFounding(desk.api, plan, (login, passphrase) => desk.signIn(login, passphrase)),
    admit: (admission) => desk.admit(admission),
    remove: (member, present) => desk.remove(member, present),
    changePassphrase: (present, next) => desk.changePassphrase(present, next),
    newRecoveryCode: (passphrase) => desk.newRecoveryCode(passphrase),
    recover: (lost) => recoverByCode(desk.newApi(), lost),
  }
}

/** How often a visible desk looks for news, how soon it sends what was written, and the longest it waits after failures. Milliseconds. */
const pace = { every: 5_000, written: 300, longest: 5 * 60_000 } as const

/** How long a lock waits for what is being kept, milliseconds: writing takes some twenty. */
const longestWrite = 3_000

/** Why a device that has just begun refuses to write, and how long a write waits for that to pass, milliseconds. */
const untilChecked: ReadonlySet<string> = new Set(['desk.not-checked-yet', 'desk.device-not-ready'])
const longestCheck = 30_000

/** How late a new day is seen on a device that stays open over midnight, milliseconds. */
const midnightEvery = 20_000

/** New streams that are kept in one write: the keyring, which goes with each write, grows with all of them. */
const streamsAtOnce = 100

class DeviceDesk {
  snapshot: Snapshot = { ...closed, demonstration: readSettings().demonstration }
  member: MemberDevice | undefined
  /** Of the member who is here: at the lock it ends with her session, and whoever comes after has another. */
  api = this.newApi()
  readonly #listeners = new Set<() => void>()
  readonly #formListeners = new Set<(name: string) => void>()
  #exchanging: Promise<void> | undefined
  #failures = 0
  #next: ReturnType<typeof setTimeout> | undefined
  #idle: ReturnType<typeof setTimeout> | undefined
  #day: ReturnType<typeof setInterval> | undefined
  readonly #writes = new Set<Promise<unknown>>()
  #listing: ReturnType<typeof setTimeout> | undefined
  #channel: BroadcastChannel | undefined

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async start(): Promise<void> {
    const places = await directory.all()
    const unsent = await Promise.all(places.map(({ device }) => countKept(device)))
    this.#set({ phase: places.length > 0 ? 'locked' : 'starting', unsent: unsent.reduce((sum, each) => sum + each, 0) })
    window.addEventListener('online', () => this.#soon(0))
    window.addEventListener('offline', () => this.#heard(false))
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#soon(0)
    })
    for (const event of ['pointerdown', 'keydown', 'scroll'] as const) {
      window.addEventListener(event, () => this.#stay(), { passive: true, capture: true })
    }
    await this.#lookAtServer()
  }

  async signIn(login: string, passphrase: string): Promise<Decision<void>> {
    const api = this.newApi()
    const place = await findPlace(login)
    const entered = place
      ? await this.#enterAgain(api, place, login, passphrase)
      : await enterFirst(api, login, passphrase)
    return entered.ok ? this.#open(entered.value, api) : named(entered)
  }

  newApi(): Api {
    return new Api((reached) => this.#heard(reached))
  }

  /** What this device does not know may be a passphrase she took on another: the server is asked, where there is one. */
  async #enterAgain(api: Api, place: Place, login: string, passphrase: string): Promise<Decision<MemberDevice>> {
    const entered = await enterAgain(place, passphrase)
    if (entered.ok || entered.refusal.code !== 'sealed.passphrase-wrong') return entered
    const changed = await enterChanged(api, place, login, passphrase)
    const knowsNoMore = ['desk.offline', 'access.sign-in-wrong']
    return !changed.ok && knowsNoMore.includes(changed.refusal.code) ? entered : changed
  }

  async unlock(passphrase: string): Promise<Decision<void>> {
    let last: Decision<MemberDevice> = refuse('desk.nobody-here')
    for (const place of await directory.all()) {
      last = await enterAgain(place, passphrase)
      if (last.ok) return this.#open(last.value, this.newApi())
    }
    return last.ok ? accept(undefined) : named(last)
  }

  /** @param everywhere in the other tabs of this device too */
  lock(everywhere: boolean): void {
    const { member } = this
    if (!member) return
    if (everywhere) this.#channel?.postMessage({ lock: true })
    this.#channel?.close()
    this.#channel = undefined
    this.member = undefined
    clearTimeout(this.#next)
    clearTimeout(this.#idle)
    clearTimeout(this.#listing)
    this.#listing = undefined
    clearInterval(this.#day)
    // What is under way of hers goes on with hers, and finds it ended.
    this.#exchanging = undefined
    this.api.end()
    this.api = this.newApi()
    this.#close(member)
    const { demonstration, cast, online, unsent, answersMayWait } = this.snapshot
    this.snapshot = { ...closed, demonstration, cast, online, unsent, answersMayWait, phase: 'locked' }
    this.#tell()
  }

  /** At once, or where something is being kept when that is done: what she saved is not lost to the lock behind it. */
  #close(member: MemberDevice): void {
    if (this.#writes.size === 0) {
      member.close()
      return
    }
    const longest = new Promise((resolve) => setTimeout(resolve, longestWrite))
    void Promise.race([Promise.allSettled(this.#writes), longest]).then(() => member.close())
  }

  async wipe({ losingUnsent }: { readonly losingUnsent: boolean }): Promise<Decision<void>> {
    const { member } = this
    if (!member) return refuse('desk.nobody-here')
    await Promise.allSettled(this.#writes)
    const unsent = (await member.store.outbox()).filter(({ state, uncounted }) => state === 'waiting' && !uncounted)
    // Where officers are asked it is refused whether an answer waits or none: else it would tell.
    if ((unsent.length > 0 || this.snapshot.answersMayWait) && !losingUnsent)
      return refuse('desk.unsent-would-be-lost', { count: unsent.length })
    const { device } = member
    this.lock(true)
    await directory.remove(device)
    await deleteStore(device)
    const others = await directory.all()
    if (others.length === 0) {
      for (const name of await caches.keys()) await caches.delete(name)
      for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister()
    }
    this.#set({ phase: others.length > 0 ? 'locked' : 'signed-out' })
    await this.#lookAtServer()
    return accept(undefined)
  }

  async travel({ losingUnsent }: { readonly losingUnsent: boolean }): Promise<Decision<void>> {
    const member = await this.#ready()
    await Promise.allSettled(this.#writes)
    const begun = await beginTravel(member, losingUnsent)
    if (!begun.ok) return begun
    // What was opened goes from memory, in every tab, and then nothing holds the store.
    this.lock(true)
    await rewriteStore(member.device, longestWrite + 2_000)
    return accept(undefined)
  }

  async bringBack(): Promise<Decision<void>> {
    const { api } = this
    const member = await this.#ready()
    const me = await api.me()
    if (!me.ok) return me
    const ended = await endTravel(member)
    this.#show(member)
    if (!ended.ok) return ended
    // One under way fetched nothing.
    await this.#exchanging
    await this.exchange()
    return accept(undefined)
  }

  moment() {
    const { me } = this.#get()
    const now = Date.now()
    return { today: dayIn(me.zone, now), at: new Date(now).toISOString() }
  }

  async history(stream: StreamId): Promise<readonly HistoryItem[]> {
    if (!this.member) return []
    const member = await this.#ready()
    // Who asks for it looks at this case: what no list shows of it is opened now, and of no other.
    if (member.shallow.has(stream)) {
      await member.reopen([stream], 'whole')
      this.#show(member)
    }
    return historyOf(member, stream)
  }

  seen(): Seen {
    return seenOn(this.snapshot, this.member?.streams ?? new Map())
  }

  async officerSeen(officer: StreamId, seen: Seen): Promise<OfficerSeen | undefined> {
    return this.member && officerSeen(await this.#ready(), officer, seen)
  }

  write(drafts: readonly Draft[], seen?: Seen): Promise<Decision<void>> {
    return this.#writing(async (member) => {
      const written = await capture(member, drafts, seen ? { seen } : {})
      if (!written.ok) return written
      await this.#changed(member, [...new Set(drafts.map(({ stream }) => stream))])
      return accept(undefined)
    })
  }

  openCase(command: NewCase): Promise<Decision<StreamId>> {
    return this.#openKeyed((ids, moment) => openCase({ ...command, ...ids }, moment))
  }

  registerParticipant(command: NewParticipant): Promise<Decision<StreamId>> {
    return this.#openKeyed((ids, moment) => registerParticipant({ ...command, ...ids }, moment))
  }

  openCriminalCase(command: NewCriminalCase): Promise<Decision<StreamId>> {
    return this.#openKeyed((ids, moment) => openCriminalCase({ ...command, ...ids }, moment))
  }

  beginStory(command: NewStory): Promise<Decision<StreamId>> {
    return this.#openKeyed((ids, moment) => beginStory({ ...command, ...ids }, moment))
  }

  registerPost(command: NewPost): Promise<Decision<StreamId>> {
    return this.#openKeyed((ids, moment) => registerPost({ ...command, ...ids }, this.snapshot.posts, moment))
  }

  registerOfficer(command: NewOfficer): Promise<Decision<StreamId>> {
    const { posts, officers } = this.snapshot
    return this.#openKeyed((ids, moment) => registerOfficer({ ...command, ...ids }, posts, officers, moment))
  }

  keepPlan(command: NewCoverPlan): Promise<Decision<StreamId>> {
    return this.#openKeyed((ids, moment) => keepPlan({ ...command, ...ids }, moment))
  }

  keepRoster(command: NewRoster): Promise<Decision<StreamId>> {
    return this.#openKeyed((ids, moment) => keepRoster({ ...command, ...ids }, moment))
  }

  async registerMany(
    many: readonly NewOfMany[],
    watch: (done: number) => boolean,
  ): Promise<Decision<{ readonly done: number }>> {
    const moment = this.moment()
    for (let done = 0; done < many.length; done += streamsAtOnce) {
      if (!watch(done)) return accept({ done })
      const some = many.slice(done, done + streamsAtOnce)
      const written = await this.#writing(async (member) => {
        const opened = await openMany(member, some, moment)
        if (opened.ok)
          await this.#changed(
            member,
            some.map(({ stream }) => stream),
          )
        return opened
      })
      if (!written.ok) return written
      // Whoever imports thousands is there: the device does not lock for her silence.
      this.#stay()
    }
    watch(many.length)
    return accept({ done: many.length })
  }

  writeRemark(remark: NewRemark): Promise<Decision<StreamId>> {
    const state = this.member?.streams.get(remark.survey)?.state
    const survey = state && projectSurvey(state)
    return this.#openKeyed((ids, moment) =>
      survey ? writeRemark({ ...remark, ...ids }, survey, moment) : refuse('research.survey-closed'),
    )
  }

  handOver(survey: StreamId): void {
    // Whoever holds the device must not find the desk open in another tab.
    this.#channel?.postMessage({ lock: true })
    this.#set({ handedOver: survey })
  }

  #openKeyed(open: (ids: KeyedIds, moment: Moment) => Decision<Draft[]>): Promise<Decision<StreamId>> {
    const moment = this.moment()
    return this.#writing(async (member) => {
      const opened = await openKeyed(member, (ids) => open(ids, moment), moment)
      if (opened.ok) await this.#changed(member, [opened.value])
      return opened
    })
  }

  /**
   * A write in whose middle a lock may come; where the lock did not wait for it any longer it is refused, never lost unsaid. What a
   * fresh device cannot write only until the exchange under way has checked what is here waits for that.
   */
  async #writing<T>(work: (member: MemberDevice) => Promise<Decision<T>>): Promise<Decision<T>> {
    const member = this.#get()
    const write = member.loaded
      .then(() => work(member))
      .then(async (written) => {
        if (written.ok || !untilChecked.has(written.refusal.code) || !this.#exchanging) return written
        await Promise.race([this.#exchanging, new Promise((resolve) => setTimeout(resolve, longestCheck))])
        return work(member)
      })
    this.#writes.add(write)
    try {
      return await write
    } catch (error) {
      if (member.closed) return refuse('desk.locked-meanwhile')
      throw error
    } finally {
      this.#writes.delete(write)
    }
  }

  async setAside(entry: EntryId): Promise<void> {
    const member = await this.#ready()
    const waiting = (await member.store.outbox()).find(({ id, state }) => id === entry && state !== 'waiting')
    if (!waiting) return
    await member.commit({ outbox: [{ ...waiting, state: 'set-aside' }] })
    member.waiting = await member.store.outbox()
    this.#channel?.postMessage({ streams: [waiting.stream] })
    this.#show(member)
  }

  async keepForm(name: string, fields: FormFields | undefined): Promise<Decision<void>> {
    const { member } = this
    if (!member) return refuse('desk.locked-meanwhile')
    const kept = await keepForm(member, name, fields)
    if (kept.ok) this.#channel?.postMessage({ form: name })
    return kept
  }

  hearForm(name: string, listener: () => void): () => void {
    const heard = (changed: string): void => {
      if (changed === name) listener()
    }
    this.#formListeners.add(heard)
    return () => this.#formListeners.delete(heard)
  }

  /** Other tabs hold what the former passphrase shows the server: they lock. */
  async changePassphrase(present: string, next: string): Promise<Decision<void>> {
    const changed = await takeNewPassphrase(this.#get(), this.api, present, next)
    if (changed.ok) this.#channel?.postMessage({ lock: true })
    return changed.ok ? changed : named(changed)
  }

  async newRecoveryCode(passphrase: string): Promise<Decision<NewRecovery>> {
    const printed = await printNewCode(this.#get(), this.api, passphrase)
    return printed.ok ? printed : named(printed)
  }

  async admit(admission: Admission): Promise<Decision<Recovery>> {
    const { api } = this
    const member = await this.#ready()
    const isShe = await openedBy(member, admission.present)
    if (!isShe.ok) return named(isShe)
    const admitted = await admitMember(member, api, admission, async () => {
      await this.exchange()
      return member.waiting.every(({ state }) => state !== 'waiting')
    })
    await member.refreshTrust()
    this.#show(member)
    return admitted
  }

  async remove(colleague: MemberId, present: string): Promise<Decision<void>> {
    const member = await this.#ready()
    const isShe = await openedBy(member, present)
    if (!isShe.ok) return named(isShe)
    const organisation = [...member.streams.values()].find(({ noun }) => noun === 'organisation')
    if (!organisation || !member.me.roles.includes('administrator')) return refuse('desk.device-not-ready')
    const written = await this.write([
      draft(memberRemoved, organisation.stream, this.moment().today, { member: colleague }),
    ])
    await member.refreshTrust()
    this.#show(member)
    return written
  }

  /**
   * One at a time. Asked again meanwhile, the one under way answers; what was written too late for it to send goes with another
   * right after it, so that the server has heard of all that was said before the asking.
   */
  exchange(): Promise<void> {
    if (this.#exchanging)
      return this.#exchanging.then(() => (this.#failures === 0 && this.#hasWaiting() ? this.exchange() : undefined))
    // A look at the server that is over at once is no news, to the eye or to a screen reader.
    const shown = setTimeout(() => this.#set({ exchanging: this.member !== undefined }), 400)
    const exchanging = this.#exchange().finally(() => {
      clearTimeout(shown)
      if (this.#exchanging !== exchanging) return
      this.#exchanging = undefined
      if (this.snapshot.exchanging) this.#set({ exchanging: false })
      if (this.#failures > 0) this.#soon()
      else this.#soon(this.#hasWaiting() ? pace.written : pace.every)
    })
    this.#exchanging = exchanging
    return exchanging
  }

  async #exchange(): Promise<void> {
    const { member, api } = this
    if (!member) return
    const told = {
      changed: (streams: readonly StreamId[]) => this.#changed(member, streams),
      verifying: (verifying: Snapshot['verifying']) => this.#set({ verifying }),
    }
    // One tab exchanges for all; the others hear of it.
    const answer = await navigator.locks
      .request(`lentera-exchange-${member.device}`, async () => this.#exchangeNow(member, api, told))
      .catch((error: unknown) => {
        // Locked in the middle of it: what was not kept comes again.
        if (member.closed) return accept(undefined)
        // A fault of ours must not pass for "everything sent".
        reportError(error)
        return refuse('desk.unexpected')
      })
    if (member.closed || this.member !== member) return
    this.#failures = answer.ok ? 0 : this.#failures + 1
    const isNetwork = !answer.ok && answer.refusal.code === 'desk.offline'
    const fetched = await member.store.box<Fetched>('fetched')
    this.#set({
      stopped: answer.ok || isNetwork ? undefined : answer.refusal,
      verifying: undefined,
      ...(answer.ok ? { lastExchange: Date.now(), incomplete: fetched?.disagrees === true } : {}),
    })
    if (answer.ok) await member.commit({ boxes: { lastExchange: Date.now() } })
  }

  async #exchangeNow(member: MemberDevice, api: Api, told: Parameters<typeof pull>[2]): Promise<Decision<void>> {
    await member.loaded
    const me = await api.me()
    if (!me.ok) return me
    // Nobody else's session speaks for her, whatever a server answers.
    if (me.value.member !== member.account.member) return refuse('desk.answer-not-understood')
    // Pinned at the first signing in: a server that names another root gets nothing from this device.
    const isSameRoot = me.value.rootSign === member.me.rootSign && me.value.rootRecovery === member.me.rootRecovery
    if (!isSameRoot) return refuse('desk.root-changed')
    if (JSON.stringify(me.value) !== JSON.stringify(member.me)) {
      member.me = me.value
      await member.commit({ boxes: { profile: { me: member.me, lookup: member.lookup } } })
      this.#show(member)
    }
    if (member.me.removed) {
      const sent = await push(member, api, told)
      if (!sent.ok) return sent
      const hers = [...member.streams.values()].filter(({ noun }) => keyed.has(noun)).map(({ stream }) => stream)
      await forgetStreams(member, hers)
      await told.changed(hers)
      return refuse('access.member-removed')
    }
    if (!member.keyring.device && !(await member.readTravel())) {
      const fetched = await pull(member, api, told)
      if (!fetched.ok) return fetched
    }
    const ready = await ensureDevice(member)
    if (!ready.ok) return ready
    this.#show(member)
    const sent = await push(member, api, told)
    if (!sent.ok || (await member.readTravel())) return sent
    const fetched = await pull(member, api, told)
    if (!fetched.ok || member.closed) return fetched
    const aligned = await alignTeamKeys(member)
    if (!aligned.ok) return aligned
    if (aligned.value.length > 0) await told.changed(aligned.value)
    return accept(undefined)
  }

  async #open(member: MemberDevice, api: Api): Promise<Decision<void>> {
    this.lock(false)
    this.member = member
    this.api = api
    api.renewWith(this.#renewalOf(member, api))
    this.#channel = new BroadcastChannel(`lentera-${member.device}`)
    this.#channel.onmessage = ({ data }) => void this.#heardFromTab(member, data)
    keepSettings({ demonstration: member.me.demonstration })
    const lastExchange = await member.store.box<number>('lastExchange')
    // A device of before this was kept has all of its last exchange.
    member.hasAll = (await member.store.box<boolean>('hasAll')) ?? lastExchange !== undefined
    this.#set({ phase: 'open', lastExchange })
    this.#show(member)
    this.#stay()
    this.#day = setInterval(() => this.#set({ today: dayIn(member.me.zone, Date.now()) }), midnightEvery)
    void this.#openBehind(member)
    return accept(undefined)
  }

  /**
   * Signs in again by what her passphrase shows. Refused once it is not asked again: her passphrase was changed elsewhere, and
   * each asking would count as a guess.
   */
  #renewalOf(member: MemberDevice, api: Api): () => Promise<Decision<unknown>> {
    let refused: LoginVerifier | undefined
    return async () => {
      const { verifier, opening } = member
      if (verifier === refused) return refuse('desk.passphrase-changed')
      const renewed = await api.signIn(member.lookup, verifier)
      if (renewed.ok && member.isUnsettled) {
        member.isUnsettled = false
        await directory.settleOn(member.device, opening)
      }
      if (renewed.ok || renewed.refusal.code !== 'access.sign-in-wrong') return renewed
      // Changed here a moment ago: what it shows now is asked with the next time.
      if (member.verifier !== verifier) return refuse('access.signed-out')
      refused = verifier
      return refuse('desk.passphrase-changed')
    }
  }

  /** What the list did not need: the streams, and the exchange. */
  async #openBehind(member: MemberDevice): Promise<void> {
    await painted()
    await unlessClosed(member, member.loadBehind())
    if (member.closed) return
    this.#show(member)
    void this.exchange()
    this.#keepListSoon(member)
  }

  /** Now and then while much changes: a list two seconds old is mended by the streams at the next opening. */
  #keepListSoon(member: MemberDevice): void {
    this.#listing ??= setTimeout(async () => {
      this.#listing = undefined
      await unlessClosed(member, member.loaded)
      await quietMoment()
      await unlessClosed(member, member.keepList())
    }, 2000)
  }

  async #heardFromTab(
    member: MemberDevice,
    message: { readonly lock?: boolean; readonly form?: string; readonly streams?: readonly StreamId[] },
  ) {
    if (message.lock) this.lock(false)
    else if (message.form !== undefined) for (const heard of this.#formListeners) heard(message.form)
    else if (message.streams && !member.closed) {
      await member.loaded
      member.hasAll = (await member.store.box<boolean>('hasAll')) ?? member.hasAll
      await member.reload(message.streams)
      this.#show(member)
    }
  }

  async #changed(member: MemberDevice, streams: readonly StreamId[]): Promise<void> {
    if (member.closed) return
    await member.reopen(streams, streams.length > 50 ? 'list' : 'whole')
    if (member.closed) return
    this.#channel?.postMessage({ streams })
    this.#show(member)
    this.#keepListSoon(member)
    if (this.#hasWaiting() && this.#failures === 0) this.#soon(pace.written)
  }

  /** Brings the snapshot to what the open device holds. */
  #show(member: MemberDevice): void {
    if (member.closed || this.member !== member) return
    this.#set(shown(this.snapshot, member, Date.now()))
  }

  async #lookAtServer(): Promise<void> {
    const state = await this.api.state()
    if (!state.ok) {
      if (this.snapshot.phase === 'starting') this.#set({ phase: 'signed-out' })
      return
    }
    const { founded, demonstration } = state.value
    const cast: readonly CastMember[] = state.value.cast
    keepSettings({ demonstration })
    const isWaiting = this.snapshot.phase === 'starting' || this.snapshot.phase === 'first-run'
    this.#set({ demonstration, cast, ...(isWaiting ? { phase: founded ? 'signed-out' : 'first-run' } : {}) })
  }

  #heard(reached: boolean): void {
    if (this.snapshot.online !== reached) this.#set({ online: reached })
  }

  /** The next exchange: soon, at its pace, or after waiting longer with each failure. While nobody looks it only sends. */
  #soon(milliseconds: number = backOff(this.#failures)): void {
    clearTimeout(this.#next)
    if (!this.member) return
    this.#next = setTimeout(() => {
      if (document.visibilityState === 'visible' || this.#hasWaiting()) void this.exchange()
      else this.#soon(pace.every)
    }, milliseconds)
  }

  #hasWaiting(): boolean {
    return this.member?.waiting.some(({ state }) => state === 'waiting') === true
  }

  #stay(): void {
    clearTimeout(this.#idle)
    if (this.member) this.#idle = setTimeout(() => this.lock(true), readSettings().lockAfter * 60_000)
  }

  #get(): MemberDevice {
    if (!this.member) throw new Error('asked of a locked device')
    return this.member
  }

  /** Whoever acts on a case waits for its stream, a second at most after the unlocking. */
  async #ready(): Promise<MemberDevice> {
    const member = this.#get()
    await member.loaded
    return member
  }

  #set(change: Partial<Snapshot>): void {
    const before = this.snapshot
    this.snapshot = { ...before, ...change }
    const fields = Object.keys(change) as (keyof Snapshot)[] // of a change nothing else can be
    // Most looks at the server bring nothing, and then no screen is drawn.
    if (fields.some((field) => this.snapshot[field] !== before[field])) this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** Twice as long after each failure, a little apart for each device, so that a server that comes back is not overrun. */
function backOff(failures: number): number {
  return Math.min(pace.longest, 1_000 * 2 ** Math.min(failures, 12)) * (0.75 + Math.random() / 2)
}

/** At the door of the device the refusal has its own name: here nothing else can be tried than the passphrase. */
function named(decision: { readonly ok: false; readonly refusal: Refusal }): Decision<never> {
  return decision.refusal.code === 'sealed.passphrase-wrong' ? refuse('desk.passphrase-wrong') : decision
}

/** A lock may come in the middle of it, and then whatever fails has no one left to fail for. */
async function unlessClosed(member: MemberDevice, work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!member.closed) throw error
  })
}

/**
 * Until what was last shown is on the screen; at once where nobody looks at it, for then nothing is drawn, and soon in any
 * case: a browser may call a page visible of which it draws no frame.
 */
function painted(): Promise<void> {
  if (document.visibilityState !== 'visible') return Promise.resolve()
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve))
    setTimeout(resolve, 250)
  })
}
