import type { Actor } from '#kernel/pure/actor.ts'
import { addDays } from '#kernel/pure/local-date.ts'
import type { Act } from '#kernel/server/context.ts'
import { actions as consultationActions } from '#modules/consultation/actions.ts'
import { contract as consultationContract } from '#modules/consultation/contract.ts'
import { actions } from '#modules/drafting/actions.ts'
import { contract } from '#modules/drafting/contract.ts'
import type { DraftView } from '#modules/drafting/contract/draft.ts'
import type { CatalogueChange, ChangeContent, Matter, StandardChange } from '#modules/drafting/model.ts'
import { standardTable } from '#modules/standards/offers.ts'
import { as, needed, stageOf, type Stage } from './cast.ts'

/** Standards 标准 of the demonstration: one set years ago and revised, one returned, one being consulted on, money, catalogue. */
const drafting = { contract, actions }
const consultation = { contract: consultationContract, actions: consultationActions }

type People = { drafter: Actor; approver: Actor }

const seen = ({ draft }: DraftView) => ({ draftId: draft.id, version: draft.version })

/** The province lowers two price caps after asking its organs; in force from the first day of the year. */
export async function provincialRevision(act: Act, year: number): Promise<string> {
  const stage = await stageOf(act, '140000')
  const people = await atAuthority(stage)
  const before = year - 1
  const draft = await revision(stage, people.drafter, `${before}-09-08`, {
    documentTitle: '山西省省级机关办公设备价格上限调整表',
    reason: '按照上一年度集中采购成交价格，碎纸机、投影仪市场价格下降，相应下调价格上限。',
    inForceOn: `${year}-01-01`,
    caps: { 'item.shredder': 90_000, 'item.projector': 900_000 },
  })
  await askOrgans(stage, people.drafter, draft, { from: `${before}-09-09`, until: `${before}-09-30` })
  await say(stage, draft, `${before}-09-16`, [
    {
      place: '第2行',
      opinion: '投影仪单价上限建议不低于9000元。',
      suggestion: '',
      reason: '多媒体会议室需要高流明机型。',
    },
  ])
  await closeOpinions(stage, people.drafter, draft, `${before}-10-13`)
  await sendUp(stage, people, draft, `${before}-10-14`)
  await approve(stage, people, draft, `${before}-10-16`)
  await keepMoney(stage, `${before}-11-05`)
  return '已批准1件'
}

/** Finance has looked at what rests on the changed caps: nothing does (A9-3). */
async function keepMoney(stage: Stage, at: string): Promise<void> {
  const who = { actor: await needed(stage, stage.finance, 'finance-reviewer'), at }
  const { items } = await as(drafting, 'expenditureReviews', stage, who, { state: 'open' })
  for (const { id, version } of items)
    await as(drafting, 'keepExpenditure', stage, who, {
      reviewId: id,
      version,
      opinion: '购置费按实物定额和价格上限直接测算，没有另行制定的开支标准，不作调整。',
    })
}

/** Finance rests a spending standard on a quota; a draft came back; another is being consulted on. */
export async function citySeason(act: Act, year: number): Promise<string> {
  const stage = await stageOf(act, '140100')
  const people = await atAuthority(stage)
  const ago = (days: number) => addDays(act.today, -days)
  await spendingStandard(stage, year)

  const returned = await revision(stage, people.drafter, ago(64), {
    documentTitle: '太原市市级机关多功能一体机配置标准',
    reason: '市级机关打印量下降，多功能一体机价格上限可以从严。',
    inForceOn: `${year + 1}-01-01`,
    caps: { 'item.multifunction': 270_000 },
  })
  await askOrgans(stage, people.drafter, returned, { from: ago(63), until: ago(40) })
  await closeOpinions(stage, people.drafter, returned, ago(39))
  await sendUp(stage, people, returned, ago(38))
  const back = await as(
    drafting,
    'viewDraft',
    stage,
    { actor: people.approver, at: ago(36) },
    { draftId: returned.draft.id },
  )
  const opinion = '请补充近两年成交价格，并说明存量设备如何衔接。'
  await as(drafting, 'returnDraft', stage, { actor: people.approver, at: ago(36) }, { ...seen(back), opinion })

  const asked = await revision(stage, people.drafter, ago(5), {
    documentTitle: '太原市市级机关台式计算机配置标准',
    reason: '国产台式计算机成交均价降至4300元左右，拟将市级价格上限由5000元调整为4500元。',
    inForceOn: `${year + 1}-01-01`,
    caps: { 'item.desktop': 450_000 },
  })
  await askOrgans(stage, people.drafter, asked, { from: ago(5), until: addDays(act.today, 16) })
  await say(stage, asked, ago(2), [
    {
      place: '第1行',
      opinion: '含显示器的整机价格应明确。',
      suggestion: '写明价格上限含显示器和预装操作系统。',
      reason: '采购时口径不一。',
    },
  ])
  return '征求意见1件，退回1件，开支标准1件'
}

