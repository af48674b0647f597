import { formatChineseDate, localDateOf } from '#kernel/pure/local-date.ts'
import { formatYuan } from '#kernel/pure/money.ts'
import { renderPdf } from '#kernel/server/documents/pdf.ts'
import { stateLabels } from '../model.ts'
import { changesText, type ReceiptCard } from '../model/scan.ts'
import type { HandoverCard, HandoverRow } from '../store/handover.ts'
import type { ReceiptRow } from '../store/scan.ts'

/* Papers of things that change hands or place, drawn from the record whenever they are asked for. */

/** 资产变动单 of a scan session, as PDF. */
export async function changeSheet(row: ReceiptRow, cards: readonly ReceiptCard[], organName: string): Promise<Buffer> {
  const { changes } = row
  return renderPdf({
    layout: 'form',
    organs: [organName],
    number: row.number,
    title: '资产变动单',
    formLine: { left: `单位：${organName}`, right: `编号：${row.number}` },
    body: [
      {
        kind: 'form',
        rows: [
          {
            fields: [
              { label: '变动日期', value: formatChineseDate(row.effectiveOn) },
              { label: '办理人', value: row.doneByName },
            ],
          },
          {
            fields: [
              { label: '资产', value: `${row.cards}件，其中变更${row.changed}件` },
              { label: '办理日期', value: formatChineseDate(localDateOf(row.doneAt)) },
            ],
          },
          { fields: [{ label: '变更为', value: changesText(changes) }] },
          { fields: [{ label: '原因', value: row.reason }] },
          { band: '资产清单（变更前）' },
          {
            items: {
              columns: [
                { title: '序号', share: 6, align: 'center' },
                { title: '资产编号', share: 20 },
                { title: '资产名称', share: 22 },
                { title: '存放地点', share: 18 },
                { title: '使用部门', share: 14 },
                { title: '使用状况', share: 11, align: 'center' },
                { title: '变更', share: 8, align: 'center' },
              ],
              rows: cards.map((card, at) => [
                String(at + 1),
                card.number,
                card.name,
                card.place,
                card.department,
                stateLabels[card.state],
                card.changed ? '是' : '否',
              ]),
            },
          },
          { opinion: { label: '办理人签字', text: '' } },
          { opinion: { label: '使用部门签字', text: '' } },
        ],
      },
    ],
    createdAt: row.doneAt.toISOString(),
  })
}

/** 资产交接单, as PDF: who gave what to whom, and whether it was signed for. */
export async function handoverSheet(
  row: HandoverRow,
  cards: readonly HandoverCard[],
  organName: string,
): Promise<Buffer> {
  const signed = row.state === 'accepted' && row.answeredOn !== null ? { date: row.answeredOn, signer: row.toName } : {}
  return renderPdf({
    layout: 'form',
    organs: [organName],
    number: row.number,
    title: '资产交接单',
    formLine: { left: `单位：${organName}`, right: `编号：${row.number}` },
    body: [
      {
        kind: 'form',
        rows: [
          {
            fields: [
              { label: '移交人', value: row.fromName },
              { label: '接收人', value: row.toName },
            ],
          },
          {
            fields: [
              { label: '发起日期', value: formatChineseDate(row.offeredOn) },
              { label: '经办人', value: row.offeredByName },
            ],
          },
          {
            fields: [
              { label: '资产', value: `${row.cards}件` },
              { label: '原值', value: `${formatYuan(row.costFen)}元` },
            ],
          },
          { fields: [{ label: '交接原因', value: row.reason }] },
          { band: '交接清单（金额单位：元）' },
          {
            items: {
              columns: [
                { title: '序号', share: 6, align: 'center' },
                { title: '资产编号', share: 22 },
                { title: '资产名称', share: 24 },
                { title: '存放地点', share: 18 },
                { title: '原保管人', share: 12 },
                { title: '原值', share: 16, decimals: 2 },
              ],
              rows: cards.map((card, at) => [
                String(at + 1),
                card.number,
                card.name,
                card.place,
                card.fromCustodianName,
                card.costFen / 100,
              ]),
              total: ['', '合计', '', '', '', row.costFen / 100],
            },
          },
          { opinion: { label: '移交人签字', text: '' } },
          { opinion: { label: '接收人签字', text: row.state === 'accepted' ? (row.answer ?? '') : '', ...signed } },
        ],
      },
    ],
    createdAt: `${row.answeredOn ?? row.offeredOn}T00:00:00+08:00`,
  })
}
