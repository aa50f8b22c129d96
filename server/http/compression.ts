import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export type Compressed = { readonly content: Buffer; readonly headers: Readonly<Record<string, string>> }

/**
 * A text as small as the one who asks can take it: brotli, else gzip, else as it is. For public texts only: what holds a
 * secret beside something a stranger can choose must not be compressed with it.
 *
 * @param accepted the `Accept-Encoding` header (RFC 9110, 12.5.3)
 */
export async function compress(content: Buffer, accepted: string): Promise<Compressed> {
  const encoding = (['br', 'gzip'] as const).find((name) => takes(accepted, name))
  const vary = { vary: 'accept-encoding' }
  if (!encoding) return { content, headers: vary }
  return { content: await compressors[encoding](content), headers: { ...vary, 'content-encoding': encoding } }
}

const brotli = promisify(brotliCompress)
const compressors = {
  br: (content: Buffer) =>
    brotli(content, {
      params: {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_QUALITY]: 9,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
  gzip: promisify<Buffer, Buffer>(gzip),
}

/** Whether it is named, and not refused with a weight of nothing. */
function takes(accepted: string, encoding: string): boolean {
  return accepted
    .toLowerCase()
    .split(',')
    .map((part) => part.split(';').map((piece) => piece.trim()))
    .some(([name, weight]) => name === encoding && !/^q=0(\.0*)?$/.test(weight ?? ''))
}
