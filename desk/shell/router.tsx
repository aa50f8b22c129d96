import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { DevicePage } from './device-page.tsx'
import { FailedScreen } from './failed-screen.tsx'
import { Frame } from './frame.tsx'
import { MembersPage } from './members-page.tsx'
import { NotFound } from './not-found.tsx'
import { onlyFor } from './only-for.tsx'
import { hasCases, hasParticipants, hasProgramme, hasRegister, isDataSteward, isFocalPoint } from './posts.ts'
import { TodayPage } from './today.tsx'

/** Every screen of the desk by its address. An address holds a random id at most, never a word about anybody. */
const root = createRootRoute({ component: Frame, notFoundComponent: NotFound })

const today = createRoute({ getParentRoute: () => root, path: '/', component: TodayPage })
const device = createRoute({ getParentRoute: () => root, path: '/device', component: DevicePage })
const members = createRoute({ getParentRoute: () => root, path: '/members', component: MembersPage })

const support = () => import('../rooms/support/pages.tsx')
const cases = createRoute({
  getParentRoute: () => root,
  path: '/cases',
  component: lazyRouteComponent(support, 'CaseloadPage'),
})
const newCase = createRoute({
  getParentRoute: () => root,
  path: '/cases/new',
  component: onlyFor(hasCases, lazyRouteComponent(support, 'NewCasePage')),
})
const oneCase = createRoute({
  getParentRoute: () => root,
  path: '/cases/$stream',
  component: lazyRouteComponent(support, 'CasePage'),
})
const results = createRoute({
  getParentRoute: () => root,
  path: '/results',
  component: lazyRouteComponent(() => import('../rooms/results/pages.tsx'), 'ResultsPage'),
})
const brochure = createRoute({
  getParentRoute: () => root,
  path: '/results/brochure',
  component: lazyRouteComponent(() => import('../rooms/results/pages.tsx'), 'BrochurePage'),
})
const donorReports = createRoute({
  getParentRoute: () => root,
  path: '/results/reports',
  component: lazyRouteComponent(() => import('../rooms/results/pages.tsx'), 'DonorReportsPage'),
})
const oneDonorReport = createRoute({
  getParentRoute: () => root,
  path: '/results/reports/$stream',
  component: lazyRouteComponent(() => import('../rooms/results/pages.tsx'), 'DonorReportPage'),
})
const plan = () => import('../rooms/plan/pages.tsx')
const planPage = createRoute({
  getParentRoute: () => root,
  path: '/results/plan',
  component: lazyRouteComponent(plan, 'PlanPage'),
})
const planOfIndicator = createRoute({
  getParentRoute: () => root,
  path: '/results/plan/$indicator',
  component: lazyRouteComponent(plan, 'IndicatorPage'),
})
const evidence = createRoute({
  getParentRoute: () => root,
  path: '/evidence',
  component: lazyRouteComponent(() => import('../rooms/evidence/pages.tsx'), 'EvidencePage'),
})

