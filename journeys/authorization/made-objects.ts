import { sql } from 'kysely'
import { transaction } from '#kernel/server/database.ts'
import { systemScope } from '#kernel/server/scope.ts'
import { demandWorkbook } from '../demand-workbook.ts'
import { done, type World } from './doing.ts'
import { cards, l, o, queries } from './found-objects.ts'
import { freshFile } from './fresh-file.ts'
import type { Objects } from './objects.ts'
import { actorAt, subjectOrganId, type Places } from './places.ts'

/** What the demonstration lacks: written where no act makes it, then done by the people whose it is. */
export async function makeObjects(world: World, places: Places, objects: Objects): Promise<void> {
  await writeObjects(world, places, objects)
  await actForObjects(world, places, objects)
}

async function writeObjects(world: World, places: Places, objects: Objects): Promise<void> {
  const clerk = actorAt(places.own, ['organ-clerk'])
  await transaction(
    world.parts.db,
    async (tx) => {
      const first = async (query: ReturnType<typeof sql>) => ((await query.execute(tx)).rows[0] as { id: string }).id
      objects.set(
        'calendar.noticeId',
        await first(sql`insert into kernel.calendar_notice (id, year, document, issued_on, note, state, proposed_by, proposed_by_name, proposed_at)
          values (gen_random_uuid(), 2031, '测试〔2030〕1号', '2030-11-01', null, 'proposed', ${places.other.personId}, '录入人', now()) returning id`),
      )
      await sql`insert into kernel.calendar_day (notice_id, day, kind, name) values (${objects.get('calendar.noticeId')}, '2031-01-01', 'holiday', '元旦')`.execute(
        tx,
      )
      objects.set(
        'calendar.overrideId',
        await first(sql`insert into kernel.calendar_override (id, jurisdiction_code, days_off, workdays, reason, citation, state, proposed_by, proposed_by_name, proposed_at)
          values (gen_random_uuid(), ${l}, '{2027-03-10}', '{}', '测试', '测试〔2027〕1号', 'proposed', ${places.other.personId}, '录入人', now()) returning id`),
      )
      await sql`with reviewed as (insert into kernel.case_item (id, kind, subject_id, title, applicant_organ_id, jurisdiction_code, state, waiting_party,
            waiting_roles, entered_at, opened_at)
          select gen_random_uuid(), c.kind, gen_random_uuid(), c.title, ${places.finance.organ.id}, ${l}, 'waiting', 'applicant', '{finance-reviewer}', now(), now()
          from drafting.expenditure_review r join kernel.case_item c on c.id = r.case_id limit 1 returning id, subject_id)
        insert into drafting.expenditure_review (id, jurisdiction_code, organ_id, draft_id, document, codes, resting_codes, state, case_id, opened_on, due_on, version)
          select reviewed.subject_id, ${l}, ${places.finance.organ.id}, r.draft_id, r.document, r.codes, r.resting_codes, 'open', reviewed.id, current_date,
            current_date + 30, 1 from drafting.expenditure_review r, reviewed limit 1`.execute(tx)
      objects.set(
        'people.sessionId',
        await first(sql`insert into people.session (id, token_hash, person_id, credential_version, organ_id, created_at, last_seen_at, expires_at)
          values (gen_random_uuid(), ${'0'.repeat(64)}, ${places.own.personId}, 1, ${o}, ${world.now}, ${world.now}, ${world.now}::timestamptz + interval '8 hours')
          returning id`),
      )
      objects.set(
        'jobs.runId',
        await first(sql`insert into kernel.job_run (id, name, title, data, actor, organ_id, person_id, state, done, tries, cancel_asked, created_at)
          values (gen_random_uuid(), 'plans.propose-all', '测试', '{}', ${JSON.stringify(clerk)}, ${o}, ${places.own.personId}, 'waiting', 0, 0, false, now())
          returning id`),
      )
      objects.set(
        'regulations.importId',
        await first(sql`insert into regulations.import (id, jurisdiction_code, file_name, sha256, source, automatic_numbers, state, uploaded_by, uploaded_by_name, created_at)
          values (gen_random_uuid(), ${l}, '测试.txt', ${'0'.repeat(64)}, '第一条　测试。', 0, 'open', ${places.authority.personId}, '录入人', now()) returning id`),
      )
      objects.set(
        'regulations.linkId',
        await first(sql`insert into regulations.link (id, version_id, article, to_work_id, to_article, note, created_by, created_by_name, created_at)
          select gen_random_uuid(), v.id, '1', (select id from regulations.work where jurisdiction_code = '140000' limit 1), '1', '测试', ${places.authority.personId},
            '录入人', now() from regulations.version v join regulations.work w on w.id = v.work_id where w.jurisdiction_code = ${l} limit 1 returning id`),
      )
      await sql`insert into people.second_factor (person_id, secret, confirmed_at, last_step)
        select person_id, 'none', now(), 0 from people.account where username = 'shi.education.fuze' on conflict do nothing`.execute(
        tx,
      )
      const line =
        await first(sql`with cycle as (select id, year from plans.cycle where jurisdiction_code = ${l} order by year desc limit 1),
          proposal as (insert into matching.proposal (id, cycle_id, jurisdiction_code, year, asked_by_name, asked_at, finished_at, took_ms)
            select gen_random_uuid(), id, ${l}, year, '审核人', now(), now(), 1 from cycle returning id, cycle_id)
        insert into matching.line (id, proposal_id, cycle_id, jurisdiction_code, organ_id, organ_name, demand_id, demand_line_id, line_no, item_name,
            standard_code, unit, asked, needed, in_use, price_fen, replacement, matched, from_warehouse, saved_fen, judgement_id, state)
          select gen_random_uuid(), p.id, p.cycle_id, ${l}, ${o}, '机关', d.id, t.id, t.line_no, t.item_name, 'item.desktop', '台', 2, 2, 0, 480000,
            false, 1, 0, 480000, (select id from kernel.judgement limit 1), 'proposed'
          from proposal p, plans.demand d join plans.demand_line t on t.demand_id = d.id where d.organ_id = ${o} order by d.year desc limit 1
          returning id`)
      objects.set('matching.lineId', line)
      objects.set('matching.lineId.version', 1)
      objects.set(
        'matching.proposalId',
        await first(sql`select proposal_id as id from matching.line where id = ${line}`),
      )
      objects.set(
        'matching.lapseId',
        await first(sql`with lapsed as (select l.*, gen_random_uuid() as subject from matching.line l where l.id = ${line}),
            opened as (insert into kernel.case_item (id, kind, subject_id, title, applicant_organ_id, jurisdiction_code, state, waiting_party,
              waiting_roles, entered_at, opened_at)
            select gen_random_uuid(), 'matching.lapse', subject, '调剂未成', organ_id, jurisdiction_code, 'open', 'authority', '{plan-reviewer}', now(), now()
            from lapsed returning id, subject_id)
          insert into matching.lapse (id, line_id, cycle_id, jurisdiction_code, organ_id, organ_name, year, demand_id, demand_line_id, line_no, item_name,
            standard_code, unit, pieces, price_fen, cause, reason, request_id, request_number, state, case_id, opened_on)
          select o.subject_id, l.id, l.cycle_id, l.jurisdiction_code, l.organ_id, l.organ_name, 2027, l.demand_id, l.demand_line_id, l.line_no, l.item_name,
            l.standard_code, l.unit, 1, l.price_fen, 'finance', '测试', gen_random_uuid(), 'DB-0', 'open', o.id, current_date
          from lapsed l, opened o returning id`),
      )
      objects.set('matching.lapseId.version', 1)
      const { rows: kept } = (await sql`select id, number, version ${cards} limit 3`.execute(tx)) as {
        rows: { id: string; number: string; version: number }[]
      }
      const [card, lent, borrowed] = kept
      objects.set('assets.cardId', card?.id)
      objects.set('assets.cardId.version', card?.version)
      objects.set('assets.lent', lent?.id)
      objects.set('assets.borrowed', borrowed?.id)
      objects.set(
        'assets.eventId',
        Number(await first(sql`select id from assets.event where card_id = ${card?.id} limit 1`)),
      )
      objects.set('assets.text', card?.number)
      objects.set(
        'consumables.itemId',
        await first(sql`select id from consumables.item where organ_id = ${o} and quantity > 1 order by id limit 1`),
      )
      objects.set(
        'assets.importId',
        await first(sql`with kept as (insert into assets.import (id, organ_id, jurisdiction_code, file_name, sha256, state, rows, created_at, created_by)
            values (gen_random_uuid(), ${o}, ${l}, '测试.xlsx', ${'0'.repeat(64)}, 'read', 1, now(), '录入人') returning id)
          select id from kept`),
      )
      await sql`insert into assets.import_row (import_id, organ_id, row_no, sheet, cells) values (${objects.get('assets.importId')}, ${o}, 1, '卡片', '{}')`.execute(
        tx,
      )
      objects.set(
        'machines.tokenId',
        await first(sql`insert into machines.token (id, token_hash, mark, organ_id, name, purpose, scopes, issued_at, issued_by, issued_by_name, valid_until)
          values (gen_random_uuid(), ${'2'.repeat(64)}, 'matrix00', ${o}, '测试系统', '测试', '{standards:read}', now(), ${places.authority.personId}, '录入人', '2027-11-01')
          returning id`),
      )
      objects.set('cases.caseId', await first(queries['cases.caseId'] as ReturnType<typeof sql>))
      objects.set('cases.takeBack.caseId', await first(queries['cases.takeBack.caseId'] as ReturnType<typeof sql>))
      objects.set('ledger.lineId', await first(queries['ledger.lineId'] as ReturnType<typeof sql>))
      objects.set('plans.demandId', await first(queries['plans.demandId'] as ReturnType<typeof sql>))
      objects.set('people.fuze', await first(queries['people.personId'] as ReturnType<typeof sql>))
      objects.set(
        'consultation.consultationFile.consultationId',
        await first(queries['consultation.consultationId'] as ReturnType<typeof sql>),
      )
    },
    { scope: systemScope },
  )
}

