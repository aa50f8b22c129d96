import type { Sex } from '../../shared/people.ts'
import type { ClosingReason, Form, Service } from '../words.ts'
import { htcdsFields } from './standard.ts'

/** What a file is read by, as it is named on screens and in reports. */
export const htcds = {
  name: 'Human Trafficking Case Data Standard (HTCDS)',
  version: '2.0',
  publishedOn: '2021-12-24',
  publisher: 'IOM (UN Migration)',
  licence: 'CC BY 4.0',
} as const

/** A field of the standard: its codes with their labels, whether it takes several, whether the standard has replaced it. */
export type HtcdsField = {
  readonly codes?: Readonly<Record<string, string>>
  readonly several?: true
  readonly deprecated?: true
}

export type FieldName = keyof typeof htcdsFields
export const fieldNames = Object.keys(htcdsFields) as FieldName[]
export const fieldOf = (name: FieldName): HtcdsField => htcdsFields[name]

/** Columns of ours, for what the standard has no field for. */
export const ownColumns = {
  /** Whether she agreed to be counted: the standard's one consent does not ask for it apart. */
  counting: 'lentera_ConsentToCounting',
} as const

/**
 * Where a field goes. `told`: a line of its own, under the standard's name, in the sealed narrative. Each of the others is a
 * sealed field of the case, or decides a clear word of it. `not-taken`: why stands in the reason.
 */
export type Destination =
  | 'name'
  | 'birthDate'
  | 'gender'
  | 'exploitation'
  | 'language'
  | 'place'
  | 'narrative'
  | 'told'
  | 'consent'
  | 'status'
  | 'closingNote'
  | 'need'
  | 'needDetail'
  | 'unsafeContact'
  | NotTaken

/** Of an organisation, a worker or somebody accused: none of it is about her, and a case has no place for it. */
export type NotTaken = 'of-an-organisation' | 'of-a-worker' | 'of-an-accused'
export const isNotTaken = (to: Destination): to is NotTaken => to.startsWith('of-')

const table = {
  org_Name: 'of-an-organisation',
  org_ShippingCity: 'of-an-organisation',
  org_ShippingCountry: 'of-an-organisation',
  org_ShippingState: 'of-an-organisation',
  org_ShippingStreet: 'of-an-organisation',
  org_ShippingPostalCode: 'of-an-organisation',
  org_ShippingLongitude: 'of-an-organisation',
  org_ShippingLatitude: 'of-an-organisation',
  org_Phone: 'of-an-organisation',
  org_Type: 'of-an-organisation',
  prs_Salutation: 'name',
  prs_FirstName: 'name',
  prs_MiddleName: 'name',
  prs_SecondName: 'name',
  prs_Birthdate: 'birthDate',
  prs_Gender: 'gender',
  prs_Deceased: 'told',
  prs_MaritalStatus: 'told',
  prs_NumberOfChildren: 'told',
  prs_PrimaryLanguage: 'language',
  prs_SecondaryLanguage: 'told',
  prs_HighestLevelOfEducation: 'told',
  prs_Citizenship: 'told',
  prs_IdentityNumber: 'told',
  prs_Title: 'told',
  // Nothing in the standard says that a contact is safe: it is never put where the safe one stands.
  prs_Email: 'unsafeContact',
  prs_HomePhone: 'unsafeContact',
  prs_MobilePhone: 'unsafeContact',
  prs_MailingStreet: 'place',
  prs_MailingCity: 'place',
  prs_MailingState: 'place',
  prs_MailingPostalCode: 'place',
  prs_MailingCountry: 'place',
  prs_MailingLongitude: 'told',
  prs_MailingLatitude: 'told',
  vic_AgreementToManagePersonalData: 'consent',
  vic_TraffickingStatus: 'told',
  vic_TraffickingStatusDecisionMakingOrg: 'told',
  vic_RelationshipToTrafficker: 'told',
  vic_AgeWhenTrafficked: 'told',
  vic_RecruitmentWebsitesAndApps: 'told',
  vic_MethodOfRecruitment: 'told',
  vic_LocationOfRecruitment: 'told',
  vic_MethodsOfControl: 'told',
  vic_TypeOfExploitation: 'exploitation',
  vic_ForcedLabourIndustry: 'told',
  vic_TypeOfSexExploitation: 'told',
  vic_LocationOfExploitation: 'told',
  vic_ExploitationWebsitesAndApps: 'told',
  vic_Vulnerabilities: 'told',
  vic_DetailsOfVulnerabilities: 'told',
  per_RoleInProcess: 'of-an-accused',
  per_RoleDetails: 'of-an-accused',
  per_Organisation: 'of-an-accused',
  cas_Status: 'status',
  cas_ReasonForCaseClosure: 'closingNote',
  cas_CaseOwner: 'of-a-worker',
  cas_ReferringOrganisation: 'told',
  cas_IncomingReferralDate: 'told',
  cas_ReferringPrimaryCaseWorker: 'of-a-worker',
  cas_ReasonForIncomingReferral: 'told',
  cas_IncomingReferralDetails: 'told',
  cas_ReferredOrganisation: 'told',
  cas_ReferredPrimaryCaseWorker: 'of-a-worker',
  cas_ReasonForOutgoingReferral: 'told',
  cas_OutgoingReferralDate: 'told',
  cas_OutgoingReferralDetails: 'told',
  cco_CaseComment: 'narrative',
  hte_Longitude: 'told',
  hte_Latitude: 'told',
  hte_City: 'told',
  hte_Country: 'told',
  hte_State: 'told',
  hte_Street: 'told',
  hte_PostalCode: 'told',
  hte_Date: 'told',
  hte_Type: 'told',
  hte_Description: 'told',
  spl_Objectives: 'needDetail',
  spl_ActionPlan: 'needDetail',
  spl_PlannedEndDate: 'needDetail',
  spl_ActualEndDate: 'needDetail',
  spl_Type: 'need',
  con_Consent: 'consent',
} as const satisfies Readonly<Record<FieldName, Destination>>
export const destinations: Readonly<Record<FieldName, Destination>> = table

