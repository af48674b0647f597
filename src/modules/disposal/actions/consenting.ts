import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { BadInput, found, insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import { record } from '#kernel/server/record.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { partyOrgan } from '#modules/organs/offers.ts'
import { authority, disposalCase, keeper, receiptCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { issueApproval } from '../documents/approval.ts'
import { issueConsentList } from '../documents/consent-list.ts'
import { law } from '../law.ts'
import { tierLabels } from '../model.ts'
import { can, maySeeConsentLists } from '../policy.ts'
import { checkSecrecy } from '../rules/secrecy.ts'
import { itemsOf, saveApplication, type ApplicationChanges, type ApplicationRow } from '../store/application.ts'
import { consentListsPage, insertConsentList } from '../store/consent-list.ts'
import { inState, linkOf, lockedApplication, subjectOf } from './access.ts'
import { approveCards, giveCardsBack } from './cards.ts'
import { decideDisposal } from './decide.ts'
import { tellOrgan } from './reviewing.ts'
import { applicationView, judgementOf } from './view.ts'

type ConsentingActions = Pick<
  ActionsOf<typeof contract>,
  'consentApplication' | 'consentByList' | 'consentLists' | 'decideByGovernment'
>

/** Finance consents to every disposal: to small ones by list, to others one by one, to large ones before the government (A12-3). */
export const consentingActions: ConsentingActions = {
  async consentApplication(ctx) {
    const { agreed, document, consentedOn, opinion = '' } = ctx.input
    const row = await lockedApplication(ctx, ctx.input)
    permit(can.consent(ctx.actor, row))
    insist(
      allOf(
        inState(row, 'reviewed'),
        checkSecrecy({ 文号: document, 意见: opinion }),
        provided(!agreed || row.tier !== 'T1', {
          code: 'by-list',
          message: '小额处置按月清单同意，不逐件批复。',
          basis: law.financeConsent,
          remedy: '请在“处置同意”页面选择本月的申请，一并办理。',
        }),
        provided(!agreed || document !== '', { code: 'AST-R08', message: '请填写同意处置的文号。' }),
        consentDay(row, consentedOn, ctx.today),
      ),
    )
    const large = row.tier === 'T3'
    const says = agreed ? (large ? '同意，报本级人民政府。' : '同意处置。') : '不同意处置。'
    const transition = agreed ? (large ? 'passOn' : 'consent') : 'financeRefuse'
    await moveCase(ctx, disposalCase, row.caseId, transition, { opinion })
    const decided = await decideOn(ctx, row, says, { 同意: agreed, 文号: document }, opinion)
    if (!agreed) return refused(ctx, row, '财政部门不同意处置', opinion, decided)
    const consent = { consentDocument: document, consentedOn }
    if (large) {
      const next = await saveApplication(ctx.tx, row, { ...consent, state: 'government' })
      await recordConsent(ctx, row, next, decided)
      await tellAuthority(ctx, next)
      return applicationView(ctx, next)
    }
    const next = await approved(ctx, row, consent, decided)
    const finance = officeOrgan(ctx.actor, '资产处置')
    await reply(ctx, next, { issuer: finance, number: document })
    return applicationView(ctx, next)
  },

  /** One paper for the small disposals of the month; all of them or none. */
  async consentByList(ctx) {
    const { applications, document, consentedOn, opinion = '' } = ctx.input
    const finance = officeOrgan(ctx.actor, '资产处置')
    permit(can.consent(ctx.actor, finance))
    insist(checkSecrecy({ 文号: document, 意见: opinion }))
    if (new Set(applications.map(({ applicationId }) => applicationId)).size !== applications.length)
      throw new BadInput([{ pointer: '/applications', message: '同一件申请选择了两次。请去掉重复的。' }])
    const rows: ApplicationRow[] = []
    // In one order, so that two lists at once never wait for each other.
    for (const one of applications.toSorted((a, b) => (a.applicationId < b.applicationId ? -1 : 1)))
      rows.push(await lockedApplication(ctx, one))
    for (const row of rows) permit(can.consent(ctx.actor, row))
    insist(
      allOf(
        ...rows.map((row) =>
          allOf(
            inState(row, 'reviewed'),
            provided(row.tier === 'T1', {
              code: 'case-by-case',
              message: `${row.organName}的申请${row.number ?? ''}按${tierLabels[row.tier ?? ''] ?? ''}办理，须逐件同意。`,
              basis: law.financeConsent,
              remedy: '请从清单中去掉，打开该申请逐件办理。',
            }),
            consentDay(row, consentedOn, ctx.today),
          ),
        ),
      ),
    )
    const list = {
      id: newId(),
      document,
      consentedOn,
      applications: rows.length,
      costFen: rows.reduce((sum, { costFen }) => sum + costFen, 0),
      consentedBy: ctx.actor.name,
    }
    const { jurisdictionCode } = finance
    for (const row of rows) await moveCase(ctx, disposalCase, row.caseId, 'consent', { opinion })
    await insertConsentList(ctx.tx, { ...list, organId: finance.id, jurisdictionCode, at: ctx.now })
    for (const row of rows) {
      const decided = await decideOn(ctx, row, '按清单同意处置。', { 同意: true, 文号: document }, opinion)
      await approved(ctx, row, { consentDocument: document, consentedOn, consentListId: list.id }, decided)
    }
    const bureau = found(await partyOrgan(ctx.tx, jurisdictionCode, 'authority', ctx.today), '机关事务管理部门')
    await issueConsentList(ctx, list, rows, { issuer: finance, jurisdictionCode, authority: bureau })
    await record(ctx, 'disposal.list-consented', {
      subject: { kind: 'disposal.consent-list', id: list.id },
      organId: finance.id,
      after: { ...list, numbers: rows.map(({ organName, number }) => `${organName} ${number ?? ''}`) },
    })
    return list
  },

  async consentLists(ctx) {
    const organ = officeOrgan(ctx.actor, '处置同意清单')
    permit(
      provided(maySeeConsentLists(ctx.actor), {
        code: 'not-level',
        message: '处置同意清单由本级机关事务管理、财政、审计部门查看。',
      }),
    )
    const { after, limit } = ctx.input
    const rows = await consentListsPage(ctx.tx, organ.jurisdictionCode, after, limit + 1)
    return pageFrom(rows, limit)
  },

  /** The government decides outside; the authority records its paper and replies to the organ. */
  async decideByGovernment(ctx) {
    const { agreed, document, decidedOn, replyNumber, opinion = '' } = ctx.input
    const row = await lockedApplication(ctx, ctx.input)
    permit(can.review(ctx.actor, row))
    insist(
      allOf(
        inState(row, 'government'),
        checkSecrecy({ 政府文号: document, 批复文号: replyNumber, 意见: opinion }),
        provided(!agreed || replyNumber !== '', { code: 'reply-number', message: '请填写批复文号。' }),
        provided(decidedOn >= (row.consentedOn ?? '') && decidedOn <= ctx.today, {
          code: 'decided-on',
          message: `政府决定的日期应在财政部门同意（${row.consentedOn ?? ''}）之后，不晚于今天。`,
          remedy: '请核对日期。',
        }),
      ),
    )
    const says = agreed ? '本级人民政府批准。' : '本级人民政府不予批准。'
    await moveCase(ctx, disposalCase, row.caseId, agreed ? 'governmentAgree' : 'governmentRefuse', { opinion })
    const decided = await decideOn(ctx, row, says, { 批准: agreed, 文号: document }, opinion)
    if (!agreed) return refused(ctx, row, '本级人民政府不予批准', opinion, decided)
    const next = await approved(ctx, row, { governmentDocument: document, governmentOn: decidedOn }, decided)
    await reply(ctx, next, { issuer: officeOrgan(ctx.actor, '资产处置'), number: replyNumber })
    return applicationView(ctx, next)
  },
}

/** AST-R08: consent is dated not before it was asked for. */
function consentDay({ appliedOn, number }: ApplicationRow, consentedOn: string, today: string): Verdict {
  return provided(consentedOn >= (appliedOn ?? '') && consentedOn <= today, {
    code: 'AST-R08',
    message: `${number ?? ''}的同意日期应在申请（${appliedOn ?? ''}）之后，不晚于今天。`,
    basis: law.financeConsent,
    remedy: '请核对日期。',
  })
}

type Decided = Awaited<ReturnType<typeof decideDisposal>>

async function decideOn(
  act: Act,
  row: ApplicationRow,
  says: string,
  values: Record<string, string | boolean>,
  reason: string,
): Promise<Decided> {
  const { facts } = await judgementOf(act, row, await itemsOf(act.tx, row.id))
  return decideDisposal(act, row, facts, { says, values, reason })
}

async function recordConsent(act: Act, before: ApplicationRow, after: ApplicationRow, decided: Decided): Promise<void> {
  await record(act, after.state === 'approved' ? 'disposal.application-approved' : 'disposal.application-consented', {
    ...subjectOf(after),
    before: { state: before.state },
    after: {
      state: after.state,
      consentDocument: after.consentDocument,
      consentedOn: after.consentedOn,
      governmentDocument: after.governmentDocument,
    },
    basis: { decisions: [decided] },
  })
}

/** 已批复: the things wait for being disposed of; the receiver of a free transfer has them to sign for. */
async function approved(
  act: Act,
  row: ApplicationRow,
  consent: ApplicationChanges,
  decided: Decided,
): Promise<ApplicationRow> {
  const next = await saveApplication(act.tx, row, { ...consent, state: 'approved', approvedOn: act.today })
  await approveCards(act, next)
  await recordConsent(act, row, next, decided)
  await tellOrgan(act, next, '已经批复，请实施处置。')
  return next.form === 'D1' ? offerToReceiver(act, next) : next
}

async function offerToReceiver(act: Act, row: ApplicationRow): Promise<ApplicationRow> {
  const organId = found(row.receiverOrganId, '接收机关')
  const jurisdictionCode = found(row.receiverJurisdictionCode, '接收机关')
  const opened = await beyondScope(
    act,
    'the receiver of a free transfer has a case of its own, at any level (Art. 12)',
    () =>
      openCase(act, receiptCase, {
        subjectId: row.id,
        title: `接收划转资产 ${row.organName} ${row.number ?? ''}（${row.items}项）`,
        applicantOrganId: organId,
        jurisdictionCode,
      }),
  )
  await notify(act, {
    organId,
    roles: keeper.roles,
    link: linkOf(row),
    text: `${row.organName}向本机关无偿划转${row.items}项资产（${row.number ?? ''}），请核对签收。`,
  })
  return saveApplication(act.tx, row, { receiptCaseId: opened.id })
}

async function refused(act: Act, row: ApplicationRow, why: string, opinion: string, decided: Decided) {
  await giveCardsBack(act, row, why)
  const next = await saveApplication(act.tx, row, { state: 'refused' })
  await record(act, 'disposal.application-refused', {
    ...subjectOf(row),
    before: { state: row.state },
    after: { state: 'refused', opinion },
    basis: { decisions: [decided] },
  })
  await tellOrgan(act, next, `${why}：${opinion}`)
  return applicationView(act, next)
}

async function reply(
  act: Act,
  row: ApplicationRow,
  by: { issuer: { id: string; name: string }; number: string },
): Promise<void> {
  const bureau = await partyOrgan(act.tx, row.jurisdictionCode, 'authority', act.today)
  const recipients = [row.organId, bureau?.id, row.receiverOrganId].filter((id) => id !== null && id !== undefined)
  await issueApproval(act, row, await itemsOf(act.tx, row.id), { ...by, recipientOrganIds: [...new Set(recipients)] })
}

async function tellAuthority(act: Act, row: ApplicationRow): Promise<void> {
  const bureau = await partyOrgan(act.tx, row.jurisdictionCode, 'authority', act.today)
  if (!bureau) return
  await notify(act, {
    organId: bureau.id,
    roles: authority.roles,
    link: linkOf(row),
    text: `${row.organName}资产处置${row.number ?? ''}已经财政部门同意，请报本级人民政府并登记其决定。`,
  })
}
