import type { Act, ActionsOf, Ctx } from '#kernel/server/context.ts'
import { found, insist, Missing, permit, Refused } from '#kernel/server/errors.ts'
import { provided } from '#kernel/pure/verdict.ts'
import { record } from '#kernel/server/record.ts'
import { personView, seenPerson } from '../actions/person-view.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { can } from '../policy.ts'
import { rolesThatRequire } from '../rules/second-factor.ts'
import { renewProof } from '../sign-in/opening.ts'
import { failed, mindGuards, refuseLocked } from '../sign-in/failures.ts'
import { accountOf, endCredentials } from '../store/accounts.ts'
import { heldAt } from '../store/actors.ts'
import { isDemonstration } from '../store/people.ts'
import { endSessionsOfPerson } from '../store/sessions.ts'
import { settingsOf } from '../store/settings.ts'
import { enrolmentOf, newTotpSecret, stepOfCode } from './authenticator.ts'
import { newRecoveryCodes } from './recovery-codes.ts'
import { opened, sealed, secretInUse, secretShown } from './sealed-secrets.ts'
import {
  deleteSecondFactor,
  endEnrolment,
  lockEnrolment,
  putEnrolment,
  putRecoveryCodes,
  putSecondFactor,
  recoveryCodesLeft,
  secondFactorOf,
  secondFactorRoles,
} from './store.ts'

type SecondFactorActions = Pick<
  ActionsOf<typeof contract>,
  | 'secondFactor'
  | 'enrolSecondFactor'
  | 'confirmSecondFactor'
  | 'newRecoveryCodes'
  | 'removeSecondFactor'
  | 'resetSecondFactor'
>

/** How long a shown secret waits for its first code. */
const enrolmentMinutes = 15

export const secondFactorActions: SecondFactorActions = {
  async secondFactor(ctx) {
    return standingOf(ctx)
  },

  async enrolSecondFactor(ctx) {
    const account = found(await accountOf(ctx.tx, found(ctx.actor.personId, '人员'), true), '账号')
    const secret = newTotpSecret()
    await putEnrolment(ctx.tx, {
      personId: account.personId,
      secret: sealed(ctx, secretShown, account.personId, secret),
      createdAt: ctx.now,
    })
    await record(ctx, 'people.second-factor-shown', {
      subject: { kind: 'people.person', id: account.personId },
      organId: account.organId,
    })
    const expiresAt = new Date(ctx.now.getTime() + enrolmentMinutes * 60_000)
    return { ...enrolmentOf(secret, account.username), secret, expiresAt }
  },

  /** The first code proves that the application has the secret; then all other sessions end, and this one is proved. */
  async confirmSecondFactor(ctx) {
    const settings = await settingsOf(ctx.tx)
    const account = found(await accountOf(ctx.tx, found(ctx.actor.personId, '人员'), true), '账号')
    const { personId } = account
    await refuseLocked(ctx, account.username, settings)
    const since = new Date(ctx.now.getTime() - enrolmentMinutes * 60_000)
    const waiting = await lockEnrolment(ctx.tx, personId, since)
    if (waiting === null) throw enrolmentLapsed()
    const secret = opened(ctx, secretShown, personId, waiting)
    const step = stepOfCode(secret, ctx.input.code, ctx.now)
    if (step === null) {
      await mindGuards(ctx, account.username, settings)
      throw await failed(ctx, account.username, settings, account, 'second-factor')
    }
    const replaced = (await secondFactorOf(ctx.tx, personId)) !== null
    await putSecondFactor(ctx.tx, {
      personId,
      secret: sealed(ctx, secretInUse, personId, secret),
      confirmedAt: ctx.now,
      lastStep: step,
    })
    await endEnrolment(ctx.tx, personId)
    await endSessionsOfPerson(ctx.tx, personId, ctx.now, ctx.session.tokenHash)
    await renewProof(ctx)
    const recoveryCodes = await putNewRecoveryCodes(ctx, personId)
    await record(ctx, replaced ? 'people.second-factor-replaced' : 'people.second-factor-enrolled', {
      subject: { kind: 'people.person', id: personId },
      organId: account.organId,
    })
    return { ...(await standingOf(ctx)), recoveryCodes }
  },

  async newRecoveryCodes(ctx) {
    const account = found(await accountOf(ctx.tx, found(ctx.actor.personId, '人员'), true), '账号')
    insistEnrolled((await secondFactorOf(ctx.tx, account.personId)) !== null)
    const recoveryCodes = await putNewRecoveryCodes(ctx, account.personId)
    await record(ctx, 'people.recovery-codes-renewed', {
      subject: { kind: 'people.person', id: account.personId },
      organId: account.organId,
    })
    return { ...(await standingOf(ctx)), recoveryCodes }
  },

  async removeSecondFactor(ctx) {
    const account = found(await accountOf(ctx.tx, found(ctx.actor.personId, '人员'), true), '账号')
    const { requiredBy } = await standingOf(ctx)
    insist(
      provided(requiredBy.length === 0, {
        code: 'second-factor-required',
        message: '本岗位须使用第二因素，不能停用。',
        basis: law.secondFactor,
        remedy: '更换手机的，请用“更换”。',
      }),
    )
    insistEnrolled(await deleteSecondFactor(ctx.tx, account.personId))
    await record(ctx, 'people.second-factor-removed', {
      subject: { kind: 'people.person', id: account.personId },
      organId: account.organId,
    })
    return standingOf(ctx)
  },

  /** Takes the factor away and ends all sessions; the password alone then leads to a new enrolment. */
  async resetSecondFactor(ctx) {
    const person = await seenPerson(ctx, ctx.input.personId)
    permit(can.resetSecondFactor(ctx.actor, { ...person, personId: person.id }))
    const account = found(await accountOf(ctx.tx, person.id, true), '账号')
    if (!(await deleteSecondFactor(ctx.tx, person.id))) throw new Missing('第二因素')
    await endCredentials(ctx.tx, person.id)
    await record(ctx, 'people.second-factor-reset', {
      subject: { kind: 'people.person', id: person.id },
      organId: account.organId,
    })
    return personView(ctx, person)
  },
}

async function standingOf(act: Act) {
  const personId = found(act.actor.personId, '人员')
  const factor = await secondFactorOf(act.tx, personId)
  const held = await heldAt(act.tx, personId, act.today)
  const demonstration = await isDemonstration(act.tx)
  return {
    confirmedAt: factor?.confirmedAt ?? null,
    recoveryCodesLeft: await recoveryCodesLeft(act.tx, personId),
    requiredBy: rolesThatRequire(
      held.flatMap(({ roles }) => roles),
      { secondFactorRoles: await secondFactorRoles(act.tx), demonstration },
    ),
    demonstration,
  }
}

async function putNewRecoveryCodes(ctx: Ctx, personId: string): Promise<string[]> {
  const settings = await settingsOf(ctx.tx)
  const codes = await newRecoveryCodes({ memoryKib: settings['hash-memory-kib'], passes: settings['hash-passes'] })
  await putRecoveryCodes(ctx.tx, personId, codes)
  return codes.map(({ code }) => code)
}

function insistEnrolled(enrolled: boolean): void {
  insist(provided(enrolled, { code: 'no-second-factor', message: '尚未启用第二因素。', remedy: '请先启用。' }))
}

function enrolmentLapsed(): Refused {
  return new Refused([
    {
      code: 'enrolment-lapsed',
      message: `密钥显示已超过${enrolmentMinutes}分钟，或者已经确认。`,
      basis: null,
      facts: {},
      remedy: '请重新取得密钥，再扫码确认。',
    },
  ])
}
