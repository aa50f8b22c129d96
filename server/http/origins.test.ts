import { get } from 'node:http'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { found } from '../../tools/device/world.ts'
import { ask, type Running, runServer, signIn } from '../testing/running.ts'

let running: Running
let token: string

beforeAll(async () => {
  running = await runServer()
  const place = await found(running.database, 'Poipet shelter')
  token = await signIn(running, place.organisation.programme, place.administrator.viewer.member)
})

afterAll(async () => {
  await running.stop()
})

/** As `curl` asks: `fetch` always says that it takes compressed answers. */
function plainly(url: URL): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    get(url, (answer) => {
      let body = ''
      answer.on('data', (chunk: Buffer) => {
        body += chunk.toString()
      })
      answer.on('end', () => resolve({ status: answer.statusCode, body }))
    }).on('error', reject)
  })
}

const policy = (headers: Headers): string[] => (headers.get('content-security-policy') ?? '').split('; ')

describe('every answer of both origins', () => {
  const addresses = [
    ['desk', '/'],
    ['desk', '/cases/any-screen'],
    ['desk', '/assets/main-abc.js'],
    ['desk', '/assets/main-abc.css'],
    ['desk', '/assets/gone.js'],
    ['desk', '/sw.js'],
    ['desk', '/api/state'],
    ['desk', '/api/me'],
    ['desk', '/api/no-such-route'],
    ['portal', '/en'],
    ['portal', '/th/no-such-page'],
    ['portal', '/km/contact'],
    ['portal', '/letters/gone.css'],
    ['portal', '/leave.js'],
  ] as const
  it.each(addresses)(
    '%s %s is framed by no one, sniffed by no one, and says nothing of where she came from',
    async (origin, path) => {
      const { headers } = await ask(running.server[origin], `GET ${path}`)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('permissions-policy')).toContain('geolocation=()')
      expect(headers.get('set-cookie')).toBeNull()
      expect(headers.get('access-control-allow-origin')).toBeNull()
      const rules = policy(headers)
      expect(rules).toContain("default-src 'none'")
      expect(rules).toContain("frame-ancestors 'none'")
      expect(rules).toContain("base-uri 'none'")
      expect(rules.join()).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|https?:|\*/)
    },
  )
})

describe('the desk', () => {
  it('answers every screen with its page, and a file that is gone with nothing', async () => {
    const page = await ask(running.server.desk, 'GET /cases/any-screen')
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache'])
    expect(page.text).toContain('<title>Lentera</title>')
    expect(policy(page.headers)).toContain("script-src 'self'")
    expect((await ask(running.server.desk, 'GET /assets/gone.js')).status).toBe(404)
    expect((await ask(running.server.desk, 'GET /../data/secret')).text).not.toContain('secret')
  })

  it('answers a client that takes nothing compressed, at its root and at a folder, with its page, and once', async () => {
    const warnings: Error[] = []
    const hear = (warning: Error): unknown => warnings.push(warning)
    process.on('warning', hear)
    for (const path of ['/', '/assets/']) {
      const { status, body } = await plainly(new URL(path, running.server.desk))
      expect([status, body.includes('<title>Lentera</title>')]).toEqual([200, true])
    }
    process.off('warning', hear)
    // An answer begun twice leaves twice as many listeners as Node thinks sane, and says so.
    expect(warnings).toEqual([])
  })

  it('lets only the two workers that compute compile WebAssembly, and these not reach the network', async () => {
    for (const path of ['/assets/passphrase-worker-abc.js', '/assets/planner-worker-abc.js']) {
      const worker = await ask(running.server.desk, `GET ${path}`)
      expect(policy(worker.headers)).toContain("script-src 'self' 'wasm-unsafe-eval'")
      expect(policy(worker.headers).join()).not.toContain('connect-src')
    }
    for (const path of ['/', '/assets/main-abc.js', '/sw.js']) {
      const { headers } = await ask(running.server.desk, `GET ${path}`)
      expect(headers.get('content-security-policy')).not.toContain('wasm')
    }
  })

  it('lets files named by their content be kept, and asks for the service worker anew each time', async () => {
    const asset = await ask(running.server.desk, 'GET /assets/main-abc.js')
    expect(asset.headers.get('cache-control')).toContain('immutable')
    const worker = await ask(running.server.desk, 'GET /sw.js')
    expect([worker.status, worker.headers.get('cache-control')]).toEqual([200, 'no-cache'])
  })
})

