import { useEffect, useRef } from 'react'

/**
 * A file that is dropped beside the place for it would be opened by the browser in place of this page, and with it would go
 * whatever stands here unsent. While the page is shown no such drop reaches the browser: `onStray` says so instead.
 */
export function useStrayFiles(onStray: () => void): void {
  const told = useRef(onStray)
  useEffect(() => {
    told.current = onStray
  })
  useEffect(() => {
    const hold = (event: DragEvent): void => {
      if (isOfFiles(event)) event.preventDefault()
    }
    const drop = (event: DragEvent): void => {
      // Where it was dropped in its place, that has taken it already.
      if (!isOfFiles(event) || event.defaultPrevented) return
      event.preventDefault()
      told.current()
    }
    window.addEventListener('dragover', hold)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', hold)
      window.removeEventListener('drop', drop)
    }
  }, [])
}

const isOfFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true
