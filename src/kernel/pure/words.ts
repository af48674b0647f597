/** What a module calls its facts, fields and pages on the screen: the exports of its `words.ts`, pure and in Chinese. */
export type ModuleWords = {
  /** What happened: `plans.demand-submitted` → 提交审核. */
  facts?: Readonly<Record<string, string>>
  /** Fields of its recorded facts that no other module has: `askedFen` → 申请金额. */
  fields?: Readonly<Record<string, string>>
  /** Pages that carry norms, as the navigation calls them: `/plans/demands` → 需求申请. */
  places?: Readonly<Record<string, string>>
}
