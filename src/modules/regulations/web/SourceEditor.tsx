import { useImperativeHandle, useRef, type Ref } from 'react'

export type SourceEditorHandle = { showLine: (line: number) => void }

/** The text as it was read, to be corrected; `showLine` selects a line and brings it into sight. */
export function SourceEditor({
  value,
  onChange,
  ref,
}: {
  value: string
  onChange: (text: string) => void
  ref: Ref<SourceEditorHandle>
}) {
  const box = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(ref, () => ({
    showLine: (line) => {
      const area = box.current
      if (!area) return
      const lines = area.value.split('\n')
      const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
      area.focus({ preventScroll: true })
      area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0))
      area.scrollTop = Math.max(0, heightOf(area, area.value.slice(0, start)) - area.clientHeight / 3)
      area.scrollIntoView({ block: 'nearest' })
    },
  }))
  return (
    <textarea
      ref={box}
      className="law-source"
      aria-label="读到的文字"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

/** How high the text before a place stands in the box: lines wrap, so it is measured in a twin of the box. */
function heightOf(area: HTMLTextAreaElement, before: string): number {
  const twin = area.cloneNode() as HTMLTextAreaElement
  twin.value = before
  twin.style.cssText = `position: absolute; visibility: hidden; height: 0; width: ${area.clientWidth}px`
  area.after(twin)
  const height = twin.scrollHeight
  twin.remove()
  return height
}
