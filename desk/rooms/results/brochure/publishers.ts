import type { Me } from '@lentera/core/shared/me'

/** Who answers for what the programme publishes: the server lets nobody else see it either. */
export const isPublisher = (me: Me | undefined): boolean =>
  me !== undefined &&
  !me.removed &&
  me.roles.some((role) => role === 'manager' || role === 'steward' || role === 'regional-manager')
