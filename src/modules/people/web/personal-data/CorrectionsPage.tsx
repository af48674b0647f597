import { Segmented } from 'antd'
import { z } from 'zod'
import { shortInstant } from '#kernel/web/dates.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../../contract.ts'
import { correctionFields, CorrectionState } from '../../model/personal-data.ts'
import { CorrectionStateTag } from './correction-state.tsx'

const Filters = z.object({ state: z.union([CorrectionState, z.literal('all')]).optional() })

/** What people of the level ask to have corrected; for the system administrator. */
export default function CorrectionsPage() {
  const [{ state = 'asked' }, change] = useFilters(Filters)
  const pages = usePages(contract.corrections, { ...(state === 'all' ? {} : { state }), limit: 100 })
  return (
    <Page title="更正申请" lead="本级人员申请更正的个人信息。内容逐件查看，每次查看记入审计记录。">
      <Table
        label="更正申请"
        columns={[
          { key: 'name', title: '申请人', value: ({ personName }) => personName, width: 140 },
          { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 260 },
          { key: 'field', title: '项目', value: ({ field }) => correctionFields[field], width: 140 },
          {
            key: 'state',
            title: '状态',
            value: ({ state: of }) => of,
            width: 120,
            render: ({ state: of }) => <CorrectionStateTag state={of} />,
          },
          { key: 'asked', title: '申请时间', value: ({ askedAt }) => shortInstant(askedAt), width: 160 },
          { key: 'by', title: '办理人', value: ({ decidedByName }) => decidedByName ?? '', width: 120 },
        ]}
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/people/corrections/${id}`}
        tools={
          <Segmented
            aria-label="状态"
            value={state}
            options={[
              { value: 'asked', label: '待办理' },
              { value: 'all', label: '全部' },
            ]}
            onChange={(value) => change({ state: value === 'asked' ? undefined : 'all' })}
          />
        }
        empty={<Empty title={state === 'asked' ? '没有待办理的申请' : '没有申请'} />}
      />
    </Page>
  )
}
