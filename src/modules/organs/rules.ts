import { statutoryPartLabels, type StatutoryPart } from '#kernel/pure/actor.ts'
import {
  allOf,
  allowed,
  provided,
  refused,
  type Basis,
  type Finding,
  type Outcome,
  type Verdict,
} from '#kernel/pure/verdict.ts'
import { law } from './law.ts'
import {
  approvedPosts,
  isActiveOn,
  isBelow,
  organKindLabels,
  peopleInPost,
  rankLabels,
  ranks,
  type Jurisdiction,
  type RankHeadcount,
} from './model.ts'

/** Each jurisdiction has one organ that carries the part, never two (A6-1; the finance department gives consents alone). */
export const soleParts = ['authority', 'finance'] as const satisfies readonly StatutoryPart[]
export type SolePart = (typeof soleParts)[number]

/** An organ as it is to be; kind and jurisdiction are still free text, so that the law and not the form refuses them. */
export type OrganDraft = {
  jurisdictionCode: string
  name: string
  kind: string
  parts: readonly StatutoryPart[]
  creditCode: string | null
  tradeUnion: boolean
}

/** What the register says around a draft; the draft itself, where it is registered already, is left out. */
export type OrganSurroundings = {
  jurisdiction: (Jurisdiction & { active: boolean }) | null
  /** Organs of the jurisdiction that carry a sole part in the draft's period. */
  soleParts: readonly { part: StatutoryPart; organName: string }[]
  /** An organ of the same name works there. */
  nameTaken: boolean
  /** Name of the organ that has the credit code; null when free. */
  creditCodeOf: string | null
}

/** All findings on an organ to be registered or changed (ORG-R01…R03, norms A2-1, A2-2, A6-1). */
export function organFindings(draft: OrganDraft, around: OrganSurroundings): Finding[] {
  return [
    ...kindFindings(draft),
    ...jurisdictionFindings(draft, around),
    ...partFindings(draft, around),
    ...tradeUnionFindings(draft),
    ...identityFindings(draft, around),
  ]
}

function kindFindings({ kind }: OrganDraft): Finding[] {
  if (Object.hasOwn(organKindLabels, kind)) return []
  const list = Object.entries(organKindLabels).map(([code, label]) => `${code} ${label}`)
  return [
    finding('ORG-R01', 'block', law.organKinds, {
      field: 'kind',
      message: `机关类别“${kind}”不在条例适用范围内。`,
      remedy: `请从以下类别中选择：${list.join('、')}。不属于这些类别的单位不在本系统登记。`,
      facts: { 机关类别: kind },
    }),
  ]
}

function jurisdictionFindings({ jurisdictionCode }: OrganDraft, { jurisdiction }: OrganSurroundings): Finding[] {
  const facts = { 行政区划代码: jurisdictionCode }
  if (jurisdiction === null || !jurisdiction.active)
    return [
      finding('ORG-R02', 'block', law.divisionCodes, {
        field: 'jurisdictionCode',
        message: `行政区划代码 ${jurisdictionCode} 不在现行区划表中。`,
        remedy: '请从区划表中选择；区划有调整的，先更新区划表。',
        facts,
      }),
    ]
  if (!jurisdiction.functionalZone) return []
  return [
    finding('ORG-R03', 'block', law.divisionCodes, {
      field: 'jurisdictionCode',
      message: `${jurisdiction.name}（${jurisdictionCode}）是功能区，不是一级政权。`,
      remedy: '功能区的管理机构请登记在其上级行政区划，类别选择“派出机构”。',
      facts: { ...facts, 功能区: jurisdiction.name },
    }),
  ]
}

function partFindings({ parts }: OrganDraft, around: OrganSurroundings): Finding[] {
  return around.soleParts
    .filter(({ part }) => parts.includes(part))
    .map(({ part, organName }) =>
      finding(
        part === 'authority' ? 'A6-1' : 'A6-3',
        'block',
        part === 'authority' ? law.authority : law.otherDepartments,
        {
          field: 'parts',
          message: `${around.jurisdiction?.name ?? '本级'}已有${statutoryPartLabels[part]}：${organName}。一个行政区划只能有一个。`,
          remedy: `机构改革变更职能的，请停用${organName}并指定承接机关。`,
          facts: { 现有机关: organName },
        },
      ),
    )
}

function tradeUnionFindings({ tradeUnion, kind, name }: OrganDraft): Finding[] {
  if (tradeUnion && kind !== 'K10')
    return [
      finding('A2-2', 'block', law.tradeUnion, {
        field: 'tradeUnion',
        message: '只有人民团体机关可以标记为工会。',
        remedy: '请将类别改为“人民团体机关”，或取消工会标记。',
        facts: { 机关类别: kind },
      }),
    ]
  if (!tradeUnion && name.includes('工会'))
    return [
      finding('A2-2', 'warn', law.tradeUnion, {
        field: 'tradeUnion',
        message: '名称中有“工会”，但没有标记为工会。工会的财产、经费按有关法律规定使用和管理，不纳入本系统。',
        remedy: '如为工会，请标记。',
        facts: { 机关名称: name },
      }),
    ]
  return []
}

