import { z } from 'zod'
import { defineContract, FileOutput, pageInput, pageOf, UploadedFile } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import { Amount, Issue, issueStates, IssueView, Item, ItemTerms, Movement, Pieces, Quantity } from './model.ts'

const itemId = z.uuid()
const issueId = z.uuid()
const version = z.number().int()
const reason = z.string().trim().min(1, '请填写原因。').max(300)
const text = (longest: number) => z.string().trim().max(longest).default('')
const itemFilter = {
  /** A fragment of name, spec, number or place. */
  text: z.string().max(60).optional(),
  /** Below the minimum alone. */
  low: z.enum(['yes']).optional(),
  organId: z.uuid().optional(),
}
const ItemView = z.object({ item: Item, may: z.object({ keep: May, issue: May }) })

export const contract = defineContract('consumables', {
  items: {
    method: 'GET',
    path: '/items',
    summary: '低值易耗品库存',
    input: z.object({ ...itemFilter, ...pageInput }),
    output: pageOf(Item).extend({ low: z.number().int(), valueFen: z.number().int() }),
  },
  exportItems: {
    method: 'GET',
    path: '/items/export',
    summary: '导出库存和收发明细',
    kind: 'download',
    input: z.object(itemFilter),
    output: FileOutput,
  },
  itemTemplate: {
    method: 'GET',
    path: '/items/template',
    summary: '下载期初库存模板',
    kind: 'download',
    input: z.object({}),
    output: FileOutput,
  },
  /** Items and what of them is in stock: all rows, or none with the problems of each cell. */
  importItems: {
    method: 'POST',
    path: '/items/import',
    summary: '导入期初库存',
    kind: 'upload',
    input: z.object({ file: UploadedFile }),
    output: z.object({
      read: z.number().int(),
      created: z.number().int(),
      problems: z.array(z.object({ row: z.number().int(), column: z.string(), message: z.string() })),
    }),
  },
  viewItem: {
    method: 'GET',
    path: '/items/:itemId',
    summary: '查看物品',
    input: z.object({ itemId }),
    output: ItemView,
  },
  movements: {
    method: 'GET',
    path: '/items/:itemId/movements',
    summary: '物品收发明细',
    input: z.object({ itemId, ...pageInput }),
    output: pageOf(Movement),
  },
  createItem: { method: 'POST', path: '/items', summary: '新建物品', input: ItemTerms, output: ItemView },
  changeItem: {
    method: 'PUT',
    path: '/items/:itemId',
    summary: '修改物品',
    input: ItemTerms.extend({ itemId, version, stopped: z.boolean().default(false), reason }),
    output: ItemView,
  },
  /** Bought or otherwise come in, with what all of it cost. */
  receiveItem: {
    method: 'POST',
    path: '/items/:itemId/receipts',
    summary: '入库',
    input: z.object({
      itemId,
      version,
      quantity: Pieces,
      amountFen: Amount,
      receivedOn: LocalDateSchema,
      supplier: text(120),
      document: text(100),
    }),
    output: ItemView,
  },
  /** What was counted counts from now on; the difference and its reason stay. */
  countItem: {
    method: 'POST',
    path: '/items/:itemId/counts',
    summary: '盘点调整库存',
    input: z.object({ itemId, version, counted: Quantity, unitFen: Amount.default(0), reason }),
    output: ItemView,
  },
  receivers: {
    method: 'GET',
    path: '/receivers',
    summary: '可以领用的本机关人员',
    input: z.object({}),
    output: z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string() })) }),
  },
  issues: {
    method: 'GET',
    path: '/issues',
    summary: '领用列表',
    input: z.object({ state: z.enum(issueStates).optional(), ...pageInput }),
    output: pageOf(Issue),
  },
  viewIssue: {
    method: 'GET',
    path: '/issues/:issueId',
    summary: '查看领用',
    input: z.object({ issueId }),
    output: IssueView,
  },
  issueItems: {
    method: 'POST',
    path: '/issues',
    summary: '办理领用',
    input: z.object({
      toPersonId: z.uuid(),
      /** A room they are for; the person signs for it. */
      place: text(60),
      purpose: z.string().trim().min(1, '请填写用途。').max(200),
      lines: z
        .array(z.object({ itemId, quantity: Pieces }))
        .min(1, '请选择要领用的物品。')
        .max(50, '一次最多领用50种物品。'),
    }),
    output: IssueView,
  },
  acceptIssue: {
    method: 'POST',
    path: '/issues/:issueId/acceptance',
    summary: '签收领用',
    input: z.object({ issueId, version }),
    output: IssueView,
  },
  declineIssue: {
    method: 'POST',
    path: '/issues/:issueId/refusal',
    summary: '退回领用',
    input: z.object({ issueId, version, opinion: z.string().trim().min(1, '请填写理由。').max(300) }),
    output: IssueView,
  },
  withdrawIssue: {
    method: 'POST',
    path: '/issues/:issueId/withdrawal',
    summary: '撤回领用',
    input: z.object({ issueId, version }),
    output: IssueView,
  },
  /** Unused pieces come back into the stock, at what they went out for. */
  takeBack: {
    method: 'POST',
    path: '/issues/:issueId/returns',
    summary: '退库',
    input: z.object({
      issueId,
      version,
      lines: z
        .array(z.object({ itemId, quantity: Pieces }))
        .min(1, '请选择退回的物品。')
        .max(50),
      reason,
    }),
    output: IssueView,
  },
})