async function actForObjects(world: World, places: Places, objects: Objects): Promise<void> {
  const clerk = actorAt(places.own, ['organ-clerk'])
  const [level, office] = [actorAt(places.authority, ['plan-reviewer']), actorAt(places.other, ['organ-clerk'])]
  const asked = await done<{ signatures: { id: string }[] }>(world, clerk, 'cases.askSignature', {
    caseId: objects.get('cases.caseId'),
    kind: 'co-sign',
    organId: office.organ?.id,
    question: '请会签。',
  })
  objects.set('cases.signatureId', asked.signatures[0]?.id)
  await done(world, clerk, 'cases.handOver', {
    caseId: objects.get('cases.takeBack.caseId'),
    personId: objects.get('people.fuze'),
  })
  const feed = await done<{ feed: { id: string }; path: string }>(world, clerk, 'duties.createFeed', {
    role: 'organ-clerk',
  })
  objects.set('duties.feedId', feed.feed.id)
  objects.set('duties.token', /([^/]+)\.ics$/.exec(feed.path)?.[1])
  const duties = await done<{ items: { key: string }[] }>(world, clerk, 'duties.list', { reach: 'organ' })
  objects.set('duties.key', duties.items[0]?.key)
  await done(world, clerk, 'ledger.commit', {
    lineId: objects.get('ledger.lineId'),
    title: '测试占用',
    note: '测试占用',
    amountFen: 100,
    quantity: 0,
    occurredOn: '2026-11-20',
  })
  const correction = await done<{ id: string }>(world, clerk, 'people.askCorrection', {
    field: 'post',
    wanted: '一级科员',
    reason: '测试',
  })
  objects.set('people.correctionId', correction.id)
  const cardId = objects.get('assets.cardId')
  objects.set('assets.mergeCards.cardIds', [cardId, objects.get('assets.lent')])
  objects.set('assets.mainCardId', cardId)
  for (const name of ['changeCards', 'finishScan', 'labels', 'offerHandover'])
    objects.set(`assets.${name}.cardIds`, [cardId])
  for (const name of ['applyIntake', 'callIntake', 'assignThings']) objects.set(`warehouse.${name}.cardIds`, [cardId])
  for (const module of ['repairs', 'disposal']) objects.set(`${module}.cardId`, cardId)
  objects.set('disposal.previewApplication.cardIds', [cardId])
  objects.set('disposal.draftApplication.items', [{ cardId, condition: 'broken' }])
  objects.set('assets.toPersonId', objects.get('people.fuze'))
  objects.set('assets.code', `YB${String(cardId).replaceAll('-', '')}`)
  const keeper = actorAt(places.own, ['asset-keeper'])
  const photo = await done<{ id: string }>(world, keeper, 'assets.attachCardFile', {
    cardId,
    file: await freshFile('发票.txt', Buffer.from('发票')),
  })
  objects.set('assets.fileId', photo.id)
  const [counted, said] = await transaction(
    world.parts.db,
    async (tx) =>
      Promise.all(
        ['stocktaking.countId', 'stocktaking.markId'].map(
          async (name) => ((await (queries[name] as ReturnType<typeof sql>).execute(tx)).rows[0] as { id: string }).id,
        ),
      ),
    { scope: systemScope },
  )
  const sight = await done<{ id: string }>(world, actorAt(places.own, ['asset-keeper']), 'stocktaking.attachPhoto', {
    countId: counted,
    markId: said,
    file: await freshFile('现场.txt', Buffer.from('现场')),
  })
  objects.set('stocktaking.photoId', sight.id)
  await transaction(
    world.parts.db,
    async (tx) => {
      // A transfer that finance has consented to waits for the other organ to sign for it.
      const { rows } = await sql<{ id: string; version: number }>`with given as (update disposal.application
          set receiver_organ_id = ${places.other.organ.id} where organ_id = ${o} and form = 'D1' and state = 'approved'
          returning id, version, receipt_case_id),
        moved as (update kernel.case_item c set applicant_organ_id = ${places.other.organ.id} from given where c.id = given.receipt_case_id)
        select id, version from given`.execute(tx)
      objects.set('disposal.receiveTransfer.applicationId', rows[0]?.id)
      objects.set('disposal.receiveTransfer.version', rows[0]?.version)
    },
    { scope: systemScope },
  )
  const filter = await done<{ id: string }>(world, keeper, 'assets.saveFilter', { name: '我的', filter: {} })
  objects.set('assets.filterId', filter.id)
  const scanned = await done<{ receipt: { id: string } }>(world, keeper, 'assets.finishScan', {
    act: 'move',
    cardIds: [objects.get('assets.lent')],
    effectiveOn: '2026-11-20',
    reason: '测试变动',
    place: '测试地点',
  })
  objects.set('assets.receiptId', scanned.receipt.id)
  const handover = await done<{ handover: { id: string; version: number } }>(world, keeper, 'assets.offerHandover', {
    cardIds: [objects.get('assets.lent')],
    toPersonId: places.colleague.personId,
    reason: '测试交接',
  })
  objects.set('assets.handoverId', handover.handover.id)
  objects.set('assets.handoverId.version', handover.handover.version)
  const dueOn = '2026-12-10'
  const loan = await done<{ loan: { id: string; version: number } }>(world, keeper, 'assets.offerLoan', {
    cardIds: [objects.get('assets.borrowed')],
    toPersonId: places.colleague.personId,
    dueOn,
    reason: '测试借用',
  })
  objects.set('assets.loanId', loan.loan.id)
  objects.set('assets.loanId.version', loan.loan.version)
  objects.set('assets.offerLoan.cardIds', [cardId])
  objects.set('assets.offerLoan.organId', subjectOrganId)
  objects.set('assets.borrowers.organId', subjectOrganId)
  const itemId = objects.get('consumables.itemId')
  const lines = [{ itemId, quantity: 1 }]
  objects.set('consumables.toPersonId', objects.get('people.fuze'))
  for (const name of ['issueItems', 'takeBack']) objects.set(`consumables.${name}.lines`, lines)
  const issue = await done<{ issue: { id: string; version: number } }>(world, keeper, 'consumables.issueItems', {
    toPersonId: places.colleague.personId,
    purpose: '测试领用',
    lines,
  })
  objects.set('consumables.issueId', issue.issue.id)
  objects.set('consumables.issueId.version', issue.issue.version)
  const attached = await done<{ id: string }>(world, clerk, 'record.attach', {
    caseId: objects.get('cases.caseId'),
    file: await freshFile('说明.txt', Buffer.from('说明')),
  })
  objects.set('record.attachmentId', attached.id)
  const consultation = objects.get('consultation.consultationFile.consultationId')
  const withFile = await transaction(
    world.parts.db,
    async (tx) =>
      (
        await sql<{
          id: string
        }>`insert into kernel.attachment (id, case_id, subject_kind, subject_id, organ_id, jurisdiction_code, file_name, sha256, uploaded_by,
          uploaded_by_name, uploaded_at) select gen_random_uuid(), null, 'consultation.consultation', ${consultation}, organ_id, jurisdiction_code, '附件.txt',
          (select sha256 from kernel.attachment where id = ${attached.id}), ${level.personId}, '录入人', now()
        from consultation.consultation where id = ${consultation} returning id`.execute(tx)
      ).rows[0],
    { scope: systemScope },
  )
  objects.set('consultation.fileId', withFile?.id)
  await transaction(
    world.parts.db,
    (tx) =>
      sql`update consultation.consultation c set document_ids = array[(select id from kernel.issued_document d where d.jurisdiction_code = ${l} limit 1)]
        where id = ${consultation}`.execute(tx),
    { scope: systemScope },
  )
  const { buffer } = await demandWorkbook()
  const preview = await done<{ importId: string }>(world, clerk, 'plans.previewImport', {
    demandId: objects.get('plans.demandId'),
    file: await freshFile('申报.xlsx', buffer),
  })
  objects.set('plans.importId', preview.importId)
  objects.set('people.switchOrgan.organId', subjectOrganId)
  objects.set('people.delegateRole.personId', objects.get('people.fuze'))
}
