import { keeperRoles } from '#kernel/pure/actor.ts'
import { defineCaseKind, type Acting } from '#kernel/pure/case-kind.ts'
import { clockUnder, type CarriedTermId } from '#modules/duties/reference/terms.ts'
import type { ClearanceTrigger } from './model/clearance.ts'
import { askingRoles, reviewerRoles, warehouseRoles } from './policy.ts'

const holder: Acting = { party: 'applicant', roles: keeperRoles }
const warehouse: Acting = { party: 'authority', roles: warehouseRoles }
const reviewer: Acting = { party: 'authority', roles: reviewerRoles }
const asking: Acting = { party: 'applicant', roles: askingRoles }
const finance: Acting = { party: 'finance', roles: ['finance-reviewer'] }

/** 申请入仓 → 审核 → 验收鉴定 → 入仓 (facts 3.2); the authority may call for it, and the organ then hands in or objects. */
export const intakeCase = defineCaseKind({
  kind: 'warehouse.intake',
  title: '入公物仓',
  page: '/warehouse/intakes/:subjectId',
  initial: 'applied',
  states: {
    applied: { label: '待审核', waitsFor: warehouse, task: '审核入仓申请' },
    called: { label: '待移交', waitsFor: holder, task: '移交入仓资产' },
    returned: { label: '待补正', waitsFor: holder, task: '补正入仓申请' },
    appraising: { label: '待验收鉴定', waitsFor: warehouse, task: '验收鉴定入仓资产' },
    received: { label: '已入仓', final: 'done' },
    refused: { label: '不予入仓', final: 'refused' },
    withdrawn: { label: '已撤回', final: 'withdrawn' },
  },
  transitions: {
    call: { label: '通知移交', from: ['applied'], to: 'called', by: warehouse },
    handIn: { label: '移交', from: ['called'], to: 'appraising', by: holder },
    object: { label: '说明不移交的理由', from: ['called'], to: 'applied', by: holder, opinion: 'required' },
    approve: { label: '同意入仓', from: ['applied'], to: 'appraising', by: warehouse, notBySubmitter: true },
    sendBack: {
      label: '退回补正',
      from: ['applied'],
      to: 'returned',
      by: warehouse,
      opinion: 'required',
      returns: true,
    },
    resubmit: { label: '重新提交', from: ['returned'], to: 'applied', by: holder },
    refuse: {
      label: '不予入仓',
      from: ['applied'],
      to: 'refused',
      by: warehouse,
      opinion: 'required',
      notBySubmitter: true,
    },
    withdraw: { label: '撤回', from: ['applied', 'returned'], to: 'withdrawn', by: holder, withdraws: true },
    receive: { label: '验收入仓', from: ['appraising'], to: 'received', by: warehouse },
  },
})

/** A loan 借用: the borrower signs when it fetches the things, and they are looked over when they come back. */
export const loanCase = defineCaseKind({
  kind: 'warehouse.loan',
  title: '公物仓借用',
  page: '/warehouse/requests/:subjectId',
  initial: 'applied',
  states: {
    applied: { label: '待审核', waitsFor: reviewer, task: '审核借用申请' },
    approved: { label: '待领取签收', waitsFor: asking, task: '领取并签收借用物品' },
    lent: { label: '借用中', waitsFor: asking, task: '按期归还借用物品' },
    renewing: { label: '续借待审', waitsFor: reviewer, task: '审核续借' },
    returning: { label: '归还待验收', waitsFor: warehouse, task: '验收归还物品' },
    returned: { label: '已归还', final: 'done' },
    refused: { label: '未同意', final: 'refused' },
    withdrawn: { label: '已撤回', final: 'withdrawn' },
  },
  transitions: {
    approve: { label: '同意', from: ['applied'], to: 'approved', by: reviewer, notBySubmitter: true },
    refuse: {
      label: '不同意',
      from: ['applied'],
      to: 'refused',
      by: reviewer,
      opinion: 'required',
      notBySubmitter: true,
    },
    withdraw: { label: '撤回', from: ['applied', 'approved'], to: 'withdrawn', by: asking, withdraws: true },
    sign: { label: '签收', from: ['approved'], to: 'lent', by: asking },
    askRenewal: { label: '申请续借', from: ['lent'], to: 'renewing', by: asking },
    grantRenewal: { label: '同意续借', from: ['renewing'], to: 'lent', by: reviewer, notBySubmitter: true },
    denyRenewal: {
      label: '不同意续借',
      from: ['renewing'],
      to: 'lent',
      by: reviewer,
      opinion: 'required',
      notBySubmitter: true,
    },
    handBack: { label: '归还', from: ['lent'], to: 'returning', by: asking },
    takeBack: { label: '验收归还', from: ['lent', 'renewing', 'returning'], to: 'returned', by: warehouse },
  },
})

