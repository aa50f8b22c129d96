/**
 * Rules that people can live with. Ours, and no law: a country's own stand above them and are to be typed in. How long somebody rests,
 * how many nights she works, also in a row, and how often she is on call are asked for (`Assumptions`).
 */
export const humane = {
  days: 28,
  mostInARow: 5,
  leastFreeInARow: 2,
  /** Of so many weekends in a row, those before the roster among them. */
  weekends: 4,
  mostWeekends: 3,
  /** Officers on any shift on which anybody is: whatever number is typed, nobody is alone. */
  together: 2,
  /** A shift that no trained woman covers, on duty or on call. */
  missingWoman: 1000,
  /**
   * Somebody is without company. Below half of a shift that no trained woman covers: two such are no reason to leave one open. Whoever
   * stays alone is named by the checker.
   */
  missingOfficer: 400,
  /** A shift that is covered on call alone: she is called from elsewhere, and the traveller waits. */
  absentWoman: 30,
  onCall: 3,
  unfair: 5,
  /** All wishes of one officer together, however many they are. */
  wishes: 12,
} as const
