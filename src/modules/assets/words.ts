/** What happened, in words. */
export const facts = {
  'assets.card-registered': '登记资产',
  'assets.card-changed': '变更资产',
  'assets.card-details-changed': '修改资产信息',
  'assets.card-value-changed': '价值变动',
  'assets.card-handed-over': '资产交接',
  'assets.card-moved': '资产调出',
  'assets.card-taken-over': '资产调入',
  'assets.card-counted': '按盘点结果更正',
  'assets.card-removed': '处置注销',
  'assets.card-split': '拆分卡片',
  'assets.card-merged': '合并卡片',
  'assets.card-formed': '拆分、合并形成卡片',
  'assets.card-state-set': '设定使用状况',
  'assets.event-corrected': '更正变动',
  'assets.handover-offered': '发起交接',
  'assets.handover-accepted': '签收交接',
  'assets.handover-declined': '退回交接',
  'assets.handover-withdrawn': '撤回交接',
  'assets.import-read': '上传卡片工作簿',
  'assets.import-mended': '改正导入的行',
  'assets.import-applying': '确认导入',
  'assets.import-applied': '导入资产卡片',
  'assets.month-closed': '计提折旧',
  'assets.field-defined': '新建自定义字段',
  'assets.field-revised': '修改自定义字段',
  'assets.field-retired': '停用自定义字段',
  'assets.filter-saved': '保存筛选',
  'assets.filter-removed': '删除筛选',
}

/** What its pages are called in the navigation. */
export const places = {
  '/assets/cards': '资产卡片',
  '/assets/handovers': '资产交接',
  '/assets/custom-fields': '自定义字段',
}
