/**
 * What a browser may do with each thing we send. Nothing is inline anywhere, nothing comes from elsewhere, and nothing may
 * be framed; each kind of answer gets the least it needs.
 */
export type Served =
  | 'api'
  | 'desk page'
  | 'desk script'
  | 'computing worker'
  | 'desk file'
  | 'portal page'
  | 'portal explorer'
  | 'portal data'
  | 'portal file'

export function securityHeaders(served: Served): Record<string, string> {
  return {
    ...always,
    'content-security-policy': policies[served],
    'cache-control': caching[served],
  }
}

const always = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()',
  'x-dns-prefetch-control': 'off',
} as const

const nothing = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]

const ownFiles = ["script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "manifest-src 'self'"]

const policies: Readonly<Record<Served, string>> = {
  api: nothing.join('; '),
  'desk file': nothing.join('; '),
  'desk page': [
    ...nothing,
    "script-src 'self'",
    "style-src 'self'",
    // `data:` for the small pictures that the build puts into style sheets.
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
  ].join('; '),
  // A worker, the service worker too, goes by the policy its own file came with.
  'desk script': [...nothing, "script-src 'self'", "connect-src 'self'"].join('; '),
  // Argon2id and the solver are WebAssembly: these two workers may compile it, and may not reach the network.
  'computing worker': [...nothing, "script-src 'self' 'wasm-unsafe-eval'"].join('; '),
  'portal page': [...nothing, ...ownFiles].join('; '),
  // Its form writes an address of ours, and nothing else.
  'portal explorer': [
    ...nothing.filter((rule) => !rule.startsWith('form-action')),
    "form-action 'self'",
    ...ownFiles,
  ].join('; '),
  'portal data': nothing.join('; '),
  'portal file': nothing.join('; '),
}

const caching: Readonly<Record<Served, string>> = {
  api: 'no-store',
  'desk page': 'no-cache',
  'desk script': 'no-cache',
  'computing worker': 'no-cache',
  'desk file': 'no-cache',
  // A page about help is not left behind in a shared telephone's cache.
  'portal page': 'no-store',
  'portal explorer': 'no-store',
  // What was published can be withdrawn: whoever keeps it asks each time, by its mark, whether it still stands.
  'portal data': 'public, no-cache',
  'portal file': 'public, max-age=86400',
}
