/** Codes of a field and what the screen calls them: `in-use` → 在用. */
export type CodeWords = Readonly<Record<string, string>>

/** What a module calls its facts, fields and pages on the screen: the exports of its `words.ts`, pure and in Chinese. */
export type ModuleWords = {
  /** What happened: `plans.demand-submitted` → 提交审核. */
  facts?: Readonly<Record<string, string>>
  /** Fields of its recorded facts, as this module calls them: `askedFen` → 申请金额. */
  fields?: Readonly<Record<string, string>>
  /** What its records are about: `assets.card` → 资产卡片. */
  subjects?: Readonly<Record<string, string>>
  /** The states of what its records are about, by kind: `assets.loan` → { lent: 借用中 }. */
  states?: Readonly<Record<string, CodeWords>>
  /** Codes of its other fields: `acquiredBy` → { purchase: 购置 }. */
  codes?: Readonly<Record<string, CodeWords>>
  /** Pages that carry norms, as the navigation calls them: `/plans/demands` → 需求申请. */
  places?: Readonly<Record<string, string>>
}
