import {
  finding,
  allOf,
  provided,
  worstOutcome,
  type Finding,
  type ParameterUsed,
  type Verdict,
} from '#kernel/pure/verdict.ts'
import { needKindLabels, type CatalogueEntry } from '#modules/standards/model.ts'
import { providedItemNames } from '#modules/standards/rules/catalogue.ts'
import { law } from '../law.ts'
import { opinionLabels, type Opinion, type Proposal } from '../model.ts'
import { checkDemandLine, isCentralised } from './demand.ts'
import { yuan, type IndexedStandards, type LineFacts, type OrganFacts } from './facts.ts'
import { roomUnderStandard } from './quantity-standard.ts'

/**
 * What the engine proposes for a submitted line (A33-1): opinion, number, money, the reason already written, and all
 * findings it rests on. It proposes; a person decides. Never more than asked.
 */
export function proposeReview(
  facts: LineFacts,
  organ: OrganFacts,
  standards: IndexedStandards,
  today: string,
): Proposal {
  const { line } = facts
  const entry = line.needKind === null ? undefined : standards.catalogueByKind.get(line.needKind)
  const centralised = isCentralised(entry, organ, line.standardCode)
  const findings = [...checkDemandLine(facts, organ, standards, today), ...whoPlans(entry, organ, centralised)]
  const asked = { quantity: line.quantity ?? 0, amountFen: line.amountFen ?? 0 }
  const oddness = oddnessOf(facts, findings)
  const propose = (opinion: Opinion, quantity: number, amountFen: number, reason: string): Proposal => ({
    opinion,
    quantity,
    amountFen,
    reason,
    centralised,
    findings,
    oddness,
  })

  if (blocks(findings, ['PLAN-R01', 'PLAN-R21', 'PLAN-R05']))
    return propose('O4', 0, 0, reasonOf(findings, ['PLAN-R01', 'PLAN-R21', 'PLAN-R05']))
  if (blocks(findings, ['PLAN-R04'])) return propose('O5', 0, 0, reasonOf(findings, ['PLAN-R04']))
  if (line.needKind === 'N02') return propose('O7', 0, 0, '机关用地规划利用须按土地管理程序专项办理。')

  const cut = cutToStandard(facts, organ, standards)
  if (cut.fromStore > 0 && cut.fromStore >= cut.quantity)
    return propose('O3', cut.quantity, 0, `公物仓或其他机关有可用同类资产${cut.fromStore}${line.unit}，由调剂解决。`)
  if (cut.quantity === 0 && asked.quantity > 0) return propose('O5', 0, 0, cut.reasons.join(''))
  if (cut.quantity < asked.quantity || cut.amountFen < asked.amountFen || cut.fromStore > 0)
    return propose('O2', cut.quantity - cut.fromStore, cut.amountFen, cut.reasons.join(''))
  if (centralised) return propose('O1', asked.quantity, asked.amountFen, '符合配置标准，同意。')
  return propose(
    'O6',
    asked.quantity,
    asked.amountFen,
    `“${line.needKind === null ? '' : needKindLabels[line.needKind]}”不属于集中统一管理范围，由申请机关自行制定计划。`,
  )
}

const centralisedLabels: Readonly<Record<CatalogueEntry['centralised'], string>> = {
  yes: '集中统一管理',
  no: '不集中管理',
  'in-compound': '集中办公区内集中统一管理',
  'important-only': '重要事项集中统一管理',
  'where-provided': '统一配备的集中统一管理',
}

/** A22-2: what the level provides, where its entry is of that kind. */
function providedText(entry: CatalogueEntry): string {
  if (entry.centralised !== 'where-provided') return ''
  if (!entry.provided) return '（本级不统一配备）'
  return `（本级统一配备${entry.items.length === 0 ? '' : `：${providedItemNames(entry).join('、')}`}）`
}

/** A33-2, A33-3: who makes the plan for the matter, by the guidance catalogue in force; stands under every decision. */
function whoPlans(entry: CatalogueEntry | undefined, organ: OrganFacts, centralised: boolean): readonly Finding[] {
  if (entry === undefined) return []
  const which = `${organ.inCompound ? 'within' : 'outside'}-${centralised ? 'central' : 'own'}` as const
  const said = saidOnce.get(entry)?.[which]
  if (said) return said
  const findings = [whoPlansFinding(entry, organ, centralised)]
  saidOnce.set(entry, { ...saidOnce.get(entry), [which]: findings })
  return findings
}

