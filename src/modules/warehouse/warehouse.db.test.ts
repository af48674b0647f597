import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Conflict, Forbidden, Missing } from '#kernel/server/errors.ts'
import type { Figure } from './model/figure.ts'
import { flagStoppedLoans } from './jobs.ts'
import { faultsOf } from './store/check.ts'
import {
  call,
  cardOf,
  closeWarehouseStage,
  desktops,
  dispose,
  inTx,
  onShelf,
  openWarehouseStage,
  photograph,
  recordedOf,
  refusalsOf,
  theStore,
  today,
  inSystem,
  noticesTo,
} from './testing/warehouse-stage.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-warehouse-'))
  await openWarehouseStage(directory)
})
afterAll(async () => {
  await closeWarehouseStage()
  await rm(directory, { recursive: true, force: true })
})

const begun = { trigger: 'G1' as const, triggeredOn: today, reason: '闲置满半年' }

describe('intake of things (A23-1)', () => {
  it('A23-1 GWC-R04 application, review, photo, appraisal, signature: in the warehouse, the holder stays', async () => {
    const cardIds = await desktops('keeper', 2)
    const apply = (who: string) => call(who, 'applyIntake', { ...begun, cardIds, declaredFree: true })
    for (const who of ['staff', 'warehouse', 'finance']) await expect(apply(who), who).rejects.toThrow()
    await expect(apply('borrower')).rejects.toThrow(Missing)
    const applied = await apply('keeper')
    expect(applied.intake).toMatchObject({ state: 'applied', dueOn: '2026-12-14', items: 2, costFen: 999_600 })
    // A card in this procedure is in no other.
    await expect(apply('keeper')).rejects.toThrow(Conflict)
    const step = { intakeId: applied.intake.id, version: applied.intake.version }
    await expect(call('keeper', 'approveIntake', step)).rejects.toThrow(Forbidden)
    await expect(call('county', 'viewIntake', { intakeId: step.intakeId })).rejects.toThrow(Missing)
    await expect(call('borrower', 'viewIntake', { intakeId: step.intakeId })).rejects.toThrow(Missing)
    const { intake } = await call('warehouse', 'approveIntake', step)
    await expect(call('warehouse', 'approveIntake', step)).rejects.toThrow(Conflict)
    const signed = { intakeId: intake.id, version: intake.version, handedByName: '王丽娟', receiverName: '赵仓管' }
    expect(new Set(await refusalsOf(call('warehouse', 'receiveIntake', signed)))).toEqual(new Set(['GWC-R04']))
    const [good, broken] = applied.items
    expect(await refusalsOf(photograph('keeper', good?.id ?? '', '说明.txt'))).toEqual(['not-a-photo'])
    const appraise = async (itemId: string, repairFen: number) => {
      const { item } = await photograph('keeper', itemId)
      return call('warehouse', 'appraiseItem', {
        itemId,
        version: item.version,
        repairFen,
        replacementFen: 480_000,
        storeId: await theStore(),
      })
    }
    // GWC-T04: 1,300 of 4,800 is light repair, 2,900 of 4,800 is beyond it.
    expect((await appraise(good?.id ?? '', 130_000)).item).toMatchObject({ grade: 'B', place: '主楼301' })
    expect((await appraise(broken?.id ?? '', 290_000)).item.grade).toBe('D')
    const received = await call('warehouse', 'receiveIntake', signed)
    expect(received.items.map(({ state }) => state).toSorted()).toEqual(['available', 'disposal'])
    expect(await cardOf(good?.cardId ?? '')).toMatchObject({ state: 'in-warehouse' })
    expect(await cardOf(broken?.cardId ?? '')).toMatchObject({ state: 'disposal-pending' })
    expect(await recordedOf(intake.id)).toEqual([
      'warehouse.intake-applied',
      'warehouse.intake-approved',
      'warehouse.intake-received',
    ])
    expect((await call('borrower', 'viewItem', { itemId: good?.id ?? '' })).cardId).toBeNull()
    await expect(call('borrower', 'viewItem', { itemId: broken?.id ?? '' })).rejects.toThrow(Missing)
    await expect(call('county', 'viewItem', { itemId: good?.id ?? '' })).rejects.toThrow(Missing)
  })

  it('GWC-R05 secret media do not come in; the authority calls for what is over standard, the organ may object', async () => {
    const secret = await desktops('keeper', 1, { name: '涉密计算机' })
    expect(
      await refusalsOf(call('keeper', 'applyIntake', { ...begun, cardIds: secret, declaredFree: true })),
    ).toContain('GWC-R05')
    const cardIds = await desktops('keeper', 1, { state: 'in-use' })
    expect(
      await refusalsOf(call('keeper', 'applyIntake', { ...begun, trigger: 'G2', cardIds, declaredFree: true })),
    ).toEqual(['trigger-party'])
    const called = await call('warehouse', 'callIntake', { ...begun, trigger: 'G2', reason: '超出标准1台', cardIds })
    expect(called.intake).toMatchObject({ state: 'called', called: true, dueOn: '2026-12-14' })
    const step = { intakeId: called.intake.id, version: called.intake.version }
    const objected = await call('keeper', 'objectIntake', { ...step, opinion: '新增编制，不再超标' })
    expect(objected.intake.state).toBe('applied')
    const refused = await call('warehouse', 'refuseIntake', {
      intakeId: step.intakeId,
      version: objected.intake.version,
      opinion: '理由成立',
    })
    expect(refused.intake.state).toBe('refused')
    // The card is free again.
    const again = await call('keeper', 'applyIntake', { ...begun, cardIds, declaredFree: true })
    const back = await call('keeper', 'withdrawIntake', { intakeId: again.intake.id, version: again.intake.version })
    expect(back.items[0]?.state).toBe('not-taken')
  })

  it('A23-2 heavy repair is done once a leader approved it, and then the thing is ready', async () => {
    const [heavy] = await onShelf(1, 190_000)
    const itemId = heavy?.itemId ?? ''
    const seen = await call('warehouse', 'viewItem', { itemId })
    expect(seen.item).toMatchObject({ state: 'repair', grade: 'C' })
    const done = { itemId, spentFen: 180_000, repairedOn: today, usable: true }
    expect(await refusalsOf(call('warehouse', 'finishRepair', { ...done, version: seen.item.version }))).toEqual([
      'GWC-R09',
    ])
    await expect(call('warehouse', 'approveRepair', { itemId, version: seen.item.version })).rejects.toThrow(Forbidden)
    const approved = await call('leader', 'approveRepair', { itemId, version: seen.item.version })
    const repaired = await call('warehouse', 'finishRepair', { ...done, version: approved.item.version })
    expect(repaired.item).toMatchObject({
      state: 'available',
      grade: 'A',
      appraisedGrade: 'C',
      repairSpentFen: 180_000,
    })
    const gone = await call('warehouse', 'sendToDisposal', {
      itemId,
      version: repaired.item.version,
      reason: '技术淘汰',
    })
    expect(gone.item.state).toBe('disposal')
    expect(await cardOf(heavy?.cardId ?? '')).toMatchObject({ state: 'disposal-pending' })
  })

  it('GWC-R10 AST-R08 what the warehouse gives up goes by the way of all disposals, after finance has consented', async () => {
    const [thing] = await onShelf(1)
    const cardId = thing?.cardId ?? ''
    const { item } = await call('warehouse', 'viewItem', { itemId: thing?.itemId ?? '' })
    await call('warehouse', 'sendToDisposal', { itemId: item.id, version: item.version, reason: '技术淘汰' })
    const paper = (kind: 'decision' | 'technical') => ({
      kind,
      number: '太教党组纪要〔2026〕11号',
      issuer: '太原市教育局',
      issuedOn: '2026-09-02',
    })
    const stepOf = ({ application: { id, version } }: { application: { id: string; version: number } }) => ({
      applicationId: id,
      version,
    })
    const drafted = await dispose('keeper', 'draftApplication', {
      form: 'D5',
      reason: '技术淘汰，无法修复',
      items: [{ cardId, condition: 'broken' }],
      papers: [paper('decision'), paper('technical')],
    })
    const reviewed = await dispose('warehouse', 'reviewApplication', {
      ...stepOf(await dispose('keeper', 'submitApplication', stepOf(drafted))),
      decision: 'agree',
    })
    const done = { carriedOutOn: today, erasureRecord: '数清〔2026〕7号' }
    expect(await refusalsOf(dispose('keeper', 'carryOut', { ...stepOf(reviewed), ...done }))).toContain(
      'disposal-state',
    )
    const consent = { agreed: true, document: '并财资〔2026〕61号', consentedOn: today }
    await expect(
      dispose('warehouse', 'consentApplication', { ...stepOf(reviewed), ...consent }),
    ).rejects.toBeInstanceOf(Forbidden)
    const consented = await dispose('finance', 'consentApplication', { ...stepOf(reviewed), ...consent })
    expect((await dispose('keeper', 'carryOut', { ...stepOf(consented), ...done })).application.state).toBe('closed')
    expect(await cardOf(cardId)).toMatchObject({ state: 'disposed' })
  })
})

