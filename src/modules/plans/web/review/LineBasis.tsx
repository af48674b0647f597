import { quantityText, yuanText } from '#kernel/web/money.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { Facts } from '#kernel/web/Page.tsx'
import { SlotPanels } from '#kernel/web/slots.tsx'
import type { Fact } from '#kernel/web/Page.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import type { May } from '#kernel/pure/verdict.ts'
import { fundSourceLabels, opinionLabels, reviewSlots, type DemandLine, type Holding } from '../../model.ts'
import { DecisionLink } from '../DecisionLink.tsx'
import { HoldingSource } from '../HoldingSource.tsx'
import type { ReviewRow } from './draft.ts'
import { ReviewGround } from './ReviewGround.tsx'

/** What speaks for and against the selected line: what the organ says, the warehouse's answer, the findings in full. */
export function LineBasis({
  row: { line, proposal, decision },
  holding,
  cycleId,
  organId,
  mayDecide,
  onAccept,
  onRewrite,
  onUndo,
}: {
  row: ReviewRow
  /** What the organ has of the kind, by register or report. */
  holding: Holding | undefined
  cycleId: string
  organId: string
  mayDecide: May
  onAccept: () => void
  onRewrite: () => void
  onUndo: () => Promise<unknown>
}) {
  return (
    <>
      <h2 className="review-basis-title">
        {line.lineNo}. {line.itemName}
      </h2>
      {proposal && (
        <p className="review-proposed">
          <b>建议：{opinionLabels[proposal.opinion]}</b> {proposal.reason}
        </p>
      )}
      {decision === null && proposal && (
        <div className="row review-line-acts no-print">
          <ActionButton primary refusal={mayDecide} onClick={onAccept}>
            采纳建议
          </ActionButton>
          <ActionButton refusal={mayDecide} onClick={onRewrite}>
            另定意见
          </ActionButton>
        </div>
      )}
      {decision && (
        <div className="review-decision">
          <p>
            <b>审核意见：{opinionLabels[decision.opinion]}</b> {decision.reason}
          </p>
          <p className="quiet">
            {decision.decidedBy} {shortInstant(decision.decidedAt)}
          </p>
          <DecisionLink decision={decision} />
          <div className="row no-print">
            <ActionButton refusal={mayDecide} onClick={onRewrite}>
              修改
            </ActionButton>
            <ActionButton refusal={mayDecide} onClick={onUndo}>
              撤销意见
            </ActionButton>
          </div>
        </div>
      )}
      <SlotPanels of={reviewSlots.ground} ids={{ cycleId, organId, lineId: line.id }} />
      <Facts of={[...factsOf(line), ...heldFacts(holding, organId)]} />
      <h3>依据</h3>
      <ReviewGround findings={proposal?.findings ?? line.findings} opinion={(decision ?? proposal)?.opinion ?? null} />
    </>
  )
}

function factsOf(line: DemandLine): Fact[] {
  const amount = (quantity: number | null) => (quantity === null ? null : `${quantityText(quantity)}${line.unit}`)
  return [
    { label: '申请单价', value: line.unitPriceFen === null ? null : `${yuanText(line.unitPriceFen)} 元` },
    { label: '需用月份', value: line.neededMonth === null ? null : `${line.neededMonth}月` },
    { label: '填报现有', value: amount(line.existingQuantity) },
    { label: '其中可用', value: amount(line.usableQuantity) },
    { label: '拟处置', value: amount(line.disposingQuantity) },
    { label: '资金来源', value: fundSourceLabels[line.fundSource] },
    { label: '上年结转', value: line.carriedFrom },
    { label: '更新', value: replacementText(line), wide: true },
    { label: '公物仓查询', value: storeText(line), wide: true },
    { label: '申请理由', value: line.reason || null, wide: true },
    { label: '备注', value: line.note || null, wide: true },
  ]
}

function heldFacts(holding: Holding | undefined, organId: string): Fact[] {
  if (holding === undefined) return []
  const { quantity, usableQuantity, idleQuantity, overLifeQuantity, unit } = holding
  return [
    {
      label: '配置现状',
      value: `现有 ${quantityText(quantity)} ${unit}，可用 ${quantityText(usableQuantity)}，闲置 ${quantityText(idleQuantity)}，超年限 ${quantityText(overLifeQuantity)}`,
      note: <HoldingSource of={holding} organId={organId} />,
      wide: true,
    },
  ]
}

function replacementText({ replacement }: DemandLine): string | null {
  if (replacement === null) return null
  const { acquiredOn, beyondRepair, appraisalDocument } = replacement
  return `${acquiredOn} 启用${beyondRepair ? '，不能修复' : ''}${appraisalDocument ? `，鉴定：${appraisalDocument}` : '，没有鉴定意见'}`
}

function storeText({ storeQuery, unit }: DemandLine): string {
  if (storeQuery === null) return '没有查询记录'
  const { number, askedOn, usableQuantity } = storeQuery
  const answer = usableQuantity > 0 ? `有同类可用资产 ${quantityText(usableQuantity)}${unit}` : '没有同类可用资产'
  return `${answer}（${number}，${askedOn}）`
}