/**
 * The clear word for her gender, which the standard asks as she says it: a transgender woman is a woman. The exact code is
 * sealed, so that the clear side never tells who is transgender.
 */
export const sexOf: Readonly<Record<string, Sex>> = {
  Feminine: 'female',
  TransgenderFeminine: 'female',
  Masculine: 'male',
  TransgenderMasculine: 'male',
  NonConforming: 'another',
  NonSpecifiedUnknown: 'unknown',
}

/**
 * SDG 16.2.2 sets sexual exploitation and forced labour (with servitude) apart from other forms. The exact codes are sealed.
 * Codes of more than one form together are `other`.
 */
export const formOf: Readonly<Record<string, Form>> = {
  SexualExploitation: 'sexual-exploitation',
  ForcedLabour: 'forced-labour',
  Servitude: 'forced-labour',
  ChildLabour: 'other',
  ForcedMarriage: 'other',
  ForcedMilitaryByNonStateActors: 'other',
  OrganRemoval: 'other',
  ForcedBegging: 'other',
  ForcedAdoption: 'other',
  Surrogacy: 'other',
  Other: 'other',
}

/** A support plan is what is needed; that it was given, and when, the standard cannot say. */
export const serviceOf: Readonly<Record<string, Service>> = {
  Legal: 'legal-aid',
  Health: 'health',
  Education: 'other',
  Financial: 'other',
  LabourExploitationRehabilitation: 'other',
  Livelihood: 'other',
  RightsBasedTraining: 'other',
  SexualExploitationRehabilitation: 'other',
  SocialCare: 'other',
}

/**
 * Null leaves the case open. Why a case was closed is a free text in the standard: it is sealed as the closing note. That another
 * organisation goes on does not say that she agreed to it, so it is not `handed-over`.
 */
export const closingOf: Readonly<Record<string, ClosingReason | null>> = {
  Active: null,
  FollowUp: null,
  Closed: 'other',
  ClosedReferred: 'other',
}

/** Everyday words that are no codes, and what a person most likely means by them: proposed, never taken. */
export const proposed: Readonly<Record<string, string>> = {
  female: 'Feminine',
  f: 'Feminine',
  woman: 'Feminine',
  girl: 'Feminine',
  male: 'Masculine',
  m: 'Masculine',
  man: 'Masculine',
  boy: 'Masculine',
  unknown: 'NonSpecifiedUnknown',
  sexual: 'SexualExploitation',
  sex: 'SexualExploitation',
  labour: 'ForcedLabour',
  labor: 'ForcedLabour',
  forcedlabor: 'ForcedLabour',
  begging: 'ForcedBegging',
  marriage: 'ForcedMarriage',
  open: 'Active',
  referred: 'ClosedReferred',
  medical: 'Health',
}
