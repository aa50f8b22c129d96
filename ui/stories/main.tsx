import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { loadCatalogue } from '../catalogues/load.ts'
import { LenteraProvider } from '../parts/index.ts'
import { isTranslated } from '../tokens/scripts.ts'
import { BoardStory } from './board.tsx'
import { CaseStory } from './case.tsx'
import { ChartsStory } from './charts.tsx'
import { FormStory } from './form.tsx'
import { StatesStory } from './states.tsx'
import { TodayStory } from './today.tsx'

const stories = {
  today: TodayStory,
  board: BoardStory,
  case: CaseStory,
  form: FormStory,
  states: StatesStory,
  charts: ChartsStory,
} as const

const query = new URLSearchParams(location.search)
const asked = query.get('story') ?? 'today'
const name = Object.hasOwn(stories, asked) ? (asked as keyof typeof stories) : 'today' // own key, checked on this line
const language = query.get('language') ?? 'en'
const theme = query.get('theme') === 'dark' ? 'dark' : query.get('theme') === 'light' ? 'light' : 'auto'
const Story = stories[name]
const root = document.getElementById('root')
if (root === null) throw new Error('index.html has a #root')

createRoot(root).render(
  <StrictMode>
    <LenteraProvider
      catalogue={await loadCatalogue(isTranslated(language) ? language : 'en')}
      zone="Asia/Phnom_Penh"
      theme={theme}
    >
      <Story offline={query.has('offline')} />
    </LenteraProvider>
  </StrictMode>,
)
