import type { Command } from 'commander'
import { contract } from '#modules/machines/contract.ts'
import { stateLabels, type Token } from '#modules/machines/model.ts'
import { atDesk, type Acting, type Desk } from './desk.ts'
import { dateOption, organAt } from './finding.ts'
import { acting } from './plans.ts'
import type { Answering } from './program.ts'
import { tableOf, WrongUse, type Answer, type Terminal } from './terminal.ts'

type IssueOptions = Acting & { organ: string; name: string; purpose: string; scope: string[]; until: string }

/** Tokens other systems act by: `yunbao machines …`, as the security administrator of the level. */
export function machineCommands(program: Command, terminal: Terminal, answering: Answering): void {
  const machines = program.command('machines').description('接口令牌')
  acting(machines.command('issue'))
    .description('签发接口令牌；令牌只显示一次')
    .requiredOption('--organ <机关>', '代表的机关')
    .requiredOption('--name <名称>', '对接系统')
    .requiredOption('--purpose <用途>', '用途')
    .requiredOption('--scope <权限...>', '权限，例如 plans:read ledger:write')
    .requiredOption('--until <日期>', '有效至', dateOption)
    .action(answering((given: IssueOptions) => atDesk(terminal, given, (desk) => issueToken(desk, given))))
  acting(machines.command('list'))
    .description('列出本级的接口令牌，新签发的在前')
    .action(answering((given: Acting) => atDesk(terminal, given, listTokens)))
  acting(machines.command('revoke'))
    .description('撤销接口令牌，立即失效')
    .argument('<令牌>', '令牌开头（yb_ 和 8 位标记）或编号')
    .requiredOption('--reason <原因>', '撤销原因')
    .action(
      answering((which: string, given: Acting & { reason: string }) =>
        atDesk(terminal, given, (desk) => revokeToken(desk, which, given.reason)),
      ),
    )
}

async function issueToken(desk: Desk, given: IssueOptions): Promise<Answer> {
  const { token, secret } = await desk.call(contract.issue, {
    organId: (await organAt(desk, given.organ)).id,
    name: given.name,
    purpose: given.purpose,
    scopes: given.scope,
    validUntil: given.until,
  })
  return {
    ok: true,
    json: { token, secret },
    lines: [
      `已为“${token.name}”签发令牌，代表${token.organName}，权限 ${token.scopes.join('、')}，有效至 ${token.validUntil}。`,
      secret,
      '只显示这一次，请妥善保存。',
    ],
  }
}

async function listTokens(desk: Desk): Promise<Answer> {
  const items = await desk.all(contract.tokens, {})
  return {
    ok: true,
    json: { items },
    lines:
      items.length === 0
        ? ['还没有签发过接口令牌。']
        : tableOf(
            ['令牌开头', '状态', '对接系统', '代表机关', '权限', '有效至'],
            items.map((token) => [
              token.begins,
              stateLabels[token.state],
              token.name,
              token.organName,
              token.scopes.join('、'),
              token.validUntil,
            ]),
          ),
  }
}

async function revokeToken(desk: Desk, which: string, reason: string): Promise<Answer> {
  const token = await tokenAt(desk, which)
  await desk.call(contract.revoke, { tokenId: token.id, reason })
  return {
    ok: true,
    json: { id: token.id },
    lines: [`已撤销“${token.name}”的令牌（${token.begins}），即时失效。`],
  }
}

async function tokenAt(desk: Desk, which: string): Promise<Token> {
  const begins = which.split('_').slice(0, 2).join('_') // a whole token typed here is not looked at further
  const token = (await desk.all(contract.tokens, {})).find((one) => one.id === which || one.begins === begins)
  if (!token) throw new WrongUse('本级没有这个令牌。用 yunbao machines list 查看。')
  return token
}