const training = () => import('../rooms/training/pages.tsx')
const sessions = createRoute({
  getParentRoute: () => root,
  path: '/training',
  component: lazyRouteComponent(training, 'SessionsPage'),
})
const newSession = createRoute({
  getParentRoute: () => root,
  path: '/training/new',
  component: lazyRouteComponent(training, 'NewSessionPage'),
})
const oneSession = createRoute({
  getParentRoute: () => root,
  path: '/training/$stream',
  component: lazyRouteComponent(training, 'SessionPage'),
})
const trainingRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/training/trainers',
    component: lazyRouteComponent(training, 'TrainersPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/training/trainers/new',
    component: lazyRouteComponent(training, 'NewTrainerPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/training/trainers/$stream',
    component: lazyRouteComponent(training, 'TrainerPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/training/self-care',
    component: lazyRouteComponent(training, 'SelfCarePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/training/self-care/requests/new',
    component: lazyRouteComponent(training, 'NewRequestPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/training/self-care/requests/$stream',
    component: lazyRouteComponent(training, 'RequestPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/training/self-care/webinars/new',
    component: lazyRouteComponent(training, 'NewWebinarPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/training/self-care/webinars/$stream',
    component: lazyRouteComponent(training, 'WebinarPage'),
  }),
] as const

const awareness = () => import('../rooms/awareness/pages.tsx')
const awarenessRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/awareness',
    component: lazyRouteComponent(awareness, 'AwarenessPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/awareness/outreach/new',
    component: lazyRouteComponent(awareness, 'NewOutreachPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/awareness/outreach/$stream',
    component: lazyRouteComponent(awareness, 'OutreachPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/awareness/sample/new',
    component: lazyRouteComponent(awareness, 'NewSamplePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/awareness/sample/$stream',
    component: lazyRouteComponent(awareness, 'SamplePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/awareness/reach/new',
    component: lazyRouteComponent(awareness, 'NewWorkPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/awareness/reach/$stream',
    component: lazyRouteComponent(awareness, 'WorkPage'),
  }),
] as const
const dissemination = () => import('../rooms/evidence/dissemination/pages.tsx')
const disseminations = createRoute({
  getParentRoute: () => root,
  path: '/dissemination',
  component: lazyRouteComponent(dissemination, 'DisseminationPage'),
})
const newProduct = createRoute({
  getParentRoute: () => root,
  path: '/dissemination/products/new',
  component: lazyRouteComponent(dissemination, 'NewProductPage'),
})
const oneProduct = createRoute({
  getParentRoute: () => root,
  path: '/dissemination/products/$stream',
  component: lazyRouteComponent(dissemination, 'ProductPage'),
})
const oneEdition = createRoute({
  getParentRoute: () => root,
  path: '/dissemination/editions/$stream',
  component: lazyRouteComponent(dissemination, 'EditionPage'),
})
const newEvent = createRoute({
  getParentRoute: () => root,
  path: '/dissemination/events/new',
  component: lazyRouteComponent(dissemination, 'NewEventPage'),
})
const oneEvent = createRoute({
  getParentRoute: () => root,
  path: '/dissemination/events/$stream',
  component: lazyRouteComponent(dissemination, 'EventPage'),
})
const oneModule = createRoute({
  getParentRoute: () => root,
  path: '/dissemination/modules/$stream',
  component: lazyRouteComponent(dissemination, 'ModulePage'),
})
const publication = () => import('../rooms/evidence/publication/pages.tsx')
const publicationRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/publications',
    component: lazyRouteComponent(publication, 'PublicationsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/publications/new',
    component: onlyFor(isDataSteward, lazyRouteComponent(publication, 'NewPublicationPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/publications/$stream',
    component: lazyRouteComponent(publication, 'PublicationPage'),
  }),
] as const
const livelihoods = () => import('../rooms/livelihoods/pages.tsx')
const participants = createRoute({
  getParentRoute: () => root,
  path: '/livelihoods',
  component: lazyRouteComponent(livelihoods, 'ParticipantsPage'),
})
const newParticipant = createRoute({
  getParentRoute: () => root,
  path: '/livelihoods/new',
  component: onlyFor(hasParticipants, lazyRouteComponent(livelihoods, 'NewParticipantPage')),
})
const oneParticipant = createRoute({
  getParentRoute: () => root,
  path: '/livelihoods/$stream',
  component: lazyRouteComponent(livelihoods, 'ParticipantPage'),
})
const justice = () => import('../rooms/justice/pages.tsx')
const justiceRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/justice',
    component: lazyRouteComponent(justice, 'CriminalCasesPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/justice/new',
    component: onlyFor(hasCases, lazyRouteComponent(justice, 'NewCriminalCasePage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/justice/$stream',
    component: lazyRouteComponent(justice, 'CriminalCasePage'),
  }),
] as const
const rateTables = createRoute({
  getParentRoute: () => root,
  path: '/livelihoods/rates',
  component: lazyRouteComponent(livelihoods, 'RateTablesPage'),
})
const newRateTable = createRoute({
  getParentRoute: () => root,
  path: '/livelihoods/rates/new',
  component: lazyRouteComponent(livelihoods, 'NewRateTablePage'),
})
const oneRateTable = createRoute({
  getParentRoute: () => root,
  path: '/livelihoods/rates/$stream',
  component: lazyRouteComponent(livelihoods, 'RateTablePage'),
})
const storyPages = () => import('../rooms/story/pages.tsx')
const stories = createRoute({
  getParentRoute: () => root,
  path: '/stories',
  component: lazyRouteComponent(storyPages, 'StoriesPage'),
})
const newStory = createRoute({
  getParentRoute: () => root,
  path: '/stories/new',
  component: onlyFor(hasCases, lazyRouteComponent(storyPages, 'NewStoryPage')),
})
const oneStory = createRoute({
  getParentRoute: () => root,
  path: '/stories/$stream',
  component: lazyRouteComponent(storyPages, 'StoryPage'),
})
const workforce = () => import('../rooms/workforce/pages.tsx')
const workforcePage = createRoute({
  getParentRoute: () => root,
  path: '/workforce',
  component: lazyRouteComponent(workforce, 'WorkforcePage'),
})
const newHeadcount = createRoute({
  getParentRoute: () => root,
  path: '/workforce/headcounts/new',
  component: lazyRouteComponent(workforce, 'NewHeadcountPage'),
})
const headcountFile = createRoute({
  getParentRoute: () => root,
  path: '/workforce/headcounts/file',
  component: onlyFor(isFocalPoint, lazyRouteComponent(workforce, 'HeadcountFilePage')),
})
const workforceEvidence = createRoute({
  getParentRoute: () => root,
  path: '/workforce/evidence',
  component: onlyFor(hasProgramme, lazyRouteComponent(workforce, 'WorkforceEvidencePage')),
})
const oneHeadcount = createRoute({
  getParentRoute: () => root,
  path: '/workforce/headcounts/$stream',
  component: lazyRouteComponent(workforce, 'HeadcountPage'),
})
const flows = createRoute({
  getParentRoute: () => root,
  path: '/workforce/flows',
  component: lazyRouteComponent(workforce, 'FlowsPage'),
})
const newFlow = createRoute({
  getParentRoute: () => root,
  path: '/workforce/flows/new',
  component: lazyRouteComponent(workforce, 'NewFlowPage'),
})
const flowFile = createRoute({
  getParentRoute: () => root,
  path: '/workforce/flows/file',
  component: onlyFor(isFocalPoint, lazyRouteComponent(workforce, 'FlowFilePage')),
})
const oneFlow = createRoute({
  getParentRoute: () => root,
  path: '/workforce/flows/$stream',
  component: lazyRouteComponent(workforce, 'FlowPage'),
})
const registerPosts = createRoute({
  getParentRoute: () => root,
  path: '/workforce/register',
  component: onlyFor(hasRegister, lazyRouteComponent(workforce, 'PostsPage')),
})
const registerImport = createRoute({
  getParentRoute: () => root,
  path: '/workforce/register/import',
  component: onlyFor(hasRegister, lazyRouteComponent(workforce, 'RegisterImportPage')),
})
const newPost = createRoute({
  getParentRoute: () => root,
  path: '/workforce/register/posts/new',
  component: onlyFor(hasRegister, lazyRouteComponent(workforce, 'NewPostPage')),
})
const onePost = createRoute({
  getParentRoute: () => root,
  path: '/workforce/register/posts/$stream',
  component: onlyFor(hasRegister, lazyRouteComponent(workforce, 'PostPage')),
})
const newOfficerOfPost = createRoute({
  getParentRoute: () => root,
  path: '/workforce/register/posts/$stream/new-officer',
  component: onlyFor(hasRegister, lazyRouteComponent(workforce, 'NewOfficerPage')),
})
const newOfficer = createRoute({
  getParentRoute: () => root,
  path: '/workforce/register/officers/new',
  component: onlyFor(hasRegister, lazyRouteComponent(workforce, 'NewOfficerPage')),
})
const oneOfficer = createRoute({
  getParentRoute: () => root,
  path: '/workforce/register/officers/$stream',
  component: onlyFor(hasRegister, lazyRouteComponent(workforce, 'OfficerPage')),
})
const attendedSessions = createRoute({
  getParentRoute: () => root,
  path: '/workforce/register/sessions',
  component: onlyFor(hasRegister, lazyRouteComponent(workforce, 'AttendedSessionsPage')),
})
const attendedSession = createRoute({
  getParentRoute: () => root,
  path: '/workforce/register/sessions/$stream',
  component: onlyFor(hasRegister, lazyRouteComponent(workforce, 'AttendedSessionPage')),
})
const registerRoutes = [
  attendedSessions,
  attendedSession,
  registerPosts,
  registerImport,
  newPost,
  onePost,
  newOfficerOfPost,
  newOfficer,
  oneOfficer,
] as const
const projection = createRoute({
  getParentRoute: () => root,
  path: '/workforce/projection',
  component: lazyRouteComponent(workforce, 'ProjectionPage'),
})
const newRecommendation = createRoute({
  getParentRoute: () => root,
  path: '/workforce/recommendations/new',
  component: lazyRouteComponent(workforce, 'NewRecommendationPage'),
})
const oneRecommendation = createRoute({
  getParentRoute: () => root,
  path: '/workforce/recommendations/$stream',
  component: lazyRouteComponent(workforce, 'RecommendationPage'),
})
const newReform = createRoute({
  getParentRoute: () => root,
  path: '/workforce/reforms/new',
  component: lazyRouteComponent(workforce, 'NewReformPage'),
})
const oneReform = createRoute({
  getParentRoute: () => root,
  path: '/workforce/reforms/$stream',
  component: lazyRouteComponent(workforce, 'ReformPage'),
})

const researchRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/workforce/research',
    component: lazyRouteComponent(workforce, 'SurveysPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/workforce/research/new',
    component: onlyFor(isFocalPoint, lazyRouteComponent(workforce, 'NewSurveyPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/workforce/research/$stream',
    component: lazyRouteComponent(workforce, 'SurveyPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/workforce/barriers',
    component: lazyRouteComponent(workforce, 'BarriersPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/workforce/barriers/new',
    component: onlyFor(isFocalPoint, lazyRouteComponent(workforce, 'NewBarrierPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/workforce/barriers/$stream',
    component: lazyRouteComponent(workforce, 'BarrierPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/workforce/changes',
    component: lazyRouteComponent(workforce, 'ChangesPage'),
  }),
] as const
const cover = () => import('../rooms/workforce/planner/pages.tsx')
const coverBoard = createRoute({
  getParentRoute: () => root,
  path: '/workforce/cover',
  // One post, by its random id: the address says nothing of it.
  validateSearch: ({ post }: Record<string, unknown>): { readonly post?: string } =>
    typeof post === 'string' ? { post } : {},
  component: onlyFor(hasRegister, lazyRouteComponent(cover, 'CoverPage')),
})
const coverPlan = createRoute({
  getParentRoute: () => root,
  path: '/workforce/cover/plan',
  component: onlyFor(hasRegister, lazyRouteComponent(cover, 'CoverPlanPage')),
})
const coverRoster = createRoute({
  getParentRoute: () => root,
  path: '/workforce/cover/roster',
  component: onlyFor(hasRegister, lazyRouteComponent(cover, 'RosterPage')),
})
const coverRelease = createRoute({
  getParentRoute: () => root,
  path: '/workforce/cover/release',
  component: onlyFor(hasRegister, lazyRouteComponent(cover, 'ReleasePage')),
})
const coverReleased = createRoute({
  getParentRoute: () => root,
  path: '/workforce/cover/released',
  component: onlyFor(hasProgramme, lazyRouteComponent(workforce, 'ReleasedPage')),
})

export const router = createRouter({
  routeTree: root.addChildren([
    today,
    cases,
    newCase,
    oneCase,
    sessions,
    newSession,
    oneSession,
    ...trainingRoutes,
    ...awarenessRoutes,
    participants,
    newParticipant,
    oneParticipant,
    stories,
    newStory,
    oneStory,
    ...justiceRoutes,
    rateTables,
    newRateTable,
    oneRateTable,
    workforcePage,
    coverBoard,
    coverPlan,
    coverRoster,
    coverRelease,
    coverReleased,
    newHeadcount,
    headcountFile,
    workforceEvidence,
    oneHeadcount,
    flows,
    newFlow,
    flowFile,
    oneFlow,
    projection,
    newRecommendation,
    oneRecommendation,
    newReform,
    oneReform,
    ...registerRoutes,
    ...researchRoutes,
    results,
    brochure,
    donorReports,
    oneDonorReport,
    planPage,
    planOfIndicator,
    evidence,
    disseminations,
    ...publicationRoutes,
    newProduct,
    oneProduct,
    oneEdition,
    newEvent,
    oneEvent,
    oneModule,
    members,
    device,
  ]),
  defaultErrorComponent: FailedScreen,
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
