import { useFetched } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { wanText } from '#kernel/web/money.ts'
import { Facts, Page, Section } from '#kernel/web/Page.tsx'
import { Skeleton } from '#kernel/web/Panels.tsx'
import { SlotPanels } from '#kernel/web/slots.tsx'
import { contract } from '../contract.ts'
import { oversightSlot } from '../model.ts'

/** What finance supervises of the assets of its level (A12-1): each figure opens its list. */
export default function OversightPage() {
  const { items } = useFetched(contract.summary, {})
  const total = (key: 'cards' | 'quantity' | 'idle' | 'costFen' | 'netFen') =>
    items.reduce((sum, row) => sum + row[key], 0)
  const organs = new Set(items.map(({ organId }) => organId)).size
  return (
    <Page title="国有资产监督" lead="本级各机关资产的存量、处置、盘点和采购；点数字查看明细。">
      <Section title="资产存量">
        <Facts
          of={[
            {
              label: '卡片',
              value: <Go to="/assets/cards">{`${total('cards').toLocaleString('zh-CN')} 张`}</Go>,
              note: `${organs} 个机关`,
            },
            { label: '原值', value: <Go to="/assets/summary">{`${wanText(total('costFen'))} 万元`}</Go> },
            { label: '净值', value: <Go to="/assets/summary">{`${wanText(total('netFen'))} 万元`}</Go> },
            {
              label: '闲置',
              value: <Go to="/assets/cards?state=idle">{`${total('idle').toLocaleString('zh-CN')} 件`}</Go>,
            },
          ]}
        />
      </Section>
      <SlotPanels of={oversightSlot} ids={{}} fallback={<Skeleton lines={3} />} />
    </Page>
  )
}
