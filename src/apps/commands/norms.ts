import { InvalidArgumentError, type Command } from 'commander'
import { coverageOfCheckout, isCheckout, type Coverage, type NormCoverage } from '#modules/norms/offers.ts'
import { discoverModules } from '../modules.ts'
import type { Answering } from './program.ts'
import { tableOf, type Answer } from './terminal.ts'

type Given = { results?: string; article?: number }

const statusWords: Record<NormCoverage['status'], string> = {
  whole: '已承载',
  part: '部分',
  display: '仅展示',
  open: '未承载',
}
/** The same in the JSON document, as its readers know them. */
const statusNames = { whole: 'carried', part: 'partial', display: 'display', open: 'open' } as const

/** `yunbao norms …`: the catalogue of the Regulation held against the source. */
export function normCommands(program: Command, answering: Answering): void {
  program
    .command('norms')
    .description('条例规范')
    .command('coverage')
    .description('核对每项规范由哪些代码承载、由哪些测试证明；标为已承载而缺少代码或测试时退出码为 1')
    .option('--results <文件>', 'vitest 的 JSON 测试结果；给出时要求测试通过')
    .option('--article <条>', '只列某一条', articleOf)
    .option('--json', '以 JSON 输出')
    .action(answering(coverage))
}

function articleOf(text: string): number {
  if (!/^([1-9]|[1-3]\d|4[0-5])$/.test(text)) throw new InvalidArgumentError('应为1至45的条号。')
  return Number(text)
}

/** Faults count over the whole catalogue, whatever article is shown. */
async function coverage({ results, article }: Given): Promise<Answer> {
  if (!isCheckout()) throw new Error('这里没有源代码和测试，无法核对。请在代码仓库中执行。')
  const modules = await discoverModules()
  const operations = new Set(
    modules.flatMap(({ name, contract }) => Object.keys(contract).map((op) => `${name}.${op}`)),
  )
  const caseKinds = new Map(
    modules.flatMap(({ cases = [] }) => cases.map(({ kind }) => [kind.kind, Object.keys(kind.states)] as const)),
  )
  const whole = await coverageOfCheckout({ operations, caseKinds }, results ?? null)
  const shown = whole.norms.filter((norm) => article === undefined || norm.article === article)
  return { ok: whole.faults.length === 0, json: documentOf(whole, shown), lines: linesOf(whole, shown) }
}

function documentOf(whole: Coverage, shown: readonly NormCoverage[]) {
  const { total, carried, partly, display, open, withResults, articles, faults } = whole
  const numbers = new Set(shown.map(({ article }) => article))
  return {
    total,
    carried,
    partial: partly,
    display,
    open,
    withResults,
    norms: shown.map((norm) => ({ ...norm, status: statusNames[norm.status] })),
    articles: articles.filter(({ article }) => numbers.has(article)),
    faults,
  }
}

function linesOf(whole: Coverage, shown: readonly NormCoverage[]): string[] {
  const { total, carried, partly, display, open, withResults, faults } = whole
  return [
    ...tableOf(
      ['规范', '条文', '状态', '代码', '测试', '尚缺'],
      shown.map(({ id, place, status, code, tests, passing, open: missing }) => [
        id,
        place,
        statusWords[status],
        `${code.length} 处`,
        `${tests.length} 个${passing === null ? '' : passing ? '，通过' : '，未通过'}`,
        missing ?? '',
      ]),
    ),
    '',
    `共 ${total} 项：已承载 ${carried}，部分 ${partly}，仅展示 ${display}，未承载 ${open}。`,
    ...stillOpen(whole, shown),
    withResults
      ? '测试按所给结果文件核对，须全部通过。'
      : '未给出测试结果（--results），只核对了有没有测试写明该规范，没有核对是否通过。',
    ...faults.map(({ message }) => `问题：${message}`),
    faults.length === 0 ? '没有发现问题。' : `发现 ${faults.length} 处问题。`,
  ]
}

function stillOpen({ articles }: Coverage, shown: readonly NormCoverage[]): string[] {
  return articles
    .filter(({ article, openNorms }) => openNorms.length > 0 && shown.some((norm) => norm.article === article))
    .map(
      ({ article, total, openNorms }) =>
        `  第${article}条尚有 ${openNorms.length}/${total} 项：${openNorms.join('、')}`,
    )
}
