import { Button, Input } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { addressOf } from '#kernel/web/client.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, useFetchedLater, usePutAnswer, useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Section } from '#kernel/web/Page.tsx'
import { Empty, ErrorPanel, Skeleton } from '#kernel/web/Panels.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { RunPanel } from '#modules/jobs/web/RunPanel.tsx'
import { contract } from '../contract.ts'
import { scopeLabels } from '../model.ts'
import { noContradictions } from '../rules/contradictions.ts'
import { ChangeList } from './ChangeList.tsx'
import { draftsOf, readDraft } from './change-draft.ts'
import { SandboxBand } from './Difference.tsx'
import { Results } from './Results.tsx'
import './whatif.css'

type View = OutputOf<(typeof contract)['viewScenario']>

/** A scenario: the changes on the left, what they do on the right; a small scope is computed while a figure is moved. */
export default function ScenarioPage({ params: { scenarioId } }: PageProps<'/whatif/:scenarioId'>) {
  const view = useFetched(contract.viewScenario, { scenarioId })
  return (
    <>
      {view.jobId !== null && <Following scenarioId={scenarioId} />}
      <Scenario key={scenarioId} view={view} />
    </>
  )
}

/** Asks for the scenario again and again while a job computes it; the page shows what comes. */
function Following({ scenarioId }: { scenarioId: string }) {
  useFetchedLater(contract.viewScenario, { scenarioId }, { everyMs: 1500 })
  return null
}

function Scenario({ view }: { view: View }) {
  const { scenario, run, jobId, stale, atOnce, may } = view
  const scenarioId = scenario.id
  const grounds = useFetched(contract.grounds, { year: scenario.year, scope: scenario.scope })
  const [title, setTitle] = useState(scenario.title)
  const [drafts, setDrafts] = useState(() => draftsOf(scenario.changes, grounds))
  // What the cards were made from: saving over another version than this one is refused, not done.
  const [from, setFrom] = useState(scenario)
  const [copying, setCopying] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const put = usePutAnswer(contract.viewScenario, { scenarioId })
  const save = useSend(contract.saveScenario, { invalidates: [] })
  const compute = useSend(contract.computeScenario, {
    invalidates: ['jobs', contract.organResults, contract.lineResults, contract.scenarios],
    onDone: put,
  })

  const read = useMemo(() => drafts.map((draft) => readDraft(draft, grounds)), [drafts, grounds])
  const changes = useMemo(() => read.flatMap(({ change }) => (change === null ? [] : [change])), [read])
  const clashing = useMemo(() => clashes(read, grounds), [read, grounds])
  const moved = JSON.stringify(changes) !== JSON.stringify(from.changes)
  const dirty = moved || title !== from.title || changes.length !== drafts.length
  if (!dirty && scenario.version > from.version) {
    // Somebody else saved, and nothing typed here would be lost by showing it.
    setFrom(scenario)
    setTitle(scenario.title)
    setDrafts(draftsOf(scenario.changes, grounds))
  }
  const trying = atOnce && clashing.size === 0 && (moved || run === null || stale === 'changes')
  const asked = useSettled(trying ? changes : null)
  const preview = useFetchedLater(
    contract.preview,
    asked === null ? null : { year: scenario.year, scope: scenario.scope, changes: [...asked] },
  )
  const saveAndCompute = async () => {
    const saved = dirty ? await save.send({ scenarioId, title, changes, version: from.version }) : view
    if (!saved) return
    setFrom(saved.scenario)
    const done = await compute.send({ scenarioId, version: saved.scenario.version })
    if (!done) put(saved)
    else if (done.jobId === null) tell('已保存并测算。')
  }
  const source = `来源：${scenario.year}年度已提交的需求申请，按审核规则测算${run === null || trying ? '' : `，${shortInstant(run.finishedAt)}`}`
  return (
    <>
      <Record
        title={scenario.title}
        kind="测算方案"
        number={`${scenario.year} 年度 · ${scopeLabels[scenario.scope]}`}
        trail={[{ label: '模拟测算', path: '/whatif' }]}
        facts={[]}
        actions={
          <>
            <ActionButton
              primary
              busy={save.sending || compute.sending}
              refusal={refusalOf(read, clashing, title) ?? may.compute}
              onClick={saveAndCompute}
            >
              {dirty ? '保存并测算' : '重新测算'}
            </ActionButton>
            <ActionButton
              refusal={exportRefusal(view, dirty)}
              onClick={() => void window.location.assign(addressOf(contract.exportResult, { scenarioId }))}
            >
              导出 XLSX
            </ActionButton>
            <Button onClick={() => setCopying(true)}>复制</Button>
            <Button onClick={() => setDeleting(true)}>删除</Button>
          </>
        }
        notice={
          <>
            <SandboxBand />
            <Refusals of={save.error} onRetry={save.retry} />
            <Refusals of={compute.error} onRetry={compute.retry} />
          </>
        }
        details={
          <div className="whatif-split">
            <Section title="变化">
              <div className="whatif-field whatif-title">
                <span className="whatif-label" aria-hidden="true">
                  方案名称
                </span>
                <Input
                  aria-label="方案名称"
                  maxLength={80}
                  value={title}
                  onChange={(event) => setTitle(event.target.value)}
                />
              </div>
              <ChangeList
                drafts={drafts}
                grounds={grounds}
                scope={scenario.scope}
                clashing={clashing}
                onChange={setDrafts}
              />
            </Section>
            <Section title="结果">
              {jobId !== null && <RunPanel runId={jobId} />}
              <Outcome view={view} trying={trying} dirty={moved} preview={preview} source={source} />
            </Section>
          </div>
        }
      />
      {copying && <CopyDialog scenario={scenario} onClose={() => setCopying(false)} />}
      {deleting && <DeleteDialog scenario={scenario} onClose={() => setDeleting(false)} />}
    </>
  )
}

