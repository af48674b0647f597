import type { z } from 'zod'
import { Mark } from '#kernel/web/marks.tsx'
import type { Warning } from '../contract.ts'
import './upkeep.css'

/** What needs somebody: what is wrong, and what to do. */
export function WarningList({ items }: { items: readonly z.infer<typeof Warning>[] }) {
  return (
    <ul className="upkeep-warnings">
      {items.map(({ code, urgency, text, remedy }) => (
        <li key={code} className={`upkeep-${urgency}`}>
          <Mark shape={urgency === 'now' ? 'block' : 'warn'} />
          <div>
            <b>{text}</b>
            <p>{remedy}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}
