import { fieldLabels, workKindLabels } from './model.ts'

/** What happened, in words. */
export const facts = {
  'regulations.text-read': '上传制度文本',
  'regulations.import-given-up': '放弃导入',
  'regulations.version-confirmed': '收入制度库',
  'regulations.version-ended': '登记失效',
  'regulations.link-added': '关联条文',
  'regulations.link-removed': '取消关联',
}

/** Fields of what was recorded. */
export const fields = {
  kind: '种类',
  issuer: '制定机关',
  issuedOn: '发布日期',
  fields: '适用领域',
  articles: '条数',
  characters: '字数',
  oddities: '待核对处',
  corrected: '已校对',
  confirmed: '已确认',
  superseded: '替代的版本',
}

/** What its records are about. */
export const subjects = {
  'regulations.work': '制度文件',
  'regulations.import': '制度文本导入',
}

/** Codes of its fields. */
export const codes = {
  kind: workKindLabels,
  fields: fieldLabels,
}

/** What its pages are called in the navigation. */
export const places = {
  '/regulations': '制度库',
  '/regulations/system': '标准体系',
}
