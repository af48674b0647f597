import { addDays } from '#kernel/pure/local-date.ts'
import type { Act } from '#kernel/server/context.ts'
import { actions } from '#modules/machines/actions.ts'
import { contract } from '#modules/machines/contract.ts'
import { as, needed, stageOf } from './cast.ts'

const machines = { contract, actions }

/** Systems of the level's organs that exchange data with this one, in the order of issuing; each with what it needs. */
const systems = [
  {
    ofAuthority: true,
    name: '公文交换系统（旧）',
    purpose: '读取已签发的公文',
    scopes: ['record:read'],
    daysAgo: 300,
    days: 365,
    revoked: '系统下线',
  },
  {
    ofAuthority: false,
    name: '机关财务核算系统',
    purpose: '按月报送支出明细，读取计划台账余额',
    scopes: ['ledger:write', 'plans:read'],
    daysAgo: 200,
    days: 365,
    revoked: null,
  },
  {
    ofAuthority: true,
    name: '政务数据共享交换平台',
    purpose: '读取标准和机关名录，供其他部门查询',
    scopes: ['standards:read', 'organs:read', 'regulations:read'],
    daysAgo: 120,
    days: 180,
    revoked: null,
  },
] as const

/** Tokens as the security administrator of the level has issued them, one of them revoked since; nobody knows a secret. */
export async function issueTokens(act: Act, code: string): Promise<string> {
  const stage = await stageOf(act, code)
  const actor = await needed(stage, stage.authority, 'security-administrator')
  const office = stage.organs.find(({ parts }) => parts.length === 0) ?? stage.authority
  for (const { ofAuthority, daysAgo, days, revoked, ...system } of systems) {
    const at = addDays(act.today, -daysAgo)
    const { token } = (await as(
      machines,
      'issue',
      stage,
      { actor, at },
      {
        ...system,
        scopes: [...system.scopes],
        organId: (ofAuthority ? stage.authority : office).id,
        validUntil: addDays(at, days),
      },
    )) as { token: { id: string } }
    if (revoked !== null)
      await as(machines, 'revoke', stage, { actor, at: addDays(at, 240) }, { tokenId: token.id, reason: revoked })
  }
  return `${systems.length}个令牌`
}
