import { Button } from 'antd'
import { shortInstant } from '#kernel/web/dates.ts'
import { usePages, useSend } from '#kernel/web/fetching.ts'
import { useGo } from '#kernel/web/going.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Facts, Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'

/** The month that is open, with what it will charge, and the months that are closed. */
export default function DepreciationPage() {
  const go = useGo()
  const pages = usePages(contract.depreciation, { limit: 60 })
  const open = pages.first?.open ?? null
  const close = useSend(contract.closeMonth, {
    onDone: ({ month, cards, chargedFen }) => tell(`${month} 已计提 ${cards} 张卡片，共 ${yuanText(chargedFen)} 元。`),
  })
  return (
    <Page
      title="折旧"
      lead="年限平均法，不留残值，自入账当月起按月计提。结账后的月份不再改动，差错在当前月份调整。"
      actions={<Button onClick={() => go('/assets/depreciation/forecast')}>折旧预测</Button>}
    >
      {open && (
        <Section title={`待计提：${open.month}`}>
          <Facts
            of={[
              { label: '计提卡片', value: `${open.cards.toLocaleString('zh-CN')} 张` },
              { label: '本月折旧', value: `${yuanText(open.chargedFen)} 元` },
              { label: '原值合计', value: `${yuanText(open.costFen)} 元` },
              { label: '计提后累计折旧', value: `${yuanText(open.accumulatedFen)} 元` },
            ]}
          />
          <div className="row">
            <ActionButton
              primary
              refusal={pages.first?.may.close}
              busy={close.sending}
              onClick={() => close.send({ month: open.month })}
            >
              计提 {open.month} 并结账
            </ActionButton>
          </div>
          <Refusals of={close.error} onRetry={close.retry} />
        </Section>
      )}
      <Section title="已结账的月份">
        <Table
          label="折旧月份"
          pages={pages}
          keyOf={({ month }) => month}
          href={({ month }) => `/assets/depreciation/${month}`}
          columns={[
            { key: 'month', title: '月份', value: ({ month }) => month, width: 110 },
            { key: 'cards', title: '计提卡片', unit: '张', kind: 'number', value: ({ cards }) => cards },
            { key: 'chargedFen', title: '本月折旧', kind: 'yuan', value: ({ chargedFen }) => chargedFen },
            { key: 'costFen', title: '原值合计', kind: 'yuan', value: ({ costFen }) => costFen, width: 150 },
            {
              key: 'accumulatedFen',
              title: '累计折旧',
              kind: 'yuan',
              value: ({ accumulatedFen }) => accumulatedFen,
              width: 150,
            },
            {
              key: 'closedBy',
              title: '结账',
              value: ({ closedBy, closedAt }) => `${closedBy} ${shortInstant(closedAt)}`,
              width: 190,
            },
          ]}
          empty={<Empty title="还没有结账的月份">登记资产后，每月在这里计提一次折旧。</Empty>}
        />
      </Section>
    </Page>
  )
}
