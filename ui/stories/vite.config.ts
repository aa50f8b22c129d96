import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { lenteraCatalogues } from '../catalogues/vite.ts'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [lenteraCatalogues(), react()],
  build: { outDir: 'dist', emptyOutDir: true },
})
