import { provided, refused } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { insist } from '#kernel/server/errors.ts'
import { isPassword } from '../hashing.ts'
import { law } from '../law.ts'
import type { Settings } from '../model.ts'
import { passwordRefusals } from '../rules/password.ts'
import { formerHashes, type AccountRow } from '../store/accounts.ts'
import { heldAt } from '../store/actors.ts'

/** All that is wrong with a new password at once. */
export async function insistOnPassword(
  ctx: Act,
  account: AccountRow,
  password: string,
  settings: Settings,
): Promise<void> {
  const organWords = (await heldAt(ctx.tx, account.personId, ctx.today)).map(({ organName }) => organName)
  const refusals = passwordRefusals(password, {
    username: account.username,
    personName: account.name,
    organWords,
    minimumLength: settings['password-length'],
    classes: settings.profile === 'dengbao-3' ? settings['password-classes'] : 0,
  })
  if (refusals.length > 0) insist({ ok: false, refusals })
  const former = [
    account.passwordHash,
    ...(await formerHashes(ctx.tx, account.personId, settings['password-history'] - 1)),
  ]
  for (const hash of former)
    if (await isPassword(password, hash))
      insist(
        refused({
          code: 'password-reused',
          message: `不能使用最近${settings['password-history']}个用过的密码。`,
          basis: law.passwords,
          remedy: '请换一个没有用过的密码。',
        }),
      )
  insist(
    provided(password.trim() === password, {
      code: 'password-blank',
      message: '密码首尾不能有空格。',
      remedy: '请去掉首尾空格。',
    }),
  )
}
