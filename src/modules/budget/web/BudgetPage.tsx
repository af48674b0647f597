import { useState } from 'react'
import { outcomeLabels } from '#kernel/pure/verdict.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { addressOf } from '#kernel/web/client.ts'
import { Go } from '#kernel/web/going.tsx'
import { wanText } from '#kernel/web/money.ts'
import { Section, type Fact } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { BasisPanel } from '#kernel/web/verdict/BasisPanel.tsx'
import { FindingMark } from '#kernel/web/verdict/FindingMark.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { DecisionPanel } from '#modules/decisions/web/DecisionPanel.tsx'
import { AttachmentsPanel } from '#modules/record/web/AttachmentsPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { needKindLabels } from '#modules/standards/model.ts'
import { contract } from '../contract.ts'
import type { Budget, BudgetLine } from '../model.ts'
import { BudgetStateTag, budgetKindLabels } from './BudgetStateTag.tsx'
import { ApproveDialog, ControlDialog, ReturnDialog } from './FinanceDialogs.tsx'
import { DraftDialog, EditDialog, ProposeDialog } from './OwnerDialogs.tsx'
import { ThreePublicTable } from './ThreePublicTable.tsx'
import type { View } from './view.ts'
import './budget.css'

type Act = 'edit' | 'propose' | 'control' | 'draft' | 'approve' | 'return'

const dialogs = {
  edit: EditDialog,
  propose: ProposeDialog,
  control: ControlDialog,
  draft: DraftDialog,
  approve: ApproveDialog,
  return: ReturnDialog,
} as const

/** One budget: where it stands, what comes next, its figures by economic code and by line, 三公, grounds and course. */
export default function BudgetPage({ params: { budgetId } }: PageProps<'/budget/budgets/:budgetId'>) {
  const view = useFetched(contract.viewBudget, { budgetId })
  const [open, setOpen] = useState<Act | null>(null)
  const { budget, lines, findings } = view
  const Dialog = open === null ? null : dialogs[open]
  return (
    <>
      <Record
        title={`${budget.organName} ${budget.year}年度部门预算`}
        kind="预算"
        number={budgetKindLabels[budget.kind]}
        state={<BudgetStateTag state={budget.state} />}
        trail={[{ label: '预算', path: '/budget/budgets' }]}
        facts={factsOf(budget)}
        actions={<Actions view={view} onOpen={setOpen} />}
        notice={<FindingCounts budgetId={budgetId} findings={findings} />}
        details={
          <>
            <Section title="按部门预算支出经济分类">
              <CodeTable view={view} />
            </Section>
            <Section title="“三公”经费">
              <ThreePublicTable threePublic={view.threePublic} year={budget.year} />
            </Section>
          </>
        }
        more={[
          { key: 'lines', label: `预算行（${lines.length}）`, content: <LineTable lines={lines} budget={budget} /> },
        ]}
        basis={
          <>
            <BasisPanel findings={findings} />
            {budget.state !== 'draft' && <DecisionPanel subject={{ kind: 'budget.budget', id: budget.id }} brief />}
          </>
        }
        course={budget.caseId === null ? null : <CoursePanel caseId={budget.caseId} />}
        files={budget.caseId === null ? null : <AttachmentsPanel caseId={budget.caseId} />}
        changes={<ChangesPanel subject={{ kind: 'budget.budget', id: budget.id }} />}
      />
      {Dialog && <Dialog view={view} onClose={() => setOpen(null)} />}
    </>
  )
}

/** The acts of the present step, the next one primary; a forbidden one stays and says why. */
function Actions({ view: { budget, may }, onOpen }: { view: View; onOpen: (act: Act) => void }) {
  const { state } = budget
  return (
    <>
      {state === 'draft' && (
        <ActionButton primary refusal={may.propose} onClick={() => onOpen('propose')}>
          报送建议数
        </ActionButton>
      )}
      {state === 'draft' && (
        <ActionButton refusal={may.edit} onClick={() => onOpen('edit')}>
          修改预算行
        </ActionButton>
      )}
      {state === 'proposed' && (
        <ActionButton primary refusal={may.control} onClick={() => onOpen('control')}>
          下达控制数
        </ActionButton>
      )}
      {state === 'controlled' && (
        <ActionButton primary refusal={may.draft} onClick={() => onOpen('draft')}>
          报送草案
        </ActionButton>
      )}
      {state === 'drafted' && (
        <ActionButton primary refusal={may.approve} onClick={() => onOpen('approve')}>
          批复
        </ActionButton>
      )}
      {(state === 'proposed' || state === 'drafted') && (
        <ActionButton refusal={may.returnForCorrection} onClick={() => onOpen('return')}>
          退回
        </ActionButton>
      )}
      <a className="table-tool" href={addressOf(contract.exportBudget, { budgetId: budget.id })} download>
        导出表格
      </a>
      <a
        className="table-tool"
        href={addressOf(contract.exportBudget, { budgetId: budget.id, format: 'json' })}
        download
      >
        导出数据
      </a>
    </>
  )
}

