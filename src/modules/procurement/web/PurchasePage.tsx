import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { Section, type Fact } from '#kernel/web/Page.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { BasisPanel } from '#kernel/web/verdict/BasisPanel.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { AttachmentsPanel } from '#modules/record/web/AttachmentsPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../contract.ts'
import { classLabels, methodLabels, organisationLabels, purchaseKindLabels, reservedLabels } from '../model.ts'
import { AwardPanel, ContractPanel, DeliveryPanel, IntentionPanel, PaymentsPanel } from './FilePanels.tsx'
import { ObjectionsPanel } from './ObjectionsPanel.tsx'
import { PurchaseActs } from './PurchaseActs.tsx'
import { PurchaseDialog, type DialogName } from './PurchaseDialog.tsx'
import { PurchaseStateTag } from './state-tags.tsx'
import { Deadlines, MoneyLine, PurchaseSteps } from './Steps.tsx'
import './procurement.css'

export type View = OutputOf<(typeof contract)['viewPurchase']>

/** One purchase from request to payment: what was done, what comes next, where the money is. */
export default function PurchasePage({ params }: PageProps<'/procurement/purchases/:purchaseId'>) {
  const view = useFetched(contract.viewPurchase, { purchaseId: params.purchaseId })
  const [dialog, setDialog] = useState<DialogName | null>(null)
  const { purchase } = view
  return (
    <>
      <Record
        title={purchase.title}
        kind="采购"
        number={purchase.number}
        state={<PurchaseStateTag state={purchase.state} />}
        trail={[{ label: '采购', path: '/procurement/purchases' }]}
        facts={factsOf(view)}
        actions={<PurchaseActs view={view} onOpen={setDialog} />}
        notice={<Refusals of={view.held} title="采购暂停" />}
        details={
          <div className="stack">
            <Section>
              <MoneyLine money={view.money} />
              <PurchaseSteps view={view} />
            </Section>
            <Deadlines view={view} />
            <Items view={view} />
          </div>
        }
        more={[
          ...(purchase.intentionNeeded
            ? [{ key: 'intention', label: '采购意向', content: <IntentionPanel view={view} /> }]
            : []),
          ...(view.bidders.length > 0
            ? [{ key: 'award', label: '采购结果', content: <AwardPanel view={view} /> }]
            : []),
          ...(view.contract ? [{ key: 'contract', label: '合同', content: <ContractPanel view={view} /> }] : []),
          ...(view.acceptances.length > 0
            ? [{ key: 'delivery', label: '验收与建卡', content: <DeliveryPanel view={view} /> }]
            : []),
          ...(view.payments.length > 0
            ? [{ key: 'payments', label: '付款', content: <PaymentsPanel view={view} /> }]
            : []),
          ...(view.may.recordQuestion === null || view.questions.length > 0
            ? [{ key: 'objections', label: objectionsLabel(view), content: <ObjectionsPanel view={view} /> }]
            : []),
        ]}
        basis={<BasisPanel findings={[...purchase.findings, ...(view.contract?.findings ?? [])]} anchored />}
        course={<CoursePanel caseId={purchase.caseId} />}
        files={<AttachmentsPanel caseId={purchase.caseId} />}
        changes={<ChangesPanel subject={{ kind: 'procurement.purchase', id: purchase.id }} />}
      />
      {dialog && <PurchaseDialog name={dialog} view={view} onClose={() => setDialog(null)} />}
    </>
  )
}

/** How many of them still wait for an answer stands on the tab. */
function objectionsLabel({ questions, complaints }: View): string {
  const open =
    questions.filter(({ state }) => state === 'received').length +
    complaints.filter(({ state }) => state === 'received' || state === 'accepted').length
  return open > 0 ? `质疑投诉（${open}）` : '质疑投诉'
}