/** The county manages reception whole from the new year, and provides chairs and desks: more than the province asks, never less. */
export async function countyCatalogue(act: Act, year: number): Promise<string> {
  const stage = await stageOf(act, '140121')
  const people = await atAuthority(stage)
  const ago = (days: number) => addDays(act.today, -days)
  const content: CatalogueChange = {
    subject: 'catalogue',
    act: 'add',
    replacesId: null,
    needKind: 'N06',
    centralised: 'yes',
    provided: true,
    items: [],
    note: '县级机关公务接待由县机关事务服务中心统一保障',
    citation: '第二条',
    reason: '县级接待场所集中，统一保障可以减少接待费用。',
  }
  const furniture: CatalogueChange = {
    ...content,
    needKind: 'N09',
    centralised: 'where-provided',
    items: ['item.chair', 'item.desk'],
    note: '办公桌椅由县机关事务服务中心统一配备',
    citation: '第三条',
    reason: '县级机关办公桌椅规格相近，集中采购可以降低单价。',
  }
  const draft = await draftWith(stage, people.drafter, ago(34), {
    matter: 'catalogue',
    documentTitle: '清徐县机关运行保障集中统一管理事项补充目录',
    reason: '结合本县实际，在省级指导目录基础上增加公务接待和办公桌椅。',
    inForceOn: `${year + 1}-01-01`,
    contents: [content, furniture],
  })
  await sendUp(stage, people, draft, ago(32))
  await approve(stage, people, draft, ago(30))
  return '补充目录1件'
}

async function spendingStandard(stage: Stage, year: number): Promise<void> {
  const drafter = await needed(stage, stage.finance, 'finance-reviewer')
  const approver = await needed(stage, stage.finance, 'organ-head')
  const content: StandardChange = {
    subject: 'standard',
    act: 'add',
    replacesId: null,
    code: 'spending.desktop-upkeep',
    title: '台式计算机运行维护开支标准',
    kind: 'spending-standard',
    level: null,
    rank: null,
    value: { form: 'amount', amountFen: 30_000, per: '台·年', bound: 'at-most' },
    until: null,
    citation: '第三条',
    note: '',
    restsOn: ['item.desktop'],
    localDecision: false,
    reason: '按配置数量和近三年维护合同均价测算。',
  }
  const draft = await draftWith(stage, drafter, `${year - 1}-10-20`, {
    matter: 'expenditure',
    documentTitle: '太原市市级机关信息设备运行维护开支标准',
    reason: '根据台式计算机实物定额，规范运行维护经费预算编制。',
    inForceOn: `${year}-01-01`,
    contents: [content],
  })
  await sendUp(stage, { drafter, approver }, draft, `${year - 1}-10-22`)
  await approve(stage, { drafter, approver }, draft, `${year - 1}-10-27`)
}

async function atAuthority(stage: Stage): Promise<People> {
  return {
    drafter: await needed(stage, stage.authority, 'plan-reviewer'),
    approver: await needed(stage, stage.authority, 'authority-leader'),
  }
}

type Head = { documentTitle: string; reason: string; inForceOn: string }

/** A draft that revises price caps of things, complete but for the consultation. */
async function revision(
  stage: Stage,
  drafter: Actor,
  at: string,
  { caps, ...head }: Head & { caps: Readonly<Record<string, number>> },
): Promise<DraftView> {
  const { rows } = await standardTable(stage.act.tx, stage.jurisdictionCode, at, Object.keys(caps))
  const own = rows.map((row): StandardChange => {
    const mine = row.jurisdictionCode === stage.jurisdictionCode
    return {
      subject: 'standard',
      act: mine ? 'revise' : 'add',
      replacesId: mine ? row.id : null,
      code: row.code,
      title: row.title,
      kind: row.kind,
      level: row.level,
      rank: row.rank,
      value: { ...row.value, priceCapFen: caps[row.code] } as StandardChange['value'],
      until: null,
      citation: '',
      note: '',
      restsOn: row.restsOn,
      localDecision: false,
      reason: '按集中采购成交价格测算。',
    }
  })
  return draftWith(stage, drafter, at, { matter: 'standard', ...head, contents: own })
}

