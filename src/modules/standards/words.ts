/** What its pages are called in the navigation. */
export const places = {
  '/standards': '标准总览',
  '/standards/catalogue': '指导目录',
  '/standards/comparison': '标准对照',
  '/standards/drafts': '标准制定',
  '/standards/expenditure-reviews': '支出标准复核',
}
