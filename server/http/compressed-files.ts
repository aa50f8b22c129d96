import { type Compressed, compress } from './compression.ts'

/**
 * Compresses files that are the same whenever they have the same mark, and keeps the last of them, up to so many bytes: a data set of
 * megabytes takes half a second each time, and whoever asks for it again and again would have the server do nothing else.
 *
 * @param most bytes kept in all; a file that is larger alone is not kept
 */
export function keepingCompressed(most: number) {
  const kept = new Map<string, Compressed>()
  let bytes = 0
  return async (mark: string, content: () => string, accepted: string): Promise<Compressed> => {
    const key = `${mark} ${accepted.slice(0, 100)}`
    const known = kept.get(key)
    if (known) return known
    const made = await compress(Buffer.from(content()), accepted)
    if (made.content.length > most || kept.has(key)) return made
    kept.set(key, made)
    bytes += made.content.length
    for (const [oldest, { content: old }] of kept) {
      if (bytes <= most) break
      kept.delete(oldest)
      bytes -= old.length
    }
    return made
  }
}
