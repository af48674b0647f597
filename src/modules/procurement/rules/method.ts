import { costOf } from '#kernel/pure/money.ts'
import type { Level } from '#kernel/pure/actor.ts'
import type { Finding } from '#kernel/pure/verdict.ts'
import {
  inCatalogue,
  purchaseClassLabels,
  purchaseMethod,
  type PurchaseClass,
} from '#modules/standards/rules/procurement.ts'
import { judged } from '#modules/standards/rules/finding.ts'
import { figureFor, type StandardTable } from '#modules/standards/rules/in-force.ts'
import { yuan } from '#modules/standards/rules/value-text.ts'
import { law } from '../law.ts'
import { methodLabels, organisationLabels, type Method, type Organisation, type PurchaseRequest } from '../model.ts'
import { sum } from './amounts.ts'
import { catalogueNameOf } from './catalogue.ts'

export type Proposal = Readonly<{
  class: PurchaseClass
  method: Method
  organisation: Organisation
  /** The law asks for an open tender: by the amount, or as works that must be tendered. */
  openTender: boolean
  catalogueItem: string | null
  finding: Finding
}>

type Asked = Pick<PurchaseRequest, 'kind' | 'catalogueItem' | 'items'>

export const requestedFen = (items: PurchaseRequest['items']): number =>
  sum(items.map(({ quantity, unitPriceFen }) => costOf(quantity, unitPriceFen)))

/** The catalogue's name for what is bought; null where nothing of it is in the catalogue. */
export function listedItem(table: StandardTable, { catalogueItem, items }: Asked): string | null {
  return (
    [...items.map(({ standardCode }) => catalogueNameOf(standardCode)), catalogueItem].find((name) =>
      inCatalogue(table, name),
    ) ?? null
  )
}

/** PRO-R02, PRO-R03: class of a purchase and the method the law and its amount lead to (A11-2). */
export function proposeMethod(table: StandardTable, level: Level, asked: Asked): Proposal {
  const catalogueItem = listedItem(table, asked)
  const decided = purchaseMethod(table, {
    level,
    kind: asked.kind,
    catalogueItem,
    amountFen: requestedFen(asked.items),
  })
  const openTender = decided.openTender || decided.class === 'tendering'
  return {
    class: decided.class,
    openTender,
    catalogueItem,
    method: openTender ? 'open-tender' : usualMethod(decided.class, asked.kind),
    organisation: decided.class === 'centralised' ? 'agency' : 'self',
    finding: decided.finding,
  }
}

/** Below the open-tender figure: what is in the catalogue by framework agreements and the e-mall, goods with a market price by inquiry. */
function usualMethod(purchaseClass: PurchaseClass, kind: Asked['kind']): Method {
  if (purchaseClass === 'internal') return 'internal'
  if (purchaseClass === 'centralised') return 'framework'
  return kind === 'goods' ? 'inquiry' : 'consultation'
}

type Chosen = Pick<PurchaseRequest, 'method' | 'organisation' | 'methodGround'>

/** True where finance must let the purchase depart from open tender (PRO-R03). */
export const needsFinance = (proposal: Pick<Proposal, 'openTender'>, method: Method): boolean =>
  proposal.openTender && method !== 'open-tender'

/** PRO-R02, PRO-R03 and the ground of a method that is not the one proposed (A11-2). */
export function checkMethod(table: StandardTable, proposal: Proposal, chosen: Chosen): Finding[] {
  const { method, organisation, methodGround } = chosen
  const grounded = methodGround.trim().length >= 4
  const open = figureFor(table, 'procurement.open-tender', 'amount')
  const departs = method !== proposal.method
  return [
    proposal.finding,
    ...(proposal.class === 'centralised'
      ? [
          judged({
            rule: 'PRO-R02',
            norm: 'A11-2',
            citation: law.centralised.citation,
            rows: [figureFor(table, 'procurement.catalogue-goods', 'texts')],
            ok: organisation === 'agency',
            field: 'organisation',
            said: `“${proposal.catalogueItem}”列入集中采购目录，采购组织形式为“${organisationLabels[organisation]}”${organisation === 'agency' ? '' : '，应当委托集中采购机构采购'}。`,
            remedy: `请将采购组织形式改为“${organisationLabels.agency}”。`,
          }),
        ]
      : []),
    ...(proposal.class !== 'internal' && method === 'internal'
      ? [
          judged({
            rule: 'PRO-R02',
            norm: 'A11-2',
            rows: [],
            citation: law.purchasingLaw.citation,
            ok: false,
            field: 'method',
            said: `本项目属于${purchaseClassLabels[proposal.class]}，不能由单位自行采购。`,
            remedy: `请改用“${methodLabels[proposal.method]}”或者其他法定方式。`,
          }),
        ]
      : []),
    ...(needsFinance(proposal, method)
      ? [
          judged({
            rule: 'PRO-R03',
            norm: 'A11-2',
            citation: law.openTender.citation,
            rows: [open],
            ok: false,
            otherwise: 'needs-approval',
            field: 'method',
            said: `达到公开招标数额${yuan(open.value.amountFen)}，拟采用“${methodLabels[method]}”，须在采购开始前经设区的市以上财政部门批准。`,
            remedy: '单位审批后自动报本级财政部门；未批准的，应当公开招标。',
          }),
        ]
      : []),
    ...(departs || method === 'single-source'
      ? [
          judged({
            rule: 'PRO-METHOD',
            norm: 'A11-2',
            citation: method === 'single-source' ? law.singleSource.citation : law.purchasingLaw.citation,
            rows: [],
            ok: grounded,
            field: 'methodGround',
            said: grounded
              ? `建议方式为“${methodLabels[proposal.method]}”，拟采用“${methodLabels[method]}”：${methodGround.trim()}`
              : `建议方式为“${methodLabels[proposal.method]}”，拟采用“${methodLabels[method]}”，没有说明理由。`,
            remedy: '请填写采用这一方式的理由，随申请报批。',
          }),
        ]
      : []),
  ]
}

/** Whether finance of a level may let a purchase of a county, city or province depart from open tender (PRO-R03). */
export function mayLetDepart(level: Level, by: 'city' | 'province'): boolean {
  const rank = { county: 0, city: 1, province: 2 } as const
  return rank[by] >= Math.max(rank[level], rank.city)
}
