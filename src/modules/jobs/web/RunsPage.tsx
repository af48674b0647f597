import { shortInstant } from '#kernel/web/dates.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty, ErrorPanel, Skeleton } from '#kernel/web/Panels.tsx'
import { contract } from '../contract.ts'
import { RunPanel, RunProgress } from './RunPanel.tsx'

/** Long work I asked for, newest first; results stay findable. */
export default function RunsPage() {
  const pages = usePages(contract.runs, { limit: 50 })
  return (
    <Page title="任务" lead="导入、批量审核等较长的工作在后台进行，离开页面也不会中断。">
      {pages.loading && <Skeleton />}
      {pages.error && <ErrorPanel error={pages.error} onRetry={pages.refetch} />}
      {!pages.loading && !pages.error && pages.items.length === 0 && (
        <Empty title="没有任务">您发起的批量工作会列在这里。</Empty>
      )}
      <ul className="runs">
        {pages.items.map((run) => (
          <li key={run.id}>
            <time className="quiet number" dateTime={run.createdAt}>
              {shortInstant(run.createdAt)}
            </time>
            {run.state === 'waiting' || run.state === 'running' ? (
              <RunPanel runId={run.id} />
            ) : (
              <RunProgress run={run} />
            )}
            {linkOf(run.result) !== null && <Go to={linkOf(run.result) ?? ''}>查看结果</Go>}
          </li>
        ))}
      </ul>
    </Page>
  )
}

/** Where the result stands, when the work said so: a `link` beside what it found. */
function linkOf(result: unknown): string | null {
  const { link } = (result ?? {}) as { link?: unknown }
  return typeof link === 'string' && /^\/[^/]/.test(link) ? link : null
}
