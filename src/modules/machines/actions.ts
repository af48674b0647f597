import { mayOf } from '#kernel/pure/verdict.ts'
import type { LocalDate } from '#kernel/pure/local-date.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, Missing, permit, Refused } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import { organById } from '#modules/organs/offers.ts'
import { levelOfInstallation } from '#modules/people/offers.ts'
import type { contract } from './contract.ts'
import type { Settings } from './model.ts'
import { can } from './policy.ts'
import { mayBeIssued, stateOf } from './rules.ts'
import { newToken } from './secret.ts'
import { insertToken, revokeToken, saveSettings, settingsOf, tokenById, tokenPage, type TokenRow } from './store.ts'

export const actions: ActionsOf<typeof contract> = {
  async areas(ctx) {
    permit(can.see(ctx.actor))
    return {
      items: (ctx.declared?.machineAreas ?? []).map(({ module, title, rights }) => ({
        module,
        title,
        rights: [...rights],
      })),
      settings: figuresOf(await settingsOf(ctx.tx)),
      may: { changeSettings: mayOf(can.changeSettings(ctx.actor, await highestLevel(ctx))) },
    }
  },

  async tokens(ctx) {
    permit(can.see(ctx.actor))
    const { after, limit, ...filter } = ctx.input
    const { jurisdictionCode } = found(ctx.actor.organ, '所代表的机关')
    const { rows, total } = await tokenPage(ctx.tx, { ...filter, jurisdictionCode }, after, limit + 1, ctx.today)
    const page = pageFrom(rows, limit)
    return { ...page, items: page.items.map((row) => tokenView(row, ctx.today)), total }
  },

  /** The token is told once; its digest alone is kept. */
  async issue(ctx) {
    const { organId, name, purpose, scopes, validUntil } = ctx.input
    permit(can.see(ctx.actor))
    const organ = found(await organById(ctx.tx, organId, ctx.today), '机关')
    permit(can.issue(ctx.actor, organ))
    insist(mayBeIssued({ scopes, validUntil }, ctx.declared?.machineAreas ?? [], await settingsOf(ctx.tx), ctx.today))
    const { mark, secret, hash } = newToken()
    const id = newId()
    await insertToken(ctx.tx, {
      id,
      hash,
      mark,
      organId,
      name,
      purpose,
      scopes: scopes.toSorted(),
      issuedAt: ctx.now,
      issuedBy: found(ctx.actor.personId, '签发人'),
      issuedByName: ctx.actor.name,
      validUntil,
    })
    await record(ctx, 'machines.token-issued', {
      subject: { kind: 'machines.token', id },
      organId,
      after: { mark, name, purpose, scopes: scopes.toSorted(), validUntil },
    })
    return { token: tokenView(found(await tokenById(ctx.tx, id), '接口令牌'), ctx.today), secret }
  },

  /** Worth nothing from the next request on; what it did stays in the record. */
  async revoke(ctx) {
    permit(can.see(ctx.actor))
    const token = found(await tokenById(ctx.tx, ctx.input.tokenId, { lock: true }), '接口令牌')
    // Another level's tokens are not even known here.
    if (!can.revoke(ctx.actor, token).ok) throw new Missing('接口令牌')
    if (token.revokedAt !== null)
      throw new Refused([
        {
          code: 'revoked',
          message: `这个令牌已由${token.revokedByName ?? '他人'}撤销。`,
          basis: null,
          facts: {},
          remedy: null,
        },
      ])
    await revokeToken(ctx.tx, token.id, { name: ctx.actor.name, reason: ctx.input.reason, at: ctx.now })
    await record(ctx, 'machines.token-revoked', {
      subject: { kind: 'machines.token', id: token.id },
      organId: token.organId,
      before: { mark: token.mark, name: token.name, scopes: token.scopes, validUntil: token.validUntil },
      after: { reason: ctx.input.reason },
    })
    return tokenView(found(await tokenById(ctx.tx, token.id), '接口令牌'), ctx.today)
  },

  async changeSettings(ctx) {
    permit(can.changeSettings(ctx.actor, await highestLevel(ctx)))
    const before = await settingsOf(ctx.tx)
    const { tokenDays, requestsPerMinute } = ctx.input
    const after: Settings = { 'token-days': tokenDays, 'requests-per-minute': requestsPerMinute }
    await saveSettings(ctx.tx, after)
    await record(ctx, 'machines.settings-changed', {
      subject: { kind: 'machines.setting', id: 'all' },
      organId: ctx.actor.organ?.id ?? null,
      before,
      after,
    })
    return figuresOf(after)
  },
}

function highestLevel({ tx, today }: Act) {
  return levelOfInstallation(tx, 'security-administrator', today)
}

function figuresOf(settings: Settings) {
  return { tokenDays: settings['token-days'], requestsPerMinute: settings['requests-per-minute'] }
}

function tokenView({ mark, jurisdictionCode: _, ...row }: TokenRow, today: LocalDate) {
  return { ...row, begins: `yb_${mark}`, state: stateOf(row, today) }
}
