import type { WorkCalendar } from '#kernel/pure/calendar.ts'
import type { LocalDate } from '#kernel/pure/local-date.ts'
import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { allOf, provided, type Finding, type Verdict } from '#kernel/pure/verdict.ts'
import { judged } from '#modules/standards/rules/finding.ts'
import { figureFor, type StandardTable } from '#modules/standards/rules/in-force.ts'
import { termEnd } from '#modules/standards/rules/terms.ts'
import { law } from '../law.ts'
import { triggerLabels, type Grade, type Trigger } from '../model.ts'

/** Who may begin, and the term in force; none where the facts set no number of days (facts 3.2). */
const triggerRules: Readonly<Record<Trigger, { by: readonly ('holder' | 'authority')[]; term: string | null }>> = {
  G1: { by: ['holder', 'authority'], term: 'warehouse.intake-idle' },
  G2: { by: ['authority'], term: 'warehouse.intake-over-standard' },
  G3: { by: ['holder', 'authority'], term: 'warehouse.intake-temporary-body' },
  G4: { by: ['holder', 'authority'], term: 'warehouse.intake-event' },
  G5: { by: ['holder', 'authority'], term: 'warehouse.intake-reorganisation' },
  G6: { by: ['authority'], term: null },
  G7: { by: ['holder'], term: null },
}

/** Whether the holder, or the authority of its level, begins an intake on this ground (A23-1). */
export function mayBegin(trigger: Trigger, by: 'holder' | 'authority'): Verdict {
  return provided(triggerRules[trigger].by.includes(by), {
    code: 'trigger-party',
    message: `“${triggerLabels[trigger]}”由${by === 'holder' ? '机关事务管理部门通知' : '持有资产的机关申请'}入仓。`,
    basis: law.warehouse,
    remedy: by === 'holder' ? '请改选其他入仓情形。' : '请由持有资产的机关提出申请。',
  })
}

/** Last day on which the things are to be in, counted from the event (`triggeredOn`); null without a term. */
export function intakeDue(
  table: StandardTable,
  trigger: Trigger,
  triggeredOn: LocalDate,
  calendar: WorkCalendar,
): LocalDate | null {
  const { term } = triggerRules[trigger]
  return term === null
    ? null
    : termEnd(figureFor(table, term, 'term').value, triggeredOn, calendar, table.jurisdictionCode)
}

/** GWC-R03 and the terms of the other grounds: things still out after the last day are flagged with their number. */
export function checkIntakeTerm(
  table: StandardTable,
  {
    trigger,
    triggeredOn,
    dueOn,
    open,
    today,
  }: { trigger: Trigger; triggeredOn: LocalDate; dueOn: LocalDate; open: number; today: LocalDate },
): Finding {
  const { term } = triggerRules[trigger]
  const late = open > 0 && today > dueOn
  return judged({
    rule: trigger === 'G3' || trigger === 'G4' ? 'GWC-R03' : 'GWC-R02',
    norm: 'A23-1',
    citation: law.warehouse.citation,
    rows: term === null ? [] : [figureFor(table, term, 'term')],
    ok: !late,
    otherwise: 'warn',
    field: 'dueOn',
    said: late
      ? `${triggerLabels[trigger]}（${triggeredOn}），应于${dueOn}前入仓，逾期未入仓${open}件。`
      : `${triggerLabels[trigger]}（${triggeredOn}），应于${dueOn}前入仓${open > 0 ? `，待入仓${open}件` : ''}。`,
    remedy: '请立即移交；确有原因的，由机关事务管理部门说明并督办。',
    facts: { 逾期件数: late ? open : 0, 应入仓日期: dueOn },
  })
}

/** GWC-R05: what may not come in, by the words of the card. Longer words stand before those they hold. */
const refusedGoods: readonly { words: readonly string[]; what: string }[] = [
  { words: ['涉密', '密码机', '保密机'], what: '涉密载体、密码设备' },
  { words: ['枪支', '弹药', '警棍', '手铐', '催泪'], what: '武器、警械' },
  { words: ['毒品', '麻醉药', '精神药品'], what: '毒品、管制药品' },
  { words: ['易燃', '易爆', '剧毒', '放射源', '危险化学', '雷管', '液化气'], what: '危险物品' },
]

/** GWC-R05: secret media, weapons, drugs, dangerous goods never come in; storage media are declared to be free of secrets. */
export function mayTakeIn(thing: { number: string; name: string; model: string; note: string }): Verdict {
  const text = `${thing.name} ${thing.model} ${thing.note}`
  const kind = refusedGoods.find(({ words }) => words.some((word) => text.includes(word)))
  return allOf(
    provided(kind === undefined, {
      code: 'GWC-R05',
      message: `资产${thing.number}属于${kind?.what ?? ''}，不得进入公物仓。`,
      basis: law.secrecy,
      remedy: '请从清单中去掉，按专门规定移交或销毁。',
    }),
    provided(secrecyMarkIn(text) === null, {
      code: 'A44-1',
      message: `资产${thing.number}带有密级标志，不得进入公物仓。`,
      basis: law.secrecy,
      remedy: '请通过保密渠道处理。',
    }),
  )
}

/** What is known of a thing when it is to be signed for. */
export type Arriving = Readonly<{
  label: string
  hasCard: boolean
  hasPhoto: boolean
  grade: Grade | null
  storeId: string | null
}>

/** GWC-R04: card, photo, appraisal grade and the signatures of both; all that is missing at once. */
export function mayReceive(
  items: readonly Arriving[],
  signed: { handedByName: string; receiverName: string },
): Verdict {
  const missing = (what: string, lacking: (item: Arriving) => boolean) => {
    const of = items.filter(lacking)
    return provided(of.length === 0, {
      code: 'GWC-R04',
      message: `${of.length}件没有${what}：${of
        .slice(0, 5)
        .map(({ label }) => label)
        .join('、')}${of.length > 5 ? '等' : ''}。`,
      basis: law.intakePapers,
      facts: { 缺: what, 件数: of.length },
      remedy: `请先补上${what}。`,
    })
  }
  return allOf(
    missing('资产卡片', ({ hasCard }) => !hasCard),
    missing('照片', ({ hasPhoto }) => !hasPhoto),
    missing('鉴定等级', ({ grade }) => grade === null),
    missing('存放的仓库', ({ grade, storeId }) => grade !== null && storeId === null),
    provided(signed.handedByName.trim() !== '' && signed.receiverName.trim() !== '', {
      code: 'GWC-R04',
      message: '没有移交人或接收人签名。',
      basis: law.intakePapers,
      remedy: '请填写移交人和接收人姓名。',
    }),
  )
}

/** Where a thing goes once it is signed for: light repair is had on the shelf, heavy one is approved first, D is disposed of. */
export function stateAfter(grade: Grade): 'available' | 'repair' | 'disposal' {
  return grade === 'D' ? 'disposal' : grade === 'C' ? 'repair' : 'available'
}
