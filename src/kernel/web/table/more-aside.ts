import { useEffect, useState, type RefObject } from 'react'

/** On which sides of a frame there is more than it shows. */
export type MoreAside = Readonly<{ left: boolean; right: boolean }>

/** Widths are fractions of a pixel on scaled screens. */
const tolerance = 2

export function moreAsideOf(box: Pick<HTMLElement, 'scrollLeft' | 'scrollWidth' | 'clientWidth'>): MoreAside {
  return {
    left: box.scrollLeft > tolerance,
    right: box.scrollLeft + box.clientWidth < box.scrollWidth - tolerance,
  }
}

/**
 * Watches whether a frame has columns beside what it shows, so that nothing is cut without a sign.
 * @param present whether the frame is on the page now
 */
export function useMoreAside(frame: RefObject<HTMLElement | null>, present: boolean): MoreAside {
  const [more, setMore] = useState<MoreAside>({ left: false, right: false })
  useEffect(() => {
    const box = frame.current
    if (!present || box === null) return
    const look = () =>
      setMore((before) => {
        const now = moreAsideOf(box)
        return now.left === before.left && now.right === before.right ? before : now
      })
    look()
    box.addEventListener('scroll', look, { passive: true })
    const watcher = new ResizeObserver(look)
    watcher.observe(box)
    // A column more or less changes the table and not the frame.
    if (box.firstElementChild) watcher.observe(box.firstElementChild)
    return () => {
      box.removeEventListener('scroll', look)
      watcher.disconnect()
    }
  }, [frame, present])
  return more
}
