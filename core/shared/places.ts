import * as z from 'zod'

/**
 * Countries of the programme: ISO 3166-1 alpha-2 (stored) and alpha-3 (as the public tables write it).
 * Source: ISO 3166-1. Membership of ASEAN: asean.org; Timor-Leste acceded on 26 October 2025 (47th ASEAN Summit).
 * Names are catalogue texts (`country.KH`), not here.
 */
export const countries = {
  BN: { alpha3: 'BRN' },
  ID: { alpha3: 'IDN' },
  KH: { alpha3: 'KHM' },
  LA: { alpha3: 'LAO' },
  MM: { alpha3: 'MMR' },
  MY: { alpha3: 'MYS' },
  PH: { alpha3: 'PHL' },
  SG: { alpha3: 'SGP' },
  TH: { alpha3: 'THA' },
  TL: { alpha3: 'TLS' },
  VN: { alpha3: 'VNM' },
} as const

export const Country = z.enum(Object.keys(countries) as [keyof typeof countries, ...(keyof typeof countries)[]])
export type Country = z.infer<typeof Country>
