/**
 * How a release protects. Defaults are the programme's for survivors; each release states the ones it was made with.
 *
 * `minimum`: a cell of fewer persons than this, and of at least one, is never shown.
 * `zeros`: `like-small-cells` (default) gives an empty cell the same face as a small one, unless what is shown gives it
 * away anyhow (then it is shown as 0); `shown` shows every zero that hides nothing; `guarded` hides zeros as carefully as
 * small cells (tables about officers, where an empty shift is a smuggler's timetable).
 */
export type Settings = {
  readonly minimum: number
  readonly zeros: 'like-small-cells' | 'shown' | 'guarded'
}

export const defaultSettings: Settings = { minimum: 5, zeros: 'like-small-cells' }
