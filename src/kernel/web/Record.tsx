import { Suspense, useId } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { z } from 'zod'
import { useFilters } from './going.tsx'
import { Facts, PageTrail, useTitle } from './Page.tsx'
import type { Fact, Trail } from './Page.tsx'
import { Skeleton } from './Panels.tsx'

const TabInAddress = z.object({ tab: z.string().optional() })

/**
 * The same anatomy for every record: title and state in one line, facts, the action that comes next, and the tabs
 * 明细 · 依据 · 办理过程 · 附件 · 变更记录 (those that are given). The open tab is in the address.
 */
export function Record({
  title,
  kind,
  number,
  state,
  clock,
  facts,
  actions,
  notice,
  trail = [],
  details,
  basis,
  course,
  files,
  changes,
  more = [],
}: {
  title: string
  /** What it is: 需求申请. */
  kind?: string
  /** 文号 or number. */
  number?: string | null
  state?: ReactNode
  clock?: ReactNode
  facts: readonly Fact[]
  /** ActionButtons: one primary, others quiet. */
  actions?: ReactNode
  /** Refusals or problems of the last act, right under the actions. */
  notice?: ReactNode
  trail?: Trail
  details?: ReactNode
  basis?: ReactNode
  course?: ReactNode
  files?: ReactNode
  changes?: ReactNode
  /** Tabs of this kind of record alone, after 明细. */
  more?: readonly { key: string; label: string; content: ReactNode }[]
}) {
  useTitle(kind ? `${title} · ${kind}` : title)
  const tabs = [
    { key: 'details', label: '明细', content: details },
    ...more,
    { key: 'basis', label: '依据', content: basis },
    { key: 'course', label: '办理过程', content: course },
    { key: 'files', label: '附件', content: files },
    { key: 'changes', label: '变更记录', content: changes },
  ].filter(({ content }) => content !== undefined && content !== null)
  return (
    <article className="page record">
      <PageTrail trail={trail} />
      <header className="record-head">
        <div className="record-title">
          {(kind || number) && <p className="record-kind">{[kind, number].filter(Boolean).join(' · ')}</p>}
          <div className="row record-line">
            <h1>{title}</h1>
            {state}
            {clock}
          </div>
        </div>
        {actions && <div className="page-actions row no-print">{actions}</div>}
      </header>
      {notice}
      <Facts of={facts} />
      {tabs.length > 0 && <Tabs tabs={tabs} />}
    </article>
  )
}

export type Tab = { key: string; label: string; content: ReactNode }

/** Tabs whose open one is in the address (`?tab=basis`); arrows move between them. */
export function Tabs({ tabs }: { tabs: readonly Tab[] }) {
  const id = useId()
  const [{ tab }, change] = useFilters(TabInAddress)
  const open = tabs.find(({ key }) => key === tab) ?? tabs[0]
  if (open === undefined) return null
  if (tabs.length === 1) return <Suspense fallback={<Skeleton />}>{open.content}</Suspense>
  const moved = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const next = tabs[(tabs.indexOf(open) + step + tabs.length) % tabs.length]
    if (next === undefined) return
    change({ tab: next.key })
    document.getElementById(`${id}${next.key}`)?.focus()
  }
  return (
    <div className="tabs">
      <div role="tablist" className="tab-list no-print" onKeyDown={moved}>
        {tabs.map(({ key, label }) => (
          <button
            key={key}
            id={`${id}${key}`}
            type="button"
            role="tab"
            aria-selected={key === open.key}
            aria-controls={`${id}panel`}
            tabIndex={key === open.key ? 0 : -1}
            onClick={() => change({ tab: key })}
          >
            {label}
          </button>
        ))}
      </div>
      <div id={`${id}panel`} role="tabpanel" aria-labelledby={`${id}${open.key}`} className="tab-panel">
        <Suspense key={open.key} fallback={<Skeleton />}>
          {open.content}
        </Suspense>
      </div>
    </div>
  )
}
