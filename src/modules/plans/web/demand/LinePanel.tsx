import type { ReactNode } from 'react'
import { outcomes } from '#kernel/pure/verdict.ts'
import type { Finding } from '#kernel/pure/verdict.ts'
import { quantityText, wanText, yuanText } from '#kernel/web/money.ts'
import { Facts } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { BasisPanel } from '#kernel/web/verdict/BasisPanel.tsx'
import { opinionLabels } from '../../model.ts'
import { DecisionLink } from '../DecisionLink.tsx'
import { HoldingSource } from '../HoldingSource.tsx'
import type { DemandView, JudgedRow } from './judged.ts'

export type Offer = { organName: string; quantity: number; title: string }
export type LineDecision = DemandView['decisions'][number]

/** Beside the sheet: what the organ has of this kind, what it asked for last year, what stands idle, and the 依据 of every finding. */
export function LinePanel({
  row,
  view,
  offers = [],
  decision,
}: {
  row: JudgedRow | null
  view: Pick<DemandView, 'demand' | 'holdings' | 'lastYear' | 'organ'>
  offers?: readonly Offer[]
  decision?: LineDecision | undefined
}) {
  if (row === null)
    return (
      <aside className="line-panel" aria-label="所选行">
        <Empty title="没有选中的行">选中一行，这里显示配置现状、上年情况和依据。</Empty>
      </aside>
    )
  const { line, findings } = row
  const holding =
    line.standardCode === null
      ? undefined
      : view.holdings.find(({ standardCode }) => standardCode === line.standardCode)
  const lastYear = view.lastYear.find(
    ({ needKind, itemName }) => needKind === line.needKind && itemName === line.itemName,
  )
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
    <aside className="line-panel" tabIndex={0} aria-label={`第 ${row.index + 1} 行`}>
      <h2>
        <span className="quiet">第 {row.index + 1} 行</span> {line.itemName || '未填事项名称'}
      </h2>
      {decision?.decision && <DecisionPart decision={decision.decision} unit={line.unit} />}
      <Part title="配置现状">
        {holding ? (
          <Facts
            of={[
              {
                label: '现有',
                value: `${quantityText(holding.quantity)} ${holding.unit}`,
                note: `可用 ${quantityText(holding.usableQuantity)}`,
              },
              {
                label: '超年限',
                value: `${quantityText(holding.overLifeQuantity)} ${holding.unit}`,
                note: `闲置 ${quantityText(holding.idleQuantity)}`,
              },
              {
                label: '核定编制',
                value: holding.quotaQuantity === null ? null : `${quantityText(holding.quotaQuantity)} ${holding.unit}`,
              },
              { label: '编制内实有', value: `${view.organ.staffInPost} 人`, note: `编制 ${view.organ.approvedPosts}` },
              {
                label: '数量来源',
                value: <HoldingSource of={holding} organId={view.demand.organId} />,
                wide: true,
              },
            ]}
          />
        ) : (
          <p className="quiet">
            {line.standardCode === null ? '本行没有对应的配置标准。' : '资产台账和填报数中都没有这一类资产。'}
          </p>
        )}
      </Part>
      <Part title="上年计划">
        {lastYear ? (
          <p>
            {quantityText(lastYear.quantity)} {line.unit}，{wanText(lastYear.amountFen)} 万元
            {line.amountFen !== null && lastYear.amountFen > 0 && (
              <span className="quiet">，本年{changeText(line.amountFen, lastYear.amountFen)}</span>
            )}
          </p>
        ) : (
          <p className="quiet">上年计划中没有同名事项。</p>
        )}
      </Part>
      {line.needKind === 'N09' && (
        <Part title="公物仓">
          {line.storeQuery ? (
            <p>
              {line.storeQuery.askedOn} 查询，可调剂 {quantityText(line.storeQuery.usableQuantity)} {line.unit}
              <span className="quiet"> {line.storeQuery.number}</span>
            </p>
          ) : (
            <p className="quiet">尚未查询。点“查询公物仓”后记录查询流水号。</p>
          )}
          {offers.length > 0 && (
            <ul className="line-offers">
              {offers.map(({ organName, quantity, title }, index) => (
                <li key={index}>
                  {organName} {title} {quantityText(quantity)}
                </li>
              ))}
            </ul>
          )}
        </Part>
      )}
      <Part title="依据">
        <BasisPanel findings={gravestFirst(findings)} printable={false} />
      </Part>
    </aside>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="line-part">
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function DecisionPart({ decision, unit }: { decision: NonNullable<LineDecision['decision']>; unit: string }) {
  return (
    <section className={`line-decision line-decision-${decision.opinion}`}>
      <h3>审核意见：{opinionLabels[decision.opinion]}</h3>
      <p>
        审定 {quantityText(decision.quantity)} {unit}、{yuanText(decision.amountFen)} 元。
        {decision.centralised ? '列入集中统一管理计划。' : '由本机关自行制定计划。'}
      </p>
      {decision.reason && <p>{decision.reason}</p>}
      <DecisionLink decision={decision} />
    </section>
  )
}

function changeText(now: number, before: number): string {
  const percent = ((now - before) / before) * 100
  return Math.abs(percent) < 0.05 ? '持平' : `${percent > 0 ? '增加' : '减少'} ${Math.abs(percent).toFixed(1)}%`
}

function gravestFirst(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => outcomes.indexOf(b.outcome) - outcomes.indexOf(a.outcome))
}