/** An allotment 调拨: the authority decides, finance consents, the receiver signs and the card is its own from then on. */
export const allotmentCase = defineCaseKind({
  kind: 'warehouse.allotment',
  title: '公物仓调拨',
  page: '/warehouse/requests/:subjectId',
  initial: 'applied',
  states: {
    applied: { label: '待审核', waitsFor: reviewer, task: '审核调拨申请' },
    consenting: { label: '待财政同意', waitsFor: finance, task: '审核公物仓调拨' },
    approved: { label: '待领取签收', waitsFor: asking, task: '领取并签收调拨物品' },
    done: { label: '已调拨', final: 'done' },
    refused: { label: '未同意', final: 'refused' },
    withdrawn: { label: '已撤回', final: 'withdrawn' },
  },
  transitions: {
    approve: { label: '同意', from: ['applied'], to: 'consenting', by: reviewer, notBySubmitter: true },
    refuse: {
      label: '不同意',
      from: ['applied'],
      to: 'refused',
      by: reviewer,
      opinion: 'required',
      notBySubmitter: true,
    },
    withdraw: {
      label: '撤回',
      from: ['applied', 'consenting', 'approved'],
      to: 'withdrawn',
      by: asking,
      withdraws: true,
    },
    revoke: {
      label: '撤回调拨决定',
      from: ['consenting', 'approved'],
      to: 'withdrawn',
      by: reviewer,
      opinion: 'required',
      withdraws: true,
    },
    consent: { label: '同意调拨', from: ['consenting'], to: 'approved', by: finance },
    decline: { label: '不同意调拨', from: ['consenting'], to: 'refused', by: finance, opinion: 'required' },
    sign: { label: '签收', from: ['approved'], to: 'done', by: asking },
  },
})

/**
 * Things to be cleared away by a day (facts 3.2, G1, G3 to G5). Nobody closes it: it ends when the last thing is accounted
 * for, whoever did that.
 */
const clearanceCase = (kind: string, title: string, task: string, waitsFor: Acting, term: CarriedTermId) =>
  defineCaseKind({
    kind,
    title,
    page: '/warehouse/clearances/:subjectId',
    initial: 'open',
    states: {
      open: { label: '清理中', waitsFor, task, clock: clockUnder(term) },
      cleared: { label: '已清理', final: 'done' },
    },
    transitions: { finish: { label: '清理完毕', from: ['open'], to: 'cleared', by: waitsFor } },
  })

const keepers: Acting = { party: 'applicant', roles: askingRoles }
const idleCase = clearanceCase('warehouse.idle', '闲置资产清理', '清理闲置满半年的资产', keepers, 'warehouse-intake')
const leftBehindCase = clearanceCase(
  'warehouse.left-behind',
  '临时机构、会议活动资产清理',
  '清理临时机构、会议活动留下的资产',
  keepers,
  'temporary-body-assets',
)
/** Of an organ that may be no more: the authority sees to it. */
const reorganisationCase = clearanceCase(
  'warehouse.reorganisation',
  '机构变动资产清理',
  '处理机构变动留下的资产',
  warehouse,
  'reorganisation-assets',
)
export const clearanceCases = {
  G1: idleCase,
  G3: leftBehindCase,
  G4: leftBehindCase,
  G5: reorganisationCase,
} as const satisfies Record<ClearanceTrigger, unknown>

/** Another level is asked for its things: its authority agrees, its finance consents, and only then they are given (Art. 6). */
export const levelRequestCase = defineCaseKind({
  kind: 'warehouse.level-request',
  title: '跨级调剂',
  page: '/warehouse/levels/requests/:subjectId',
  initial: 'asked',
  states: {
    asked: { label: '待同意', waitsFor: reviewer, task: '答复其他层级的调剂商请' },
    agreed: { label: '待财政同意', waitsFor: finance, task: '审核跨级调剂' },
    consented: { label: '已同意', final: 'done' },
    refused: { label: '未同意', final: 'refused' },
    withdrawn: { label: '已撤回', final: 'withdrawn' },
  },
  transitions: {
    agree: { label: '同意', from: ['asked'], to: 'agreed', by: reviewer },
    refuse: { label: '不同意', from: ['asked'], to: 'refused', by: reviewer, opinion: 'required' },
    consent: { label: '同意划转', from: ['agreed'], to: 'consented', by: finance },
    decline: { label: '不同意划转', from: ['agreed'], to: 'refused', by: finance, opinion: 'required' },
    withdraw: {
      label: '撤回',
      from: ['asked', 'agreed'],
      to: 'withdrawn',
      by: { party: 'applicant', roles: reviewerRoles },
      withdraws: true,
    },
  },
})

/** What another level gave waits for the signature of the receiver, at the receiver's level. */
export const levelReceiptCase = defineCaseKind({
  kind: 'warehouse.level-receipt',
  title: '接收跨级调剂物品',
  page: '/warehouse/requests/:subjectId',
  initial: 'approved',
  states: {
    approved: { label: '待领取签收', waitsFor: asking, task: '领取并签收跨级调剂物品' },
    done: { label: '已调拨', final: 'done' },
    withdrawn: { label: '已撤回', final: 'withdrawn' },
  },
  transitions: {
    withdraw: { label: '撤回', from: ['approved'], to: 'withdrawn', by: asking, withdraws: true },
    /** The authority that asked for it decided otherwise before anybody signed. */
    revoke: {
      label: '撤回商请',
      from: ['approved'],
      to: 'withdrawn',
      by: reviewer,
      opinion: 'required',
      withdraws: true,
    },
    sign: { label: '签收', from: ['approved'], to: 'done', by: asking },
  },
})

/** Source of a request that another level's consent brought about. */
export const levelSource = 'warehouse.level-request'
