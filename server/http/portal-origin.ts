import { findPortalFile, type PortalHanded, portalPage } from '@lentera/portal/pages'
import Fastify, { type FastifyInstance } from 'fastify'
import { compress } from './compression.ts'
import { securityHeaders } from './headers.ts'

/**
 * The portal's origin: pages that the portal makes from what it is handed, and its few files. It has no route that
 * changes anything, no cookie, and no way to the log. Not listening yet.
 */
export function portalOrigin(handed: () => Promise<PortalHanded>): FastifyInstance {
  const application = Fastify({ logger: false, forceCloseConnections: true, bodyLimit: 1024 })
  application.addHook('onSend', async (_, reply, payload) => {
    if (!reply.hasHeader('content-security-policy')) reply.headers(securityHeaders('portal page'))
    return payload
  })
  application.get('/*', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/'
    const accepted = String(request.headers['accept-encoding'] ?? '')
    const file = await findPortalFile(path)
    if (file) {
      // A font is compressed already.
      const sent = file.type.startsWith('font/')
        ? { content: file.content, headers: {} }
        : await compress(file.content, accepted)
      return reply
        .headers({ ...securityHeaders('portal file'), ...sent.headers })
        .type(file.type)
        .send(sent.content)
    }
    const page = await portalPage(path, request.headers['accept-language'] ?? '', await handed())
    if (page.kind === 'elsewhere') return reply.header('vary', 'accept-language').redirect(page.path, 302)
    const { content, headers } = await compress(Buffer.from(page.html), accepted)
    return reply
      .status(page.status)
      .headers({ ...headers, 'content-language': page.language })
      .type('text/html; charset=utf-8')
      .send(content)
  })
  application.setErrorHandler((_, __, reply) => reply.status(503).type('text/plain').send(''))
  return application
}
