import type { Block } from '#kernel/pure/official-document.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import type { Organ } from '#modules/organs/model.ts'
import { partyOrgan } from '#modules/organs/offers.ts'
import { needKindLabels } from '#modules/standards/model.ts'
import { opinionLabels, type DemandLine, type Proposal } from '../model.ts'
import type { ReviewRow } from '../store/review.ts'
import type { NoticeRow } from '../store/notice.ts'
import { issuePaper } from './issue.ts'
import { chineseDate, sumFen, wan, wanNumber } from './wording.ts'

type NoticedLine = { line: DemandLine; proposal: Proposal | null; decision: ReviewRow['decision'] }

/**
 * 书面通知 (Art. 33 para 1, norm A33-3): what the organ plans for itself, and line by line what was decided on the rest,
 * with reason and standard, so that the notice alone answers "why".
 */
export async function issueNoticeDocument(
  ctx: Act,
  given: { notice: NoticeRow; organ: Organ; year: number; lines: readonly NoticedLine[] },
): Promise<string> {
  const { notice, organ, year, lines } = given
  const authority = found(await partyOrgan(ctx.tx, notice.jurisdictionCode, 'authority', ctx.today), '机关事务管理部门')
  const own = lines.filter(({ decision }) => decision !== null && !decision.centralised && decision.amountFen > 0)
  const rest = lines.filter((line) => !own.includes(line))
  const others = rest.length > 0
  return issuePaper(ctx, {
    kind: 'plans.notice',
    number: notice.number,
    title: `关于自行制定${year}年度机关运行保障计划有关事项的通知`,
    organId: authority.id,
    jurisdictionCode: notice.jurisdictionCode,
    recipientOrganIds: [notice.organId],
    subject: { kind: 'plans.notice', id: notice.id },
    caseId: null,
    document: {
      layout: 'red-head',
      organs: [authority.name],
      title: `${authority.name}关于自行制定${year}年度\n机关运行保障计划有关事项的通知`,
      recipients: [organ.name],
      body: [
        {
          kind: 'paragraph',
          text: `你单位${year}年度机关运行保障需求申请收悉。依据《山西省机关运行保障条例》第三十三条的规定，经审核，现将有关事项通知如下。`,
        },
        { kind: 'heading', level: 1, text: '由你单位自行制定计划的事项' },
        {
          kind: 'paragraph',
          text: `附件${others ? '1' : ''}所列${own.length}项不属于集中统一管理范围，核定资金${wan(notice.amountFen)}万元。请你单位依据本通知自行制定保障计划，并作为编制本单位预算的依据。`,
        },
        ...(others
          ? [
              { kind: 'heading' as const, level: 1 as const, text: '其他事项的审核意见' },
              {
                kind: 'paragraph' as const,
                text: `附件2所列${rest.length}项的审核意见、核定数字和理由一并告知。属于集中统一管理的，由我局统筹制定计划。`,
              },
            ]
          : []),
        {
          kind: 'paragraph',
          text: `请于${chineseDate(notice.dueOn)}前签收。对审核意见有疑问的，可在系统“决定与依据”中按所附决定编号查看每一行的条款、标准、算式和结论（地址：/decisions/决定编号），或与我局联系。`,
        },
      ],
      attachments: [
        { name: '自行制定计划的事项', body: [noticedTable(own)] },
        ...(others ? [{ name: '其他事项的审核意见', body: [noticedTable(rest)] }] : []),
      ],
      signature: { organs: [authority.name], date: notice.issuedOn },
    },
  })
}

/** Lines with what was asked, what was decided and why; money in 万元. */
function noticedTable(lines: readonly NoticedLine[]): Block {
  return {
    kind: 'table',
    unit: '单位：万元',
    landscape: true,
    columns: [
      { title: '序号', share: 5, align: 'center' },
      { title: '类别', share: 12 },
      { title: '事项', share: 16 },
      { title: '申请数量', share: 9, align: 'right' },
      { title: '申请金额', share: 9, decimals: 2 },
      { title: '审核意见', share: 12 },
      { title: '核定金额', share: 9, decimals: 2 },
      { title: '理由和依据', share: 28 },
    ],
    rows: lines.map(({ line, decision }, index) => [
      index + 1,
      line.needKind ? needKindLabels[line.needKind] : '',
      line.itemName,
      `${line.quantity ?? 0}${line.unit}`,
      wanNumber(line.amountFen ?? 0),
      decision ? opinionLabels[decision.opinion] : '',
      decision ? wanNumber(decision.amountFen) : null,
      [decision?.reason, decision?.decisionNumber && `决定编号：${decision.decisionNumber}`].filter(Boolean).join(''),
    ]),
    total: [
      '',
      '合计',
      '',
      '',
      wanNumber(sumFen(lines.map(({ line }) => line.amountFen ?? 0))),
      '',
      wanNumber(sumFen(lines.map(({ decision }) => decision?.amountFen ?? 0))),
      '',
    ],
  }
}
