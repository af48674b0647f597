import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { Go } from '#kernel/web/going.tsx'
import { quantityText, yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { BasisPanel } from '#kernel/web/verdict/BasisPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../contract.ts'
import { sourceLabels, type Allotment } from '../model.ts'
import { LineStateTag } from './LineStateTag.tsx'

type View = OutputOf<(typeof contract)['viewLine']>
type Asking = 'accept' | 'refuse' | 'withdraw'

const columns: Column<Allotment>[] = [
  { key: 'name', title: '资产', value: ({ name }) => name, width: 170 },
  { key: 'number', title: '编号', value: ({ number }) => number, width: 150 },
  {
    key: 'source',
    title: '来源',
    value: ({ source, own }) => (source === 'idle' && own ? '本机关闲置' : sourceLabels[source]),
    width: 110,
  },
  { key: 'pieces', title: '数量', kind: 'number', value: ({ pieces }) => pieces, width: 72 },
  { key: 'grade', title: '鉴定', value: ({ grade }) => grade ?? '未鉴定', width: 72 },
  {
    key: 'months',
    title: '剩余使用期',
    unit: '月',
    kind: 'number',
    value: ({ remainingMonths }) => remainingMonths,
    width: 128,
  },
  { key: 'saved', title: '节约', kind: 'yuan', value: ({ savedFen }) => savedFen, width: 120 },
  { key: 'repair', title: '修复', kind: 'yuan', value: ({ repairFen }) => repairFen, width: 110 },
  {
    key: 'move',
    title: '搬运',
    kind: 'yuan',
    value: ({ transportFen, own, source }) => (own && source === 'idle' ? 0 : transportFen),
    width: 110,
  },
  { key: 'organ', title: '账面持有机关', value: ({ organName }) => organName, width: 190 },
  { key: 'place', title: '存放地点', value: ({ place }) => place, width: 160 },
  { key: 'accepted', title: '采纳', value: ({ accepted }) => (accepted ? '已采纳' : ''), width: 80 },
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
            note: `其中公物仓 ${line.fromWarehouse} ${line.unit}`,
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
              columns={columns}
              keyOf={({ allotmentId }) => allotmentId}
              href={({ cardId, source, id }) =>
                source === 'warehouse' ? `/warehouse/items/${id}` : `/assets/cards/${cardId}`
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

function AnswerDialog({
  asking,
  view: { line, allotments },
  chosen,
  onClose,
}: {
  asking: Asking
  view: View
  chosen: readonly Allotment[]
  onClose: () => void
}) {
  const done = (words: string) => ({
    onDone: () => {
      tell(words)
      onClose()
    },
  })
  const accept = useSend(contract.acceptLine, done('已采纳，审核意见和公物仓调拨已同时形成。'))
  const refuse = useSend(contract.refuseLine, done('已记录，请在需求审核中写明同意购置的意见。'))
  const withdraw = useSend(contract.withdrawLine, done('已撤回，该行重新待审。'))
  const common = { lineId: line.id, version: line.version }
  const [pieces, savedFen] = [sum(chosen, 'pieces'), sum(chosen, 'savedFen')]
  const rest = line.needed - pieces
  if (asking === 'accept')
    return (
      <OpinionDialog
        title={`采纳：调剂${pieces}${line.unit}`}
        lead={`少安排购置资金 ${yuanText(savedFen)} 元；${rest > 0 ? `其余${rest}${line.unit}购置，核定 ${yuanText(rest * line.priceFen)} 元` : '该行不再安排购置资金'}。公物仓物品随即为该机关留用，经财政同意后签收。`}
        label="补充说明（选填）"
        submit="采纳"
        onSend={(reason) =>
          accept.send({
            ...common,
            reason,
            ...(chosen.length < allotments.length
              ? { allotmentIds: chosen.map(({ allotmentId }) => allotmentId) }
              : {}),
          })
        }
        error={accept.error}
        onRetry={accept.retry}
        onClose={onClose}
      />
    )
  const refusing = asking === 'refuse'
  const act = refusing ? refuse : withdraw
  return (
    <OpinionDialog
      title={refusing ? '不采纳调剂建议' : '撤回采纳'}
      lead={refusing ? '有可调剂的资产而仍购置的，须写明理由。' : '公物仓调拨同时撤回，物品重新在架，该行重新待审。'}
      label="理由"
      required
      submit={refusing ? '不采纳' : '撤回采纳'}
      phrases={
        refusing
          ? ['机型不能满足业务系统要求。', '剩余使用期不足，近期仍须更新。', '须整批统一配置，不宜混用。']
          : ['机关另有安排。', '物品已损坏，不再调剂。']
      }
      onSend={(reason) => act.send({ ...common, reason })}
      error={act.error}
      onRetry={act.retry}
      onClose={onClose}
    />
  )
}

function sum(of: readonly Allotment[], figure: 'pieces' | 'savedFen'): number {
  return of.reduce((total, one) => total + one[figure], 0)
}
