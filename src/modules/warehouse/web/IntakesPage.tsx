import { holdsAny, keeperRoles } from '#kernel/pure/actor.ts'
import { Button } from 'antd'
import { z } from 'zod'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { numberOfOrgan } from '#kernel/web/table/number-of-organ.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import { intakeStateLabels, intakeStates, triggerLabels, triggers } from '../model.ts'
import { IntakeStateTag } from './WarehouseTags.tsx'

const Filters = z.object({ state: z.enum(intakeStates).optional(), trigger: z.enum(triggers).optional() })

/** Applications of organs and calls of the authority to take things in. */
export default function IntakesPage() {
  const me = useMe()
  const go = useGo()
  const [{ state, trigger }, change] = useFilters(Filters)
  const pages = usePages(contract.intakes, {
    ...(state ? { state } : {}),
    ...(trigger ? { trigger } : {}),
    limit: 100,
  })
  const calls = me.roles.includes('asset-reviewer')
  const hands = holdsAny(me, keeperRoles)
  return (
    <Page
      title="入仓申请"
      lead="闲置、超标准、临时机构和会议活动留下的资产，移交公物仓统一调剂；账面持有机关到调拨时才变。"
      actions={
        (calls || hands) && (
          <Button type="primary" onClick={() => go('/warehouse/intakes/new')}>
            {calls && !hands ? '通知移交' : '申请入仓'}
          </Button>
        )
      }
    >
      <Table
        label="入仓申请列表"
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/warehouse/intakes/${id}`}
        tools={
          <>
            <ChoiceFilter
              label="状态"
              labels={intakeStateLabels}
              value={state}
              onChange={(value) => change({ state: value })}
            />
            <ChoiceFilter
              label="情形"
              labels={triggerLabels}
              value={trigger}
              onChange={(value) => change({ trigger: value })}
              width={220}
            />
          </>
        }
        columns={[
          numberOfOrgan('编号'),
          {
            key: 'state',
            title: '状态',
            value: ({ state: of }) => intakeStateLabels[of],
            render: ({ state: of }) => <IntakeStateTag state={of} />,
            width: 124,
          },
          { key: 'trigger', title: '情形', value: ({ trigger: of }) => triggerLabels[of], width: 190 },
          { key: 'body', title: '临时机构、会议活动', value: ({ bodyName }) => bodyName, width: 200 },
          { key: 'items', title: '资产', unit: '件', kind: 'number', value: ({ items }) => items, width: 90 },
          { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen },
          { key: 'appliedOn', title: '申请', kind: 'date', value: ({ appliedOn }) => appliedOn },
          { key: 'dueOn', title: '应入仓', kind: 'date', value: ({ dueOn }) => dueOn },
          { key: 'receivedOn', title: '入仓', kind: 'date', value: ({ receivedOn }) => receivedOn },
        ]}
        empty={<Empty title="没有入仓申请">有闲置、超标准或临时机构留下的资产时，在这里移交。</Empty>}
      />
    </Page>
  )
}
