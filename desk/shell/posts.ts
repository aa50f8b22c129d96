import type { Me } from '@lentera/core/shared/me'

/** Whether her post works with cases at all: others have no caseload, and are not shown an empty one. */
export function hasCases(me: Me | undefined): boolean {
  return (
    me !== undefined &&
    !me.removed &&
    me.team !== null &&
    // Who answers for an agency's register has officers, and no cases.
    (me.roles.includes('caseworker') || (me.roles.includes('supervisor') && !isFocalPoint(me)))
  )
}

/** Whether her post works with women at risk: their names are opened for her, and for nobody else. */
export function hasParticipants(me: Me | undefined): boolean {
  return me !== undefined && !me.removed && me.team !== null && me.roles.includes('livelihoods-officer')
}

/** Whether her post has to do with what the organisation does for many, beside or instead of cases. */
export function hasProgramme(me: Me | undefined): boolean {
  return me?.roles.some((role) => role !== 'caseworker' && role !== 'supervisor' && role !== 'administrator') === true
}

export const isAdministrator = (me: Me | undefined): boolean => me?.roles.includes('administrator') === true

export const isProtectionOfficer = (me: Me | undefined): boolean => me?.roles.includes('protection-officer') === true

/** Whether she answers for a whole programme or the region: its figures are what her day begins with. */
export const answersForTheWhole = (me: Me | undefined): boolean =>
  me?.roles.some((role) => role === 'manager' || role === 'regional-manager' || role === 'protection-officer') === true

/** Whether the register of an agency's posts and officers is hers: sealed to her team, it is opened for nobody else. */
export const hasRegister = (me: Me | undefined): boolean =>
  isFocalPoint(me) && me?.removed === false && me.team !== null && me.country !== null

/** Whether she writes down what an agency counts of its officers. */
export const isFocalPoint = (me: Me | undefined): boolean => me?.roles.includes('focal-point') === true

/** Whether she proposes what is published, and has it made. */
export const isDataSteward = (me: Me | undefined): boolean => me?.roles.includes('steward') === true
