import { Button } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { download } from '#kernel/web/client.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useSend } from '#kernel/web/fetching.ts'
import { FileUpload } from '#kernel/web/form/FileUpload.tsx'
import { Grid } from '#kernel/web/grid/Grid.tsx'
import type { CellMark } from '#kernel/web/grid/grid-layout.ts'
import { isBlank } from '#kernel/web/grid/grid-state.ts'
import type { GridRow } from '#kernel/web/grid/grid-state.ts'
import { useGrid } from '#kernel/web/grid/use-grid.ts'
import { tell } from '#kernel/web/notice.tsx'
import type { ProblemError, Unreachable } from '#kernel/web/problem.ts'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import type { StandardsInForce } from '#modules/standards/model.ts'
import { contract } from '../../contract.ts'
import { judgeRows, judgingGround, markOf } from './judged.ts'
import type { DemandView } from './judged.ts'
import { lineOf, rowOf, sheetColumns } from './sheet.ts'

type Preview = OutputOf<(typeof contract)['previewImport']>
type CellProblem = Preview['rows'][number]['problems'][number]
type Parts = { view: DemandView; version: number; onApplied: (view: DemandView) => void; onClose: () => void }

/** Import in two steps: read a workbook, then see, settle and mend what it would bring; nothing is taken over before. */
export function ImportDialog(parts: Parts) {
  const [preview, setPreview] = useState<Preview | null>(null)
  if (preview !== null)
    return <PreviewDialog key={preview.importId} {...parts} preview={preview} onAnother={() => setPreview(null)} />
  return (
    <Dialog title="导入需求申请" onClose={parts.onClose}>
      <div className="stack">
        <p>选择填好的工作簿。系统先逐行核对，列出有问题的单元格，由您确认后才导入。</p>
        <FileUpload
          operation={contract.previewImport}
          input={{ demandId: parts.view.demand.id }}
          label="选择工作簿"
          accept=".xlsx,.xls,.et,.csv"
          multiple={false}
          onUploaded={setPreview}
        />
      </div>
    </Dialog>
  )
}

