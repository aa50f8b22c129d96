/// <reference types="vite/client" />

/** As `rooms/workforce/evidence/map/vite.ts` leaves it; declared, so that no type is made of three quarters of a megabyte. */
declare module 'world-atlas/countries-50m.json' {
  const topology: import('./rooms/workforce/evidence/map/extract.ts').RegionTopology
  export default topology
}
