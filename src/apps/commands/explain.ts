import type { Command } from 'commander'
import { explain, explanationLines } from '#kernel/pure/explanation.ts'
import { contract as decisions } from '#modules/decisions/contract.ts'
import {
  decisionNumberPattern,
  replayLabels,
  standingLabels,
  type ChangedStandard,
  type DecisionHead,
  type DecisionView,
  type Replay,
  type UnderToday,
} from '#modules/decisions/model.ts'
import { contract as plans } from '#modules/plans/contract.ts'
import { atDesk, type Acting, type Desk } from './desk.ts'
import { acting } from './plans.ts'
import type { Answering } from './program.ts'
import { tableOf, WrongUse, type Answer, type Terminal } from './terminal.ts'

type ExplainOptions = Acting & { today?: boolean }

/** `yunbao explain`: why it was decided so, by article, standard and arithmetic, and whether that still holds. */
export function explainCommand(program: Command, terminal: Terminal, answering: Answering): void {
  acting(program.command('explain'))
    .description('说明一项决定：条款、当日有效的标准、输入、算式、结论、何人何时，并重放核对')
    .argument(
      '<编号>',
      '决定编号（JD-…）；也可以是书面通知的文号、需求申请的编号，或申请编号加行号（XQ-…#3），列出其决定',
    )
    .option('--today', '另按今日标准核对：结论有何不同，哪些标准变了')
    .action(
      answering((reference: string, given: ExplainOptions) =>
        atDesk(terminal, given, (desk) => explainReference(desk, reference.trim(), given)),
      ),
    )
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function explainReference(desk: Desk, reference: string, options: ExplainOptions): Promise<Answer> {
  if (decisionNumberPattern.test(reference) || uuidPattern.test(reference))
    return explainDecision(desk, reference, options.today ?? false)
  const lineIds = (await linesOfNotice(desk, reference)) ?? (await linesOfDemand(desk, reference))
  if (lineIds === null)
    throw new WrongUse(
      `没有找到编号为“${reference}”的决定、书面通知或需求申请。请核对编号；它也可能不在账号“${desk.actor.name}”的权限范围内。`,
    )
  const heads: DecisionHead[] = []
  for (const subjectId of lineIds) {
    const { items } = await desk.call(decisions.subjectDecisions, { subjectKind: 'plans.demand-line', subjectId })
    heads.push(...items)
  }
  const [only] = heads
  if (heads.length === 1 && only) return explainDecision(desk, only.id, options.today ?? false)
  return {
    ok: true,
    json: { reference, decisions: heads },
    lines: [
      heads.length === 0 ? `${reference} 还没有可以查看的决定。` : `${reference} 有 ${heads.length} 项决定：`,
      ...tableOf(
        ['决定编号', '状态', '事项', '结论', '决定人', '决定时间'],
        heads.map((one) => [
          one.number,
          standingLabels[one.standing],
          one.title ?? '（内容已清除）',
          one.says ?? '',
          one.decidedBy,
          timeText(one.decidedAt),
        ]),
      ),
    ],
  }
}

/** The lines a written notice tells of, by its number; null where there is no such notice in reach. */
async function linesOfNotice(desk: Desk, number: string): Promise<string[] | null> {
  const notice = (await desk.all(plans.notices, {})).find((one) => one.number === number)
  if (!notice) return null
  const { lines } = await desk.call(plans.viewNotice, { noticeId: notice.id })
  return lines.map(({ line }) => line.id)
}

/** The lines of an application by its number, or the one line of `XQ-…#3`. */
async function linesOfDemand(desk: Desk, reference: string): Promise<string[] | null> {
  const [number = '', lineNo] = reference.split('#')
  const demand = (await desk.all(plans.demands, {})).find((one) => one.number === number)
  if (!demand) return null
  const { lines } = await desk.call(plans.viewDemand, { demandId: demand.id })
  const meant = lines.filter((line) => lineNo === undefined || String(line.lineNo) === lineNo)
  if (meant.length === 0) throw new WrongUse(`需求申请 ${number} 没有第 ${lineNo ?? ''} 行，共 ${lines.length} 行。`)
  return meant.map(({ id }) => id)
}

/** A replay that differs under the same rules is a fault: exit code 1. */
async function explainDecision(desk: Desk, decision: string, withToday: boolean): Promise<Answer> {
  const view = await desk.call(decisions.viewDecision, { decision })
  const replay = await desk.call(decisions.replayDecision, { decision: view.id })
  const today = withToday ? await desk.call(decisions.decisionUnderToday, { decision: view.id }) : null
  return {
    ok: replay.result !== 'different',
    json: { decision: view, explanation: explanationOf(view), replay, ...(today ? { today } : {}) },
    lines: [...headLines(view), ...explanationOf(view), ...replayLines(replay), ...(today ? todayLines(today) : [])],
  }
}

function headLines(view: DecisionView): string[] {
  const { supersedes, supersededBy, standards } = view
  return [
    `决定 ${view.number}（${view.kindTitle}，${standingLabels[view.standing]}）：${view.title ?? '内容已按保密要求清除'}`,
    `机关：${view.organName}  年度：${view.year}  决定人：${view.decidedBy}  时间：${timeText(view.decidedAt)}`,
    ...(view.deviates ? ['与规则的建议不同。'] : []),
    ...(standards === null ? [] : [`按 ${standards.on} 有效的标准（快照 ${standards.snapshot.slice(0, 16)}）。`]),
    ...(supersedes === null ? [] : [`替代或撤销：${supersedes.number}`]),
    ...(supersededBy === null ? [] : [`已被替代或撤销：${supersededBy.number}`]),
    '',
  ]
}

function explanationOf({ findings, conclusion, taken }: DecisionView): string[] {
  return conclusion === null ? [] : explanationLines(explain({ findings, conclusion }, taken))
}

function replayLines({ result, rulesVersion, presentRulesVersion, differences }: Replay): string[] {
  const versions =
    result === 'other-rules' ? `（决定时第${rulesVersion}版，现为第${presentRulesVersion ?? '－'}版）` : ''
  return ['', `重放：${replayLabels[result]}${versions}`, ...differences.map(differenceLine)]
}

function todayLines({ on, conclusion, differences, changedStandards }: UnderToday): string[] {
  if (conclusion === null) return ['', `按 ${on} 的标准：没有保存输入，不能重新核对。`]
  return [
    '',
    differences.length === 0
      ? `按 ${on} 的标准：结论相同。`
      : `按 ${on} 的标准：${conclusion.says}（${differences.length} 处不同）`,
    ...differences.map(differenceLine),
    ...changedStandards.filter(({ used }) => used).flatMap(changedLines),
    ...(changedStandards.some(({ used }) => !used)
      ? [`  另有 ${changedStandards.filter(({ used }) => !used).length} 项标准已变，本决定没有用到。`]
      : []),
  ]
}

function changedLines({ title, before, after, changes }: ChangedStandard): string[] {
  const said = (row: { citation: string; from: string } | null) => (row ? `${row.citation}（${row.from}起）` : '无')
  return [`  标准已变 ${title}：${said(before)} → ${said(after)}`, ...changes.map(differenceLine)]
}

function differenceLine({ label, before, after }: { label: string; before: string | null; after: string | null }) {
  return `  ${label}：${before ?? '（无）'} → ${after ?? '（无）'}`
}

/** 2026-11-23 09:00, in China. */
function timeText(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
