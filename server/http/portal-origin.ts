import { createHash } from 'node:crypto'
import {
  findPortalFile,
  findPublishedFile,
  type PortalHanded,
  type PublishedFile,
  portalPage,
} from '@lentera/portal/pages'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { keepingCompressed } from './compressed-files.ts'
import { type Compressed, compress } from './compression.ts'
import { securityHeaders } from './headers.ts'

/**
 * The portal's origin: pages that the portal makes from what it is handed, its few files, and the files of what was published.
 * It has no route that changes anything, no cookie, and no way to the log. Not listening yet.
 */
export function portalOrigin(handed: () => Promise<PortalHanded>): FastifyInstance {
  const application = Fastify({ logger: false, forceCloseConnections: true, bodyLimit: 1024 })
  const compressed = keepingCompressed(16 * 1024 * 1024)
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
    const given = await handed()
    const published = await findPublishedFile(request.url, given)
    if (published) {
      const have = String(request.headers['if-none-match'] ?? '')
      return sendPublished(reply, published, have, (mark, content) => compressed(mark, content, accepted))
    }
    const page = await portalPage(request.url, request.headers['accept-language'] ?? '', given)
    if (page.kind === 'elsewhere') return reply.header('vary', 'accept-language').redirect(page.path, 302)
    const { content, headers } = await compress(Buffer.from(page.html), accepted)
    return reply
      .status(page.status)
      .headers({ ...securityHeaders(page.hasForm ? 'portal explorer' : 'portal page'), ...headers })
      .header('content-language', page.language)
      .type('text/html; charset=utf-8')
      .send(content)
  })
  application.setErrorHandler((_, __, reply) => reply.status(503).type('text/plain').send(''))
  return application
}

/** With a mark that says what it is a file of: whoever has that one already is told so, and the file is not made. */
async function sendPublished(
  reply: FastifyReply,
  { status, type, name, mark, content }: PublishedFile,
  have: string,
  compressed: (mark: string, content: () => string) => Promise<Compressed>,
): Promise<FastifyReply> {
  // Weak (RFC 9110, 8.8.1): compressed or not, it is the same file.
  const tag = `W/"${createHash('sha256').update(mark).digest('base64url').slice(0, 24)}"`
  reply.status(status).headers({ ...securityHeaders('portal data'), etag: tag, vary: 'accept-encoding' })
  if (status === 200 && have.split(',').some((each) => each.trim() === tag)) return reply.status(304).send()
  const sent = await compressed(tag, content)
  return reply
    .headers({ ...sent.headers, 'content-disposition': `attachment; filename="${name}"` })
    .type(type)
    .send(sent.content)
}
