import { stretch } from '@lentera/sealed/open'
import type { KdfParameters } from '@lentera/sealed/verify'

/** The one place of the desk where WebAssembly may run. It can reach nothing: its policy allows no connection. */
self.onmessage = async ({ data }: MessageEvent<{ password: Uint8Array<ArrayBuffer>; parameters: KdfParameters }>) => {
  const stretched = await stretch(data.password, data.parameters)
  data.password.fill(0)
  self.postMessage(stretched, { transfer: [stretched.buffer] })
}