/** What to show at the right: the preview of what is typed, else the result kept, with why it may not tell any more. */
function Outcome({
  view: { scenario, run, stale, jobId },
  trying,
  dirty,
  preview,
  source,
}: {
  view: View
  trying: boolean
  dirty: boolean
  preview: ReturnType<typeof useFetchedLater<(typeof contract)['preview']>>
  source: string
}) {
  if (trying) {
    const found = preview.data
    if (preview.error && !found) return <ErrorPanel error={preview.error} onRetry={preview.refetch} />
    if (!found?.result) return <Skeleton lines={8} />
    return (
      <Results
        result={found.result}
        rows={{ organs: found.organs, lines: found.changedLines }}
        stale={preview.fetching}
        source={source}
      />
    )
  }
  if (run === null)
    return jobId === null ? <Empty title="还没有测算">点“重新测算”，按左边的变化测算全部需求申请。</Empty> : null
  return (
    <>
      {(dirty || stale !== null) && jobId === null && (
        <p className="whatif-moved" role="status">
          {stale === 'data' ? '数据已变化，重新测算后才是最新结果。' : '变化还没有测算，下面是上一次的结果。'}
        </p>
      )}
      <Results
        result={run.result}
        rows={{ scenarioId: scenario.id }}
        stale={stale !== null || dirty || jobId !== null}
        source={source}
      />
      <p className="quiet whatif-took">
        {shortInstant(run.finishedAt)} 测算，{run.askedBy}，用时 {(run.tookMs / 1000).toFixed(1)} 秒。
      </p>
    </>
  )
}

type Read = readonly ReturnType<typeof readDraft>[]

/** Contradictions by the place of the later change. */
function clashes(
  read: Read,
  { items, parameters }: OutputOf<(typeof contract)['grounds']>,
): ReadonlyMap<number, string> {
  const placed = read.flatMap(({ change }, index) => (change === null ? [] : [{ change, index }]))
  const titles = new Map([...items, ...parameters].map(({ code, title }) => [code, title]))
  const verdict = noContradictions(
    placed.map(({ change }) => change),
    (code) => titles.get(code) ?? code,
  )
  if (verdict.ok) return new Map()
  return new Map(
    verdict.refusals.map(({ message, remedy, facts }) => {
      const place = placed[Number(facts['第二处']) - 1]?.index ?? 0
      return [place, `${message}${remedy ?? ''}`]
    }),
  )
}

function refusalOf(read: Read, clashing: ReadonlyMap<number, string>, title: string) {
  const refusal = (message: string) => ({ code: 'unread', message, basis: null, facts: {}, remedy: null })
  const refusals = [
    ...(title.trim() === '' ? [refusal('请填写方案名称。')] : []),
    ...read.flatMap(({ problem }, index) => (problem === null ? [] : [refusal(`第${index + 1}项变化：${problem}`)])),
    ...[...clashing.values()].map(refusal),
  ]
  return refusals.length === 0 ? null : refusals
}

function exportRefusal({ run, jobId, stale }: View, dirty: boolean) {
  if (run !== null && !dirty && jobId === null && stale !== 'changes') return null
  return [{ code: 'not-computed', message: '请先保存并测算，再导出。', basis: null, facts: {}, remedy: null }]
}

const settleMs = 300

/** The value once it has stayed the same for a moment, so that not every keystroke is computed. */
function useSettled<T>(value: T): T {
  const text = JSON.stringify(value)
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as T), settleMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

function CopyDialog({ scenario, onClose }: { scenario: View['scenario']; onClose: () => void }) {
  const go = useGo()
  return (
    <Dialog title="复制测算方案" onClose={onClose}>
      <EntryForm
        operation={contract.copyScenario}
        fixed={{ scenarioId: scenario.id }}
        initial={{ title: `${scenario.title.slice(0, 76)}（二）` }}
        submit="复制"
        onDone={(copy) => go(`/whatif/${copy.scenario.id}`)}
        onCancel={onClose}
      >
        <Field name="title" label="新方案名称">
          <Input maxLength={80} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

function DeleteDialog({ scenario, onClose }: { scenario: View['scenario']; onClose: () => void }) {
  const go = useGo()
  const remove = useSend(contract.deleteScenario, {
    invalidates: [contract.scenarios],
    onDone: () => go('/whatif', { replace: true }),
  })
  return (
    <Dialog
      title="删除测算方案"
      onClose={onClose}
      actions={
        <>
          <Button
            danger
            type="primary"
            loading={remove.sending}
            onClick={() => void remove.send({ scenarioId: scenario.id, version: scenario.version })}
          >
            删除
          </Button>
          <Button onClick={onClose}>取消</Button>
        </>
      }
    >
      <p>“{scenario.title}”和它的测算结果将被删除，不能恢复。现行数据不受影响。</p>
      <Refusals of={remove.error} onRetry={remove.retry} />
    </Dialog>
  )
}
