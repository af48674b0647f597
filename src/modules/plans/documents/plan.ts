import type { Block } from '#kernel/pure/official-document.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { organNames, organsOf, partyOrgan } from '#modules/organs/offers.ts'
import { needKindLabels } from '#modules/standards/model.ts'
import { planPartLabels, type Holding } from '../model.ts'
import type { PlanLineRow, PlanRow } from '../store/plan.ts'
import { issuePaper } from './issue.ts'
import { sumFen, wanNumber } from './wording.ts'

/** The plan with its four parts and its lines (norms A31-1, A31-2): the authority's goes to every organ, an organ's to the authority. */
export async function issuePlanDocument(
  ctx: Act,
  { plan, lines, holdings }: { plan: PlanRow; lines: readonly PlanLineRow[]; holdings: readonly Holding[] },
): Promise<string> {
  const names = await organNames(ctx.tx, [plan.organId, ...lines.map(({ servedOrganId }) => servedOrganId)])
  const issuer = names.get(plan.organId) ?? ''
  const authority = found(await partyOrgan(ctx.tx, plan.jurisdictionCode, 'authority', ctx.today), '机关事务管理部门')
  const finance = await partyOrgan(ctx.tx, plan.jurisdictionCode, 'finance', ctx.today)
  const ofAuthority = plan.kind === 'authority'
  const recipients = ofAuthority
    ? (await organsOf(ctx.tx, plan.jurisdictionCode, ctx.today)).filter(({ id }) => id !== plan.organId)
    : [authority]
  const title = ofAuthority ? `${plan.year}年度机关运行保障计划` : `${issuer}${plan.year}年度机关运行保障计划`
  const { present, needs, equipping, disposal } = plan.texts
  return issuePaper(ctx, {
    kind: 'plans.plan',
    number: plan.documentNumber ?? plan.id,
    title,
    organId: plan.organId,
    jurisdictionCode: plan.jurisdictionCode,
    recipientOrganIds: recipients.map(({ id }) => id),
    subject: { kind: 'plans.plan', id: plan.id },
    caseId: plan.caseId,
    document: {
      layout: 'red-head',
      organs: [issuer],
      title: ofAuthority ? `${issuer}关于下达${plan.year}年度\n机关运行保障计划的通知` : title,
      recipients: ofAuthority ? ['本级各机关'] : [authority.name],
      body: [
        { kind: 'heading', level: 1, text: planPartLabels.present },
        { kind: 'paragraph', text: present },
        holdingsTable(holdings),
        { kind: 'heading', level: 1, text: planPartLabels.needs },
        { kind: 'paragraph', text: needs },
        { kind: 'heading', level: 1, text: planPartLabels.equipping },
        { kind: 'paragraph', text: equipping },
        { kind: 'heading', level: 1, text: planPartLabels.disposal },
        { kind: 'paragraph', text: disposal },
        { kind: 'paragraph', text: '计划明细见附件。' },
      ],
      attachments: [{ name: '计划明细', body: [linesTable(lines, names)] }],
      signature: { organs: [issuer], date: plan.issuedOn ?? ctx.today },
      ...(finance && finance.id !== plan.organId ? { copies: [finance.name] } : {}),
    },
  })
}

/** What the organ has of each kind, beside what the standards admit. */
function holdingsTable(holdings: readonly Holding[]): Block {
  return {
    kind: 'table',
    caption: '资源配置现状',
    columns: [
      { title: '类别', share: 30 },
      { title: '单位', share: 8, align: 'center' },
      { title: '数量', share: 12 },
      { title: '可用', share: 12 },
      { title: '超年限', share: 12 },
      { title: '闲置', share: 12 },
      { title: '核定编制', share: 12 },
    ],
    rows: holdings.map((holding) => [
      holding.title,
      holding.unit,
      holding.quantity,
      holding.usableQuantity,
      holding.overLifeQuantity,
      holding.idleQuantity,
      holding.quotaQuantity,
    ]),
  }
}

/** The lines of the plan, money in 万元. @param names of organs by id */
function linesTable(lines: readonly PlanLineRow[], names: ReadonlyMap<string, string>): Block {
  return {
    kind: 'table',
    unit: '单位：万元',
    landscape: true,
    columns: [
      { title: '编号', share: 20 },
      { title: '类别', share: 14 },
      { title: '事项', share: 20 },
      { title: '使用机关', share: 20 },
      { title: '科目', share: 7, align: 'center' },
      { title: '数量', share: 8, align: 'right' },
      { title: '金额', share: 10, decimals: 2 },
      { title: '起止月', share: 8, align: 'center' },
    ],
    rows: lines.map((line) => [
      line.number,
      needKindLabels[line.needKind],
      line.itemName,
      names.get(line.servedOrganId) ?? '',
      line.economicCode,
      `${line.quantity}${line.unit}`,
      wanNumber(line.amountFen),
      `${line.fromMonth}–${line.toMonth}`,
    ]),
    total: ['合计', '', '', '', '', '', wanNumber(sumFen(lines.map(({ amountFen }) => amountFen))), ''],
  }
}
