import type { ReactNode } from 'react'
import { AppFrame, DeviceState, useStaffLanguage } from '../parts/index.ts'
import { words } from './words.ts'

export type StoryProps = { readonly offline: boolean }

/** The frame all stories of whole screens stand in. */
export function StoryFrame({
  current,
  offline,
  children,
}: StoryProps & { readonly current: string; readonly children: ReactNode }) {
  const w = words[useStaffLanguage()]
  const item = (index: number, count?: number) => {
    const label = w.nav[index] ?? ''
    return { id: `room-${index}`, label, href: `#room-${index}`, ...(count === undefined ? {} : { count }) }
  }
  return (
    <AppFrame
      current={current}
      demonstration
      place={w.place}
      groups={[
        { items: [item(0, 6), item(1, 38), item(2, 4), item(3), item(4), item(5)] },
        { label: w.programme, items: [item(6), item(7), item(8)] },
        { label: w.device, items: [item(9)] },
      ]}
      state={
        <DeviceState
          lock="open"
          online={!offline}
          unsent={offline ? 3 : 0}
          lastExchange={Date.UTC(2026, 10, 24, 7, 5)}
          now={Date.UTC(2026, 10, 24, 9, 0)}
          onLock={() => undefined}
          onExchange={() => undefined}
        />
      }
      onGo={() => undefined}
    >
      {children}
    </AppFrame>
  )
}
