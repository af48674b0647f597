import { useLayoutEffect, useState, type RefObject } from 'react'

/** Widths are fractions of a pixel on scaled screens. */
const slack = 2

/**
 * Widths by which a table fits its frame: columns give up what their rows do not need, each in proportion to what it has
 * to spare. Where all of it is not enough they give all of it, and the table goes on beside the frame.
 * @param wished widths the columns ask for, in pixels
 * @param needed widths that show the rows uncut, in pixels
 * @returns null where the wished widths fit
 */
export function fittedWidths(wished: readonly number[], needed: readonly number[], room: number): number[] | null {
  const lacking = sum(wished) - room
  if (lacking <= 0) return null
  const spare = wished.map((width, index) => Math.max(0, width - (needed[index] ?? width)))
  const all = sum(spare)
  const share = all === 0 ? 0 : Math.min(1, lacking / all)
  // Rounded so that neither a fraction too much is given nor the whole is a pixel wider than the frame.
  return wished.map((width, index) => width - Math.min(spare[index] ?? 0, Math.ceil((spare[index] ?? 0) * share)))
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

/**
 * Looks how wide the rows drawn really are, before they are painted, and again when the frame changes its width. What comes
 * later in a long list is cut, with its tooltip, rather than moving the columns under the reader.
 * @param wished widths in pixels, the column of ticks among them
 * @param of names what is shown (its columns, its first row): another table is measured anew
 * @param active whether it is drawn as a table now
 */
export function useFittedWidths(
  frame: RefObject<HTMLElement | null>,
  wished: readonly number[],
  of: string,
  active: boolean,
): readonly number[] | null {
  const [found, setFound] = useState<{ of: string; widths: readonly number[] | null }>({ of: '', widths: null })
  const asked = wished.join(' ')
  useLayoutEffect(() => {
    const box = frame.current
    if (!active || box === null) return
    let room = -1
    const look = () => {
      room = box.clientWidth
      const widths = asked.split(' ').map(Number)
      const fitted = sum(widths) <= room ? null : fittedWidths(widths, neededWidths(box, widths), room)
      setFound({ of, widths: fitted })
    }
    look()
    const watcher = new ResizeObserver(() => box.clientWidth !== room && look())
    watcher.observe(box)
    // Until its letters have come, a text is set in others of another width; they are in use a frame after they came.
    let frameAsked = 0
    const lookSoon = () => {
      cancelAnimationFrame(frameAsked)
      frameAsked = requestAnimationFrame(look)
    }
    document.fonts.addEventListener('loadingdone', lookSoon)
    return () => {
      cancelAnimationFrame(frameAsked)
      watcher.disconnect()
      document.fonts.removeEventListener('loadingdone', lookSoon)
    }
  }, [frame, asked, of, active])
  return active && found.of === of && found.widths?.length === wished.length ? found.widths : null
}

/**
 * What the widest cell of each column takes, its padding with it: the table is laid out by its content for as long as it
 * takes to look. Measuring the texts instead would find those that are cut as short as they are shown.
 */
function neededWidths(box: HTMLElement, widths: readonly number[]): number[] {
  const table = box.querySelector('table')
  const head = table?.tHead?.rows[0]
  if (!table || !head) return [...widths]
  const aside = box.scrollLeft
  const before = table.getAttribute('style') ?? ''
  table.setAttribute('style', 'table-layout: auto; width: max-content; min-width: 0')
  table.classList.add('table-by-content')
  const needed = [...head.cells].map((cell) => Math.ceil(cell.getBoundingClientRect().width) + slack)
  table.classList.remove('table-by-content')
  table.setAttribute('style', before)
  box.scrollLeft = aside
  return needed
}