const loan = {
  kind: 'loan' as const,
  purpose: 'temporary-body' as const,
  reason: '全省现场会',
  insteadOfPurchase: true,
}

describe('loans and allotments (A23-2)', () => {
  it('GWC-R06 GWC-R08 GWC-R13 a loan is signed for, renewed once, looked over when it is back; the saving counts once', async () => {
    const [thing] = await onShelf(1)
    const itemIds = [thing?.itemId ?? '']
    const file = (who: string, dueOn?: string, on = today) =>
      call(who, 'fileRequest', { ...loan, itemIds, ...(dueOn ? { dueOn } : {}) }, on)
    expect(await refusalsOf(file('borrower'))).toEqual(['GWC-R06'])
    expect(await refusalsOf(file('borrower', '2027-11-24'))).toEqual(['GWC-R06'])
    await expect(file('staff', '2027-03-01')).rejects.toThrow(Forbidden)
    const filed = await file('borrower', '2027-03-01')
    expect(await refusalsOf(file('third', '2027-03-01'))).toEqual(['GWC-R12'])
    const requestId = filed.request.id
    await expect(call('third', 'viewRequest', { requestId })).rejects.toThrow(Missing)
    await expect(call('borrower', 'approveRequest', { requestId, version: 1 })).rejects.toThrow(Forbidden)
    const approved = await call('warehouse', 'approveRequest', { requestId, version: filed.request.version })
    // The warehouse scans the label of the thing, which says the card; the borrower has no card of another organ.
    expect([filed.items[0]?.cardId, approved.items[0]?.cardId]).toEqual([null, thing?.cardId])
    const signed = await call('borrower', 'signRequest', { requestId, version: approved.request.version })
    expect(signed.request).toMatchObject({ state: 'lent', savedFen: 500_000 })
    expect(await cardOf(thing?.cardId ?? '')).toMatchObject({ state: 'lent' })
    const asked = await call('borrower', 'askRenewal', {
      requestId,
      version: signed.request.version,
      until: '2027-08-31',
      reason: '会期延长',
    })
    const granted = await call('planner', 'decideRenewal', { requestId, version: asked.request.version, granted: true })
    expect(granted.request).toMatchObject({ state: 'lent', dueOn: '2027-08-31', renewed: true })
    expect(
      await refusalsOf(
        call('borrower', 'askRenewal', {
          requestId,
          version: granted.request.version,
          until: '2027-12-31',
          reason: '再续',
        }),
      ),
    ).toEqual(['GWC-R06'])
    const back = await call('borrower', 'handBack', { requestId, version: granted.request.version })
    const inspect = (grade: 'A' | 'B', note = '') =>
      call('warehouse', 'takeBack', {
        requestId,
        version: back.request.version,
        items: [{ itemId: itemIds[0] ?? '', grade, note }],
      })
    expect(await refusalsOf(inspect('B'))).toEqual(['GWC-R08'])
    const returned = await inspect('B', '外壳碰损，借用机关已赔付')
    expect(returned.request.state).toBe('returned')
    expect(returned.findings.map(({ rule }) => rule)).toContain('GWC-R08')
    expect(await cardOf(thing?.cardId ?? '')).toMatchObject({ state: 'in-warehouse' })

    // The same organ keeps it for good: the need was saved once already.
    const wanted = await call('borrower', 'fileRequest', {
      kind: 'allotment',
      purpose: 'shortage',
      reason: '长期需要',
      itemIds,
      inUse: { 'item.desktop': 1 },
    })
    const next = await call('warehouse', 'approveRequest', {
      requestId: wanted.request.id,
      version: wanted.request.version,
    })
    const consent = { requestId: wanted.request.id, version: next.request.version, document: '并财资〔2026〕9号' }
    expect(await refusalsOf(call('borrower', 'signRequest', consent))).toEqual(['case-state'])
    const consented = await call('finance', 'consentRequest', consent)
    const got = await call('borrower', 'signRequest', {
      requestId: wanted.request.id,
      version: consented.request.version,
    })
    expect(got.request).toMatchObject({ state: 'done', savedFen: 0 })
    const { own } = await call('warehouse', 'metrics', { year: 2026 })
    expect(own.counts.savedFen).toBe(500_000)
    await expect(call('borrower', 'metrics', { year: 2026 })).rejects.toThrow(Forbidden)
  })

  it('facts 3.1, GWC-R13 each figure of the year is the sum of the rows behind it, page by page', async () => {
    const { own } = await call('warehouse', 'metrics', { year: 2026 })
    const behind = async (figure: Figure) => {
      const rows = []
      for (let after: string | undefined; ;) {
        const page = await call('warehouse', 'figureRows', {
          figure,
          year: 2026,
          limit: 2,
          ...(after ? { after } : {}),
        })
        rows.push(...page.items)
        if (page.next === null) return rows
        after = page.next
      }
    }
    const [came, out, saved] = [await behind('in'), await behind('out'), await behind('saved')]
    const fenOf = (rows: readonly { fen: number | null }[]) => rows.reduce((sum, { fen }) => sum + (fen ?? 0), 0)
    expect([came.length, fenOf(came)]).toEqual([own.counts.inItems, own.counts.inFen])
    expect(out).toHaveLength(own.sums.outTimes)
    expect(new Set(out.map(({ itemId }) => itemId)).size).toBe(own.counts.outItems)
    expect(fenOf(saved)).toBe(own.counts.savedFen)
    expect(saved.every(({ basis }) => basis !== '')).toBe(true)
    const [stay, returns, repaired] = [await behind('stay'), await behind('returns'), await behind('repaired')]
    expect([stay.length, stay.reduce((sum, { days }) => sum + (days ?? 0), 0)]).toEqual([
      own.sums.daysOf,
      own.sums.daysIn,
    ])
    expect([returns.length, returns.filter(({ word }) => word === 'in-time').length]).toEqual([
      own.sums.returnsDue,
      own.sums.returnsInTime,
    ])
    expect([repaired.length, fenOf(repaired), repaired.filter(({ word }) => word === 'used').length]).toEqual([
      own.sums.repaired,
      own.sums.repairFen,
      own.sums.repairedOut,
    ])
    expect(came.length * stay.length).toBeGreaterThan(0)
    await expect(call('borrower', 'figureRows', { figure: 'saved', year: 2026 })).rejects.toThrow(Forbidden)
    expect((await call('province', 'figureRows', { figure: 'in', year: 2026 })).items).toEqual([])
  })

  it('GWC-R07 an organ that is long overdue borrows nothing more', async () => {
    const [first, second] = await onShelf(2, 0, {}, '2026-11-02')
    const ask = (itemId: string, dueOn: string, on: string) =>
      call('third', 'fileRequest', { ...loan, itemIds: [itemId], dueOn }, on)
    const filed = await ask(first?.itemId ?? '', '2026-11-06', '2026-11-03')
    const requestId = filed.request.id
    const approved = await call(
      'warehouse',
      'approveRequest',
      { requestId, version: filed.request.version },
      '2026-11-03',
    )
    await call('third', 'signRequest', { requestId, version: approved.request.version }, '2026-11-03')
    const late = await call('third', 'viewRequest', { requestId }, '2026-11-09')
    expect(late.findings.find(({ rule }) => rule === 'GWC-R07')).toMatchObject({ outcome: 'warn' })
    expect(await refusalsOf(ask(second?.itemId ?? '', '2026-12-30', '2026-11-23'))).toEqual(['GWC-R07'])
    const listed = await call('warehouse', 'requests', { late: true })
    expect(listed.items.map(({ id }) => id)).toContain(requestId)
    // Ten working days late the authority is told as well, once.
    const flagged = []
    for (const on of ['2026-11-20', '2026-11-23', '2026-11-24']) flagged.push(await inSystem(flagStoppedLoans, on))
    expect(flagged).toEqual([0, 1, 0])
    expect(JSON.stringify(await noticesTo('warehouse'))).toContain('已逾期17天，已停止向该机关出借')
    expect(JSON.stringify(await noticesTo('third'))).toContain('归还前不能再借用')
  })

  it('GWC-R11 the reviewer gives the part that the standard allows; finance may say no', async () => {
    const things = await onShelf(3)
    const itemIds = things.map(({ itemId }) => itemId)
    const filed = await call('borrower', 'fileRequest', {
      kind: 'allotment',
      purpose: 'shortage',
      reason: '新录用人员配备',
      itemIds,
      inUse: { 'item.desktop': 0 },
    })
    const { id: requestId, version } = filed.request
    const approved = await call('warehouse', 'approveRequest', { requestId, version, itemIds: itemIds.slice(0, 2) })
    expect(approved.items.map(({ state }) => state).toSorted()).toEqual(['asked', 'asked', 'dropped'])
    // What was not given is free for others at once.
    expect((await call('third', 'items', { free: true })).items.map(({ id }) => id)).toContain(itemIds[2])
    const declined = await call('finance', 'declineRequest', {
      requestId,
      version: approved.request.version,
      opinion: '本年已安排购置',
    })
    expect(declined.request.state).toBe('refused')
    expect((await call('third', 'items', { free: true })).items.map(({ id }) => id)).toEqual(
      expect.arrayContaining(itemIds),
    )
  })

  it('every thing stands where its holds and requests say (verify)', async () => {
    const { checked, faults } = await inTx(faultsOf)
    expect(checked).toBeGreaterThan(8)
    expect(faults).toEqual([])
  })
})
