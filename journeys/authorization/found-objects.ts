import { sql } from 'kysely'
import { subjectLevel, subjectOrganId } from './places.ts'

/** The organ and the level whose the objects are, in SQL. */
export const o = sql`${subjectOrganId}::uuid`
export const l = sql`${subjectLevel}`

/** Where each object is found: one of the organ's or, where the level owns it, of the level. `version` where there is one. */
export const queries: Readonly<Record<string, ReturnType<typeof sql>>> = {
  'budget.budgetId': sql`select id, version from budget.budget where organ_id = ${o} order by id desc limit 1`,
  'budget.planId': sql`select id from plans.plan where organ_id = ${o} and jurisdiction_code = ${l} order by id desc limit 1`,
  'cases.caseId': sql`select id from kernel.case_item where applicant_organ_id = ${o} and kind = 'plans.demand' and closed_at is null limit 1`,
  'cases.takeBack.caseId': sql`select id from kernel.case_item where applicant_organ_id = ${o} and kind = 'consultation.opinion' and closed_at is null limit 1`,
  'consultation.consultationId': sql`select c.id, c.version from consultation.consultation c join consultation.opinion o on o.consultation_id = c.id
    where c.jurisdiction_code = ${l} and o.organ_id = ${o} and c.subject_kind is null order by c.id desc limit 1`,
  'consultation.documentId': sql`select document_ids[1] as id from consultation.consultation where cardinality(document_ids) > 0 and jurisdiction_code = ${l}
    and id in (select consultation_id from consultation.opinion where organ_id = ${o}) and subject_kind is null order by id desc limit 1`,
  'consultation.items.consultationId': sql`select consultation_id as id from consultation.item where organ_id = ${o} limit 1`,
  'consultation.opinionId': sql`select id, version from consultation.opinion where organ_id = ${o} and state = 'waiting' order by id desc limit 1`,
  'consultation.surveyId': sql`select s.id, s.version from consultation.survey s where jurisdiction_code = ${l} order by id desc limit 1`,
  'consultation.improvements.surveyId': sql`select survey_id as id from consultation.improvement where jurisdiction_code = ${l} limit 1`,
  'consultation.answerId': sql`select id, version from consultation.survey_answer where organ_id = ${o} order by (state = 'waiting') desc, id desc limit 1`,
  'consultation.improvementId': sql`select id, version from consultation.improvement where jurisdiction_code = ${l} order by id desc limit 1`,
  'consultation.id': sql`select subject_id as id from consultation.consultation where subject_kind = 'drafting.draft' and jurisdiction_code = ${l} limit 1`,
  'assets.fieldId': sql`select id, version from assets.custom_field where jurisdiction_code = ${l} order by id, version desc limit 1`,
  'consumables.itemId': sql`select id, version from consumables.item where organ_id = ${o} and quantity > 0 order by id limit 1`,
  'decisions.decision': sql`select id from kernel.decision where organ_id = ${o} and kind = 'plans.adjustment-filing' order by id desc limit 1`,
  'decisions.subjectId': sql`select subject_id as id from kernel.decision where organ_id = ${o} and kind = 'plans.adjustment-filing' order by id desc limit 1`,
  'disposal.applicationId': sql`select id, version from disposal.application where organ_id = ${o} and state = 'applied' order by id limit 1`,
  'disposal.listedId': sql`select id, version from disposal.application where organ_id = ${o} and state = 'reviewed' and tier = 'T1' order by id limit 1`,
  'drafting.draftId': sql`select id, version from drafting.draft where jurisdiction_code = ${l} and state = 'consulting' limit 1`,
  'drafting.changeId': sql`select c.id from drafting.change c join drafting.draft d on d.id = c.draft_id
    where d.jurisdiction_code = ${l} and d.state = 'consulting' limit 1`,
  'drafting.reviewId': sql`select id, version from drafting.expenditure_review where jurisdiction_code = ${l} limit 1`,
  'ledger.lineId': sql`select id from ledger.line where holder_organ_id = ${o} and year = 2026 order by id limit 1`,
  'ledger.commitmentId': sql`select c.id from ledger.commitment c join ledger.line l on l.id = c.line_id where l.holder_organ_id = ${o} order by c.case_id is not null limit 1`,
  'ledger.entryId': sql`select e.id from ledger.entry e join ledger.line l on l.id = e.line_id where l.holder_organ_id = ${o} and e.kind = 'execute' limit 1`,
  'matching.cycleId': sql`select id from plans.cycle where jurisdiction_code = ${l} order by year desc limit 1`,
  'organs.organId': sql`select id, version from organs.organ where id = ${o}`,
  'people.organId': sql`select id from organs.organ where id = ${o}`,
  'people.personId': sql`select person_id as id from people.account where username = 'shi.education.fuze'`,
  'people.holdingId': sql`select h.id from people.holding h join people.account a on a.person_id = h.person_id where a.username = 'shi.education.fuze' limit 1`,
  'people.delegateRole.holdingId': sql`select h.id from people.holding h join people.account a on a.person_id = h.person_id where a.username = 'shi.education.jingban' and role = 'organ-clerk' limit 1`,
  'plans.cycleId': sql`select id, version from plans.cycle where jurisdiction_code = ${l} order by year desc limit 1`,
  'plans.consentClosing.cycleId': sql`select cycle_id as id, version from plans.closing where jurisdiction_code = ${l} and state = 'asked' limit 1`,
  'plans.returnClosing.cycleId': sql`select cycle_id as id, version from plans.closing where jurisdiction_code = ${l} and state = 'asked' limit 1`,
  'plans.demandId': sql`select id, version from plans.demand where organ_id = ${o} order by year desc limit 1`,
  'plans.lineId': sql`select l.id from plans.demand_line l join plans.demand d on d.id = l.demand_id where d.organ_id = ${o} and d.year = 2026 limit 1`,
  'plans.noticeId': sql`select id from plans.notice where organ_id = ${o} limit 1`,
  'plans.planId': sql`select id, version from plans.plan where organ_id = ${o} and jurisdiction_code = ${l} order by id desc limit 1`,
  'plans.adjustmentId': sql`select id, version from plans.adjustment where organ_id = ${o} limit 1`,
  'plans.reportId': sql`select id, version from plans.report where organ_id = ${o} limit 1`,
  'procurement.purchaseId': sql`select id, version from procurement.purchase where organ_id = ${o} order by id limit 1`,
  'procurement.itemId': sql`select i.id from procurement.item i where purchase_id = (select id from procurement.purchase where organ_id = ${o} order by id limit 1) limit 1`,
  'procurement.ledgerLineId': sql`select id from ledger.line where holder_organ_id = ${o} and year = 2026 order by id limit 1`,
  'procurement.questionId': sql`select id, version from procurement.question where organ_id = ${o} order by id limit 1`,
  'procurement.complaintId': sql`select id, version from procurement.complaint where organ_id = ${o} order by id limit 1`,
  'procurement.paymentId': sql`select id, version from procurement.payment where organ_id = ${o} limit 1`,
  'record.caseId': sql`select id from kernel.case_item where applicant_organ_id = ${o} and kind = 'plans.demand' and closed_at is null limit 1`,
  'record.documentId': sql`select id from kernel.issued_document where organ_id = ${o} limit 1`,
  'record.subjectDocuments.subjectId': sql`select subject_id as id from kernel.issued_document where organ_id = ${o} and subject_kind = 'plans.adjustment' limit 1`,
  'record.subjectId': sql`select id from plans.adjustment where organ_id = ${o} limit 1`,
  'record.entryId': sql`select e.id from kernel.audit_entry e join kernel.audit_leaf f on f.entry_id = e.id
    where e.organ_id = ${o} and e.jurisdiction_code = ${l} order by e.id limit 1`,
  'record.content': sql`select basis_document as id from plans.adjustment where organ_id = ${o} limit 1`,
  'regulations.workId': sql`select id from regulations.work where jurisdiction_code = ${l} limit 1`,
  'regulations.versionId': sql`select v.id from regulations.version v join regulations.work w on w.id = v.work_id where w.jurisdiction_code = ${l} limit 1`,
  'regulations.toWorkId': sql`select id from regulations.work where jurisdiction_code = ${l} limit 1`,
  'regulations.compare.after': sql`select v.id from regulations.version v join regulations.work w on w.id = v.work_id where w.jurisdiction_code = ${l} limit 1`,
  'regulations.compare.before': sql`select v.id from regulations.version v join regulations.work w on w.id = v.work_id where w.jurisdiction_code = ${l} limit 1`,
  'warehouse.itemId': sql`select i.id, i.version from warehouse.item i where owner_organ_id = ${o} and state = 'available'
    and not exists (select from warehouse.hold h where h.item_id = i.id) order by i.id limit 1`,
  'warehouse.intakeId': sql`select id, version from warehouse.intake where organ_id = ${o} order by (state = 'applied') desc, id desc limit 1`,
  'warehouse.requestId': sql`select id, version from warehouse.request where organ_id = ${o} order by id desc limit 1`,
  'warehouse.bodyId': sql`select id, version from warehouse.body where lead_organ_id = ${o} and ended_on is null order by id desc limit 1`,
  'warehouse.clearanceId': sql`select id, version from warehouse.clearance where organ_id = ${o} and state = 'open' order by id desc limit 1`,
  'warehouse.levelRequestId': sql`select id, version from warehouse.level_request where giver_jurisdiction_code = ${l} and state = 'asked' limit 1`,
  'warehouse.used': sql`select card_id as id from warehouse.body_thing where organ_id = ${o} and taken_off_on is null order by card_id limit 1`,
  'warehouse.left': sql`select t.card_id as id from warehouse.clearance_thing t join warehouse.clearance c on c.id = t.clearance_id
    where c.organ_id = ${o} and c.state = 'open' and t.outcome = 'open' order by c.id desc, t.card_id limit 1`,
  'repairs.requestId': sql`select id, version from repairs.request where organ_id = ${o} and state = 'quoted' order by id limit 1`,
  'stocktaking.countId': sql`select id, version from stocktaking.count where organ_id = ${o} and state = 'counting' order by id desc limit 1`,
  'stocktaking.differences.countId': sql`select id from stocktaking.count where organ_id = ${o} and state = 'finished' limit 1`,
  'stocktaking.differenceId': sql`select id from stocktaking.difference where organ_id = ${o} limit 1`,
  'stocktaking.cardId': sql`select card_id as id from stocktaking.item where organ_id = ${o} and disputed limit 1`,
  // Of the person whose object it is: who counted puts the photo there.
  'stocktaking.markId': sql`select m.id from stocktaking.mark m join stocktaking.count c on c.id = m.count_id
    join people.account a on a.person_id = m.person_id where c.organ_id = ${o} and c.state = 'counting' and a.username = 'shi.education.jingban' limit 1`,
  'whatif.scenarioId': sql`select s.id, s.version from whatif.scenario s join whatif.run r on r.scenario_id = s.id
    where s.jurisdiction_code = ${l} and r.result is not null limit 1`,
}

/** Cards nobody here keeps: who keeps a thing sees its card, office or not. */
export const cards = sql`from assets.card c where organ_id = ${o} and state = 'in-use'
  and not exists (select from assets.engagement e where e.card_id = c.id) order by (custodian_id is null) desc, id`