/** Nine entries speak for two hundred thousand lines. */
const saidOnce = new WeakMap<
  CatalogueEntry,
  Partial<Record<`${'within' | 'outside'}-${'central' | 'own'}`, readonly Finding[]>>
>()

function whoPlansFinding(entry: CatalogueEntry, organ: OrganFacts, centralised: boolean): Finding {
  const name = needKindLabels[entry.needKind]
  const { id: version, citation, from, until } = entry
  const used: ParameterUsed = {
    code: `catalogue.${entry.needKind}`,
    version,
    title: `集中统一管理事项指导目录：${name}`,
    value: `${centralisedLabels[entry.centralised]}${providedText(entry)}`,
    citation,
    from,
    until,
    projectDefault: false,
  }
  return finding(
    centralised ? 'A33-2' : 'A33-3',
    'ok',
    centralised ? law.centralisedPlan : law.notice,
    centralised
      ? `“${name}”属于集中统一管理事项，由机关事务管理部门统筹制定计划。`
      : `“${name}”不属于集中统一管理范围，由申请机关自行制定计划。`,
    {
      field: 'needKind',
      facts: { 需求类别: name, ...(entry.centralised === 'in-compound' ? { 在集中办公区: organ.inCompound } : {}) },
      parameters: [used],
    },
  )
}

type Cut = { quantity: number; amountFen: number; fromStore: number; reasons: string[] }

/** min(asked, room under the standard), price at most the cap, pieces the store can give taken off the money. */
function cutToStandard(facts: LineFacts, organ: OrganFacts, standards: IndexedStandards): Cut {
  const { line } = facts
  const askedQuantity = line.quantity ?? 0
  const askedFen = line.amountFen ?? 0
  const standard = line.standardCode === null ? undefined : standards.itemByCode.get(line.standardCode)
  const reasons: string[] = []
  let quantity = askedQuantity
  const allowance = standard ? roomUnderStandard(facts, organ, standard, standards) : null
  if (standard && allowance !== null && askedQuantity > allowance.room) {
    quantity = allowance.room
    reasons.push(
      `按${allowance.used.citation}，${allowance.sharedBy ? `${allowance.sharedBy}合计` : standard.title}${allowance.used.value}，核定上限扣除存量后可配${allowance.room}${standard.value.unit}，核减${askedQuantity - allowance.room}${standard.value.unit}。`,
    )
  }
  const cap = standard?.value.priceCapFen ?? null
  const priceFen = line.unitPriceFen
  const overPrice = cap !== null && priceFen !== null && priceFen > cap
  if (overPrice && standard) reasons.push(`单价${yuan(priceFen)}超过标准上限${yuan(cap)}，按上限核定。`)
  const available = line.needKind === 'N09' ? (line.storeQuery?.usableQuantity ?? 0) : 0
  const fromStore = Math.min(available, quantity)
  if (fromStore > 0 && fromStore < quantity) reasons.push(`其中${fromStore}${line.unit}由公物仓调剂解决。`)
  const bought = quantity - fromStore
  const amountFen =
    askedQuantity === 0
      ? askedFen
      : priceFen !== null
        ? Math.round(bought * Math.min(priceFen, cap ?? priceFen))
        : Math.round((askedFen * bought) / askedQuantity)
  return { quantity, amountFen: Math.min(amountFen, askedFen), fromStore, reasons }
}

function blocks(findings: readonly Finding[], rules: readonly string[]): boolean {
  return findings.some(({ rule, outcome }) => outcome === 'block' && rules.includes(rule))
}

function reasonOf(findings: readonly Finding[], rules: readonly string[]): string {
  return findings
    .filter(({ rule, outcome }) => outcome === 'block' && rules.includes(rule))
    .map(({ message }) => message)
    .join('')
}

/** 0…100: how much a reviewer should look at a line: gravity of findings, distance from last year, weight of money. */
export function oddnessOf({ line, lastYear }: LineFacts, findings: readonly Finding[]): number {
  const gravity = { ok: 0, warn: 20, 'needs-approval': 40, block: 55 }[worstOutcome(findings)]
  const amount = line.amountFen ?? 0
  const growth =
    lastYear && lastYear.amountFen > 0 ? Math.abs(amount - lastYear.amountFen) / lastYear.amountFen : lastYear ? 0 : 0.3
  const money = Math.min(25, Math.max(0, Math.log10(amount / 100 + 1) * 4))
  return Math.round(Math.min(100, gravity + Math.min(20, growth * 20) + money))
}

