import type { Me } from '@lentera/core/shared/me'

/** Who reads the reports to donors: the server lets nobody else see them. A region is reported on in its own office. */
export const isReporter = (me: Me | undefined): boolean =>
  me !== undefined &&
  !me.removed &&
  me.roles.some(
    (role) => role === 'manager' || role === 'steward' || (role === 'regional-manager' && me.country === null),
  )
