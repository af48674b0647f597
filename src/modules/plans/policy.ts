import { actsAs, holdsAny, readsLevel, readsOfOrgan, type Actor, type Role } from '#kernel/pure/actor.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'

type OfOrgan = { organId: string; jurisdictionCode: string }
type OfJurisdiction = { jurisdictionCode: string }

/** May the actor know of a record of an organ (facts 9.2). */
export function maySeeOfOrgan(actor: Actor, subject: OfOrgan): boolean {
  return readsOfOrgan(actor, subject)
}

/** May the actor know of all there is on a level (Art. 6; ORG-R07). */
export function maySeeLevel(actor: Actor, { jurisdictionCode }: OfJurisdiction): boolean {
  return readsLevel(actor, jurisdictionCode)
}

const organRoles: readonly Role[] = ['organ-clerk', 'organ-head', 'plan-reviewer']

function ofAuthority(
  actor: Actor,
  { jurisdictionCode }: OfJurisdiction,
  roles: readonly Role[],
  what: string,
): Verdict {
  return allOf(
    provided(actsAs(actor, 'authority', jurisdictionCode), {
      code: 'not-authority',
      message: `${what}由同级机关事务管理部门办理。`,
      basis: { norm: 'A6-1', citation: '《山西省机关运行保障条例》第六条' },
    }),
    provided(holdsAny(actor, roles), {
      code: 'role',
      message: `${what}须具有“保障计划审核”角色。`,
      remedy: '请联系本部门负责人授予角色。',
    }),
  )
}

function ofOrgan(actor: Actor, { organId }: OfOrgan, roles: readonly Role[], what: string): Verdict {
  return allOf(
    provided(actor.organ?.id === organId, { code: 'not-own-organ', message: `${what}由该机关自己办理。` }),
    provided(holdsAny(actor, roles), {
      code: 'role',
      message: `${what}须具有“机关经办人”角色。`,
      remedy: '请联系本机关负责人授予角色。',
    }),
  )
}

/** Who may do what in the plan cycle (Art. 31–36; facts 9.1, 9.2). State and law are judged by the rules, not here. */
export const can = {
  openCycle: (actor: Actor, subject: OfJurisdiction) => ofAuthority(actor, subject, ['plan-reviewer'], '开启年度周期'),
  changeCycle: (actor: Actor, subject: OfJurisdiction) =>
    ofAuthority(actor, subject, ['plan-reviewer'], '调整周期日程'),
  review: (actor: Actor, subject: OfOrgan) => allOf(ofAuthority(actor, subject, ['plan-reviewer'], '审核需求申请')),
  editDemand: (actor: Actor, subject: OfOrgan) => ofOrgan(actor, subject, organRoles, '填报需求申请'),
  acknowledgeNotice: (actor: Actor, subject: OfOrgan) => ofOrgan(actor, subject, organRoles, '签收书面通知'),
  editPlan: (actor: Actor, subject: OfOrgan) => ofOrgan(actor, subject, organRoles, '编制计划'),
  issuePlan: (actor: Actor, subject: OfOrgan) =>
    ofOrgan(actor, subject, ['organ-head', 'authority-leader'], '签发计划'),
  makeAdjustment: (actor: Actor, subject: OfOrgan) => ofOrgan(actor, subject, organRoles, '登记计划调整'),
  receiveAdjustment: (actor: Actor, subject: OfJurisdiction) =>
    ofAuthority(actor, subject, ['plan-reviewer'], '受理调整备案'),
  approveAdjustment: (actor: Actor, { jurisdictionCode }: OfJurisdiction): Verdict =>
    allOf(
      provided(actsAs(actor, 'finance', jurisdictionCode), {
        code: 'not-finance',
        message: '预算调剂由同级财政部门批准。',
        basis: { norm: null, citation: '《中华人民共和国预算法》第七十二条' },
      }),
      provided(holdsAny(actor, ['finance-reviewer']), { code: 'role', message: '须具有“财政审核”角色。' }),
    ),
  consentClosing: (actor: Actor, { jurisdictionCode }: OfJurisdiction): Verdict =>
    allOf(
      provided(actsAs(actor, 'finance', jurisdictionCode), {
        code: 'not-finance',
        message: '年度结束由同级财政部门同意。',
        basis: { norm: null, citation: '《中华人民共和国预算法》第十八条' },
      }),
      provided(holdsAny(actor, ['finance-reviewer']), {
        code: 'role',
        message: '审核年度结束须具有“财政审核”角色。',
        remedy: '请联系本部门负责人授予角色。',
      }),
    ),
  editOrganReport: (actor: Actor, subject: OfOrgan) => ofOrgan(actor, subject, organRoles, '编制执行情况报告'),
  signOrganReport: (actor: Actor, subject: OfOrgan) =>
    ofOrgan(actor, subject, ['organ-head', 'authority-leader'], '签发执行情况报告'),
  editConsolidatedReport: (actor: Actor, subject: OfJurisdiction) =>
    ofAuthority(actor, subject, ['plan-reviewer'], '编制汇总报告'),
  signConsolidatedReport: (actor: Actor, subject: OfJurisdiction): Verdict =>
    allOf(
      provided(actsAs(actor, 'authority', subject.jurisdictionCode), {
        code: 'not-authority',
        message: '汇总报告由同级机关事务管理部门签发。',
      }),
      provided(holdsAny(actor, ['authority-leader']), { code: 'role', message: '汇总报告由局领导签发。' }),
    ),
}
