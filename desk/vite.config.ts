import { lenteraCatalogues } from '@lentera/ui/catalogues/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { southeastAsia } from './rooms/workforce/evidence/map/vite.ts'

/**
 * `vite build` in this folder gives `dist/`. Nothing is inline, so the content policy needs no exception for scripts or
 * style sheets; the worker that stretches passphrases keeps its name, by which the server gives it, and only it, the
 * right to run WebAssembly.
 */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    lenteraCatalogues(),
    southeastAsia(),
    react(),
    VitePWA({
      // Registered by `shell/service-worker.ts`: the plugin's own way is an inline script.
      injectRegister: false,
      registerType: 'prompt',
      manifest: {
        name: 'Lentera',
        short_name: 'Lentera',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#fbf8f2',
        theme_color: '#fbf8f2',
        icons: [{ src: '/lantern.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
      },
      workbox: {
        mode: 'production',
        // The shell and nothing else: what the API answers is never cached.
        globPatterns: ['**/*.{js,css,html,svg,woff2}'],
        // The solver is large and only planners need it: it is kept from the first time that it is asked for.
        runtimeCaching: [
          {
            urlPattern: /\/assets\/[^/]+\.wasm$/,
            handler: 'CacheFirst',
            options: { cacheName: 'solver', expiration: { maxEntries: 2 } },
          },
        ],
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [/^\/api(\/|$)/],
        cleanupOutdatedCaches: true,
        clientsClaim: true,
        maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
      },
    }),
  ],
  worker: { format: 'es', rolldownOptions: { output: { entryFileNames: 'assets/[name]-[hash].js' } } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2023',
    // One style sheet: nine tenths of it are the parts', which every screen needs.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Two scripts begin the desk: what others wrote, which the next edition finds kept on the device, and our own.
            { name: 'libraries', test: /[\\/]node_modules[\\/]/, tags: ['$initial'], priority: 2 },
            { name: 'index', tags: ['$initial'], priority: 1 },
            // What some rooms share, by which rooms; what is too small to ask for alone goes with its nearest neighbour.
            { name: 'shared', entriesAware: true, minShareCount: 2, entriesAwareMergeThreshold: 10_000 },
          ],
        },
        // A group is named after all who share it: far too long.
        chunkFileNames: ({ name }) => `assets/${name.replace(/~.*/, '')}-[hash].js`,
      },
    },
  },
})
