import { formatChineseDate } from '#kernel/pure/local-date.ts'
import { capitalAmount, formatYuan } from '#kernel/pure/money.ts'
import type { Block } from '#kernel/pure/official-document.ts'
import type { Act } from '#kernel/server/context.ts'
import { issueDocument } from '#kernel/server/issued-documents.ts'
import { disposalFormLabels, type Item } from '../model.ts'
import type { ApplicationRow } from '../store/application.ts'

type Issuer = { id: string; name: string }

/** 批复 of a disposal: what may be disposed of, in which form, on whose consent, and what must follow (A12-3). */
export async function issueApproval(
  act: Act,
  row: ApplicationRow,
  items: readonly Omit<Item, 'storesData'>[],
  by: { issuer: Issuer; number: string; recipientOrganIds: readonly string[] },
): Promise<void> {
  const { issuer, number } = by
  const form = disposalFormLabels[row.form]
  const title = `关于同意${row.organName}${form}资产的批复`
  await issueDocument(act, {
    kind: 'disposal.approval',
    number,
    title,
    organId: issuer.id,
    jurisdictionCode: row.jurisdictionCode,
    recipientOrganIds: by.recipientOrganIds,
    subject: { kind: 'disposal.application', id: row.id },
    caseId: row.caseId,
    document: {
      layout: 'red-head',
      organs: [issuer.name],
      number,
      createdAt: act.now.toISOString(),
      title: `${issuer.name}${title}`,
      recipients: [row.organName],
      body: [
        {
          kind: 'paragraph',
          text: `你单位${row.appliedOn ? formatChineseDate(row.appliedOn) : ''}提交的资产处置申请（${row.number ?? ''}）收悉。依据《山西省机关运行保障条例》第十二条的规定，经研究，批复如下：`,
        },
        {
          kind: 'heading',
          level: 1,
          text: `同意${form}附件所列资产${items.length}项，原值${formatYuan(row.costFen)}元（${capitalAmount(row.costFen)}），净值${formatYuan(row.netFen)}元。`,
        },
        ...grounds(row),
        {
          kind: 'heading',
          level: 1,
          text: '请按批复的形式实施，有存储部件的资产须先清除数据；实施后据实登记资产台账。',
        },
        ...afterwards(row),
      ],
      attachments: [{ name: '处置资产清单', body: [itemTable(items)] }],
      signature: { organs: [issuer.name], date: act.today },
      note: '此件依申请公开',
    },
  })
}

function grounds(row: ApplicationRow): Block[] {
  const to = row.form === 'D1' ? row.receiverName : row.counterparty
  return [
    ...(to ? [{ kind: 'heading' as const, level: 1 as const, text: `接收方为${to}。` }] : []),
    ...(row.governmentDocument
      ? [
          {
            kind: 'heading' as const,
            level: 1 as const,
            text: `本项处置经财政部门同意（${row.consentDocument ?? ''}），并经本级人民政府批准（${row.governmentDocument}）。`,
          },
        ]
      : []),
  ]
}

/** What proceeds are for: the treasury, less the costs of the disposal (A12-5). */
function afterwards({ form }: ApplicationRow): Block[] {
  if (form === 'D1' || form === 'D2') return []
  return [
    {
      kind: 'heading',
      level: 1,
      text: '处置收入扣除税费和评估、交易等成本后，自收到之日起10个工作日内上缴国库。',
    },
  ]
}

export function itemTable(items: readonly Omit<Item, 'storesData'>[]): Block {
  const yuan = (fen: number) => fen / 100
  const sum = (of: (item: Omit<Item, 'storesData'>) => number) =>
    yuan(items.reduce((total, item) => total + of(item), 0))
  return {
    kind: 'table',
    landscape: true,
    unit: '单位：元',
    columns: [
      { title: '序号', share: 5, align: 'center' },
      { title: '资产编号', share: 18 },
      { title: '资产名称', share: 20 },
      { title: '规格型号', share: 20 },
      { title: '取得日期', share: 12, align: 'center' },
      { title: '数量', share: 6 },
      { title: '原值', share: 12, decimals: 2 },
      { title: '累计折旧', share: 12, decimals: 2 },
      { title: '净值', share: 12, decimals: 2 },
    ],
    rows: items.map((item, index) => [
      index + 1,
      item.number,
      item.name,
      item.model,
      item.acquiredOn,
      item.quantity,
      yuan(item.costFen),
      yuan(item.accumulatedFen),
      yuan(item.netFen),
    ]),
    total: [
      null,
      '合计',
      null,
      null,
      null,
      items.reduce((total, { quantity }) => total + quantity, 0),
      sum(({ costFen }) => costFen),
      sum(({ accumulatedFen }) => accumulatedFen),
      sum(({ netFen }) => netFen),
    ],
  }
}
