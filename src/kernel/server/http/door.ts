import { Busy } from '../errors.ts'

/**
 * Requests answered at one time. The pool of connections serves them all within a second; what waits beyond it would
 * only be answered after whoever asked has gone, so it is turned away at once and asks again.
 */
export const mostAtOnce = 128

export type Door = {
  /** @returns what to call when the request is answered. @throws Busy when too many are inside */
  enter: () => () => void
}

export function busyDoor(most = mostAtOnce): Door {
  let inside = 0
  return {
    enter: () => {
      if (inside >= most) throw new Busy()
      inside++
      return () => void inside--
    },
  }
}
