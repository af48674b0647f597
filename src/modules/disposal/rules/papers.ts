import type { DisposalForm, PaperKind } from '../model.ts'

export type NeededPaper = Readonly<{
  kind: PaperKind
  /** Without it the application is not handed in; else it is only asked after. */
  required: boolean
  why: string
}>

/** Which papers an application needs: by its form (facts 2.5), and by what its things are. */
export function neededPapers(about: {
  form: DisposalForm
  crossLevel: boolean
  /** Some thing has not reached its least life (AST-R11). */
  underLife: boolean
  /** Some thing at the end of its life is still usable (AST-R12). */
  usablePastLife: boolean
}): NeededPaper[] {
  const { form, crossLevel, underLife, usablePastLife } = about
  const needed = (kind: PaperKind, why: string, required = true): NeededPaper => ({ kind, required, why })
  return [
    needed('decision', '处置资产由单位集体决策'),
    ...(form === 'D1' || form === 'D2' ? [needed('receiver-consent', '接收方同意接收')] : []),
    ...(form === 'D1' && crossLevel ? [needed('receiver-level', '跨级次划转须接收方同级部门同意')] : []),
    ...(form === 'D2' ? [needed('qualification', '受赠方须为公益性单位')] : []),
    ...(form === 'D4' ? [needed('counterpart', '对方同意置换')] : []),
    ...(form === 'D5' && underLife ? [needed('technical', '未满最低使用年限的，须有技术鉴定')] : []),
    ...(form === 'D5' && usablePastLife ? [needed('warehouse', '仍可使用的，应当先提供给公物仓', false)] : []),
    ...(form === 'D6'
      ? [needed('cause', '说明损失的经过和原因'), needed('responsibility', '认定责任'), needed('evidence', '外部证明')]
      : []),
  ]
}
