import { issueStateLabels } from './model.ts'

/** What happened, in words. */
export const facts = {
  'consumables.item-created': '新建物品',
  'consumables.item-changed': '修改物品',
  'consumables.items-imported': '导入期初库存',
  'consumables.stock-received': '入库',
  'consumables.stock-counted': '盘点调整库存',
  'consumables.issue-offered': '办理领用',
  'consumables.issue-accepted': '签收领用',
  'consumables.issue-declined': '退回领用',
  'consumables.issue-withdrawn': '撤回领用',
  'consumables.issue-taken-back': '退库',
}

/** Fields of what was recorded. */
export const fields = {
  name: '品名',
  spec: '规格',
  unit: '单位',
  minimum: '库存下限',
  place: '存放地点',
  receivedOn: '入库日期',
  supplier: '供应商',
  counted: '盘点数量',
  valueFen: '库存金额',
  toName: '领用人',
  answer: '答复',
  stopped: '停用',
}

/** What its records are about. */
export const subjects = {
  'consumables.item': '低值易耗品',
  'consumables.issue': '物品领用',
  'consumables.import': '库存导入',
}

/** States of what its records are about. */
export const states = {
  'consumables.issue': issueStateLabels,
}

/** What its pages are called in the navigation. */
export const places = {
  '/consumables/items': '低值易耗品',
  '/consumables/issues': '物品领用',
}
