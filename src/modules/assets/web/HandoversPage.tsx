import { z } from 'zod'
import { holdsAny, keeperRoles } from '#kernel/pure/actor.ts'
import { useFetched, usePages } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import { handoverStateLabels, handoverStates } from '../model.ts'
import { AssetStateTag, HandoverStateTag } from './AssetStateTag.tsx'

const Filters = z.object({ state: z.enum(handoverStates).optional() })

/** Hand-overs of the organ, or those offered to oneself, and the things in one's own care. */
export default function HandoversPage() {
  const [{ state }, change] = useFilters(Filters)
  const pages = usePages(contract.handovers, { ...(state ? { state } : {}), limit: 100 })
  const mine = useFetched(contract.myCards, {})
  const keeps = holdsAny(useMe(), keeperRoles)
  return (
    <Page title="资产交接" lead="资产换人保管，由接收人核对后签收，签收之日起由其负责。">
      {keeps && <Leavers />}
      <Section title="交接单">
        <Table
          label="资产交接列表"
          pages={pages}
          keyOf={({ id }) => id}
          href={({ id }) => `/assets/handovers/${id}`}
          height="auto"
          tools={
            <ChoiceFilter
              label="状态"
              labels={handoverStateLabels}
              value={state}
              onChange={(value) => change({ state: value })}
            />
          }
          columns={[
            { key: 'number', title: '交接单号', value: ({ number }) => number, width: 150 },
            {
              key: 'state',
              title: '状态',
              value: ({ state: of }) => handoverStateLabels[of],
              render: ({ state: of }) => <HandoverStateTag state={of} />,
              width: 110,
            },
            { key: 'from', title: '移交人', value: ({ fromName }) => fromName, width: 130 },
            { key: 'to', title: '接收人', value: ({ toName }) => toName, width: 110 },
            { key: 'cards', title: '资产', unit: '件', kind: 'number', value: ({ cards }) => cards, width: 90 },
            { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen },
            { key: 'offeredOn', title: '发起', kind: 'date', value: ({ offeredOn }) => offeredOn },
            { key: 'answeredOn', title: '办结', kind: 'date', value: ({ answeredOn }) => answeredOn },
            { key: 'reason', title: '原因', value: ({ reason }) => reason, width: 200 },
          ]}
          empty={<Empty title="没有资产交接">在资产卡片列表中选择资产后，点“交接”发起。</Empty>}
        />
      </Section>
      {mine.items.length > 0 && (
        <Section title={`本人保管的资产（${mine.items.length} 件）`}>
          <Table
            label="本人保管的资产"
            rows={mine.items}
            keyOf={({ id }) => id}
            href={({ id }) => `/assets/cards/${id}`}
            height="auto"
            columns={[
              { key: 'name', title: '资产名称', value: ({ name }) => name },
              { key: 'number', title: '资产编号', value: ({ number }) => number },
              {
                key: 'state',
                title: '使用状况',
                value: ({ state: of }) => of,
                render: ({ state: of }) => <AssetStateTag state={of} />,
                width: 110,
              },
              { key: 'place', title: '存放地点', value: ({ place }) => place },
            ]}
            empty={null}
          />
        </Section>
      )}
    </Page>
  )
}

/** Things in the name of people who went: each is to be handed over to somebody who is there. */
function Leavers() {
  const { items } = useFetched(contract.leavers, {})
  if (items.length === 0) return null
  return (
    <Section title="离岗人员名下的资产">
      <Table
        label="离岗人员名下的资产"
        rows={items}
        keyOf={({ custodianId }) => custodianId}
        href={({ custodianName }) => `/assets/cards?custodian=${encodeURIComponent(custodianName)}`}
        height="auto"
        columns={[
          { key: 'name', title: '保管人（已离岗）', value: ({ custodianName }) => custodianName, width: 200 },
          { key: 'cards', title: '资产', unit: '件', kind: 'number', value: ({ cards }) => cards, width: 90 },
          { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen },
        ]}
        empty={null}
      />
      <p className="quiet">打开后勾选资产，点“交接”交给在岗人员签收。</p>
    </Section>
  )
}
