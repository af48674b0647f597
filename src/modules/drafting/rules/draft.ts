import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import type { Finding } from '#kernel/pure/verdict.ts'
import { needKindLabels } from '#modules/standards/model.ts'
import { law } from '../law.ts'
import {
  keyOf,
  keyText,
  kindsOfMatter,
  matterLabels,
  needsConsultation,
  type Change,
  type StandardChange,
} from '../model.ts'
import { checkCatalogue } from './catalogue.ts'
import { enactmentOf, type Dated, type EnactmentFault, type PlannedChange } from './enactment.ts'
import { finding, placeOf, type DraftFacts } from './facts.ts'
import { checkOverride } from './override.ts'
import { checkRows } from './rows.ts'

/** Everything the rules say of a draft as it stands; what blocks stops it from being sent up or approved (A6-2, A9-1…3). */
export function checkDraft(facts: DraftFacts): Finding[] {
  return [
    ...checkHead(facts),
    ...checkDates(facts),
    ...checkSuccession(facts),
    ...(facts.matter === 'catalogue' ? checkCatalogue(facts) : checkStandards(facts)),
    ...checkConsultation(facts),
    ...checkSecrecy(facts),
  ]
}

function checkStandards(facts: DraftFacts): Finding[] {
  const changes = standardChanges(facts)
  return [
    ...checkRows(facts, changes),
    ...changes.flatMap((change) => [
      ...checkMatter(facts, change),
      ...checkOverride(facts, change),
      ...checkGround(facts, change),
      ...checkParameterEnd(facts, change),
    ]),
  ]
}

export function standardChanges({ changes }: Pick<DraftFacts, 'changes'>): Change<StandardChange>[] {
  return changes.filter((change): change is Change<StandardChange> => change.subject === 'standard')
}

export function nameOf(change: Change): string {
  return change.subject === 'standard' ? change.title : needKindLabels[change.needKind]
}

/** STD-R01: a document that can be cited, a reason, something to decide. */
function checkHead({ head, changes }: DraftFacts): Finding[] {
  const found: Finding[] = []
  const missing = (field: string, message: string, remedy: string) =>
    found.push(finding('STD-R01', 'block', law.adjustment, message, { field, remedy }))
  if (head.documentTitle === '')
    missing('documentTitle', '没有填写文件名称，标准将没有出处可引。', '请填写发布这些标准的文件名称。')
  if (head.reason.length < 4)
    missing('reason', '没有说明制定或者修订的理由。', '请写明依据的国家规定、基本需求或者情况变化。')
  if (changes.length === 0) missing('changes', '草案没有任何内容。', '请至少拟定一行。')
  return found
}

/** STD-R02: from a day that is named and still to come, unless the document itself counts from an earlier one, with its ground. */
function checkDates({ head, today }: DraftFacts): Finding[] {
  const { inForceOn, retroactiveGround } = head
  const field = 'inForceOn'
  if (inForceOn === null)
    return [
      finding('STD-R02', 'block', law.adjustment, '没有填写施行日期。', {
        field,
        remedy: '请填写施行日期；按年度审核需求的标准宜自下一年度起施行。',
      }),
    ]
  if (inForceOn >= today) return []
  if (retroactiveGround.length >= 4)
    return [
      finding(
        'STD-R02',
        'warn',
        law.adjustment,
        `施行日期${inForceOn}早于今日，已写明依据。已经作出的审核决定不受影响。`,
        { field, facts: { 施行日期: inForceOn, 依据: retroactiveGround } },
      ),
    ]
  return [
    finding('STD-R02', 'block', law.adjustment, `施行日期${inForceOn}早于今日${today}，标准不溯及既往。`, {
      field,
      facts: { 施行日期: inForceOn, 今日: today },
      remedy: '请改为今日或者以后的日期；文件本身规定从更早日期起算的，请写明依据。',
    }),
  ]
}

const successionWords: Record<EnactmentFault['code'], (row: Dated | null) => [string, string]> = {
  'replaced-gone': () => ['所修订的标准已不存在。', '请删除这一行，从现行标准重新选择。'],
  'not-later': (row) => [
    `施行日期不晚于现行版本的起始日${row?.from ?? ''}，会覆盖已经生效的版本。`,
    '请把施行日期改到现行版本起始日之后。',
  ],
  'already-changed': (row) => [
    `所修订的版本已由其他文件修订或者废止${row ? `（${row.from}${row.until ? `至${row.until}` : '起'}）` : ''}。`,
    '请删除这一行，从现行标准重新选择后再修订。',
  ],
  'later-row': (row) => [`另一份文件已经批准自${row?.from ?? ''}起施行的新版本。`, '请从该版本重新选择后再修订。'],
  'key-taken': (row) => [
    `同一标准已有一行在施行（${row?.from ?? ''}起），期间重叠。`,
    '请改为“修订”该行，不要另行新增。',
  ],
  'ends-before-it-begins': () => ['试行截止日早于施行日期。', '请更正试行截止日。'],
}

/** STD-R03: periods of one key never overlap, leave no gap, and nothing is overwritten (A9-2). */
function checkSuccession(facts: DraftFacts): Finding[] {
  const on = facts.head.inForceOn ?? facts.today
  const byKey = new Map(facts.changes.map((change) => [keyText(keyOf(change)), change]))
  return enactmentOf(datedRows(facts), plannedChanges(facts.changes), on).faults.map(({ key, code, row }) => {
    const change = byKey.get(key) as Change
    const [message, remedy] = successionWords[code](row)
    return finding('STD-R03', 'block', law.adjustment, `${placeOf(change, nameOf(change))}：${message}`, {
      field: `changes.${change.lineNo - 1}.${code === 'ends-before-it-begins' ? 'until' : 'code'}`,
      remedy,
    })
  })
}

