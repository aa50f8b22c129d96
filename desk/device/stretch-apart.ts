import type { Stretch } from '@lentera/sealed/open'

/** Argon2id in a worker that lives only as long: its memory, with all that was in it, goes with it. */
export const stretchApart: Stretch = (password, parameters) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./passphrase-worker.ts', import.meta.url), {
      type: 'module',
      name: 'passphrase-worker',
    })
    worker.onmessage = ({ data }: MessageEvent<Uint8Array<ArrayBuffer>>) => {
      worker.terminate()
      resolve(data)
    }
    worker.onerror = (event) => {
      worker.terminate()
      reject(new Error(`the passphrase could not be stretched: ${event.message}`))
    }
    // A copy travels: the caller overwrites its own.
    const copy = Uint8Array.from(password)
    worker.postMessage({ password: copy, parameters }, [copy.buffer])
  })
