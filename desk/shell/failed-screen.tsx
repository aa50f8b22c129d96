import { FailedState } from '@lentera/ui/parts'

/** A screen whose part of the program did not load (a cut connection, a newer program on the server), or that broke. */
export function FailedScreen() {
  return <FailedState onRetry={() => location.reload()} />
}