async function draftWith(
  stage: Stage,
  actor: Actor,
  at: string,
  { matter, contents, ...head }: Head & { matter: Matter; contents: readonly ChangeContent[] },
): Promise<DraftView> {
  const { documentTitle, reason } = head
  let view: DraftView = await as(drafting, 'makeDraft', stage, { actor, at }, { matter, documentTitle, reason })
  for (const content of contents)
    view = await as(drafting, 'addChange', stage, { actor, at }, { ...seen(view), content })
  return as(drafting, 'saveDraft', stage, { actor, at }, { ...seen(view), ...head, retroactiveGround: '' })
}

async function askOrgans(
  stage: Stage,
  actor: Actor,
  draft: DraftView,
  { from, until }: { from: string; until: string },
): Promise<void> {
  await as(drafting, 'consultOnDraft', stage, { actor, at: from }, { ...seen(draft), opinionsUntil: until })
}

/** Two ordinary organs answer: one has opinions, one has none. */
async function say(
  stage: Stage,
  draft: DraftView,
  at: string,
  items: readonly { place: string; opinion: string; suggestion: string; reason: string }[],
): Promise<void> {
  const ordinary = stage.organs.filter(({ parts }) => parts.length === 0)
  for (const [index, organ] of ordinary.slice(0, 2).entries()) {
    const actor = await needed(stage, organ, 'organ-clerk')
    const own = await mine(stage, actor, at, draft)
    const given = index === 0 ? items.map((item) => ({ ...item, id: null })) : []
    await as(
      consultation,
      'submitOpinion',
      stage,
      { actor, at },
      {
        ...own,
        stance: given.length > 0 ? 'comments' : 'agrees',
        items: given,
      },
    )
  }
}

async function mine(stage: Stage, actor: Actor, at: string, { draft }: DraftView) {
  const subject = { kind: 'drafting.draft', id: draft.id }
  const { items } = await as(consultation, 'consultationsOnSubject', stage, { actor, at }, subject)
  const { opinion } = await as(
    consultation,
    'viewOpinion',
    stage,
    { actor, at },
    { opinionId: items[0].mine.opinionId },
  )
  return { opinionId: opinion.id, version: opinion.version }
}

/** Every opinion is answered, then the consultation is closed (A9-1). */
async function closeOpinions(stage: Stage, actor: Actor, { draft }: DraftView, at: string): Promise<void> {
  const subject = { kind: 'drafting.draft', id: draft.id }
  const { items } = await as(consultation, 'consultationsOnSubject', stage, { actor, at }, subject)
  const consultationId = items[0].id
  const said = await as(consultation, 'items', stage, { actor, at }, { consultationId, limit: 200 })
  if (said.items.length > 0)
    await as(
      consultation,
      'replyItems',
      stage,
      { actor, at },
      {
        consultationId,
        items: said.items.map((item: { id: string; version: number }) => ({ id: item.id, version: item.version })),
        reply: 'adopted',
        reason: '',
      },
    )
  const view = await as(consultation, 'viewConsultation', stage, { actor, at }, { consultationId })
  const conclusion = '意见已逐条研究并答复。'
  await as(
    consultation,
    'closeConsultation',
    stage,
    { actor, at },
    {
      consultationId,
      version: view.consultation.version,
      conclusion,
    },
  )
}

async function sendUp(stage: Stage, { drafter }: People, { draft }: DraftView, at: string): Promise<void> {
  const who = { actor: drafter, at }
  const view = await as(drafting, 'viewDraft', stage, who, { draftId: draft.id })
  await as(drafting, 'submitDraft', stage, who, { ...seen(view), opinion: '请审批。' })
}

async function approve(stage: Stage, { approver }: People, { draft }: DraftView, at: string): Promise<void> {
  const who = { actor: approver, at }
  const view = await as(drafting, 'viewDraft', stage, who, { draftId: draft.id })
  await as(drafting, 'approveDraft', stage, who, { ...seen(view), opinion: '同意。' })
}
