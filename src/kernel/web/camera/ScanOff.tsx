import { useId, useState } from 'react'
import { CodeEntry } from './CodeEntry.tsx'

/** A thing of a list that is scanned off: the row it stands in, and what it is called. */
export type Listed = Readonly<{ key: string; name: string }>
export type ScannedOff = Readonly<{ seen: ReadonlySet<string>; last: string | null; rowId: (key: string) => string }>

/** Which things of a list were seen. Rows take their `id` from it, so that the one scanned comes into sight. */
export function useScannedOff(): ScannedOff & { see: (key: string) => void } {
  const id = useId()
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set())
  const [last, setLast] = useState<string | null>(null)
  const rowId = (key: string) => `${id}${key}`
  return {
    seen,
    last,
    rowId,
    see: (key) => {
      setSeen((before) => new Set(before).add(key))
      setLast(key)
      document.getElementById(rowId(key))?.scrollIntoView({ block: 'center' })
    },
  }
}

/** Scans a list off, thing by thing, and says of each whether it is on it. */
export function ScanOff({
  label,
  total,
  scanned: { seen, see },
  find,
  notHere,
}: {
  label: string
  total: number
  scanned: ReturnType<typeof useScannedOff>
  /** The thing of the list that a code stands for. */
  find: (code: string) => Listed | undefined
  /** What is said of a code that stands for none. */
  notHere: (code: string) => string
}) {
  const [said, setSaid] = useState('')
  const scan = (code: string) => {
    const thing = find(code)
    if (thing === undefined) return setSaid(notHere(code))
    setSaid(`${thing.name}：${seen.has(thing.key) ? '已经扫过。' : '已核对。'}`)
    see(thing.key)
    navigator.vibrate?.(60)
  }
  return (
    <div className="scan-off">
      <CodeEntry
        label={label}
        placeholder={`扫标签，或输入${label}`}
        scan="打开相机扫码核对"
        submit="核对"
        continuous
        onCode={scan}
      />
      <p role="status">
        {said && <span>{said}</span>}
        <b>
          已核对 {seen.size} / {total} 件
        </b>
      </p>
    </div>
  )
}
