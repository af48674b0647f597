/** What happened, in words. */
export const facts = {
  'organs.organ-registered': '登记机关',
  'organs.organ-changed': '修改机关登记',
  'organs.organ-closed': '停用机关',
  'organs.headcount-set': '登记编制',
  'organs.parts-taken-over': '承接法定职责',
}

/** What its pages are called in the navigation. */
export const places = {
  '/organs': '机关名录',
}
