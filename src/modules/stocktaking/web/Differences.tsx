import { useState } from 'react'
import { z } from 'zod'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../contract.ts'
import {
  foundLabels,
  outcomeLabels,
  resolutionLabels,
  resolutionsOf,
  resultLabels,
  results,
  type Difference,
  type Found,
  type Result,
} from '../model.ts'
import { ResultTag } from './CountStateTag.tsx'
import type { CountView } from './CountPage.tsx'
import { SurplusDialog } from './SurplusDialog.tsx'
import { WorkDialog } from './WorkDialog.tsx'

const { same: _, ...differing } = resultLabels
const progressLabels = { open: '未处理', worked: '已处理' } as const
const Filters = z.object({ result: z.enum(results).optional(), progress: z.enum(['open', 'worked']).optional() })

/** The difference sheet: what differs, why, who answers for it, and what becomes of it. */
export function Differences({ view }: { view: CountView }) {
  const { count, may } = view
  const [filter, change] = useFilters(Filters)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [working, setWorking] = useState<readonly Difference[] | null>(null)
  const pages = usePages(contract.differences, {
    countId: count.id,
    limit: 100,
    ...(filter.result ? { result: filter.result } : {}),
    ...(filter.progress ? { open: filter.progress === 'open' } : {}),
  })
  if (count.state === 'counting')
    return <Empty title="清点还没有结束">结束清点后，与账面不一致的资产和盘盈列在这里。</Empty>
  const picked = pages.items.filter(({ id }) => chosen.has(id))
  const kinds = new Set(picked.map(({ result }) => result))
  const reasons = [
    ...(picked.length === 0 ? [reason('没有选择差异。', '请在表中勾选（或按 x）。')] : []),
    ...(kinds.size > 1 ? [reason('一次只能处理同一种差异。', '请按结果筛选后再选。')] : []),
  ]
  const done = () => {
    setWorking(null)
    setChosen(new Set())
  }
  const [first] = working ?? []
  return (
    <>
      <Table
        label="盘点差异表"
        pages={pages}
        keyOf={({ id }) => id}
        onOpen={(row) => count.state === 'settling' && may.work === null && setWorking([row])}
        {...(count.state === 'settling' && may.work === null ? { selected: chosen, onSelect: setChosen } : {})}
        height="auto"
        tools={
          <>
            <ChoiceFilter
              label="结果"
              labels={differing}
              value={filter.result as Exclude<Result, 'same'> | undefined}
              onChange={(value) => change({ result: value })}
            />
            <ChoiceFilter
              label="进度"
              labels={progressLabels}
              value={filter.progress}
              onChange={(value) => change({ progress: value })}
            />
            {count.state === 'settling' && (
              <ActionButton
                primary
                refusal={may.work ?? (reasons.length > 0 ? reasons : null)}
                onClick={() => setWorking(picked)}
              >
                {picked.length > 1 ? `处理 ${picked.length} 项` : '处理'}
              </ActionButton>
            )}
          </>
        }
        columns={[
          { key: 'name', title: '资产名称', value: ({ name }) => name, width: 140 },
          {
            key: 'result',
            title: '结果',
            value: ({ result }) => resultLabels[result],
            render: ({ result }) => <ResultTag result={result} />,
            width: 130,
          },
          { key: 'number', title: '资产编号', value: ({ number }) => number, width: 140 },
          { key: 'contrast', title: '账面与实际', value: contrast, width: 240 },
          { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen, card }) => card?.valueFen ?? costFen },
          { key: 'cause', title: '原因', value: ({ cause }) => cause, width: 160 },
          { key: 'responsible', title: '责任人', value: ({ responsible }) => responsible, width: 90 },
          {
            key: 'resolution',
            title: '处理方式',
            value: ({ resolution }) => (resolution === null ? '未处理' : resolutionLabels[resolution]),
            width: 220,
          },
          {
            key: 'outcome',
            title: '落实',
            value: ({ outcome }) => (outcome === null ? '' : outcomeLabels[outcome]),
            width: 150,
          },
        ]}
        empty={<Empty title="没有差异">账面与实物全部一致。</Empty>}
      />
      {working && first && working.length === 1 && first.result === 'surplus' ? (
        <SurplusDialog countId={count.id} difference={first} onDone={done} onClose={() => setWorking(null)} />
      ) : (
        working &&
        first &&
        first.result !== 'same' && (
          <WorkDialog
            countId={count.id}
            differences={working}
            resolutions={resolutionsOf[first.result].filter((one) => one !== 'register')}
            onDone={done}
            onClose={() => setWorking(null)}
          />
        )
      )}
    </>
  )
}

const reason = (message: string, remedy: string) => ({ code: 'choose', message, basis: null, facts: {}, remedy })

/** `存放地点 主楼301→主楼302`, or where it was looked for. */
function contrast({ booked, found, place, remark }: Difference): string {
  const fields = (Object.entries(found) as [keyof Found, string][]).map(
    ([key, value]) => `${foundLabels[key]} ${booked[key] === undefined ? '' : `${booked[key] || '空'}→`}${value}`,
  )
  return [...(fields.length === 0 ? [place] : fields), remark].filter(Boolean).join('；')
}
