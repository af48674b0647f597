import { Checkbox, Input, Select } from 'antd'
import { z } from 'zod'
import { queryBoolean, queryInteger } from '#kernel/pure/contract.ts'
import { Outcome, outcomeLabels } from '#kernel/pure/verdict.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { ChoiceFilter, YearFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { FindingMark } from '#kernel/web/verdict/FindingMark.tsx'
import { contract } from '../contract.ts'
import { DecisionStanding, standingLabels, type DecisionHead } from '../model.ts'
import { StandingTag } from './StandingTag.tsx'

const Filters = z.object({
  kind: z.string().optional(),
  year: queryInteger.optional(),
  outcome: Outcome.optional().catch(undefined),
  standing: DecisionStanding.optional().catch(undefined),
  deviating: queryBoolean.optional(),
  organId: z.uuid().optional().catch(undefined),
  norm: z.string().optional(),
  standard: z.string().optional(),
})

const columns: Column<DecisionHead>[] = [
  { key: 'number', title: '决定编号', value: ({ number }) => number, width: 210 },
  { key: 'title', title: '事项', value: ({ title }) => title ?? '内容已按保密要求清除', width: 280 },
  { key: 'says', title: '结论', value: ({ says }) => says, width: 320 },
  {
    key: 'outcome',
    title: '核对',
    value: ({ outcome }) => outcomeLabels[outcome],
    render: ({ outcome }) => <FindingMark outcome={outcome} />,
    width: 96,
  },
  {
    key: 'standing',
    title: '状态',
    value: ({ standing }) => standingLabels[standing],
    render: ({ standing }) => <StandingTag standing={standing} />,
    width: 110,
  },
  { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 180 },
  { key: 'kind', title: '种类', value: ({ kindTitle }) => kindTitle, width: 120 },
  { key: 'by', title: '决定人', value: ({ decidedBy }) => decidedBy, width: 110 },
  { key: 'at', title: '时间', value: ({ decidedAt }) => shortInstant(decidedAt), width: 148 },
  { key: 'deviates', title: '与建议', value: ({ deviates }) => (deviates ? '不同' : '相同'), width: 84 },
  { key: 'year', title: '年度', value: ({ year }) => String(year), width: 72, optional: true },
]

/** What was decided, newest first: the own organ's, the level's for those who read it; narrowed by ground and outcome. */
export default function DecisionsPage() {
  const [{ kind, year, outcome, standing, deviating, organId, norm, standard }, change] = useFilters(Filters)
  const pages = usePages(contract.decisions, {
    ...(kind ? { kind } : {}),
    ...(year === undefined ? {} : { year }),
    ...(outcome ? { outcome } : {}),
    ...(standing ? { standing } : {}),
    ...(deviating ? { deviating } : {}),
    ...(organId ? { organId } : {}),
    ...(norm ? { norm } : {}),
    ...(standard ? { standard } : {}),
    limit: 100,
  })
  const narrowed = organId ? pages.items.find((one) => one.organId === organId)?.organName : undefined
  return (
    <Page title="决定与依据" lead="每项决定的条款、当日有效的标准、输入和算式；可以重放，可以按今日标准对照。">
      <Table
        label="决定"
        columns={columns}
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/decisions/${id}`}
        tools={
          <>
            <Select
              aria-label="种类"
              style={{ width: 150 }}
              value={kind ?? ''}
              onChange={(chosen) => change({ kind: chosen || undefined })}
              options={[
                { value: '', label: '全部种类' },
                ...(pages.first?.kinds ?? []).map((one) => ({ value: one.kind, label: one.title })),
              ]}
            />
            <YearFilter value={year} onChange={(value) => change({ year: value })} />
            <ChoiceFilter
              label="核对"
              labels={outcomeLabels}
              value={outcome}
              onChange={(value) => change({ outcome: value })}
              width={120}
            />
            <ChoiceFilter
              label="状态"
              labels={standingLabels}
              value={standing}
              onChange={(value) => change({ standing: value })}
              width={130}
            />
            <Input.Search
              aria-label="规范"
              placeholder="规范 A33-1"
              allowClear
              defaultValue={norm ?? ''}
              onSearch={(value) => change({ norm: value.trim().toUpperCase() || undefined })}
              style={{ width: 160 }}
            />
            <Input.Search
              aria-label="标准代码"
              placeholder="标准 item.desktop"
              allowClear
              defaultValue={standard ?? ''}
              onSearch={(value) => change({ standard: value.trim() || undefined })}
              style={{ width: 210 }}
            />
            <Checkbox
              checked={deviating ?? false}
              onChange={({ target }) => change({ deviating: target.checked ? true : undefined })}
            >
              只看与建议不同
            </Checkbox>
            {organId && (
              <button type="button" className="link-button" onClick={() => change({ organId: undefined })}>
                {narrowed ?? '所选机关'} ×
              </button>
            )}
          </>
        }
        empty={<Empty title="没有决定">审核、备案、预算等作出决定后，列在这里。</Empty>}
      />
    </Page>
  )
}
