/** Nobody: what the start hands on to the server, whose sign-in page shows them. */
export const cast: readonly unknown[] = []
