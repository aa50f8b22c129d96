/**
 * Keeps the shell on the device, so that it opens without a network. A new version waits until every tab is closed: a
 * program is not exchanged under somebody's hands.
 */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  // A browser that refuses (a private window, no TLS) still works, with a network.
  navigator.serviceWorker.register('/sw.js', { scope: '/' }).catch(() => undefined)
}
