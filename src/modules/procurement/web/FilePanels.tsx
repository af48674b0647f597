import { Button } from 'antd'
import { Go } from '#kernel/web/going.tsx'
import { quantityText, yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Facts, Section } from '#kernel/web/Page.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { acceptanceStateLabels, bidderSizeLabels, paymentStateLabels } from '../model.ts'
import type { View } from './PurchasePage.tsx'
import { PaymentStateTag } from './state-tags.tsx'

/** The text to publish as the intention, ready to be copied to the site (财库〔2020〕10号). */
export function IntentionPanel({ view: { intentionText, purchase } }: { view: View }) {
  const plain = intentionText.map(({ label, value }) => `${label}：${value}`).join('\n')
  return (
    <Section
      title="采购意向公开内容"
      actions={
        <Button
          size="small"
          onClick={() => void navigator.clipboard.writeText(plain).then(() => tell('已复制采购意向。'))}
        >
          复制
        </Button>
      }
    >
      <div className="intention-text">
        <Facts of={intentionText.map(({ label, value }) => ({ label, value, wide: true }))} />
      </div>
      <p className="quiet">
        {purchase.intentionOn
          ? `已于 ${purchase.intentionOn} 公开：${purchase.intentionAddress ?? ''}`
          : '还没有公开。在中国政府采购网山西分网公开后，登记日期和网址。'}
      </p>
    </Section>
  )
}

export function AwardPanel({ view: { bidders, purchase } }: { view: View }) {
  return (
    <Section title="供应商响应和采购结果">
      <Table
        label="供应商"
        rows={bidders}
        keyOf={({ creditCode }) => creditCode}
        height="auto"
        columns={[
          { key: 'name', title: '供应商', value: ({ name }) => name, width: 240 },
          { key: 'code', title: '统一社会信用代码', value: ({ creditCode }) => creditCode, width: 190 },
          { key: 'size', title: '规模', value: ({ size }) => bidderSizeLabels[size], width: 72 },
          { key: 'price', title: '报价', kind: 'yuan', value: ({ priceFen }) => priceFen },
          {
            key: 'result',
            title: '结果',
            value: ({ winner, valid }) => (winner ? '中标、成交' : valid ? '有效' : '无效'),
            render: ({ winner, valid }) =>
              winner ? (
                <StateTag tone="done" word="中标、成交" />
              ) : valid ? (
                '有效'
              ) : (
                <StateTag tone="refused" word="无效" />
              ),
            width: 120,
          },
        ]}
        empty={null}
      />
      <Facts
        of={[
          { label: '项目编号', value: purchase.projectNumber || null },
          { label: '公告、发出文件', value: purchase.noticeOn },
          {
            label: '单一来源公示',
            value: purchase.publicityFrom && `${purchase.publicityFrom} 至 ${purchase.publicityUntil ?? ''}`,
          },
          { label: '开标、响应', value: purchase.openedOn },
          { label: '确定结果', value: purchase.awardedOn },
          { label: '结果公告', value: purchase.resultPublishedOn },
          { label: '理由', value: purchase.awardReason, wide: true },
        ]}
      />
    </Section>
  )
}

export function ContractPanel({ view: { contract, supplements } }: { view: View }) {
  if (contract === null) return null
  return (
    <Section title={`采购合同 ${contract.number}`}>
      <Facts
        of={[
          { label: '供应商', value: contract.supplier, note: contract.creditCode },
          { label: '合同金额', value: `${yuanText(contract.amountFen)} 元` },
          { label: '签订', value: contract.signedOn, note: contract.signedByName },
          { label: '交付期限', value: contract.deliverBy },
          { label: '服务期限', value: contract.termFrom && `${contract.termFrom} 至 ${contract.termUntil ?? ''}` },
          { label: '履约保证金', value: contract.bondFen > 0 ? `${yuanText(contract.bondFen)} 元` : '不收取' },
          { label: '质量保证期', value: contract.warrantyMonths > 0 ? `${contract.warrantyMonths} 个月` : null },
          { label: '分包', value: contract.subcontracted ? '允许分包' : '不分包' },
          { label: '公告', value: contract.publishedOn ?? '未公告' },
          { label: '备案', value: contract.filedOn ?? '未备案' },
          { label: '付款约定', value: contract.paymentTerms, wide: true },
          { label: '质量、服务标准', value: contract.qualityTerms, wide: true },
          { label: '验收方式', value: contract.acceptanceTerms, wide: true },
          { label: '违约责任', value: contract.breachTerms, wide: true },
          { label: '争议解决', value: contract.disputeTerms, wide: true },
        ]}
      />
      {supplements.length > 0 && (
        <Table
          label="补充合同"
          rows={supplements}
          keyOf={({ number }) => number}
          height="auto"
          columns={[
            { key: 'number', title: '补充合同', value: ({ number }) => number },
            { key: 'signedOn', title: '签订', kind: 'date', value: ({ signedOn }) => signedOn },
            { key: 'amount', title: '金额', kind: 'yuan', value: ({ amountFen }) => amountFen },
            { key: 'reason', title: '理由', value: ({ reason }) => reason, width: 260 },
          ]}
          empty={null}
        />
      )}
      <p className="quiet">合同文本在“附件”中上传。</p>
    </Section>
  )
}

