/** What happened, in words. */
export const facts = {
  'regulations.text-read': '上传制度文本',
  'regulations.import-given-up': '放弃导入',
  'regulations.version-confirmed': '收入制度库',
  'regulations.version-ended': '登记失效',
  'regulations.link-added': '关联条文',
  'regulations.link-removed': '取消关联',
}

/** What its pages are called in the navigation. */
export const places = {
  '/regulations': '制度库',
  '/regulations/system': '标准体系',
}