function factsOf({ purchase }: View): Fact[] {
  const { methodGround, stockReason, priceApproval, colourConsent, securityGround } = purchase
  return [
    { label: '采购单位', value: purchase.organName, note: `${purchase.requestedByName}，${purchase.requestedOn}` },
    {
      label: '采购方式',
      value: methodLabels[purchase.method],
      note: purchase.method === purchase.proposedMethod ? '与建议一致' : `建议${methodLabels[purchase.proposedMethod]}`,
    },
    {
      label: '组织形式',
      value: `${purchaseKindLabels[purchase.kind]}，${classLabels[purchase.class]}`,
      note: organisationLabels[purchase.organisation],
    },
    { label: '预计采购', value: purchase.expectedOn },
    {
      label: '财政审批',
      value: purchase.financeDocument,
      note:
        purchase.financeOn &&
        `${purchase.financeLevel === 'province' ? '省级' : '市级'}财政部门，${purchase.financeOn}`,
    },
    { label: '中小企业', value: reservedLabels[purchase.reservedFor] },
    { label: '方式理由', value: methodGround || null, wide: true },
    { label: '不能调剂的理由', value: stockReason || null, wide: true },
    { label: '超标准批准', value: priceApproval || null },
    { label: '彩色打印机同意', value: colourConsent || null },
    { label: '安全保密', value: securityGround || null },
    { label: '需求概况', value: purchase.requirement, wide: true },
  ]
}

function Items({ view: { items, purchase } }: { view: View }) {
  const central = items.some(({ servedOrganId }) => servedOrganId !== purchase.organId)
  const contracted = items.some(({ contractQuantity }) => contractQuantity !== null)
  return (
    <Section title="采购内容">
      <Table
        label="采购内容"
        rows={items}
        keyOf={({ id }) => id}
        height="auto"
        columns={[
          { key: 'name', title: '名称', value: ({ name }) => name, width: 160 },
          {
            key: 'line',
            title: '计划行',
            value: ({ lineNumber }) => lineNumber,
            render: ({ lineNumber, ledgerLineId }) => <Go to={`/ledger/lines/${ledgerLineId}`}>{lineNumber}</Go>,
            width: 150,
          },
          ...(central
            ? [
                {
                  key: 'served',
                  title: '使用机关',
                  value: ({ servedOrganName }: View['items'][number]) => servedOrganName,
                  width: 170,
                },
              ]
            : []),
          { key: 'unit', title: '单位', value: ({ unit }) => unit, width: 56 },
          { key: 'quantity', title: '数量', kind: 'number', value: ({ quantity }) => quantity, width: 72 },
          { key: 'price', title: '单价', kind: 'yuan', value: ({ unitPriceFen }) => unitPriceFen, width: 110 },
          {
            key: 'amount',
            title: '预算',
            kind: 'yuan',
            value: ({ amountFen }) => amountFen,
            width: 120,
            total: purchase.amountFen,
          },
          ...(contracted
            ? ([
                { key: 'model', title: '规格型号', value: ({ model }) => model, width: 140 },
                {
                  key: 'contractPrice',
                  title: '合同单价',
                  kind: 'yuan',
                  value: ({ contractPriceFen }) => contractPriceFen,
                  width: 110,
                },
                {
                  key: 'contractQuantity',
                  title: '合同数量',
                  kind: 'number',
                  value: ({ contractQuantity }) => contractQuantity,
                  width: 84,
                },
                {
                  key: 'accepted',
                  title: '已验收',
                  kind: 'number',
                  value: ({ acceptedQuantity }) => acceptedQuantity,
                  width: 72,
                },
                {
                  key: 'registered',
                  title: '已建卡',
                  kind: 'number',
                  value: ({ registeredQuantity, classCode }) => (classCode === null ? null : registeredQuantity),
                  width: 72,
                },
              ] as const satisfies readonly Parameters<typeof Table<View['items'][number]>>[0]['columns'][number][])
            : []),
        ]}
        empty={null}
      />
      <p className="quiet">
        {items
          .map(({ name, requirement }) => (requirement ? `${name}：${requirement}` : ''))
          .filter(Boolean)
          .join('；')}
      </p>
      <p className="quiet number">
        采购预算合计 {yuanText(purchase.amountFen)} 元，列{purchase.year}年度计划。
      </p>
    </Section>
  )
}
