import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { Go, useGo } from '#kernel/web/going.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { yuanText } from '#kernel/web/money.ts'
import type { Fact } from '#kernel/web/Page.tsx'
import { SlotPanels } from '#kernel/web/slots.tsx'
import { Record } from '#kernel/web/Record.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { FindingMark } from '#kernel/web/verdict/FindingMark.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../contract.ts'
import { acquiringLabels, cardSlot, procedureLabels } from '../model.ts'
import { classOf } from '../model/classes.ts'
import { detailKind } from '../model/detail.ts'
import { cardField, fieldText, type CardFieldName } from '../model/fields.ts'
import { AssetStateTag } from './AssetStateTag.tsx'
import { BulkChangeDialog } from './BulkChangeDialog.tsx'
import { CardDepreciation } from './CardDepreciation.tsx'
import { CardFiles } from './CardFiles.tsx'
import { CardPicture } from './CardPicture.tsx'
import { CardHistory } from './CardHistory.tsx'
import { DetailsDialog } from './DetailsDialog.tsx'
import { LendDialog } from './LendDialog.tsx'
import { OfferDialog } from './OfferDialog.tsx'
import { LabelsDialog } from './LabelsDialog.tsx'
import { RegroupingNotice } from './Regroupings.tsx'
import { ValueDialog } from './ValueDialog.tsx'
import './assets.css'

export type CardView = OutputOf<(typeof contract)['viewCard']>

/** One thing: what it is, where it is, who keeps it, what it is worth, and everything that happened to it. */
export default function CardPage({ params }: PageProps<'/assets/cards/:cardId'>) {
  const view = useFetched(contract.viewCard, { cardId: params.cardId })
  const { card, may, findings } = view
  const go = useGo()
  const [dialog, setDialog] = useState<'change' | 'details' | 'value' | 'offer' | 'lend' | 'labels' | null>(null)
  const close = () => setDialog(null)
  return (
    <>
      <Record
        title={card.name}
        kind="资产卡片"
        number={card.number}
        state={<AssetStateTag state={card.state} />}
        trail={[{ label: '资产卡片', path: '/assets/cards' }]}
        facts={factsOf(view)}
        notice={
          <>
            {view.engagement && (
              <p>
                {view.engagement.engagedOn} 起正在办理{procedureLabels[view.engagement.procedure]}，
                <Go to={view.engagement.link}>查看办理情况</Go>。
              </p>
            )}
            <RegroupingNotice view={view} />
          </>
        }
        actions={
          <>
            <ActionButton primary refusal={may.change} onClick={() => setDialog('change')}>
              变更
            </ActionButton>
            <ActionButton refusal={may.handOver} onClick={() => setDialog('offer')}>
              交接
            </ActionButton>
            {may.change === null && (
              <ActionButton refusal={may.handOver} onClick={() => setDialog('lend')}>
                借用
              </ActionButton>
            )}
            <ActionButton refusal={may.change} onClick={() => setDialog('details')}>
              修改信息
            </ActionButton>
            <ActionButton refusal={may.change} onClick={() => setDialog('value')}>
              价值变动
            </ActionButton>
            {may.change === null && (
              <>
                <ActionButton refusal={may.regroup} onClick={() => go(`/assets/cards/${card.id}/split`)}>
                  拆分
                </ActionButton>
                <ActionButton refusal={may.handOver} onClick={() => go(`/repairs/requests/new?card=${card.id}`)}>
                  申请维修
                </ActionButton>
                <ActionButton refusal={may.handOver} onClick={() => go(`/disposal/applications/new?cards=${card.id}`)}>
                  申请处置
                </ActionButton>
              </>
            )}
            <ActionButton onClick={() => setDialog('labels')}>打印标签</ActionButton>
            {may.change === null && <CardPicture cardId={card.id} />}
          </>
        }
        details={
          <>
            <CardDetails view={view} />
            <SlotPanels of={cardSlot} ids={{ cardId: card.id }} />
          </>
        }
        more={[
          { key: 'history', label: '变动历史', content: <CardHistory view={view} /> },
          { key: 'depreciation', label: '折旧', content: <CardDepreciation view={view} /> },
        ]}
        basis={
          <ul className="card-findings">
            {findings.map((finding) => (
              <li key={`${finding.rule}${finding.message}`}>
                <FindingMark outcome={finding.outcome} /> {finding.message}
                {finding.remedy && <span> {finding.remedy}</span>}
                <small className="quiet">依据：{finding.basis.citation}</small>
              </li>
            ))}
            {findings.length === 0 && <li className="quiet">没有适用的标准。</li>}
          </ul>
        }
        files={<CardFiles view={view} />}
        changes={
          <ChangesPanel
            subject={{ kind: 'assets.card', id: card.id }}
            none="登记以后没有变更。登记、导入时的情况见“变动历史”。"
          />
        }
      />
      {dialog === 'labels' && <LabelsDialog cardIds={[card.id]} onClose={close} />}
      {dialog === 'change' && <BulkChangeDialog cards={[card]} onDone={close} onClose={close} />}
      {dialog === 'offer' && <OfferDialog cardIds={[card.id]} onClose={close} />}
      {dialog === 'lend' && <LendDialog cardIds={[card.id]} onClose={close} />}
      {dialog === 'details' && <DetailsDialog view={view} onClose={close} />}
      {dialog === 'value' && <ValueDialog card={card} onClose={close} />}
    </>
  )
}

