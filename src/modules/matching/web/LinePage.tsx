import { useState } from 'react'
import { shortInstant } from '#kernel/web/dates.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { quantityText, yuanText } from '#kernel/web/money.ts'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { BasisPanel } from '#kernel/web/verdict/BasisPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { gradeLabels } from '#modules/warehouse/model.ts'
import { contract } from '../contract.ts'
import { relationLabels, sourceLabels, type Allotment } from '../model.ts'
import { AnswerDialog, type Asking } from './AnswerDialog.tsx'
import { sum } from './chosen.ts'
import { LineStateTag } from './LineStateTag.tsx'

const things: Column<Allotment>[] = [
  { key: 'name', title: '资产', value: ({ name }) => name, width: 150 },
  { key: 'number', title: '编号', value: ({ number }) => number, width: 130 },
  {
    key: 'source',
    title: '来源',
    value: ({ source, own }) => (source === 'idle' && own ? '本机关闲置' : sourceLabels[source]),
    width: 124,
  },
  {
    key: 'organ',
    title: '持有机关、公物仓',
    value: ({ organName, level }) => (level ? `${organName}（${relationLabels[level.relation]}）` : organName),
    width: 180,
  },
  { key: 'pieces', title: '数量', kind: 'number', value: ({ pieces }) => pieces, width: 64 },
  { key: 'grade', title: '鉴定', value: ({ grade }) => (grade === null ? '未鉴定' : gradeLabels[grade]), width: 116 },
  {
    key: 'months',
    title: '剩余',
    unit: '月',
    kind: 'number',
    value: ({ remainingMonths }) => remainingMonths,
    width: 88,
  },
  { key: 'saved', title: '节约', kind: 'yuan', value: ({ savedFen }) => savedFen, width: 110 },
  { key: 'repair', title: '修复', kind: 'yuan', value: ({ repairFen }) => repairFen, width: 96 },
  {
    key: 'move',
    title: '搬运',
    kind: 'yuan',
    value: ({ transportFen, own, source }) => (own && source === 'idle' ? 0 : transportFen),
    width: 96,
  },
]
const place: Column<Allotment> = { key: 'place', title: '存放地点', value: ({ place: at }) => at, width: 160 }
const accepted: Column<Allotment> = {
  key: 'accepted',
  title: '采纳',
  value: (one) => (one.accepted ? '已采纳' : ''),
  width: 80,
}
const askedOf: Column<Allotment> = {
  key: 'levelRequest',
  title: '跨级调剂',
  value: ({ levelRequestNumber }) => levelRequestNumber,
  render: ({ levelRequestId, levelRequestNumber, accepted: kept }) =>
    levelRequestId && (
      <Go to={`/warehouse/levels/requests/${levelRequestId}`}>
        {levelRequestNumber}
        {kept ? '' : '（未成）'}
      </Go>
    ),
  width: 150,
}

/** Only what says something of these things: most lines ask no other level. */
const columnsOf = (of: readonly Allotment[]): Column<Allotment>[] => [
  ...things,
  ...(of.some(({ levelRequestId }) => levelRequestId !== null) ? [askedOf] : []),
  ...(of.some((one) => one.accepted) ? [accepted] : []),
  place,
]

/** One demand line with what could meet it, why, and the reviewer's answer: all of it, a part, or not. */
export default function LinePage({ params }: PageProps<'/matching/lines/:lineId'>) {
  const view = useFetched(contract.viewLine, { lineId: params.lineId })
  const { line, allotments, findings, may } = view
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState<Asking | null>(null)
  const open = may.accept === null
  const chosen = allotments.filter(({ allotmentId }) => !left.has(allotmentId))
  const pieces = sum(chosen, 'pieces')
  const selected = new Set(chosen.map(({ allotmentId }) => allotmentId))
  const bought = line.needed - (line.state === 'accepted' ? line.acceptedPieces : pieces)
  return (
    <>
      <Record
        title={`${line.organName} ${line.itemName}`}
        kind="调剂建议"
        number={`第${line.lineNo}行`}
        state={<LineStateTag state={line.state} />}
        trail={[{ label: '调剂建议', path: '/matching' }]}
        facts={[
          {
            label: '申请',
            value: `${quantityText(line.asked)} ${line.unit}`,
            note: <Go to={`/plans/demands/${line.demandId}?line=${line.demandLineId}`}>查看需求申请</Go>,
          },
          { label: '标准内可增配', value: `${line.needed} ${line.unit}` },
          {
            label: line.state === 'accepted' ? '已采纳调剂' : '建议调剂',
            value: `${line.state === 'accepted' ? line.acceptedPieces : line.matched} ${line.unit}`,
            note: [
              `其中公物仓 ${line.fromWarehouse} ${line.unit}`,
              line.fromLevels > 0 && `其他层级 ${line.fromLevels} ${line.unit}（须对方同意）`,
            ]
              .filter(Boolean)
              .join('，'),
          },
          {
            label: line.state === 'accepted' ? '少安排购置资金' : '可节约',
            value: `${yuanText(line.state === 'accepted' ? line.acceptedFen : line.savedFen)} 元`,
            note: `购置单价 ${yuanText(line.priceFen)} 元`,
          },
          {
            label: '仍需购置',
            value: `${bought} ${line.unit}`,
            note: bought > 0 ? `${yuanText(bought * line.priceFen)} 元` : '不再安排购置资金',
          },
          {
            label: '公物仓调拨',
            value: line.requestId && <Go to={`/warehouse/requests/${line.requestId}`}>{line.requestNumber}</Go>,
          },
          {
            label: '答复',
            value: line.answeredAt && `${line.answeredBy} ${shortInstant(line.answeredAt)}`,
            note: line.reason,
          },
        ]}
        actions={
          <>
            {line.state !== 'accepted' && (
              <ActionButton primary refusal={may.accept} onClick={() => setAsking('accept')}>
                {`采纳，调剂${pieces}${line.unit}`}
              </ActionButton>
            )}
            {line.state === 'proposed' && (
              <ActionButton refusal={may.refuse} onClick={() => setAsking('refuse')}>
                不采纳
              </ActionButton>
            )}
            {line.state === 'accepted' && (
              <ActionButton refusal={may.withdraw} onClick={() => setAsking('withdraw')}>
                撤回采纳
              </ActionButton>
            )}
            {(may.accept === null || may.withdraw === null) && bought > 0 && (
              <Go to={`/warehouse/levels/stock?itemCode=${line.standardCode}&organ=${line.organId}`}>
                商请其他层级（须对方同意）
              </Go>
            )}
          </>
        }
        details={
          <>
            {open && (
              <p className="quiet no-print">
                已选 {pieces} {line.unit}。去掉勾选的不调剂，改为购置。
              </p>
            )}
            <Table
              label="调剂资产"
              rows={allotments}
              columns={columnsOf(allotments)}
              keyOf={({ allotmentId }) => allotmentId}
              href={({ cardId, source, id }) =>
                source === 'warehouse' ? `/warehouse/items/${id}` : cardId && `/assets/cards/${cardId}`
              }
              {...(open
                ? {
                    selected,
                    onSelect: (next: ReadonlySet<string>) =>
                      setLeft(new Set(allotments.map(({ allotmentId }) => allotmentId).filter((id) => !next.has(id)))),
                  }
                : {})}
              height="auto"
              empty={null}
            />
          </>
        }
        basis={<BasisPanel findings={findings} />}
        changes={<ChangesPanel subject={{ kind: 'matching.line', id: line.id }} />}
      />
      {asking && <AnswerDialog asking={asking} view={view} chosen={chosen} onClose={() => setAsking(null)} />}
    </>
  )
}
