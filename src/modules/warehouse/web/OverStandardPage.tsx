import { z } from 'zod'
import type { InputOf } from '#kernel/pure/contract.ts'
import { addressOf } from '#kernel/web/client.ts'
import { useFetched, usePages } from '#kernel/web/fetching.ts'
import { Go, useFilters } from '#kernel/web/going.tsx'
import { Facts, Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import type { OverStandardLine } from '../contract/over-standard.ts'
import { runsWarehouse } from './who.ts'

const Filters = z.object({
  organId: z.uuid().optional(),
  code: z.string().optional(),
  idle: z.enum(['true']).optional(),
})
const idleLabels = { true: '有闲置的' } as const

/** What organs of the level hold beyond their standards of quantity, and the way from there into the warehouse (G2). */
export default function OverStandardPage() {
  const me = useMe()
  const [filter, change] = useFilters(Filters)
  const totals = useFetched(contract.overStandardTotals, {})
  const asked = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
  const pages = usePages(contract.overStandard, { ...asked, limit: 100 } as InputOf<typeof contract.overStandard>)
  const calls = runsWarehouse(me)
  return (
    <Page
      title="超标准配置清单"
      lead="按资产台账和编制内实有人数，逐个机关对照办公设备、家具的数量标准。超标准且闲置的，通知移交公物仓调剂。"
    >
      <Facts
        of={[
          { label: '超标准的机关', value: `${totals.organs} 个` },
          { label: '超标准的事项', value: `${totals.lines} 项` },
          {
            label: '其中有闲置',
            value: `${totals.idleLines} 项`,
            note: totals.idleLines > 0 ? `超出部分中闲置 ${totals.idlePieces} 件` : undefined,
          },
        ]}
      />
      <Table
        label="超标准配置清单"
        pages={pages}
        keyOf={keyOf}
        href={cardsOf}
        exportHref={addressOf(contract.exportOverStandard, asked)}
        tools={
          <>
            <ChoiceFilter
              label="事项"
              labels={Object.fromEntries(totals.kinds.map(({ code, title, lines }) => [code, `${title}（${lines}）`]))}
              value={filter.code}
              onChange={(code) => change({ code })}
              width={220}
            />
            <ChoiceFilter
              label="闲置"
              labels={idleLabels}
              value={filter.idle}
              onChange={(idle) => change({ idle })}
              width={130}
            />
          </>
        }
        columns={[
          { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 210 },
          { key: 'title', title: '事项', value: ({ title }) => title, width: 150 },
          { key: 'excess', title: '超标准', kind: 'number', value: ({ excess }) => excess, width: 84 },
          { key: 'idle', title: '其中闲置', kind: 'number', value: ({ idle }) => idle || null, width: 96 },
          { key: 'held', title: '现有', kind: 'number', value: ({ held }) => held, width: 76 },
          { key: 'limit', title: '上限', kind: 'number', value: ({ limit }) => limit, width: 76 },
          { key: 'unit', title: '单位', value: ({ unit }) => unit, width: 60 },
          { key: 'reckoned', title: '上限计算', value: ({ reckoned }) => reckoned, width: 190 },
          ...(calls
            ? [
                {
                  key: 'call',
                  title: '办理',
                  value: ({ idle }: OverStandardLine) => (idle > 0 ? '通知移交' : ''),
                  render: (line: OverStandardLine) => (line.idle > 0 ? <Go to={callFor(line)}>通知移交</Go> : null),
                  width: 96,
                },
              ]
            : []),
        ]}
        empty={
          <Empty title="没有超标准的配置">
            建立资产台账并登记编制内实有人数的机关，办公设备、家具都在数量标准以内。
          </Empty>
        }
      />
    </Page>
  )
}

const keyOf = ({ organId, code }: OverStandardLine) => `${organId}:${code}`

const cardsOf = ({ organId, classPrefix }: OverStandardLine) =>
  `/assets/cards?${new URLSearchParams({ organId, classPrefix })}`

/** The call for the idle pieces, with the ground written out. */
function callFor({ organId, classPrefix, title, unit, held, limit, excess, idle }: OverStandardLine): string {
  const reason = `${title}现有${held}${unit}，标准上限${limit}${unit}，超标准${excess}${unit}，其中闲置${idle}${unit}。`
  return `/warehouse/intakes/new?${new URLSearchParams({ organ: organId, classPrefix, reason })}`
}
