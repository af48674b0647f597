import { z } from 'zod'
import { useFetched, usePages } from '#kernel/web/fetching.ts'
import { Go, useFilters } from '#kernel/web/going.tsx'
import { HomePanels } from '#kernel/web/home-panels.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import { Empty, ErrorPanel, Skeleton } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { ClockBadge } from '#kernel/web/verdict/ClockBadge.tsx'
import { contract, Urgency } from '../contract.ts'
import type { CaseSummary } from '../contract.ts'
import './cases.css'

const Filters = z.object({ urgency: Urgency.optional() })
const words: Record<Urgency, string> = { overdue: '已逾期', due: '即将到期', new: '其他待办' }

/** 待办: what waits for me, by urgency; under it what my organ has started. */
export default function InboxPage() {
  const me = useMe()
  const [{ urgency }, change] = useFilters(Filters)
  const pages = usePages(contract.inbox, { ...(urgency ? { urgency } : {}), limit: 50 })
  const counts = pages.first?.counts
  const groups = (Object.keys(words) as Urgency[]).map((key) => ({
    key,
    items: pages.items.filter((item) => item.urgency === key),
  }))
  return (
    <Page title="待办" lead={me.organ ? `${me.organ.name} · ${me.person.name}` : me.person.name}>
      {counts && (
        <p className="inbox-counts" role="group" aria-label="按时限筛选">
          <Count
            label="全部"
            count={counts.all}
            active={urgency === undefined}
            onClick={() => change({ urgency: undefined })}
          />
          <Count
            label="逾期"
            count={counts.overdue}
            tone="overdue"
            active={urgency === 'overdue'}
            onClick={() => change({ urgency: 'overdue' })}
          />
          <Count
            label="3个工作日内到期"
            count={counts.due}
            tone="due"
            active={urgency === 'due'}
            onClick={() => change({ urgency: 'due' })}
          />
        </p>
      )}
      {pages.loading && <Skeleton lines={8} />}
      {pages.error && <ErrorPanel error={pages.error} onRetry={pages.refetch} />}
      {!pages.loading && !pages.error && pages.items.length === 0 && (
        <Empty title={urgency ? '没有这类待办' : '没有待办'}>有需要您办理的事项时，会出现在这里，并按期限排列。</Empty>
      )}
      {groups.map(({ key, items }) =>
        items.length === 0 ? null : (
          <section key={key} className={`inbox-group inbox-${key}`} aria-label={words[key]}>
            <h2>
              {words[key]}{' '}
              <span className="quiet number">
                {items.length}
                {pages.hasMore && key === groups.findLast((group) => group.items.length > 0)?.key ? '+' : ''}
              </span>
            </h2>
            <ul>
              {items.map((item) => (
                <InboxItem key={item.signature?.id ?? item.caseId} item={item} />
              ))}
            </ul>
          </section>
        ),
      )}
      {pages.hasMore && (
        <p>
          <button type="button" className="link-button" onClick={pages.more}>
            更多待办
          </button>
        </p>
      )}
      <HomePanels />
      <Started />
    </Page>
  )
}

function Count({
  label,
  count,
  tone,
  active,
  onClick,
}: {
  label: string
  count: number
  tone?: string
  active: boolean
  onClick: () => void
}) {
  return (
    <button
      type="button"
      className={`inbox-count ${tone && count > 0 ? `inbox-count-${tone}` : ''}`}
      aria-pressed={active}
      onClick={onClick}
    >
      {label} <b className="number">{count}</b>
    </button>
  )
}

function InboxItem({ item }: { item: CaseSummary }) {
  return (
    <li className="inbox-item">
      <Go to={item.link} className="inbox-link">
        <b>{item.task}</b>
        <span className="inbox-title">{item.title}</span>
      </Go>
      <span className="inbox-organ">{item.applicantOrganName}</span>
      <span className="inbox-state quiet">
        {item.signature ? `${item.signature.askedByName}：${item.signature.question}` : item.stateLabel}
      </span>
      <ClockBadge clock={item.clock} />
    </li>
  )
}

function Started() {
  const me = useMe()
  if (me.organ === null) return null
  return (
    <Section title="本机关发起、正在办理" actions={<Go to="/cases/started">全部</Go>}>
      <StartedList />
    </Section>
  )
}

function StartedList() {
  const { items } = useFetched(contract.started, { open: 'open', limit: 8 })
  if (items.length === 0) return <p className="quiet">没有正在办理的事项。</p>
  return (
    <ul className="inbox-group">
      {items.map((item) => (
        <li key={item.caseId} className="inbox-item">
          <Go to={item.link} className="inbox-link">
            <b>{item.kindTitle}</b>
            <span className="inbox-title">{item.title}</span>
          </Go>
          <span className="inbox-organ">等待{item.waitingFor}</span>
          <span className="inbox-state quiet">{item.stateLabel}</span>
          <ClockBadge clock={item.clock} />
        </li>
      ))}
    </ul>
  )
}
