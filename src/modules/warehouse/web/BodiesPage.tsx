import { holdsAny } from '#kernel/pure/actor.ts'
import { Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { todayHere } from '#kernel/web/dates.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import { bodyKindLabels, bodyKinds, bodyStateLabels, bodyStates } from '../model/body.ts'
import { askingRoles } from '../policy.ts'
import { BodyDialog } from './BodyDialog.tsx'
import { BodyStateTag } from './WarehouseTags.tsx'

const Filters = z.object({ kind: z.enum(bodyKinds).optional(), state: z.enum(bodyStates).optional() })

/** Temporary bodies and big events of the level, with who leads them and how far their things are cleared away. */
export default function BodiesPage() {
  const me = useMe()
  const [{ kind, state }, change] = useFilters(Filters)
  const [opening, setOpening] = useState(false)
  const pages = usePages(contract.bodies, { ...(kind ? { kind } : {}), ...(state ? { state } : {}), limit: 100 })
  return (
    <Page
      title="临时机构和会议活动"
      lead="设立时登记，使用的资产随时登记；撤销、结束后按期清理，逾期报机关事务管理部门。"
      actions={
        holdsAny(me, askingRoles) && (
          <Button type="primary" onClick={() => setOpening(true)}>
            登记
          </Button>
        )
      }
    >
      <Table
        label="临时机构和会议活动列表"
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/warehouse/bodies/${id}`}
        tools={
          <>
            <ChoiceFilter
              label="类别"
              labels={bodyKindLabels}
              value={kind}
              onChange={(value) => change({ kind: value })}
              width={150}
            />
            <ChoiceFilter
              label="状态"
              labels={bodyStateLabels}
              value={state}
              onChange={(value) => change({ state: value })}
            />
          </>
        }
        columns={[
          { key: 'name', title: '名称', value: ({ name }) => name, width: 260 },
          {
            key: 'state',
            title: '状态',
            value: ({ state: of }) => bodyStateLabels[of],
            render: (body) => <BodyStateTag body={body} today={todayHere()} />,
            width: 150,
          },
          { key: 'kind', title: '类别', value: ({ kind: of }) => bodyKindLabels[of], width: 120 },
          { key: 'organ', title: '牵头机关', value: ({ organName }) => organName, width: 200 },
          { key: 'document', title: '设立依据', value: ({ document }) => document, width: 180, optional: true },
          { key: 'beginsOn', title: '开始', kind: 'date', value: ({ beginsOn }) => beginsOn },
          { key: 'endsOn', title: '预计结束', kind: 'date', value: ({ endsOn }) => endsOn },
          { key: 'endedOn', title: '撤销、结束', kind: 'date', value: ({ endedOn }) => endedOn },
          { key: 'dueOn', title: '应清理', kind: 'date', value: ({ dueOn }) => dueOn },
          { key: 'things', title: '使用资产', unit: '件', kind: 'number', value: ({ things }) => things, width: 110 },
        ]}
        empty={
          <Empty title="没有登记临时机构、会议活动">
            工作专班、指挥部成立或大型会议活动立项后，由牵头机关在这里登记。
          </Empty>
        }
      />
      {opening && <BodyDialog onClose={() => setOpening(false)} />}
    </Page>
  )
}
