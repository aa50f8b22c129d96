import { useSyncExternalStore } from 'react'

/**
 * Keeps the shell on the device, so that it opens without a network. A newer one waits until she takes it (`useUpdate`) or
 * every tab is closed: a program is not exchanged under somebody's hands.
 */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  navigator.serviceWorker
    .register('/sw.js', { scope: '/' })
    .then((registration) => {
      watch(registration)
      registration.addEventListener('updatefound', () => watch(registration))
    })
    // A browser that refuses (a private window, no TLS) still works, with a network.
    .catch(() => undefined)
}

/** A newer program that waits on this device: the function that takes it and loads the page anew; undefined where none waits. */
export function useUpdate(): (() => void) | undefined {
  const waiting = useSyncExternalStore(subscribe, () => update.waiting)
  return waiting && (() => take(waiting))
}

const update: { waiting: ServiceWorker | undefined } = { waiting: undefined }
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function watch({ installing, waiting }: ServiceWorkerRegistration): void {
  const look = (worker: ServiceWorker): void => {
    // The very first one has nobody to wait for.
    if (worker.state !== 'installed' || navigator.serviceWorker.controller === null) return
    update.waiting = worker
    for (const listener of listeners) listener()
  }
  if (waiting) look(waiting)
  installing?.addEventListener('statechange', () => look(installing))
}

function take(worker: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  worker.postMessage({ type: 'SKIP_WAITING' })
}
