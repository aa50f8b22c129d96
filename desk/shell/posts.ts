import type { Me } from '../device/desk.ts'

/** Whether her post works with cases at all: others have no caseload, and are not shown an empty one. */
export function hasCases(me: Me | undefined): boolean {
  return (
    me !== undefined &&
    !me.removed &&
    me.team !== null &&
    me.roles.some((role) => role === 'caseworker' || role === 'supervisor')
  )
}

export const isAdministrator = (me: Me | undefined): boolean => me?.roles.includes('administrator') === true
