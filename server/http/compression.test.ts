import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { compress } from './compression.ts'

const text = Buffer.from('ភាសា Tiếng Việt မြန်မာ '.repeat(40))

describe('a text', () => {
  it('is sent as it is to whoever takes nothing else, or refuses the rest by its weight', async () => {
    for (const accepted of ['', 'identity', 'br;q=0, gzip;q=0.0', 'zstd', 'brotli']) {
      const { content, headers } = await compress(text, accepted)
      expect([content, headers]).toEqual([text, { vary: 'accept-encoding' }])
    }
  })

  it('is sent as small as the other can take it, and says how', async () => {
    const brotli = await compress(text, 'gzip, deflate, BR;q=0.1')
    expect(brotli.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(brotli.content)).toEqual(text)
    const gzip = await compress(text, 'gzip, br;q=0')
    expect(gzip.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(gzip.content)).toEqual(text)
    expect(gzip.content.length).toBeLessThan(text.length / 4)
  })
})