function PreviewDialog({
  view,
  version,
  preview,
  onApplied,
  onClose,
  onAnother,
}: Parts & { preview: Preview; onAnother: () => void }) {
  const { demand } = view
  const [columns] = useState(() =>
    sheetColumns(view.standards as StandardsInForce, { storeQuery: () => '', carriedFrom: () => '' }).filter(
      ({ kind }) => kind !== 'readonly',
    ),
  )
  const first = useMemo(
    () => preview.rows.map(({ row, line }) => rowOf(line, columns, `row-${row}`)),
    [preview, columns],
  )
  const grid = useGrid(columns, first)
  const [answers, setAnswers] = useState<Record<string, string>>({})
  const [mode, setMode] = useState<'replace' | 'append'>(demand.lineCount === 0 ? 'replace' : 'append')
  const [fileError, setFileError] = useState<ProblemError | Unreachable | null>(null)
  const apply = useSend(contract.applyImport, {
    onDone: (now) => {
      onApplied(now)
      tell(`已导入 ${filled.length} 行。`)
      onClose()
    },
  })
  const filled = grid.rows.filter((row) => !isBlank(row))
  const marks = useImportMarks(view, preview, first, grid.rows, columns)
  const open = preview.questions.filter(({ id }) => answers[id] === undefined)
  const send = () => {
    let last = Math.max(0, ...preview.rows.map(({ row }) => row))
    const rows = filled.map((row) => ({
      row: Number(/^row-(\d+)$/.exec(row.key)?.[1] ?? ++last),
      line: lineOf(row, columns).draft,
    }))
    return apply.send({ demandId: demand.id, importId: preview.importId, version, mode, rows, answers })
  }
  const annotated = () => {
    setFileError(null)
    return download(contract.annotatedImport, { demandId: demand.id, importId: preview.importId }).catch(
      (error: ProblemError | Unreachable) => setFileError(error),
    )
  }
  const refusal =
    open.length > 0
      ? [
          {
            code: 'questions',
            message: `还有 ${open.length} 个问题没有确认。`,
            basis: null,
            facts: {},
            remedy: '请在上面选择处理办法。',
          },
        ]
      : filled.length === 0
        ? [{ code: 'no-rows', message: '没有可以导入的行。', basis: null, facts: {}, remedy: '请换一个文件。' }]
        : null
  return (
    <Dialog
      wide
      title={`导入预览：${preview.fileName}`}
      onClose={onClose}
      actions={
        <>
          <ActionButton primary refusal={refusal} onClick={send}>
            导入 {filled.length} 行
          </ActionButton>
          <ActionButton onClick={annotated}>下载标注问题的工作簿</ActionButton>
          <Button onClick={onAnother}>换一个文件</Button>
        </>
      }
    >
      <Refusals of={apply.error} onRetry={apply.retry} />
      <Refusals of={fileError} />
      <p>
        读到 <b className="number">{preview.rows.length}</b> 行，有问题的单元格{' '}
        <b className="number">{preview.problemCount}</b> 处
        {preview.skipped.length > 0 && (
          <>
            ，略过 <b className="number">{preview.skipped.length}</b> 行
          </>
        )}
        。可以在下面直接改正。
      </p>
      <div className="import-questions">
        {preview.questions.map((question) => (
          <fieldset key={question.id}>
            <legend>{question.text}</legend>
            {question.options.map(({ value, label }) => (
              <label key={value}>
                <input
                  type="radio"
                  name={question.id}
                  checked={answers[question.id] === value}
                  onChange={() => setAnswers({ ...answers, [question.id]: value })}
                />
                {label}
              </label>
            ))}
          </fieldset>
        ))}
        {demand.lineCount > 0 && (
          <fieldset>
            <legend>申请中已有 {demand.lineCount} 行</legend>
            <label>
              <input type="radio" name="mode" checked={mode === 'append'} onChange={() => setMode('append')} />
              保留，导入的行加在后面
            </label>
            <label>
              <input type="radio" name="mode" checked={mode === 'replace'} onChange={() => setMode('replace')} />
              用导入的行替换
            </label>
          </fieldset>
        )}
      </div>
      {preview.skipped.length > 0 && (
        <details className="import-skipped">
          <summary>略过的 {preview.skipped.length} 行和原因</summary>
          <ul>
            {preview.skipped.map(({ row, reason, text }) => (
              <li key={row}>
                第 {row} 行：{reason} <span className="quiet">{text}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <Grid label="导入预览" grid={grid} columns={columns} marks={marks} frozen={2} height="46vh" />
    </Dialog>
  )
}

/** Problems of the workbook at their cells until the cell is changed, then what the rules say of it. */
function useImportMarks(
  view: DemandView,
  preview: Preview,
  first: readonly GridRow[],
  rows: readonly GridRow[],
  columns: Parameters<typeof rowOf>[1],
) {
  const read = useMemo(() => new Map(first.map((row) => [row.key, row])), [first])
  const problems = useMemo(() => {
    const titles = new Map(columns.map(({ key, title }) => [title, key]))
    return new Map<string, CellProblem>(
      preview.rows.flatMap(({ row, problems: found }) =>
        found.map((problem) => [`row-${row}|${titles.get(problem.title) ?? problem.column}`, problem] as const),
      ),
    )
  }, [preview, columns])
  const ground = useMemo(() => judgingGround(view), [view])
  const judged = useMemo(
    () => new Map(judgeRows(rows, columns, () => null, ground, '').map((row) => [row.key, row])),
    [rows, columns, ground],
  )
  return useCallback(
    (row: GridRow, column: string): CellMark | null => {
      const problem = problems.get(`${row.key}|${column}`)
      const untouched = row.cells[column] === read.get(row.key)?.cells[column]
      if (problem && untouched) return { outcome: 'block', message: problem.message }
      return markOf(judged.get(row.key), column)
    },
    [problems, read, judged],
  )
}
