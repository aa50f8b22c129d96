import type { Batch, BatchReply } from '@lentera/core/log/batch'
import type { EntryId, Hash, StreamId } from '@lentera/core/shared/ids'
import type { Me } from '@lentera/core/shared/me'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { KdfParameters, LoginVerifier, RecoveryVerifier } from '@lentera/sealed/verify'
import type * as z from 'zod'
import { Answers, BatchReplySchema, type PulledAnswer, type StatesAnswer } from './answers.ts'

/**
 * The one way to the server. It holds the session's token, in memory only, and turns whatever goes wrong into a refusal:
 * `desk.offline` where no server answered, and the server's own by its name otherwise.
 */
export class Api {
  #token: string | null = null
  /** Signs in again with what memory still holds, when a session has run out. */
  #renew: (() => Promise<Decision<unknown>>) | undefined
  #renewing: Promise<Decision<unknown>> | undefined
  #isEnded = false
  readonly #heard: (reached: boolean) => void

  /** @param heard told after each request whether the server was reached */
  constructor(heard: (reached: boolean) => void) {
    this.#heard = heard
  }

  get signedIn(): boolean {
    return this.#token !== null
  }

  renewWith(renew: (() => Promise<Decision<unknown>>) | undefined): void {
    this.#renew = renew
  }

  /** At the lock: the session is ended with the server, and an answer that comes later begins none. */
  end(): void {
    this.#isEnded = true
    this.#renew = undefined
    void this.signOut()
  }

  state(): Promise<Decision<z.infer<typeof Answers.state>>> {
    return this.#json('GET', '/api/state', undefined, Answers.state.parse)
  }

  async parameters(lookup: Hash): Promise<Decision<KdfParameters>> {
    const answer = await this.#json('POST', '/api/sign-in/parameters', { lookup }, Answers.parameters.parse)
    return answer.ok ? accept(answer.value.kdf) : answer
  }

  async signIn(lookup: Hash, verifier: LoginVerifier): Promise<Decision<z.infer<typeof Answers.signedIn>>> {
    return this.#begun(await this.#json('POST', '/api/sign-in', { lookup, verifier }, Answers.signedIn.parse))
  }

  /** By what the printed recovery code shows: the account comes with the keys that the code opens. */
  async signInByCode(lookup: Hash, verifier: RecoveryVerifier): Promise<Decision<z.infer<typeof Answers.recovered>>> {
    return this.#begun(await this.#json('POST', '/api/sign-in/recovery', { lookup, verifier }, Answers.recovered.parse))
  }

  async #begun<T extends { readonly token: string }>(answer: Decision<T>): Promise<Decision<T>> {
    if (!answer.ok) return answer
    this.#token = answer.value.token
    if (!this.#isEnded) return answer
    await this.signOut()
    return refuse('desk.locked-meanwhile')
  }

  /** The token is forgotten at once: whoever signs in while the server is told has her own. */
  async signOut(): Promise<void> {
    const token = this.#token
    if (token === null) return
    this.#token = null
    await this.#send('POST', '/api/sign-out', undefined, 'application/json', () => undefined, token)
  }

  me(): Promise<Decision<Me>> {
    return this.ask('/api/me', undefined, Answers.me.parse)
  }

  append(batch: Batch): Promise<Decision<BatchReply>> {
    return this.ask('/api/log/append', batch, BatchReplySchema.parse)
  }

  pull(from: { readonly epoch: string | null; readonly after: EntryId | null }): Promise<Decision<PulledAnswer>> {
    return this.ask('/api/log/pull', from, Answers.pulled.parse)
  }

  states(after: StreamId | null): Promise<Decision<StatesAnswer>> {
    return this.ask('/api/log/states', { after }, Answers.states.parse)
  }

  found(body: unknown): Promise<Decision<BatchReply>> {
    return this.#json('POST', '/api/found', body, BatchReplySchema.parse)
  }

  /** An authorised request; signs in again once where the session has run out. GET without a body, POST with one. */
  async ask<T>(path: string, body: unknown, parse: (answer: unknown) => T): Promise<Decision<T>> {
    const method = body === undefined ? 'GET' : 'POST'
    return this.#renewed(() => this.#json(method, path, body, parse))
  }

  async sendBytes(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<Decision<void>> {
    return this.#renewed(() => this.#send('PUT', path, bytes, 'application/octet-stream', () => undefined))
  }

  async #renewed<T>(request: () => Promise<Decision<T>>): Promise<Decision<T>> {
    if (this.#token === null) {
      const renewed = await this.#signInAgain()
      if (!renewed.ok) return renewed
    }
    const answer = await request()
    if (answer.ok || answer.refusal.code !== 'access.signed-out') return answer
    this.#token = null
    const renewed = await this.#signInAgain()
    return renewed.ok ? request() : renewed
  }

  /** Once for all who ask at the same time. */
  #signInAgain(): Promise<Decision<unknown>> {
    if (!this.#renew) return Promise.resolve(refuse('access.signed-out'))
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined
    })
    return this.#renewing
  }

  #json<T>(method: string, path: string, body: unknown, parse: (answer: unknown) => T): Promise<Decision<T>> {
    const text = body === undefined ? undefined : JSON.stringify(body)
    return this.#send(method, path, text, 'application/json', parse)
  }

  async #send<T>(
    method: string,
    path: string,
    body: string | Uint8Array<ArrayBuffer> | undefined,
    type: string,
    parse: (answer: unknown) => T,
    token: string | null = this.#token,
  ): Promise<Decision<T>> {
    const headers = new Headers()
    if (body !== undefined) headers.set('content-type', type)
    if (token !== null) headers.set('authorization', `Bearer ${token}`)
    let status: number
    let text: string
    try {
      const response = await fetch(path, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
        cache: 'no-store',
      })
      status = response.status
      text = await response.text()
    } catch {
      this.#heard(false)
      return refuse('desk.offline')
    }
    this.#heard(true)
    const json = parsed(text)
    const refused = Answers.refused.safeParse(json)
    if (refused.success) return refuse(refused.data.refusal.code, refused.data.refusal.values)
    if (status >= 400) return refuse(status === 429 ? 'access.too-many-attempts' : 'server.failed')
    try {
      return accept(parse(json))
    } catch {
      // A server of another version, or something in between that answers in its place.
      return refuse('desk.answer-not-understood')
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
