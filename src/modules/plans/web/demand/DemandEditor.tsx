import { Button, Input } from 'antd'
import { useCallback, useId, useMemo, useState } from 'react'
import type { Refusal } from '#kernel/pure/verdict.ts'
import { call } from '#kernel/web/client.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { RestoredDraft } from '#kernel/web/draft/use-draft.tsx'
import { useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { Grid } from '#kernel/web/grid/Grid.tsx'
import type { GridRow } from '#kernel/web/grid/grid-state.ts'
import { wanText } from '#kernel/web/money.ts'
import { useNarrow } from '#kernel/web/narrow.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Record } from '#kernel/web/Record.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { BasisPanel } from '#kernel/web/verdict/BasisPanel.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../../contract.ts'
import { contactNumbersMessage, DemandContact } from '../../model.ts'
import { demandRecord, useDemandFiles } from './demand-record.tsx'
import { ImportDialog } from './ImportDialog.tsx'
import { markOf } from './judged.ts'
import type { DemandView } from './judged.ts'
import { KindTotals } from './KindTotals.tsx'
import { LineList } from './LineList.tsx'
import { LinePanel } from './LinePanel.tsx'
import type { LineDecision, Offer } from './LinePanel.tsx'
import { useDemandSheet } from './use-demand-sheet.ts'
import type { DemandSheet } from './use-demand-sheet.ts'

/** The demand while it is being filled in. */
export function DemandEditor({
  view,
  onSaved,
  onRestart,
}: {
  view: DemandView
  onSaved: (view: DemandView) => void
  onRestart: (view: DemandView) => void
}) {
  const { demand, may } = view
  const sheet = useDemandSheet(view, onSaved)
  const files = useDemandFiles(demand.id)
  const narrow = useNarrow()
  const [open, setOpen] = useState<'submit' | 'import' | null>(null)
  const [reasons, setReasons] = useState<readonly Refusal[] | null>(null)
  const submit = useSend(contract.submitDemand, {
    onDone: (now) => (onSaved(now), tell('已提交，等待机关事务管理部门审核。')),
  })
  const askedFen = sheet.judged.reduce((sum, { line }) => sum + (line.amountFen ?? 0), 0)

  const saved = async (next: () => void) => {
    setReasons(null)
    if (await sheet.draft.flush()) next()
  }
  const toSubmission = () => {
    const against = sheet.book.view().may.submit
    if (against === null) setOpen('submit')
    else setReasons(against)
  }
  const reload = async () => onRestart(await call(contract.viewDemand, { demandId: demand.id }))
  const isSaved = sheet.draft.state.kind === 'saved'
  return (
    <>
      <Record
        {...demandRecord(view, askedFen)}
        actions={
          <>
            <ActionButton primary refusal={isSaved ? may.submit : null} onClick={() => saved(toSubmission)}>
              提交审核
            </ActionButton>
            {!narrow && (
              <>
                <ActionButton refusal={may.import} onClick={() => saved(() => setOpen('import'))}>
                  导入
                </ActionButton>
                <ActionButton onClick={files.template}>下载模板</ActionButton>
              </>
            )}
            <ActionButton onClick={() => saved(() => void files.whole())}>导出</ActionButton>
          </>
        }
        notice={
          <>
            <Refusals of={reasons} title="还不能提交" />
            <Refusals of={files.error} />
            <Aside sheet={sheet} onReload={reload} />
          </>
        }
        details={<Lines view={view} sheet={sheet} />}
        basis={<AllBasis sheet={sheet} />}
      />
      {open === 'submit' && (
        <OpinionDialog
          title="提交需求申请"
          lead={`共 ${demand.lineCount} 行，申请 ${wanText(demand.askedFen)} 万元。提交后由机关事务管理部门审核，开始审核前可以撤回。`}
          label="说明"
          submit="提交审核"
          onSend={(opinion) =>
            submit.send({ demandId: demand.id, version: sheet.book.version(), ...(opinion ? { opinion } : {}) })
          }
          error={submit.error}
          onRetry={submit.retry}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'import' && (
        <ImportDialog view={view} version={sheet.book.version()} onApplied={onRestart} onClose={() => setOpen(null)} />
      )}
    </>
  )
}

/** What was kept on this machine: put back, or set aside because the demand has changed since; and a save that met a newer state. */
function Aside({
  sheet: { setAside, restored, draft, grid, setHead, putBack },
  onReload,
}: {
  sheet: DemandSheet
  onReload: () => Promise<void>
}) {
  const [decided, setDecided] = useState(false)
  return (
    <>
      <RestoredDraft stored={restored} onDiscard={putBack} />
      {setAside !== null && !decided && (
        <div className="demand-aside" role="status">
          本机留有 {shortInstant(setAside.at)} 填写、没有保存的内容（{setAside.value.rows.length}{' '}
          行），此后申请已在别处改过。
          <div className="row">
            <Button
              size="small"
              onClick={() => {
                grid.send({ type: 'replace-rows', rows: setAside.value.rows })
                setHead({ contact: setAside.value.contact, declaredNotSecret: setAside.value.declaredNotSecret })
                setDecided(true)
              }}
            >
              改用本机的内容
            </Button>
            <Button size="small" onClick={() => setDecided(true)}>
              保留现在的内容
            </Button>
          </div>
        </div>
      )}
      {draft.state.kind === 'refused' && draft.state.error.status === 409 && (
        <div className="demand-aside" role="alert">
          {draft.state.error.detail} 您填写的内容仍留在本机。
          <div className="row">
            <Button size="small" onClick={() => void onReload()}>
              载入最新内容
            </Button>
          </div>
        </div>
      )}
    </>
  )
}

function Lines({ view, sheet }: { view: DemandView; sheet: DemandSheet }) {
  const { grid, columns, judged, draft } = sheet
  const narrow = useNarrow()
  const [active, setActive] = useState<string | null>(null)
  const [offers, setOffers] = useState<ReadonlyMap<string, readonly Offer[]>>(new Map())
  const query = useSend(contract.queryStore, {
    onDone: ({ answers }) => {
      setOffers(new Map(answers.map(({ lineId, offers: found }) => [lineId, found])))
      const usable = answers.filter(({ query: { usableQuantity } }) => usableQuantity > 0).length
      tell(
        `已查询 ${answers.length} 行${usable > 0 ? `，其中 ${usable} 行有可调剂的闲置资产` : '，没有可调剂的闲置资产'}。`,
      )
    },
  })
  const byKey = useMemo(() => new Map(judged.map((row) => [row.key, row])), [judged])
  const marks = useCallback((row: GridRow, column: string) => markOf(byKey.get(row.key), column), [byKey])
  const decisions = useMemo(() => decisionsByLine(view), [view])
  const askStore = async () => {
    if (!(await draft.flush())) return
    const lineIds = grid.rows
      .flatMap((row) => sheet.savedLine(row.key) ?? [])
      .filter(({ needKind, standardCode }) => needKind === 'N09' && standardCode !== null)
    if (lineIds.length === 0) return tell('没有需要查询的行：只有选定了配置标准的通用资产配置需要查询公物仓。')
    await query.send({ demandId: view.demand.id, lineIds: lineIds.map(({ id }) => id) })
  }
  const row = (active === null ? undefined : byKey.get(active)) ?? null
  const savedId = row?.saved?.id
  const jump = (rowKey: string) => {
    const index = grid.rows.findIndex(({ key }) => key === rowKey)
    if (index >= 0) grid.send({ type: 'select', cell: { row: index, column: 0 } })
  }
  if (narrow)
    return (
      <>
        <KindTotals rows={judged} />
        <p className="demand-aside">填写和修改请在电脑上进行，这里可以查看和提交。</p>
        <Head sheet={sheet} />
        <LineList rows={judged} decisions={decisions} />
      </>
    )
  return (
    <>
      <Head sheet={sheet} />
      <KindTotals rows={judged} onPick={jump} />
      <Refusals of={query.error} onRetry={query.retry} />
      <div className="demand-work">
        <Grid
          label="需求申请明细"
          grid={grid}
          columns={columns}
          marks={marks}
          frozen={2}
          status={draft.words}
          tools={
            <button type="button" disabled={query.sending} onClick={() => void askStore()}>
              查询公物仓
            </button>
          }
          onActive={({ key }) => setActive(key)}
        />
        <LinePanel
          row={row}
          view={view}
          offers={savedId === undefined ? [] : (offers.get(savedId) ?? [])}
          decision={savedId === undefined ? undefined : decisions.get(savedId)}
        />
      </div>
    </>
  )
}

/** Contact and the declaration that nothing here is secret (Art. 44). */
function Head({ sheet: { head, setHead } }: { sheet: DemandSheet }) {
  const id = useId()
  const wrong = !DemandContact.safeParse(head.contact).success
  return (
    <div className="demand-head">
      <div>
        <label htmlFor={id}>联系人和办公电话</label>
        <Input
          id={id}
          maxLength={100}
          value={head.contact}
          onChange={(event) => setHead({ ...head, contact: event.target.value })}
          aria-invalid={wrong}
          aria-describedby={wrong ? `${id}wrong` : undefined}
          {...(wrong ? { status: 'error' as const } : {})}
        />
        {wrong && (
          <p id={`${id}wrong`} className="field-error">
            {contactNumbersMessage}
          </p>
        )}
      </div>
      <label className="demand-secrecy">
        <input
          type="checkbox"
          checked={head.declaredNotSecret}
          onChange={(event) => setHead({ ...head, declaredNotSecret: event.target.checked })}
        />
        <span>本申请不涉及国家秘密。涉密事项不得在本系统填报（条例第四十四条）。</span>
      </label>
    </div>
  )
}

function AllBasis({ sheet: { judged } }: { sheet: DemandSheet }) {
  return (
    <BasisPanel
      findings={judged.flatMap(({ index, findings }) =>
        findings
          .filter(({ outcome }) => outcome !== 'ok')
          .map((finding) => ({ ...finding, message: `第 ${index + 1} 行 ${finding.message}` })),
      )}
    />
  )
}

export function decisionsByLine({ decisions }: Pick<DemandView, 'decisions'>): ReadonlyMap<string, LineDecision> {
  return new Map(decisions.map((decision) => [decision.lineId, decision]))
}
