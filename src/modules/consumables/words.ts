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

/** What its pages are called in the navigation. */
export const places = {
  '/consumables/items': '低值易耗品',
  '/consumables/issues': '物品领用',
}
