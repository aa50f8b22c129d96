import { compilePo } from './compile.ts'

/**
 * Vite plugin: `import('./th.po')` becomes a module of compiled messages, so that no message parser travels to the
 * browser. A text that is not well-formed ICU stops the build with its id.
 */
export function lenteraCatalogues(): {
  readonly name: string
  readonly enforce: 'pre'
  transform(code: string, id: string): { code: string; map: null } | undefined
} {
  return {
    name: 'lentera-catalogues',
    enforce: 'pre',
    transform(code, id) {
      if (!id.split('?')[0]?.endsWith('.po')) return undefined
      return { code: `export default ${JSON.stringify(compilePo(code))}`, map: null }
    },
  }
}
