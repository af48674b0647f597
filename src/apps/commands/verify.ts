import { transaction } from '#kernel/server/database.ts'
import { systemScope } from '#kernel/server/scope.ts'
import { storedFilesCheck } from '#kernel/server/stored-files-check.ts'
import { replayCheck } from '#modules/decisions/offers.ts'
import { onGround } from './ground.ts'
import { progressBar, type Answer, type Terminal } from './terminal.ts'

/** Recomputes what can be recomputed: balances, the chain of the record, decisions, digests of documents and files. */
export async function verify(terminal: Terminal, given: { decisions: 'all' | 'sample' }): Promise<Answer> {
  return onGround(terminal, async ({ db, modules, parts }) => {
    const wanted = [
      ...modules,
      { name: 'decisions', checks: [replayCheck(parts.decisionKinds, given.decisions)] },
      { name: 'kernel', checks: [storedFilesCheck(parts.files)] },
    ].flatMap((module) => (module.checks ?? []).map((check) => ({ module: module.name, ...check })))
    const bar = progressBar(terminal, '核验', wanted.length)
    const checks: { module: string; name: string; title: string; checked: number; faults: string[]; note?: string }[] =
      []
    try {
      for (const { module, name, title, check } of wanted) {
        const result = await transaction(db, (tx) => check(tx), {
          readOnly: true,
          scope: systemScope,
          statementTimeoutMs: 0,
        })
        checks.push({ module, name, title, ...result })
        bar.step(title)
      }
    } finally {
      bar.end()
    }
    const faults = checks.reduce((sum, check) => sum + check.faults.length, 0)
    return {
      ok: faults === 0,
      json: { checks },
      lines: [
        ...checks.map(
          ({ title, checked, note, faults: found }) =>
            `${found.length === 0 ? '通过' : '有误'}  ${title}（核对 ${checked} 条${note ? `，${note}` : ''}）${found.map((fault) => `\n      ${fault}`).join('')}`,
        ),
        faults === 0 ? '全部通过。' : `发现 ${faults} 处问题。`,
      ],
    }
  })
}
