import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { DeskContext } from './device/context.ts'
import { openDesk } from './device/open-desk.ts'
import { App } from './shell/app.tsx'
import { registerServiceWorker } from './shell/service-worker.ts'

const place = document.getElementById('root')
if (place === null) throw new Error('the page has no root')
createRoot(place).render(
  <StrictMode>
    <DeskContext value={openDesk()}>
      <App />
    </DeskContext>
  </StrictMode>,
)
registerServiceWorker()
