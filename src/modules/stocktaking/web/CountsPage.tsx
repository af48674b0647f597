import { Button } from 'antd'
import { z } from 'zod'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { useOpensOffline } from '#kernel/web/offline/opens-offline.ts'
import { Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { numberOfOrgan } from '#kernel/web/table/number-of-organ.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import { countStateLabels, countStates, type Count } from '../model.ts'
import { CountStateTag } from './CountStateTag.tsx'
import { useMyCounts } from './sheet/use-kept-count.ts'
import { OthersWaiting, OwnWaiting } from './sheet/Unsent.tsx'
import './stocktaking.css'

const Filters = z.object({ state: z.enum(countStates).optional(), year: z.coerce.number().int().optional() })
const officeless: readonly string[] = ['staff', 'driver', 'provider']

/** The way to the lists that lie on the phone. */
export const opensWithoutNetwork = true

/** Counts of the organ or level, and those one is on the team of. */
export default function CountsPage() {
  useOpensOffline()
  const { roles, person } = useMe()
  const go = useGo()
  const keeps = roles.some((role) => role === 'asset-keeper' || role === 'organ-clerk')
  const office = roles.some((role) => !officeless.includes(role))
  const mine = useMyCounts(person.id)
  return (
    <Page
      title="资产盘点"
      lead="账面在开启时冻结，手机逐项清点，差异逐项处理到落实。"
      actions={
        keeps && (
          <Button type="primary" onClick={() => go('/stocktaking/counts/new')}>
            开启盘点
          </Button>
        )
      }
    >
      <OwnWaiting />
      <OthersWaiting />
      {mine.length > 0 && <MyCounts counts={mine} />}
      {office ? (
        <AllCounts />
      ) : (
        mine.length === 0 && <Empty title="没有要清点的资产">您被加入盘点小组后，清单会出现在这里。</Empty>
      )}
    </Page>
  )
}

function MyCounts({ counts }: { counts: readonly Count[] }) {
  const go = useGo()
  return (
    <Section title="待我清点">
      <ul className="count-cards">
        {counts.map((count) => (
          <li key={count.id}>
            <div>
              <b>{count.title}</b>
              <p className="quiet">
                {count.number} · 已盘 {count.counted} / {count.items} 项
              </p>
            </div>
            <Button type="primary" size="large" onClick={() => go(`/stocktaking/counts/${count.id}/sheet`)}>
              开始清点
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function AllCounts() {
  const [{ state, year }, change] = useFilters(Filters)
  const pages = usePages(contract.counts, { ...(state ? { state } : {}), ...(year ? { year } : {}), limit: 100 })
  return (
    <Section title="全部盘点">
      <Table
        label="资产盘点列表"
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/stocktaking/counts/${id}`}
        height="auto"
        tools={
          <>
            <ChoiceFilter
              label="状态"
              labels={countStateLabels}
              value={state}
              onChange={(value) => change({ state: value })}
            />
            {year !== undefined && (
              <button type="button" className="link-button" onClick={() => change({ year: undefined })}>
                只看{year}年度，看全部
              </button>
            )}
          </>
        }
        columns={[
          { key: 'title', title: '盘点', value: ({ title }) => title, width: 190 },
          numberOfOrgan('编号'),
          {
            key: 'state',
            title: '状态',
            value: ({ state: of }) => countStateLabels[of],
            render: ({ state: of }) => <CountStateTag state={of} />,
            width: 140,
          },
          { key: 'baseOn', title: '基准日', kind: 'date', value: ({ baseOn }) => baseOn },
          { key: 'items', title: '账面', unit: '项', kind: 'number', value: ({ items }) => items, width: 90 },
          { key: 'counted', title: '已盘', unit: '项', kind: 'number', value: ({ counted }) => counted, width: 90 },
          { key: 'costFen', title: '账面原值', kind: 'yuan', value: ({ costFen }) => costFen },
          { key: 'finishedOn', title: '办结', kind: 'date', value: ({ finishedOn }) => finishedOn },
        ]}
        empty={<Empty title="没有资产盘点">每年至少对全部资产盘点一次。由资产管理员点“开启盘点”发起。</Empty>}
      />
    </Section>
  )
}