describe('the portal', () => {
  it('leads to the language of the browser, for this one answer, and stays in that of the address', async () => {
    const headers = { 'accept-language': 'km-KH,km;q=0.9' }
    const first = await ask(running.server.portal, 'GET /', { headers })
    expect([first.status, first.headers.get('location'), first.headers.get('vary')]).toEqual([
      302,
      '/km',
      'accept-language',
    ])
    expect(first.headers.get('cache-control')).toBe('no-store')
    const page = await ask(running.server.portal, 'GET /vi/guide', { headers })
    expect([page.status, page.headers.get('content-language')]).toEqual([200, 'vi'])
  })

  it('leaves no page in a browser’s store, and names its letters so that they may stay there', async () => {
    const headers = { 'accept-encoding': 'gzip, br' }
    const page = await ask(running.server.portal, 'GET /lo', { headers })
    expect([page.headers.get('cache-control'), page.headers.get('content-encoding')]).toEqual(['no-store', 'br'])
    for (const [, path = '?'] of page.text.matchAll(/href="(\/letters\/[^"]+)"/g)) {
      const file = await ask(running.server.portal, `GET ${path}`)
      expect([path, file.status, file.headers.get('cache-control')]).toEqual([path, 200, 'public, max-age=86400'])
    }
  })

  it('takes nothing in, and says DEMONSTRATION where the database is one', async () => {
    expect((await ask(running.server.portal, 'POST /en/contact', { body: { text: 'x' } })).status).toBe(404)
    expect((await ask(running.server.portal, 'GET /en')).text).toContain('DEMONSTRATION')
  })
})

describe('bad input', () => {
  const send = (at: string, body: string, type = 'application/json') =>
    fetch(`${running.server.desk}${at}`, {
      method: 'POST',
      body,
      headers: { 'content-type': type, authorization: `Bearer ${token}` },
    })
  const refusalOf = async (response: Response): Promise<[number, string]> => {
    const { refusal } = (await response.json()) as { refusal: { code: string } }
    return [response.status, refusal.code]
  }

  it('that is no JSON, of another kind, too large or of another shape is refused by name', async () => {
    expect(await refusalOf(await send('/api/log/pull', '{'))).toEqual([400, 'server.not-json'])
    expect(await refusalOf(await send('/api/log/pull', 'x', 'text/plain'))).toEqual([415, 'server.media-type'])
    expect(await refusalOf(await send('/api/log/pull', `"${'x'.repeat(2 ** 20)}"`))).toEqual([413, 'server.too-large'])
    const misshapen = await send('/api/log/pull', JSON.stringify({ epoch: null, after: 'x' }))
    expect(await misshapen.json()).toEqual({ refusal: { code: 'server.input', values: { field: 'after' } } })
    expect((await send('/api/log/pull', '{"__proto__":{"a":1}}')).status).toBe(400)
  })

  it('in the address is refused in the same words: a stranger learns nothing, nobody reads of the framework', async () => {
    const strange = await ask<{ refusal: { code: string } }>(running.server.desk, 'GET /api/%00')
    expect([strange.status, strange.body.refusal.code]).toEqual([401, 'access.signed-out'])
    const unread = await ask<{ refusal: { code: string } }>(running.server.desk, 'GET /api/%ff')
    expect([unread.status, unread.body]).toEqual([400, { refusal: { code: 'server.input', values: { field: 'url' } } }])
  })

  it('is not even read from a stranger', async () => {
    const response = await fetch(`${running.server.desk}/api/log/append`, { method: 'POST', body: '{' })
    expect(await refusalOf(response)).toEqual([401, 'access.signed-out'])
  })
})

it('the API describes itself from the schemas its routes are held to', async () => {
  type Document = { openapi: string; paths: Record<string, Record<string, { security?: unknown }>> }
  const { body } = await ask<Document>(running.server.desk, 'GET /api/openapi.json')
  expect(body.openapi).toMatch(/^3\./)
  expect(body.paths['/api/log/append']?.post?.security).toEqual([{ session: [] }])
  expect(body.paths['/api/state']?.get?.security).toBeUndefined()
})

it('a database that goes away is said to be away, and its return is noticed', async () => {
  const other = await runServer()
  const behind = async (...statements: string[]): Promise<void> => {
    const address = new URL(other.ownerUrl)
    address.pathname = '/postgres'
    const client = new pg.Client({ connectionString: address.href })
    await client.connect()
    for (const statement of statements) await client.query(statement)
    await client.end()
  }
  try {
    expect((await ask(other.server.desk, 'GET /api/state')).status).toBe(200)
    const name = new URL(other.ownerUrl).pathname.slice(1)
    await behind(
      `alter database ${name} with allow_connections false`,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
    )
    const away = await ask<{ refusal: { code: string } }>(other.server.desk, 'GET /api/state')
    expect([away.status, away.body.refusal.code]).toEqual([503, 'server.database-unavailable'])
    await behind(`alter database ${name} with allow_connections true`)
    expect((await ask(other.server.desk, 'GET /api/state')).status).toBe(200)
  } finally {
    await other.stop()
  }
})
