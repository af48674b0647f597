import { roleLabels, type Role } from '#kernel/pure/actor.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import { administratorRoles, settingKeys, settings, type Profile, type SettingKey } from '../model.ts'

/** What can be set of the security policy. */
export type PolicyState = Readonly<{
  profile: Profile
  values: Readonly<Record<SettingKey, number>>
  secondFactorRoles: readonly Role[]
}>

export const profileLabels: Readonly<Record<Profile, string>> = {
  'dengbao-3': '等保三级',
  asvs: 'OWASP ASVS',
}

/** Whether a policy keeps every figure within its bounds, and the three administrators under a second factor. */
export function mayBePolicy(next: PolicyState): Verdict {
  const outside = settingKeys.filter(
    (key) => next.values[key] < settings[key].least || next.values[key] > settings[key].most,
  )
  const without = administratorRoles.filter((role) => !next.secondFactorRoles.includes(role))
  return allOf(
    ...outside.map((key) => {
      const { title, unit, least, most, basis } = settings[key]
      return provided(false, {
        code: 'out-of-bounds',
        message: `“${title}”应在${least}至${most}${unit}之间，现为${next.values[key]}${unit}。`,
        basis,
        facts: { 项目: title, 数值: next.values[key] },
        remedy: '请改为范围内的数值后再提交。',
      })
    }),
    provided(without.length === 0, {
      code: 'administrators-without-second-factor',
      message: `三员必须使用第二因素，不能取消“${without.map((role) => roleLabels[role]).join('、')}”。`,
      basis: law.secondFactor,
      remedy: '请保留三员后再提交。',
    }),
    provided(next.values['session-hours'] * 60 >= next.values['session-idle-minutes'], {
      code: 'idle-beyond-whole',
      message: '“无操作自动退出”不能长于“一次登录最长时间”。',
      basis: law.sessions,
    }),
  )
}

export type PolicyChange = { key: string; title: string; before: string; after: string }

/** What is different, in words; empty where nothing is. */
export function policyChanges(before: PolicyState, after: PolicyState): PolicyChange[] {
  const roleText = (all: readonly Role[]) => all.map((role) => roleLabels[role]).join('、')
  const sorted = (all: readonly Role[]) => (Object.keys(roleLabels) as Role[]).filter((role) => all.includes(role))
  const [rolesBefore, rolesAfter] = [sorted(before.secondFactorRoles), sorted(after.secondFactorRoles)]
  return [
    ...(before.profile === after.profile
      ? []
      : [
          {
            key: 'profile',
            title: '密码规则',
            before: profileLabels[before.profile],
            after: profileLabels[after.profile],
          },
        ]),
    ...settingKeys
      .filter((key) => before.values[key] !== after.values[key])
      .map((key) => ({
        key,
        title: settings[key].title,
        before: `${before.values[key]}${settings[key].unit}`,
        after: `${after.values[key]}${settings[key].unit}`,
      })),
    ...(rolesBefore.join() === rolesAfter.join()
      ? []
      : [
          {
            key: 'second-factor-roles',
            title: '须使用第二因素的角色',
            before: roleText(rolesBefore),
            after: roleText(rolesAfter),
          },
        ]),
  ]
}
