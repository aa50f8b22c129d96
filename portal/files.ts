import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

export type PortalFile = { readonly type: string; readonly content: Buffer }

/** The few files the pages use, all our own: style, the way out, the icon, and the letters of each script. */
export async function findPortalFile(path: string): Promise<PortalFile | undefined> {
  const file = Object.hasOwn(files, path) ? files[path] : undefined
  if (!file) return undefined
  const parts = file.from.map((from) => readFile(fileURLToPath(import.meta.resolve(from))))
  return { type: file.type, content: Buffer.concat(await Promise.all(parts)) }
}

const files: Readonly<Record<string, { readonly type: string; readonly from: readonly string[] }>> = {
  '/portal.css': { type: 'text/css; charset=utf-8', from: ['@lentera/ui/tokens/tokens.css', './files/portal.css'] },
  '/leave.js': { type: 'text/javascript; charset=utf-8', from: ['./files/leave.js'] },
  '/icon.svg': { type: 'image/svg+xml', from: ['./files/icon.svg'] },
  '/noto-sans.woff2': { type: 'font/woff2', from: ['@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2'] },
  '/noto-sans-thai.woff2': {
    type: 'font/woff2',
    from: ['@fontsource/noto-sans-thai/files/noto-sans-thai-thai-400-normal.woff2'],
  },
}