/** The jurisdiction's own rows, as periods of keys. */
export function datedRows(facts: Pick<DraftFacts, 'rows' | 'entries' | 'jurisdictionCode'>): Dated[] {
  const own = <R extends { jurisdictionCode: string }>(rows: readonly R[]) =>
    rows.filter(({ jurisdictionCode }) => jurisdictionCode === facts.jurisdictionCode)
  return [
    ...own(facts.rows).map(({ id, code, level, rank, from, until }) => ({
      id,
      key: keyText({ code, level, rank }),
      from,
      until,
    })),
    ...own(facts.entries).map(({ id, needKind, from, until }) => ({
      id,
      key: keyText({ code: needKind, level: null, rank: null }),
      from,
      until,
    })),
  ]
}

export function plannedChanges(changes: readonly Change[]): PlannedChange[] {
  return changes.map((change) => ({
    key: keyText(keyOf(change)),
    act: change.act,
    replacesId: change.replacesId,
    until: change.subject === 'standard' ? change.until : null,
  }))
}

/** A draft holds what one department may set (Art. 9): the authority no money, finance no quotas. */
function checkMatter({ matter }: DraftFacts, change: Change<StandardChange>): Finding[] {
  if (kindsOfMatter[matter].includes(change.kind)) return []
  return [
    finding(
      'STD-R01',
      'block',
      matter === 'expenditure' ? law.expenditure : law.consultation,
      `${placeOf(change, change.title)}不属于${matterLabels[matter]}。`,
      { field: `changes.${change.lineNo - 1}.code`, remedy: '请删除这一行，另行起草。' },
    ),
  ]
}

/** Why this figure: without a reason nobody can judge it, nor review it a year later. */
function checkGround(_: DraftFacts, change: Change<StandardChange>): Finding[] {
  if (change.reason.length >= 4) return []
  return [
    finding('STD-R01', 'block', law.adjustment, `${placeOf(change, change.title)}没有写明理由。`, {
      field: `changes.${change.lineNo - 1}.reason`,
      remedy: '请写明测算依据或者情况变化。',
    }),
  ]
}

/** STD-R07: a parameter of procedure cannot be left without a figure; the level above must have one. */
function checkParameterEnd(facts: DraftFacts, change: Change<StandardChange>): Finding[] {
  if (change.act !== 'end' || change.kind !== 'parameter') return []
  const on = facts.head.inForceOn ?? facts.today
  const inherited = facts.rows.some(
    ({ code, jurisdictionCode, from, until }) =>
      code === change.code &&
      jurisdictionCode !== facts.jurisdictionCode &&
      from <= on &&
      (until === null || until >= on),
  )
  if (inherited) return []
  return [
    finding(
      'STD-R07',
      'block',
      law.adjustment,
      `${placeOf(change, change.title)}废止后将没有可用的参数，业务无法办理。`,
      {
        field: `changes.${change.lineNo - 1}.act`,
        remedy: '请改为“修订”，写明新的数值。',
      },
    ),
  ]
}

/** STD-R06: quotas and service standards only after those served were asked and answered, on what they were asked about (A9-1). */
export function checkConsultation({ matter, consultation, changes }: DraftFacts): Finding[] {
  if (!needsConsultation(matter)) return []
  const field = 'consultation'
  if (consultation === null)
    return [
      finding('STD-R06', 'block', law.consultation, '尚未征求服务保障对象的意见，不能报批、生效。', {
        field,
        remedy: '请先“征求意见”，逐条答复并办结后再送批。',
      }),
    ]
  if (!consultation.closed)
    return [
      finding('STD-R06', 'block', law.consultation, '征求意见尚未办结，不能报批、生效。', {
        field,
        remedy: '请在意见期满或者全部反馈后逐条答复，办结征求意见。',
      }),
    ]
  return changes.flatMap((change) => {
    const asked = consultation.consulted[keyText(keyOf(change))]
    const place = placeOf(change, nameOf(change))
    if (asked === undefined)
      return [
        finding('STD-R06', 'block', law.consultation, `${place}没有征求过意见。`, {
          field: `changes.${change.lineNo - 1}.code`,
          remedy: '请删除这一行另行起草，或者重新征求意见。',
        }),
      ]
    const figures = (content: typeof asked) =>
      content.subject === 'standard' ? [content.act, content.value, content.until] : [content.act, content.centralised]
    if (JSON.stringify(figures(asked)) === JSON.stringify(figures(change))) return []
    return [
      finding('STD-R06', 'warn', law.consultation, `${place}的内容在征求意见后作了修改。`, {
        field: `changes.${change.lineNo - 1}.value`,
        remedy: '请核对修改与意见采纳情况一致。',
      }),
    ]
  })
}

/** STD-R08: nothing marked secret enters (Art. 44). */
function checkSecrecy({ head, changes }: DraftFacts): Finding[] {
  const texts: [string, string][] = [
    ['documentTitle', head.documentTitle],
    ['reason', head.reason],
    ['retroactiveGround', head.retroactiveGround],
    ...changes.flatMap((change): [string, string][] => [
      [`changes.${change.lineNo - 1}.reason`, change.reason],
      [`changes.${change.lineNo - 1}.note`, change.note],
      [`changes.${change.lineNo - 1}.citation`, change.citation],
    ]),
  ]
  return texts
    .filter(([, text]) => secrecyMarkIn(text) !== null)
    .map(([field]) =>
      finding('STD-R08', 'block', law.secrecy, '内容带有密级标志。本系统不处理涉密事项。', {
        field,
        remedy: '请删除涉密内容，按保密规定另行办理。',
      }),
    )
}
