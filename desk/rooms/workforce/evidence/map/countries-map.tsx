import type { FigureValue } from '@lentera/core/results/figure'
import { Country } from '@lentera/core/shared/places'
import { Patterns, useFormat, useText } from '@lentera/ui/parts'
import { useMemo } from 'react'
import { sayValue } from '../../../results/figure-words.ts'
import styles from './map.module.css'
import { MapFrame } from './map-frame.tsx'
import { drawingOf, wholeRegion } from './southeast-asia.ts'

/**
 * Countries by their share of women, as the server protects it: of posts and places a regional office gets nothing. What is
 * protected is striped, what nobody counted is hatched, and neither is the lightest shade.
 */
export default function CountriesMap({ shares }: CountriesMapProps) {
  const t = useText()
  const format = useFormat()
  const drawing = useMemo(() => drawingOf(wholeRegion), [])
  const known = Country.options.filter((country) => shares.get(country)?.kind === 'ratio')
  return (
    <>
      <Patterns />
      <MapFrame
        outlines={drawing.outlines}
        look={({ country }) => (country ? { fill: fillOf(shares.get(country)), className: styles.counted ?? '' } : {})}
        says={t('workforce.map.countries-say', { known: known.length, all: Country.options.length })}
      >
        <ul className={styles.list} aria-label={t('workforce.map.countries')}>
          {Country.options.map((country) => {
            const share = shares.get(country)
            return (
              <li key={country} className={styles.country}>
                <svg width={24} height={16} aria-hidden>
                  <rect width={24} height={16} fill={fillOf(share)} stroke="var(--edge)" />
                </svg>
                <span>
                  {t(`country.${country}`)}
                  <span className={styles.state}>
                    {share ? sayValue(share, t, format) : t('figure.none.nothing-recorded')}
                  </span>
                </span>
              </li>
            )
          })}
        </ul>
      </MapFrame>
    </>
  )
}

export type CountriesMapProps = { readonly shares: ReadonlyMap<string, FigureValue> }

/** From 5 % to 5 %, darker with more; where sources contradict each other by the lower, and the list says both. */
function fillOf(share: FigureValue | undefined): string {
  if (share?.kind === 'protected') return 'url(#lentera-protected)'
  if (share?.kind !== 'ratio') return 'url(#lentera-unknown)'
  const shade = Math.min(4, Math.floor(share.percentTenths.low / 50))
  return `color-mix(in srgb, var(--cat-1) ${20 + 20 * shade}%, var(--card))`
}
