declare module '*.po' {
  const file: import('./catalogues/catalogue.ts').CompiledFile
  export default file
}

declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>
  export default classes
}

declare module '*.css'
