import { Input, Select } from 'antd'
import { z } from 'zod'
import { usePages } from '#kernel/web/fetching.ts'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty, ErrorPanel, Skeleton } from '#kernel/web/Panels.tsx'
import { contract } from '../contract.ts'
import { ChangeEntry } from './ChangesPanel.tsx'
import { knownFacts } from './changes.ts'
import './record.css'

const Filters = z.object({
  person: z.string().optional(),
  fact: z.string().optional(),
  from: z.string().optional(),
  until: z.string().optional(),
})

/** The audit record of the level, newest first, for the security auditor. */
export default function AuditPage() {
  const [filters, change] = useFilters(Filters)
  const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value)) as typeof filters
  const pages = usePages(contract.auditEntries, { ...given, limit: 100 })
  return (
    <Page title="审计记录" lead="只增不改，按时间封存成链；命令 yunbao verify 可随时核验。">
      <div className="row audit-filters">
        <Input.Search
          aria-label="人员姓名"
          placeholder="人员姓名"
          allowClear
          defaultValue={filters.person ?? ''}
          onSearch={(value) => change({ person: value.trim() || undefined })}
          style={{ width: 200 }}
        />
        <Select
          aria-label="行为"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="全部行为"
          style={{ width: 200 }}
          value={filters.fact ?? null}
          onChange={(value: string | null) => change({ fact: value ?? undefined })}
          options={knownFacts()}
        />
        <LocalDateInput
          aria-label="自"
          value={filters.from ?? ''}
          onChange={(value) => change({ from: value ? String(value) : undefined })}
        />
        <LocalDateInput
          aria-label="至"
          value={filters.until ?? ''}
          onChange={(value) => change({ until: value ? String(value) : undefined })}
        />
      </div>
      {pages.loading && <Skeleton lines={10} />}
      {pages.error && <ErrorPanel error={pages.error} onRetry={pages.refetch} />}
      {!pages.loading && !pages.error && pages.items.length === 0 && <Empty title="没有符合条件的记录" />}
      <ol className="changes">
        {pages.items.map((entry) => (
          <ChangeEntry key={entry.id} entry={entry} />
        ))}
      </ol>
      {pages.hasMore && (
        <button type="button" className="link-button" onClick={pages.more}>
          更早的记录
        </button>
      )}
    </Page>
  )
}
