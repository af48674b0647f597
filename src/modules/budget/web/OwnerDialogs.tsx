import { Button } from 'antd'
import { useMemo } from 'react'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { OpinionBox } from '#kernel/web/form/inputs.tsx'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { readCell, writeCell, type GridColumn } from '#kernel/web/grid/cell-kinds.ts'
import { Grid } from '#kernel/web/grid/Grid.tsx'
import { isBlank, type GridRow } from '#kernel/web/grid/grid-state.ts'
import { useGrid } from '#kernel/web/grid/use-grid.ts'
import { wanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract as standards } from '#modules/standards/contract.ts'
import { contract } from '../contract.ts'
import { BudgetLine } from '../model.ts'
import { blocked } from './FinanceDialogs.tsx'
import { LineFigures, useLineFigures } from './LineFigures.tsx'
import type { View } from './view.ts'
import { readWan, wanEntry } from './wan.ts'
import './budget.css'

const { functionalCode } = BudgetLine.shape

/** 一上. */
export function ProposeDialog({ view: { budget }, onClose }: { view: View; onClose: () => void }) {
  const { send, error, retry } = useSend(contract.proposeBudget, { onDone: onClose })
  return (
    <OpinionDialog
      title="报送建议数（一上）"
      lead={`建议数合计 ${wanText(budget.proposedFen)} 万元，报送同级财政部门。`}
      label="说明"
      submit="报送"
      onSend={(opinion) => send({ budgetId: budget.id, version: budget.version, ...(opinion ? { opinion } : {}) })}
      error={error}
      onRetry={retry}
      onClose={onClose}
    />
  )
}

/** 二上: figures by line within the control figures. */
export function DraftDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const { budget, lines } = view
  const planLineFen = useMemo(() => sumByPlanLine(lines), [lines])
  const sheet = useLineFigures(lines, '草案数', ({ draftedFen }) => draftedFen, {
    title: '计划数',
    of: ({ planLineId }) => planLineFen.get(planLineId) ?? 0,
  })
  return (
    <Dialog title="报送草案（二上）" wide onClose={onClose}>
      <div className="budget-sheet">
        <EntryForm
          operation={contract.draftBudget}
          fixed={{ budgetId: budget.id, version: budget.version, lines: sheet.figures }}
          submit="报送草案"
          {...blocked(sheet.unread)}
          onDone={() => {
            tell('预算草案已报送财政部门。')
            onClose()
          }}
          onCancel={onClose}
        >
          <LineFigures sheet={sheet} note={`控制数 ${wanText(budget.controlFen ?? 0)} 万元；`} />
          <Field name="opinion" label="说明">
            <OpinionBox />
          </Field>
        </EntryForm>
      </div>
    </Dialog>
  )
}

/** After the control figures a plan line holds exactly what its budget lines were given. */
function sumByPlanLine(lines: readonly BudgetLine[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { planLineId, controlFen } of lines) sums.set(planLineId, (sums.get(planLineId) ?? 0) + (controlFen ?? 0))
  return sums
}

/** Splits and reclassifies the lines of the draft; a new row takes its plan line by number. */
export function EditDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const { budget, lines } = view
  const { codes } = useFetched(standards.economicCodes, { year: budget.year })
  const columns = useMemo<GridColumn[]>(() => {
    const planLines = [...new Map(lines.map((line) => [line.planLineId, line])).values()]
    return [
      {
        key: 'plan',
        title: '计划事项',
        kind: 'choice',
        width: 300,
        choices: planLines.map(({ planLineId, planNumber, itemName }) => ({
          value: planLineId,
          label: `${planNumber} ${itemName}`,
        })),
      },
      {
        key: 'code',
        title: '部门经济科目',
        kind: 'choice',
        width: 210,
        choices: codes.map(({ code, title }) => ({ value: code, label: `${code} ${title}` })),
      },
      { key: 'functional', title: '功能科目', kind: 'text', width: 110 },
      { key: 'amount', title: '建议数', kind: 'text', align: 'end', unit: '万元', width: 150 },
    ]
  }, [lines, codes])
  const grid = useGrid(columns, () => lines.map((line) => rowOf(columns, line)))
  const save = useSend(contract.saveBudget, {
    onDone: () => {
      tell('预算行已保存。')
      onClose()
    },
  })
  const known = new Set(lines.map(({ id }) => id))
  const filled = grid.rows.filter((row) => !isBlank(row))
  const unread = filled.filter((row) => columns.some(({ key }) => problemOf(columns, row, key) !== null)).length
  const sum = filled.reduce((total, { cells }) => total + (readWan(cells['amount'] ?? '') ?? 0), 0)
  const submit = () =>
    save.send({
      budgetId: budget.id,
      version: budget.version,
      lines: filled.map((row) => ({
        id: known.has(row.key) ? row.key : null,
        planLineId: choiceIn(columns, row, 'plan') as string,
        economicCode: choiceIn(columns, row, 'code') as string,
        functionalCode: (row.cells['functional'] ?? '').trim(),
        amountFen: readWan(row.cells['amount'] ?? '') as number,
      })),
    })
  return (
    <Dialog
      title="修改预算行"
      wide
      onClose={onClose}
      actions={
        <>
          <ActionButton primary refusal={blocked(unread).refusal ?? null} busy={save.sending} onClick={submit}>
            保存
          </ActionButton>
          <Button onClick={onClose}>取消</Button>
        </>
      }
    >
      <div className="stack">
        <Refusals of={save.error} onRetry={save.retry} />
        <Grid
          label="预算行"
          grid={grid}
          columns={columns}
          marks={(row, key) => {
            const message = problemOf(columns, row, key)
            return message === null ? null : { outcome: 'block', message }
          }}
          height="420px"
          status={
            <span className="quiet">
              同一计划事项可拆成多行，合计不得超过计划数。 合计 <b className="number">{wanText(sum)}</b> 万元
            </span>
          }
        />
      </div>
    </Dialog>
  )
}

/** Why a cell of a row that has been begun cannot be saved; null when it can. */
function problemOf(columns: readonly GridColumn[], row: GridRow, key: string): string | null {
  if (isBlank(row)) return null
  const text = row.cells[key] ?? ''
  if (key === 'amount') return readWan(text) === null ? `建议数应为金额（万元），现为“${text}”。请改为数字。` : null
  if (key === 'functional') return functionalCode.safeParse(text.trim()).error?.issues[0]?.message ?? null
  return choiceIn(columns, row, key) === null ? '请从所列选项中选择。' : null
}

function choiceIn(columns: readonly GridColumn[], row: GridRow, key: string): string | null {
  const column = columns.find((one) => one.key === key) as GridColumn
  const value = readCell(column, row.cells[key] ?? '')
  return typeof value === 'string' ? value : null
}

function rowOf(columns: readonly GridColumn[], line: BudgetLine): GridRow {
  const [plan, code] = columns as [GridColumn, GridColumn]
  return {
    key: line.id,
    cells: {
      plan: writeCell(plan, line.planLineId),
      code: writeCell(code, line.economicCode),
      functional: line.functionalCode,
      amount: wanEntry(line.proposedFen),
    },
  }
}
