import { userInfo } from 'node:os'
import { partyOrgan, registerFirstAuthority } from '#modules/organs/offers.ts'
import type { administratorRoles } from '#modules/people/model.ts'
import { commandLine } from '#kernel/server/record.ts'
import { createFirstAdministrator, resetSecondFactorByOperator } from '#modules/people/offers.ts'
import { onGround } from './ground.ts'
import { type Answer, type Terminal } from './terminal.ts'

export type FirstAdministrator = {
  jurisdiction: string
  authority: string
  name: string
  username: string
  role: (typeof administratorRoles)[number]
}

/** The first of the three administrators of a level that has none; registers its authority where that is missing. */
export async function createAdministrator(terminal: Terminal, given: FirstAdministrator): Promise<Answer> {
  const created = await onGround(
    terminal,
    ({ act }) =>
      act(async (system) => {
        const known = await partyOrgan(system.tx, given.jurisdiction, 'authority', system.today)
        if (known && known.name !== given.authority)
          throw new Error(`本级机关事务管理部门已登记为“${known.name}”，与“${given.authority}”不符。`)
        const organId =
          known?.id ??
          (await registerFirstAuthority(system, {
            jurisdictionCode: given.jurisdiction,
            name: given.authority,
            shortName: given.authority.slice(0, 40),
          }))
        return createFirstAdministrator(system, {
          organId,
          name: given.name,
          username: given.username,
          role: given.role,
        })
      }),
    { create: true },
  )
  return {
    ok: true,
    json: { ...created },
    lines: [`已开通 ${given.username}。初始密码：${created.initialPassword}`, '只显示这一次，首次登录时须修改。'],
  }
}

/** Takes the second factor from an account whose holder lost phone and recovery codes. */
export async function resetSecondFactor(terminal: Terminal, { username }: { username: string }): Promise<Answer> {
  await onGround(terminal, ({ act }) =>
    act((system) =>
      resetSecondFactorByOperator({ ...system, source: `${commandLine}（系统用户 ${userInfo().username}）` }, username),
    ),
  )
  return {
    ok: true,
    json: { username },
    lines: [`已重置 ${username} 的第二因素，其登录已全部结束；本人以密码登录后重新启用。`],
  }
}
