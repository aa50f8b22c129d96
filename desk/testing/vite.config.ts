import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  worker: { format: 'es', rolldownOptions: { output: { entryFileNames: 'assets/[name]-[hash].js' } } },
  build: { emptyOutDir: true, assetsInlineLimit: 0, target: 'es2023' },
})
