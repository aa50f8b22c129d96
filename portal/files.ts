import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { findLetters, type PortalFile } from './letters.ts'

/** The few files the pages use, all our own: the way out, the icon, and what `letters.ts` makes. */
export async function findPortalFile(path: string): Promise<PortalFile | undefined> {
  const file = Object.hasOwn(files, path) ? files[path] : undefined
  if (!file) return findLetters(path)
  return { type: file.type, content: await readFile(fileURLToPath(import.meta.resolve(file.from))) }
}

const files: Readonly<Record<string, { readonly type: string; readonly from: string }>> = {
  '/leave.js': { type: 'text/javascript; charset=utf-8', from: './files/leave.js' },
  '/icon.svg': { type: 'image/svg+xml', from: './files/icon.svg' },
}
