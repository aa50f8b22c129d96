import { access } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import fastifySwagger from '@fastify/swagger'
import { refuse } from '@lentera/core/shared/refusals'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod'
import { findSession } from '../accounts/sessions.ts'
import { refusalFor, statusOf } from './answers.ts'
import { traceOf } from './events.ts'
import { type Served, securityHeaders } from './headers.ts'
import { routes } from './routes.ts'
import type { Server } from './server.ts'

/**
 * The desk's origin: the API under /api, and the files of the built desk, whose page answers for every other address (the
 * desk itself knows its screens). Not listening yet.
 */
export async function deskOrigin(server: Omit<Server, 'openApi'>, deskFolder: string): Promise<FastifyInstance> {
  // No request logging: an address or a body is never written down (`events.ts`).
  const application = Fastify({
    logger: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
    // An address that cannot even be read, in our words and not the framework's.
    frameworkErrors: (_error, _request, reply: FastifyReply) => {
      const { refusal } = refuse('server.input', { field: 'url' })
      void reply.status(statusOf(refusal)).send({ refusal })
    },
  })
  application.setValidatorCompiler(validatorCompiler)
  application.setSerializerCompiler(serializerCompiler)
  application.removeContentTypeParser('text/plain')
  application.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_, bytes, done) => {
    done(null, bytes)
  })
  await application.register(fastifySwagger, {
    openapi: {
      info: { title: 'Lentera', version: server.version, description: 'The API between a device and its server.' },
      components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } },
    },
    transform: jsonSchemaTransform,
  })
  application.addHook('onSend', async (request, reply, payload) => {
    if (!reply.hasHeader('content-security-policy')) reply.headers(securityHeaders(servedAt(request)))
    return payload
  })
  application.setErrorHandler((error, request, reply) => answerError(server, error, request, reply))
  await serveDesk(application, server, deskFolder)
  const complete: Server = { ...server, openApi: () => ({ ...application.swagger() }) }
  await application.register(async (api) => {
    for (const route of routes) route.registerOn(api, complete)
  })
  return application
}

/** Files by their names; what is no file is the desk's page, and what is no route is answered like a stranger's. */
async function serveDesk(
  application: FastifyInstance,
  server: Omit<Server, 'openApi'>,
  deskFolder: string,
): Promise<void> {
  await application.register(fastifyStatic, {
    root: deskFolder,
    index: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      reply.headers(fileHeaders(path))
    },
  })
  // A folder is no file. Asked for one by a client that takes nothing compressed, the file server answers "forbidden".
  application.addHook('onRequest', async (request, reply) => {
    if (isApi(request) || !pathOf(request).endsWith('/')) return
    reply.callNotFound()
    // Answered: without this the request would go on to the file server beside its answer.
    return reply
  })
  application.setNotFoundHandler(async (request, reply) => {
    if (isApi(request)) {
      const session = await findSession(server.database, request.headers.authorization)
      const { refusal } = session ? refuse('access.not-found') : refuse('access.signed-out')
      return reply.status(statusOf(refusal)).send({ refusal })
    }
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !/\.[a-z0-9]+$/i.test(pathOf(request))
    const isBuilt = isPage && (await access(join(deskFolder, 'index.html')).then(yes, no))
    if (isBuilt) return reply.sendFile('index.html')
    return reply
      .status(isPage ? 503 : 404)
      .type('text/plain; charset=utf-8')
      .send(isPage ? 'The desk is not built.' : '')
  })
}

const yes = (): boolean => true
const no = (): boolean => false

function fileHeaders(path: string): Record<string, string> {
  const name = path.replace(/\.(br|gz)$/, '')
  const headers = securityHeaders(servedFile(name))
  // Vite writes a hash of the content into every name below /assets/: such a file never changes.
  return /[\\/]assets[\\/]/.test(name)
    ? { ...headers, 'cache-control': 'public, max-age=31536000, immutable' }
    : headers
}

/** The build names the worker that stretches passphrases `passphrase-worker-<hash>.js`, and the one that plans `planner-worker-<hash>.js`. */
function servedFile(path: string): Served {
  if (/(passphrase|planner)-worker[^\\/]*\.js$/.test(path)) return 'computing worker'
  if (/\.m?js$/.test(path)) return 'desk script'
  return path.endsWith('.html') ? 'desk page' : 'desk file'
}

const servedAt = (request: FastifyRequest): Served => (isApi(request) ? 'api' : 'desk file')
const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? ''
const isApi = (request: FastifyRequest): boolean => /^\/api(\/|$)/.test(pathOf(request))

function answerError(
  { events }: Pick<Server, 'events'>,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const field = error.validation[0]?.instancePath.replaceAll('/', '.').replace(/^\./, '') ?? ''
    const { refusal } = refuse('server.input', { field })
    return reply.status(statusOf(refusal)).send({ refusal })
  }
  // The file server's own words for an address that can be no file's.
  const isNoFile = error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500
  if (!isApi(request) && isNoFile) return reply.status(404).type('text/plain; charset=utf-8').send('')
  if (error instanceof Error && 'code' in error && error.code === 'FST_STATIC_FORBIDDEN_PATH') {
    reply.callNotFound()
    return reply
  }
  // Who hangs up hears no answer, and it is no fault of the database.
  if (request.raw.aborted) return reply.status(400).send({ refusal: refuse('server.not-json').refusal })
  const refusal = refusalFor(error)
  const status = statusOf(refusal)
  if (status >= 500) {
    const route = request.routeOptions.url ?? ''
    const event = refusal.code === 'server.failed' ? 'request-failed' : 'database-unavailable'
    events.record(event, { request: request.id, route, ...traceOf(error) })
  }
  return reply.status(status).send({ refusal })
}
