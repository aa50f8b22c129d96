import { useText } from '@lentera/ui/parts'

/**
 * In the place of a map that is not on this device yet and cannot be fetched without a network: everything beside it stays.
 * What is asked for by `import()` once and not found is not asked for again until the desk is opened anew.
 */
export function MapMissing() {
  const t = useText()
  return <p role="status">{t('workforce.map.missing')}</p>
}