/** The opinions that may be decided on a line: cutting and refusing need a reason and its ground (PLAN-R09). */
export function mayDecide(
  asked: { quantity: number; amountFen: number },
  decision: { opinion: Opinion; quantity: number; amountFen: number; reason: string },
  proposal: Proposal,
): Verdict {
  const { opinion, quantity, amountFen, reason } = decision
  const takesAway =
    opinion === 'O2' ||
    opinion === 'O5' ||
    (opinion === 'O6' && (quantity < asked.quantity || amountFen < asked.amountFen))
  const warned = proposal.findings.some(({ rule, outcome }) => rule === 'PLAN-R06' && outcome === 'warn')
  return allOf(
    provided(quantity <= asked.quantity && amountFen <= asked.amountFen, {
      code: 'above-application',
      message: '核定数不得高于申请数。需要增加的，由申请机关另行提出申请。',
      basis: law.review,
      facts: {
        申请数量: asked.quantity,
        核定数量: quantity,
        '申请金额（分）': asked.amountFen,
        '核定金额（分）': amountFen,
      },
    }),
    provided(!takesAway || reason.trim().length >= 4, {
      code: 'PLAN-R09',
      message: `“${opinionLabels[opinion]}”须写明理由和依据的标准。`,
      basis: law.review,
      remedy: '请填写理由，可从常用语中选择。',
    }),
    provided(opinion !== 'O2' || quantity < asked.quantity || amountFen < asked.amountFen, {
      code: 'not-a-cut',
      message: '核减后的数量和金额与申请相同。请改为“同意”或填写核减后的数字。',
      basis: law.review,
    }),
    provided(opinion !== 'O1' || (quantity === asked.quantity && amountFen === asked.amountFen), {
      code: 'not-as-asked',
      message: '“同意”应与申请的数量和金额一致；减少的请用“核减”。',
      basis: law.review,
    }),
    provided(!['O3', 'O4', 'O5', 'O7', 'O8'].includes(opinion) || amountFen === 0, {
      code: 'no-money',
      message: `“${opinionLabels[opinion]}”不安排资金，核定金额应为0。`,
      basis: law.review,
    }),
    provided(!(warned && (opinion === 'O1' || opinion === 'O6') && reason.trim().length < 4), {
      code: 'PLAN-R06',
      message: '有可调剂的同类资产，同意购置须写明不调剂的理由。',
      basis: law.warehouse,
      remedy: '请改为“调剂解决”，或填写理由。',
    }),
    provided(!(opinion === 'O1' && !proposal.centralised), {
      code: 'not-centralised',
      message: '不属集中统一管理的事项，请用“不属集中统一管理，自行制定”。',
      basis: law.notice,
    }),
    provided(!(opinion === 'O6' && proposal.centralised), {
      code: 'centralised',
      message: '属于集中统一管理的事项由机关事务管理部门统筹制定计划，不得改由机关自行制定。',
      basis: law.centralisedPlan,
    }),
  )
}

/** The proposal made a decision: may it be taken over without a person looking at the line? */
export function mayAcceptUnseen(proposal: Proposal): boolean {
  return worstOutcome(proposal.findings) === 'ok' && (proposal.opinion === 'O1' || proposal.opinion === 'O6')
}

/** PLAN-R08 and completeness: a review closes only when every line is decided and none is sent back. */
export function mayCloseReview(lines: readonly { decided: boolean; opinion: Opinion | null }[]): Verdict {
  const open = lines.filter(({ decided }) => !decided).length
  const returned = lines.filter(({ opinion }) => opinion === 'O4').length
  return allOf(
    provided(open === 0, {
      code: 'undecided-lines',
      message: `还有${open}行没有审核意见。`,
      basis: law.review,
      remedy: '请逐行审核或批量采纳建议。',
    }),
    provided(returned === 0, {
      code: 'lines-returned',
      message: `有${returned}行的意见是“退回补正”。请退回申请机关补正后再审结。`,
      basis: law.review,
      remedy: '请点“退回补正”。',
    }),
  )
}

/** Ground line added to a notice or panel for a decision that follows a standard. */
export function standardsUsed(findings: readonly Finding[]): string[] {
  return [...new Set(findings.flatMap(({ parameters }) => parameters.map(({ citation }) => citation)))]
}