function factsOf(budget: Budget): Fact[] {
  const money = (fen: number | null) => (fen === null ? null : <span className="number">{wanText(fen)} 万元</span>)
  return [
    { label: '依据的计划', value: <Go to={`/plans/plans/${budget.planId}`}>{budget.year}年度保障计划</Go> },
    { label: '建议数（一上）', value: money(budget.proposedFen) },
    { label: '控制数（一下）', value: money(budget.controlFen), note: budget.controlDocument },
    { label: '草案数（二上）', value: budget.controlFen === null ? null : money(budget.draftedFen) },
    {
      label: '批复数（二下）',
      value: money(budget.approvedFen),
      note: budget.replyDocument && `${budget.replyDocument}，${budget.repliedOn ?? ''}`,
    },
  ]
}

function FindingCounts({ budgetId, findings }: { budgetId: string; findings: View['findings'] }) {
  const counted = (['block', 'needs-approval', 'warn'] as const)
    .map((outcome) => ({ outcome, count: findings.filter((finding) => finding.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
  if (counted.length === 0) return null
  return (
    <p className="row budget-findings">
      {counted.map(({ outcome, count }) => (
        <span key={outcome}>
          <FindingMark outcome={outcome} bare /> {outcomeLabels[outcome]} {count} 项
        </span>
      ))}
      <Go to={`/budget/budgets/${budgetId}?tab=basis`}>查看依据</Go>
    </p>
  )
}

type CodeRow = View['byEconomicCode'][number]

function CodeTable({ view: { budget, byEconomicCode } }: { view: View }) {
  const columns: Column<CodeRow>[] = [
    { key: 'code', title: '经济科目', value: ({ economicCode, title }) => `${economicCode} ${title}`, width: 260 },
    ...figureColumns<CodeRow>(budget),
  ]
  return (
    <Table
      label="按经济科目的预算"
      columns={columns}
      rows={byEconomicCode}
      keyOf={({ economicCode }) => economicCode}
      height="none"
      empty={<Empty title="没有预算行">点“修改预算行”添加。</Empty>}
    />
  )
}

function LineTable({ lines, budget }: { lines: readonly BudgetLine[]; budget: Budget }) {
  const columns: Column<BudgetLine>[] = [
    { key: 'item', title: '事项', value: ({ itemName }) => itemName },
    {
      key: 'code',
      title: '经济科目',
      value: ({ economicCode, economicTitle }) => `${economicCode} ${economicTitle}`,
      width: 200,
    },
    { key: 'three', title: '三公', value: ({ threePublic }) => (threePublic === null ? '' : '是'), width: 56 },
    ...figureColumns<BudgetLine>(budget),
    { key: 'served', title: '使用机关', value: ({ servedOrganName }) => servedOrganName, width: 190 },
    { key: 'plan', title: '计划行号', value: ({ planNumber }) => planNumber, width: 210 },
    { key: 'need', title: '需求类别', value: ({ needKind }) => needKindLabels[needKind], width: 150 },
    { key: 'functional', title: '功能科目', value: ({ functionalCode }) => functionalCode, width: 96 },
    {
      key: 'government',
      title: '政府经济科目',
      value: ({ governmentCode }) => governmentCode,
      width: 112,
      optional: true,
    },
  ]
  return (
    <Table
      label="预算行"
      columns={columns}
      rows={lines}
      keyOf={({ id }) => id}
      empty={<Empty title="没有预算行">点“修改预算行”添加。</Empty>}
    />
  )
}

type Figures = { proposedFen: number; controlFen: number | null; draftedFen: number; approvedFen: number | null }

/** The four figures in 万元 with their totals; those of steps not yet reached are left out. */
function figureColumns<Row extends Figures>(budget: Budget): Column<Row>[] {
  const columns: Column<Row>[] = [
    {
      key: 'proposedFen',
      title: '建议数',
      kind: 'wan',
      value: ({ proposedFen }) => proposedFen,
      total: budget.proposedFen,
    },
  ]
  if (budget.controlFen !== null)
    columns.push(
      {
        key: 'controlFen',
        title: '控制数',
        kind: 'wan',
        value: ({ controlFen }) => controlFen,
        total: budget.controlFen,
      },
      {
        key: 'draftedFen',
        title: '草案数',
        kind: 'wan',
        value: ({ draftedFen }) => draftedFen,
        total: budget.draftedFen,
      },
    )
  if (budget.approvedFen !== null)
    columns.push({
      key: 'approvedFen',
      title: '批复数',
      kind: 'wan',
      value: ({ approvedFen }) => approvedFen,
      total: budget.approvedFen,
    })
  return columns
}
