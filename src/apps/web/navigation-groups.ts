/** The words of the office over the navigation, in the order of the Regulation; modules choose one of them. */
export const navigationGroups = [
  '工作',
  '计划',
  '标准',
  '经费',
  '资产',
  '公物仓',
  '房产',
  '车辆',
  '服务',
  '能源',
  '应急',
  '监督',
  '公开',
  '统计',
  '管理',
] as const