function factsOf({ card, openMonth }: CardView): Fact[] {
  const shown = (text: string) => (text === '' ? '–' : text)
  return [
    { label: '存放地点', value: shown(card.place), note: card.department || undefined },
    { label: '保管人', value: shown(card.custodianName), note: card.userName ? `使用人 ${card.userName}` : undefined },
    {
      label: '原值',
      value: `${yuanText(card.costFen)} 元`,
      note: card.quantity > 1 ? `${card.quantity} ${card.unit}` : undefined,
    },
    {
      label: '净值',
      value: `${yuanText(card.netFen)} 元`,
      note:
        card.depreciationMonths === null
          ? '不计提折旧'
          : `累计折旧 ${yuanText(card.accumulatedFen)} 元${openMonth ? `，${openMonth} 尚未结账` : ''}`,
    },
    { label: '取得', value: card.acquiredOn, note: acquiringLabels[card.acquiredBy] },
    { label: '分类', value: card.className, note: `${card.classCode}（${card.classEdition}版）` },
  ]
}

function CardDetails({ view: { card, customFields } }: { view: CardView }) {
  const kind = classOf(card.classEdition, card.classCode)?.detail
  const own = kind ? detailKind(kind) : null
  const shown = (name: CardFieldName): [string, string | null] => [cardField(name).title, fieldText(name, card[name])]
  const rows: [string, string | null][] = [
    ...(['model', 'serialNumber'] as const).map(shown),
    ['数量', `${card.quantity} ${card.unit}`],
    ...(['valueKind', 'fiscalFen', 'otherFen', 'bookedOn'] as const).map(shown),
    [
      '折旧年限',
      card.depreciationMonths === null ? '不计提' : fieldText('depreciationMonths', card.depreciationMonths),
    ],
    ...(
      ['supplier', 'contractNumber', 'invoiceNumber', 'voucherNumber', 'warrantyUntil', 'inspectionDue'] as const
    ).map(shown),
    ['持有机关', card.organName],
    ...(own?.fields ?? []).map(({ key, title }): [string, string | null] => {
      const value = card.detail[key]
      return [
        title,
        typeof value === 'boolean'
          ? value
            ? '是'
            : '否'
          : value === null || value === undefined
            ? null
            : String(value),
      ]
    }),
    ...customFields.map(({ id, name, unit, retired }): [string, string | null] => {
      const value = card.detail[id]
      return [
        `${name}${retired ? '（已停用）' : ''}`,
        value === null || value === undefined ? null : `${String(value)}${unit ? ` ${unit}` : ''}`,
      ]
    }),
    ['备注', card.note],
  ]
  return (
    <dl className="card-details">
      {rows
        .filter(([, value]) => value !== null && value !== '')
        .map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