export function DeliveryPanel({ view: { acceptances, cardIds } }: { view: View }) {
  return (
    <div className="stack">
      {acceptances.map((acceptance) => (
        <Section
          key={acceptance.id}
          title={`第${acceptance.acceptanceNo}次验收（${acceptanceStateLabels[acceptance.state]}）`}
        >
          <Table
            label={`第${acceptance.acceptanceNo}次验收`}
            rows={acceptance.items}
            keyOf={({ itemId }) => itemId}
            height="auto"
            columns={[
              { key: 'name', title: '名称', value: ({ name }) => name },
              { key: 'delivered', title: '到货', kind: 'number', value: ({ delivered }) => delivered, width: 90 },
              { key: 'accepted', title: '合格', kind: 'number', value: ({ accepted }) => accepted, width: 90 },
              {
                key: 'faulty',
                title: '不合格',
                kind: 'number',
                value: ({ delivered, accepted }) => Math.round((delivered - accepted) * 100) / 100,
                width: 90,
              },
              { key: 'note', title: '问题', value: ({ note }) => note, width: 280 },
            ]}
            empty={null}
          />
          <Facts
            of={[
              { label: '到货日期', value: acceptance.deliveredOn },
              { label: '填写', value: acceptance.draftedByName, note: acceptance.draftedOn },
              { label: '复核签字', value: acceptance.signedByName ?? '待签字', note: acceptance.signedOn },
              { label: '验收结论', value: acceptance.conclusion, wide: true },
            ]}
          />
        </Section>
      ))}
      {cardIds.length > 0 && (
        <Section title={`资产卡片（${quantityText(cardIds.length)} 张）`}>
          <ul className="row">
            {cardIds.slice(0, 60).map((cardId, at) => (
              <li key={cardId}>
                <Go to={`/assets/cards/${cardId}`}>卡片 {at + 1}</Go>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  )
}

export function PaymentsPanel({ view: { payments, money } }: { view: View }) {
  return (
    <Table
      label="付款"
      rows={payments}
      keyOf={({ id }) => id}
      href={({ id }) => `/procurement/payments/${id}`}
      height="auto"
      columns={[
        { key: 'no', title: '付款', value: ({ paymentNo }) => `第${paymentNo}次`, width: 90 },
        {
          key: 'state',
          title: '状态',
          value: ({ state }) => paymentStateLabels[state],
          render: ({ state }) => <PaymentStateTag state={state} />,
          width: 110,
        },
        { key: 'amount', title: '金额', kind: 'yuan', value: ({ amountFen }) => amountFen, total: money.paidFen },
        { key: 'invoice', title: '发票号码', value: ({ invoiceNumber }) => invoiceNumber },
        { key: 'invoiceOn', title: '收到发票', kind: 'date', value: ({ invoiceOn }) => invoiceOn },
        { key: 'by', title: '申请', value: ({ requestedByName, requestedOn }) => `${requestedByName} ${requestedOn}` },
        {
          key: 'decided',
          title: '审批',
          value: ({ decidedByName, decidedOn }) => (decidedByName ? `${decidedByName} ${decidedOn ?? ''}` : null),
        },
        { key: 'voucher', title: '凭证号', value: ({ voucher }) => voucher, width: 110 },
      ]}
      empty={null}
    />
  )
}
