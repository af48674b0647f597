/** What happened, in words. */
export const facts = {
  'whatif.scenario-created': '新建测算方案',
  'whatif.scenario-saved': '保存测算方案',
  'whatif.scenario-deleted': '删除测算方案',
  'whatif.run-asked': '测算',
}

/** What its pages are called in the navigation. */
export const places = {
  '/whatif': '模拟测算',
}
