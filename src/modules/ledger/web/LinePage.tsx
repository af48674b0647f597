import { useState } from 'react'
import { useFetched, usePages } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { wanText, yuanText } from '#kernel/web/money.ts'
import { Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { SlotPanels } from '#kernel/web/slots.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import type { May } from '#kernel/pure/verdict.ts'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { needKindLabels } from '#modules/standards/model.ts'
import { contract } from '../contract.ts'
import {
  entryKindLabels,
  lineSlot,
  type Commitment,
  type CommitmentOwner,
  type LedgerEntry,
  type ListedEntry,
} from '../model.ts'
import { CommitDialog, ExecuteDialog, ReleaseDialog, ReverseDialog } from './PostingDialogs.tsx'

type Open =
  | { act: 'commit' }
  | { act: 'execute'; commitment: Commitment | null }
  | { act: 'release'; commitment: Commitment }
  | { act: 'reverse'; entry: LedgerEntry }

/** One plan line: what is left, what is held by whom, and every entry that made it so. */
export default function LinePage({ params: { lineId } }: PageProps<'/ledger/lines/:lineId'>) {
  const { line, commitments, may } = useFetched(contract.viewLine, { lineId })
  const entries = usePages(contract.entries, { lineId, limit: 100 })
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  return (
    <>
      <Record
        title={line.itemName}
        kind="执行台账"
        number={line.number}
        trail={[{ label: '执行台账', path: `/ledger/lines?year=${line.year}` }]}
        facts={[
          { label: '计划', value: `${wanText(line.plannedFen)} 万元`, note: `${yuanText(line.plannedFen)} 元` },
          { label: '占用', value: `${wanText(line.committedFen)} 万元` },
          {
            label: '支出',
            value: `${wanText(line.executedFen)} 万元`,
            note: line.plannedFen > 0 ? `执行率 ${((line.executedFen / line.plannedFen) * 100).toFixed(1)}%` : null,
          },
          { label: '可用', value: `${wanText(line.remainingFen)} 万元`, note: `${yuanText(line.remainingFen)} 元` },
          {
            label: '数量',
            value: `${line.plannedQuantity} ${line.unit}`,
            note: `已用 ${line.executedQuantity + line.committedQuantity}`,
          },
          { label: '类别', value: needKindLabels[line.needKind], note: `科目 ${line.economicCode}` },
          {
            label: '实施机关',
            value: line.holderOrganName,
            note: line.servedOrganId === line.holderOrganId ? null : `使用机关 ${line.servedOrganName}`,
          },
          {
            label: '年度结束',
            value: line.closedOn,
            note: line.closedOn && '台账不再登记，结转的占用可以继续支出',
          },
          { label: '依据的计划', value: <Go to={`/plans/plans/${line.planId}`}>{line.year}年度保障计划</Go> },
        ]}
        actions={
          <>
            <ActionButton primary refusal={may.execute} onClick={() => setOpen({ act: 'execute', commitment: null })}>
              登记支出
            </ActionButton>
            <ActionButton refusal={may.commit} onClick={() => setOpen({ act: 'commit' })}>
              登记占用
            </ActionButton>
          </>
        }
        details={
          <>
            <SlotPanels of={lineSlot} ids={{ lineId }} />
            {commitments.length > 0 && (
              <Section title="占用中">
                <Table
                  label="占用"
                  height="auto"
                  columns={[
                    { key: 'title', title: '事项', value: ({ title }) => title, width: 260 },
                    { key: 'open', title: '未支出', kind: 'yuan', value: ({ openFen }) => openFen },
                    { key: 'party', title: '对方单位', value: ({ counterparty }) => counterparty ?? '', width: 200 },
                    { key: 'on', title: '日期', kind: 'date', value: ({ committedOn }) => committedOn },
                    ...(line.closedOn
                      ? ([
                          {
                            key: 'carried',
                            title: '结转',
                            kind: 'date',
                            value: ({ carriedOn }: Commitment) => carriedOn,
                          },
                        ] as const)
                      : []),
                    {
                      key: 'acts',
                      title: '办理',
                      value: () => '',
                      width: 200,
                      render: (commitment) =>
                        commitment.owner ? (
                          <OwnerOf owner={commitment.owner} />
                        ) : (
                          <span className="row">
                            <ActionButton
                              refusal={commitment.carriedOn ? may.carried : may.execute}
                              onClick={() => setOpen({ act: 'execute', commitment })}
                            >
                              支出
                            </ActionButton>
                            <ActionButton refusal={may.carried} onClick={() => setOpen({ act: 'release', commitment })}>
                              释放
                            </ActionButton>
                          </span>
                        ),
                    },
                  ]}
                  rows={commitments}
                  keyOf={({ id }) => id}
                  empty={<Empty title="没有占用" />}
                />
              </Section>
            )}
            <Section title="分录">
              <Table
                label="台账分录"
                columns={[
                  { key: 'on', title: '日期', value: ({ occurredOn }) => occurredOn, width: 120 },
                  { key: 'kind', title: '种类', value: ({ kind }) => entryKindLabels[kind], width: 90 },
                  { key: 'amount', title: '金额', kind: 'yuan', value: ({ amountFen }) => amountFen },
                  { key: 'note', title: '用途', value: ({ note }) => note, width: 260 },
                  { key: 'document', title: '凭证', value: ({ document }) => document ?? '', width: 140 },
                  { key: 'party', title: '对方单位', value: ({ counterparty }) => counterparty ?? '', width: 180 },
                  { key: 'by', title: '登记人', value: ({ postedBy }) => postedBy, width: 100 },
                  {
                    key: 'acts',
                    title: '更正',
                    value: () => '',
                    width: 110,
                    render: (entry) =>
                      entry.kind === 'execute' && (
                        <Correction
                          entry={entry}
                          refusal={entry.commitmentId ? may.carried : may.execute}
                          onReverse={() => setOpen({ act: 'reverse', entry })}
                        />
                      ),
                  },
                ]}
                pages={entries}
                keyOf={({ id }) => String(id)}
                empty={<Empty title="没有分录" />}
              />
            </Section>
          </>
        }
        changes={<ChangesPanel subject={{ kind: 'ledger.line', id: line.id }} />}
      />
      {open?.act === 'commit' && <CommitDialog line={line} onClose={close} />}
      {open?.act === 'execute' && <ExecuteDialog line={line} commitment={open.commitment} onClose={close} />}
      {open?.act === 'release' && <ReleaseDialog commitment={open.commitment} onClose={close} />}
      {open?.act === 'reverse' && <ReverseDialog entry={open.entry} onClose={close} />}
    </>
  )
}

/** A payment by hand is reversed by hand, that of a case in the case. */
function Correction({ entry, refusal, onReverse }: { entry: ListedEntry; refusal: May; onReverse: () => void }) {
  if (entry.reversed) return <span className="quiet">已冲销</span>
  if (entry.owner) return <OwnerOf owner={entry.owner} />
  return (
    <ActionButton refusal={refusal} onClick={onReverse}>
      冲销
    </ActionButton>
  )
}

/** What a case holds, that case releases and spends. */
function OwnerOf({ owner }: { owner: CommitmentOwner }) {
  return owner.link ? <Go to={owner.link}>在事项中办理</Go> : <span className="quiet">由{owner.title}办理</span>
}