function identityFindings({ creditCode, name }: OrganDraft, { nameTaken, creditCodeOf }: OrganSurroundings): Finding[] {
  const findings: Finding[] = []
  if (nameTaken)
    findings.push(
      finding('organ-name-taken', 'block', law.divisionCodes, {
        field: 'name',
        message: `本级已有名称为“${name}”的机关。`,
        remedy: '请核对是否重复登记。',
        facts: { 机关名称: name },
      }),
    )
  if (creditCode !== null && !isCreditCode(creditCode))
    findings.push(
      finding('credit-code', 'block', law.creditCode, {
        field: 'creditCode',
        message: `统一社会信用代码 ${creditCode} 不正确，应为18位且校验码相符。`,
        remedy: '请按登记证书核对。',
        facts: { 统一社会信用代码: creditCode },
      }),
    )
  if (creditCodeOf !== null)
    findings.push(
      finding('credit-code-taken', 'block', law.creditCode, {
        field: 'creditCode',
        message: `统一社会信用代码 ${creditCode} 已登记给${creditCodeOf}。`,
        remedy: '请按登记证书核对。',
        facts: { 统一社会信用代码: creditCode },
      }),
    )
  return findings
}

const creditCharacters = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** The check character of 17 characters of a credit code; null when one of them cannot occur (GB 32100). */
export function creditCodeCheck(first17: string): string | null {
  let sum = 0
  let weight = 1
  for (const character of first17) {
    const value = creditCharacters.indexOf(character)
    if (value < 0) return null
    sum += value * weight
    weight = (weight * 3) % 31
  }
  return creditCharacters[(31 - (sum % 31)) % 31] ?? null
}

/** 统一社会信用代码: 18 characters with their check character. */
export function isCreditCode(code: string): boolean {
  return code.length === 18 && creditCodeCheck(code.slice(0, 17)) === code[17]
}

/** Headcount by rank as a whole; ORG-R05 warns where more people are in post than posts are approved. */
export function headcountFindings(headcount: readonly RankHeadcount[]): Finding[] {
  const twice = ranks.filter((rank) => headcount.filter((row) => row.rank === rank).length > 1)
  const over = headcount.filter(({ approved, inPost }) => inPost > approved)
  return [
    ...twice.map((rank) =>
      finding('headcount-rank-twice', 'block', law.headcount, {
        field: 'headcount',
        message: `“${rankLabels[rank]}”出现了两次。`,
        remedy: '请合并为一行。',
        facts: { 职务层次: rankLabels[rank] },
      }),
    ),
    ...over.map(({ rank, approved, inPost }) =>
      finding('ORG-R05', 'warn', law.headcount, {
        field: 'headcount',
        message: `${rankLabels[rank]}实有 ${inPost} 人，超过核定编制 ${approved} 人。配置标准按编制内实有人数计算。`,
        remedy: '请核对；超编人员不计入配置标准的人数。',
        facts: { 职务层次: rankLabels[rank], '编制（人）': approved, '实有（人）': inPost },
      }),
    ),
    ...(over.length > 0 && peopleInPost(headcount) > approvedPosts(headcount)
      ? [
          finding('ORG-R05', 'warn', law.headcount, {
            field: 'headcount',
            message: `合计实有 ${peopleInPost(headcount)} 人，超过核定编制 ${approvedPosts(headcount)} 人。`,
            remedy: '请与机构编制部门核对。',
            facts: { '编制（人）': approvedPosts(headcount), '实有（人）': peopleInPost(headcount) },
          }),
        ]
      : []),
  ]
}

/** Something an organ still has or owes; modules report theirs through `offers.ts`. */
export type OpenTie = { label: string; count: number }

export type Closing = {
  organ: {
    name: string
    parts: readonly StatutoryPart[]
    jurisdictionCode: string
    validFrom: string
    validUntil: string | null
  }
  lastDay: string
  /** The day after, on which the successor must work. */
  dayAfter: string
  ties: readonly OpenTie[]
  successor: { name: string; jurisdictionCode: string; validFrom: string; validUntil: string | null } | null
}

/**
 * ORG-R06: nobody closes an organ that still holds cards, cars, rooms or loans; they are handed over first.
 * An authority or finance department needs a successor, or the jurisdiction would be without one (A6-1).
 */
