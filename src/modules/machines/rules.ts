import { addDays, type LocalDate } from '#kernel/pure/local-date.ts'
import type { MachineArea } from '#kernel/pure/machine-scope.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'
import type { Settings, TokenState } from './model.ts'

/** What can be issued: rights that there are, each once, for a period that the policy allows. */
export function mayBeIssued(
  wanted: { scopes: readonly string[]; validUntil: LocalDate },
  areas: readonly MachineArea[],
  settings: Settings,
  today: LocalDate,
): Verdict {
  const known = areas.flatMap(({ module, rights }) => rights.map((right) => `${module}:${right}`))
  const unknown = wanted.scopes.filter((scope) => !known.includes(scope))
  const last = addDays(today, settings['token-days'])
  return allOf(
    provided(unknown.length === 0, {
      code: 'scope-unknown',
      message: `没有可以授予的权限：${unknown.join('、')}。`,
      basis: law.leastPrivilege,
      remedy: '请从可授予的权限中选择。',
    }),
    provided(new Set(wanted.scopes).size === wanted.scopes.length, {
      code: 'scope-twice',
      message: '同一权限写了两次。',
      remedy: '请去掉重复的权限。',
    }),
    provided(wanted.validUntil >= today && wanted.validUntil <= last, {
      code: 'period',
      message: `令牌的有效期应在今日至${last}之间（最长${settings['token-days']}天）。`,
      basis: law.projectDefault,
      facts: { today, last },
      remedy: '到期前可以签发新的令牌替换。',
    }),
  )
}

/** On a day of Asia/Shanghai; a token counts on its last day. */
export function stateOf(token: { revokedAt: unknown; validUntil: LocalDate }, today: LocalDate): TokenState {
  if (token.revokedAt !== null) return 'revoked'
  return token.validUntil < today ? 'expired' : 'valid'
}
