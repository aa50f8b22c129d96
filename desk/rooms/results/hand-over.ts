import * as z from 'zod'

/** A file that the server made, under the name it gives: that of a demonstration says so. */
export const MadeFile = z.object({ name: z.string(), file: z.base64() })
export type MadeFile = z.infer<typeof MadeFile>

/** Gives it to the browser to save on this device. */
export function handOver({ name, file }: MadeFile, type: string): void {
  const bytes = Uint8Array.from(atob(file), (sign) => sign.charCodeAt(0))
  const url = URL.createObjectURL(new Blob([bytes], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has its own hold on the bytes by the next turn.
  setTimeout(() => URL.revokeObjectURL(url))
}