export function mayClose({ organ, lastDay, dayAfter, ties, successor }: Closing): Verdict {
  const open = ties.filter(({ count }) => count > 0)
  const sole = organ.parts.filter((part) => (soleParts as readonly StatutoryPart[]).includes(part))
  return allOf(
    stillOpen(organ),
    provided(lastDay >= organ.validFrom, {
      code: 'closing-before-start',
      message: `最后一日 ${lastDay} 早于启用日期 ${organ.validFrom}。`,
      facts: { 启用日期: organ.validFrom, 最后一日: lastDay },
    }),
    provided(open.length === 0, {
      code: 'ORG-R06',
      message: `${organ.name}名下还有：${open.map(({ label, count }) => `${label} ${count} 项`).join('、')}。移交完毕才能停用。`,
      basis: law.store,
      facts: Object.fromEntries(open.map(({ label, count }) => [label, count])),
      remedy: '请先办理划转、移交公物仓、归还或注销。',
    }),
    provided(sole.length === 0 || successor !== null, {
      code: 'A6-1',
      message: `${organ.name}是本级${sole.map((part) => statutoryPartLabels[part]).join('、')}，停用后本级将没有这个部门。`,
      basis: law.authority,
      remedy: '请指定承接其职能的机关。',
    }),
    successor === null || (successor.jurisdictionCode === organ.jurisdictionCode && isActiveOn(successor, dayAfter))
      ? allowed
      : refused({
          code: 'successor-elsewhere',
          message: `${successor.name}不是停用后本级在用的机关，不能承接。`,
          facts: { 承接机关: successor.name },
          remedy: '请选择本级在用的机关。',
        }),
  )
}

/** A closed organ's record is history and stays as it is. */
export function stillOpen(organ: { name: string; validUntil: string | null }): Verdict {
  return provided(organ.validUntil === null, {
    code: 'organ-closed',
    message: `${organ.name}已停用，最后一日为 ${organ.validUntil}，登记信息不能再修改。`,
    facts: { 最后一日: organ.validUntil },
  })
}

/** A name is registered once it counts; the register never runs ahead of the decision. */
export function mayRename(nameFrom: string, today: string): Verdict {
  return provided(nameFrom <= today, {
    code: 'name-not-yet',
    message: `新名称自 ${nameFrom} 起使用，尚未到期。`,
    facts: { 启用日期: nameFrom, 今天: today },
    remedy: '请在启用当日登记。',
  })
}

/** A6-1: what only one organ of a jurisdiction carries is never just dropped; it passes to another. */
export function mayDropParts(
  organ: { name: string },
  before: readonly StatutoryPart[],
  after: readonly StatutoryPart[],
): Verdict {
  const dropped = soleParts.filter((part) => before.includes(part) && !after.includes(part))
  return provided(dropped.length === 0, {
    code: 'A6-1',
    message: `不能取消${organ.name}的${dropped.map((part) => statutoryPartLabels[part]).join('、')}职能，否则本级将没有这个部门。`,
    basis: law.authority,
    remedy: '机构改革变更职能的，请停用原机关并指定承接机关，或先移交职能。',
  })
}

/** ORG-R04: an organ files with, and is supervised by, the authority of its own jurisdiction. */
export function mayBeSupervisedBy(
  organ: { name: string; jurisdictionCode: string },
  authority: { name: string; jurisdictionCode: string; parts: readonly StatutoryPart[] },
): Verdict {
  return provided(authority.parts.includes('authority') && authority.jurisdictionCode === organ.jurisdictionCode, {
    code: 'ORG-R04',
    message: `${authority.name}不是${organ.name}的同级机关事务管理部门。`,
    basis: law.authority,
    facts: { 机关区划: organ.jurisdictionCode, 受理部门区划: authority.jurisdictionCode },
    remedy: '请报本级机关事务管理部门。',
  })
}

/**
 * ORG-R07: a higher authority guides and inspects lower levels and does not change their records;
 * only an open emergency lets it call up what they hold (Art. 30).
 */
export function mayActOnLevel(
  acting: { name: string; jurisdictionCode: string },
  organ: { name: string; jurisdictionCode: string },
  emergencyId: string | null,
): Verdict {
  if (acting.jurisdictionCode === organ.jurisdictionCode) return allowed
  if (isBelow(organ.jurisdictionCode, acting.jurisdictionCode) && emergencyId !== null) return allowed
  return refused({
    code: 'ORG-R07',
    message: `${acting.name}对${organ.name}只作指导和检查，不能代为办理或修改其记录。`,
    basis: isBelow(organ.jurisdictionCode, acting.jurisdictionCode) ? law.authority : law.sharing,
    facts: { 本机关区划: acting.jurisdictionCode, 对方区划: organ.jurisdictionCode },
    remedy: '请由其同级机关事务管理部门办理；应对突发事件的，凭应急响应编号调用。',
  })
}

function finding(
  rule: string,
  outcome: Outcome,
  basis: Basis,
  rest: Pick<Finding, 'field' | 'message' | 'remedy' | 'facts'>,
): Finding {
  return { rule, outcome, basis, parameters: [], steps: [], ...rest }
}
