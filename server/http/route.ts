import type { Decision } from '@lentera/core/shared/refusals'
import { accept, refuse } from '@lentera/core/shared/refusals'
import type { Role } from '@lentera/core/shared/roles'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type * as z from 'zod'
import { findSession, type Session } from '../accounts/sessions.ts'
import { Refused, statusOf } from './answers.ts'
import type { Server } from './server.ts'

/**
 * Who may ask at all: `anyone`; `known`, a member even after her removal (she must be able to send what she has, and to
 * learn of it); `signed-in`, a member; or members with one of these roles.
 */
export type Who = 'anyone' | 'known' | 'signed-in' | readonly Role[]

/** The one who asks: of a stranger only the network address, for the brake on guessing. */
export type Stranger = { readonly address: string }
export type Asker<W extends Who> = W extends 'anyone' ? Stranger : Stranger & Session

type Schemas = {
  readonly body?: z.ZodType
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  /** The body as it came, up to so many bytes. */
  readonly bytes?: number
  /** Bytes of a JSON body where a route takes more than most. */
  readonly upTo?: number
}
type Parsed<S extends Schemas> = {
  readonly body: S['body'] extends z.ZodType ? z.output<S['body']> : undefined
  readonly params: S['params'] extends z.ZodType ? z.output<S['params']> : undefined
  readonly query: S['query'] extends z.ZodType ? z.output<S['query']> : undefined
  readonly bytes: S['bytes'] extends number ? Uint8Array : undefined
}

/** A route as it is declared: read from top to bottom it says who, may they, parse, decide, present. */
export type Declared<W extends Who, S extends Schemas, Answer> = {
  readonly at: `${'GET' | 'POST' | 'PUT'} /api/${string}`
  readonly who: W
  readonly may: (asker: Asker<W>, input: Parsed<S>) => Decision<void>
  readonly parse: S
  readonly decide: (input: Parsed<S>, asker: Asker<W>, server: Server) => Promise<Decision<Answer>> | Decision<Answer>
  readonly present: Present<Answer>
}

/** Only what the schema declares travels; `null` is an answer without a body. */
type Present<Answer> = {
  readonly status: number | ((answer: Answer) => number)
  readonly body: z.ZodType<Answer> | null
}

export type Route = {
  readonly at: string
  readonly who: Who
  readonly registerOn: (application: FastifyInstance, server: Server) => void
}

/** Makes a route. It cannot be made without its `who` and its `may`. */
export function route<const W extends Who, S extends Schemas, Answer>(declared: Declared<W, S, Answer>): Route {
  return {
    at: declared.at,
    who: declared.who,
    registerOn: (application, server) => register(application, server, declared),
  }
}

function register<W extends Who, S extends Schemas, Answer>(
  application: FastifyInstance,
  server: Server,
  { at, who, may, parse, decide, present }: Declared<W, S, Answer>,
): void {
  const [method = '', url = ''] = at.split(' ')
  const askers = new WeakMap<FastifyRequest, Asker<W>>()
  application.route({
    method,
    url,
    schema: {
      ...(parse.body ? { body: parse.body } : {}),
      ...(parse.params ? { params: parse.params } : {}),
      ...(parse.query ? { querystring: parse.query } : {}),
      ...(parse.bytes ? { consumes: ['application/octet-stream'] } : {}),
      ...(who === 'anyone' ? {} : { security: [{ session: [] }] }),
      response: { ...successes(present), '4xx': Refused, '5xx': Refused },
    },
    bodyLimit: parse.bytes ?? parse.upTo ?? 1024 * 1024,
    // Before the body is even read: a stranger's answer does not depend on what she sends.
    onRequest: async (request, reply) => {
      const asker = await identify(server, who, request)
      if (!asker.ok) return reply.status(statusOf(asker.refusal)).send({ refusal: asker.refusal })
      askers.set(request, asker.value)
    },
    handler: async (request, reply) => {
      const asker = askers.get(request)
      if (!asker) throw new TypeError('a request came past its identification')
      // The schemas above have parsed each part; Fastify's own types cannot follow a generic schema.
      const input = {
        body: parse.body ? request.body : undefined,
        params: parse.params ? request.params : undefined,
        query: parse.query ? request.query : undefined,
        bytes: parse.bytes ? request.body : undefined,
      } as Parsed<S>
      const allowed = may(asker, input)
      const answer = allowed.ok ? await decide(input, asker, server) : allowed
      if (!answer.ok) return reply.status(statusOf(answer.refusal)).send({ refusal: answer.refusal })
      const status = typeof present.status === 'number' ? present.status : present.status(answer.value)
      return present.body ? reply.status(status).send(answer.value) : reply.status(status).send()
    },
  })
}

function successes<Answer>({ status, body }: Present<Answer>): Record<string, z.ZodType> {
  return body ? { [typeof status === 'number' ? status : '2xx']: body } : {}
}

/**
 * Who is asking. One who lacks the role is answered as if nothing were there; one who is signed out always hears the same,
 * whatever she asked for.
 */
async function identify<W extends Who>(server: Server, who: W, request: FastifyRequest): Promise<Decision<Asker<W>>> {
  const stranger: Stranger = { address: request.ip }
  // The two casts below: `Asker<W>` is decided by `who`, which TypeScript does not narrow through a generic.
  if (who === 'anyone') return accept(stranger as Asker<W>)
  const session = await findSession(server.database, request.headers.authorization)
  if (!session) return refuse('access.signed-out')
  const { removed, roles } = session.viewer
  const isAllowed =
    who === 'known' ||
    (!removed && (who === 'signed-in' || (who as readonly Role[]).some((role) => roles.includes(role))))
  if (!isAllowed) return refuse('access.not-found')
  return accept({ ...stranger, ...session } as Asker<W>)
}
