import { addDays } from '#kernel/pure/local-date.ts'
import type { OrganRow } from '#modules/organs/offers.ts'
import { actions } from '#modules/procurement/actions.ts'
import { contract } from '#modules/procurement/contract.ts'
import type { Actor } from '#kernel/pure/actor.ts'
import type { Act } from '#kernel/server/context.ts'
import { as, needed, stageOf, type Stage } from './cast.ts'
import { fraction } from './wishes.ts'

const procurement = { contract, actions }

/** How far a purchase has come; each shows what waits for somebody. */
const ends = ['payment', 'contracted', 'closed', 'purchasing', 'submitted'] as const
type End = (typeof ends)[number]

/** Organs whose equipment is bought through purchase files: the one whose people stand on the sign-in page, and some beside. */
export function buyersOf(stage: Stage): OrganRow[] {
  // One level shows it, so that a first start stays quick.
  if (stage.jurisdictionCode !== '140100') return []
  const ordinary = stage.organs.filter(({ parts, name }) => parts.length === 0 && !name.includes('教育'))
  return [...stage.organs.filter(({ name }) => name.includes('教育')), ...ordinary.slice(0, 3)]
}

type Planned = {
  ledgerLineId: string
  itemName: string
  unit: string
  standardCode: string | null
  remainingFen: number
  remainingQuantity: number
  priceCapFen: number | null
}
type View = {
  purchase: { id: string; version: number; number: string; intentionNeeded: boolean }
  items: { id: string; name: string; quantity: number; classCode: string | null; unitPriceFen: number }[]
  money: { acceptedFen: number }
}

/** Purchases of the year's equipment lines, each a file of its own, some done and some on the way (Art. 11). */
export async function purchaseFiles(act: Act, code: string, year: number): Promise<string> {
  const stage = await stageOf(act, code)
  const begun = addDays(act.today, -40)
  if (begun < `${year}-02-01`) return '年初尚无采购'
  let files = 0
  for (const [place, organ] of buyersOf(stage).entries()) {
    const clerk = await needed(stage, organ, 'organ-clerk', 'plan-reviewer')
    if (!clerk.roles.includes('organ-clerk')) continue
    const head = await needed(stage, organ, 'organ-head')
    const { items } = await as(procurement, 'plannedItems', stage, { actor: clerk, at: begun }, { year })
    const lines = (items as Planned[]).filter(
      ({ standardCode, remainingQuantity }) => standardCode !== null && remainingQuantity >= 1,
    )
    for (const [at, line] of lines.entries()) {
      // The first line of the organ on the sign-in page is bought in two parts: one to sign for, one to approve.
      const parts: [number, End][] =
        place === 0 && at === 0 && line.remainingQuantity >= 2
          ? [
              [line.remainingQuantity - 1, 'payment'],
              [1, 'submitted'],
            ]
          : [[line.remainingQuantity, ends[(place + at) % ends.length] as End]]
      for (const [quantity, end] of parts) {
        await buy(stage, { clerk, head }, line, quantity, end, begun)
        files++
      }
    }
    if (place === 0) await objections(stage, clerk, begun)
  }
  return `${files}份采购档案`
}

/**
 * What suppliers said against the first organ's purchases: a question that was answered, and on another purchase one whose
 * answer did not content the supplier, who complained to finance (政府采购法第五十二条至第五十六条).
 */
async function objections(stage: Stage, clerk: Actor, begun: string): Promise<void> {
  const day = (after: number) => addDays(begun, after)
  const { items } = await as(procurement, 'purchases', stage, { actor: clerk, at: day(30) }, { limit: 50 })
  const [first, second = first] = (items as { id: string; state: string }[])
    .filter(({ state }) => ['contracted', 'accepted', 'closed', 'purchasing'].includes(state))
    .toReversed()
  if (!first || !second) return
  const asked = (purchaseId: string, after: number, supplier: string, creditCode: string, claims: string) =>
    as(
      procurement,
      'recordQuestion',
      stage,
      { actor: clerk, at: day(after) },
      {
        purchaseId,
        kind: 'question',
        supplier,
        creditCode,
        about: 'document',
        knownOn: day(after - 3),
        receivedOn: day(after),
        claims,
      },
    )
  const answer = async (question: { id: string; version: number }, after: number, said: string) =>
    as(
      procurement,
      'answerQuestion',
      stage,
      { actor: clerk, at: day(after) },
      { questionId: question.id, version: question.version, outcome: 'unfounded', answer: said },
    )
  const one = await asked(
    first.id,
    10,
    suppliers[2][0],
    suppliers[2][1],
    '采购需求中的屏幕尺寸参数指向特定品牌，请求修改采购需求。',
  )
  await answer(
    one.question,
    14,
    '经核查，电子卖场内三个以上品牌的商品满足该参数，采购需求没有指向特定品牌，质疑不成立。',
  )
  const two = await asked(
    second.id,
    17,
    '太原市恒信办公设备有限公司',
    '91140100MA0K10004X',
    '同型号商品我公司报价更低，未被选定，请求说明选定理由并重新比价。',
  )
  await answer(two.question, 21, '选定时已比较同型号全部有效报价，贵公司商品在比价时处于下架状态，质疑不成立。')
  const finance = await needed(stage, stage.finance, 'finance-reviewer')
  const complaint = await as(
    procurement,
    'recordComplaint',
    stage,
    { actor: finance, at: day(33) },
    {
      questionId: two.question.id,
      receivedOn: day(33),
      claims: '答复称商品下架与事实不符，附电子卖场商品上架截图，请求责令重新比价。',
    },
  )
  await as(
    procurement,
    'acceptComplaint',
    stage,
    { actor: finance, at: day(36) },
    { complaintId: complaint.complaint.id, version: complaint.complaint.version },
  )
}

const models: Readonly<Record<string, string>> = {
  'item.desktop': '联想启天 M455',
  'item.laptop': '华为 MateBook B5-440',
  'item.chair': '网布职员椅 BG-07',
}
const suppliers = [
  ['山西晋源办公设备有限公司', '91140100MA0K10001X'],
  ['太原市华安家具有限公司', '91140100MA0K10002X'],
  ['山西并州信息技术有限公司', '91140100MA0K10003X'],
] as const

async function buy(
  stage: Stage,
  { clerk, head }: { clerk: Actor; head: Actor },
  line: Planned,
  quantity: number,
  end: End,
  begun: string,
): Promise<void> {
  const day = (after: number) => addDays(begun, after)
  const step = (view: View) => ({ purchaseId: view.purchase.id, version: view.purchase.version })
  const by = (actor: Actor, after: number, name: keyof typeof contract, input: unknown): Promise<View> =>
    as(procurement, name, stage, { actor: { ...actor, steppedUp: true }, at: day(after) }, input)
  const late = end === 'submitted' ? 37 : end === 'purchasing' ? 28 : 0
  const priceFen =
    Math.floor(Math.min(line.priceCapFen ?? line.remainingFen, line.remainingFen / line.remainingQuantity) / 1000) *
    1000
  const request = {
    title: `${line.itemName}采购`,
    kind: 'goods',
    requirement: `${line.itemName}${quantity}${line.unit}，符合办公设备家具配置标准，含运输、安装和质保期内上门服务。`,
    expectedOn: day(late + 4),
    method: 'framework',
    organisation: 'agency',
    reservedFor: 'micro',
    stockReason: '闲置设备已超过最低使用年限，性能不能满足业务系统要求。',
    items: [
      {
        ledgerLineId: line.ledgerLineId,
        name: line.itemName,
        unit: line.unit,
        quantity,
        unitPriceFen: priceFen,
        standardCode: line.standardCode,
        // What is replaced goes the way of disposal; the number in use stays within the standard.
        replaces: quantity,
      },
    ],
  }
  let view = await by(clerk, late, 'draftPurchase', request)
  view = await by(clerk, late, 'submitPurchase', step(view))
  if (end === 'submitted') return
  view = await by(head, late + 2, 'approvePurchase', { ...step(view), opinion: '同意，按集中采购目录组织采购。' })
  if (end === 'purchasing') return
  const serial = Math.floor(fraction(`${view.purchase.number} ${line.ledgerLineId}`) * 9000) + 1000
  const [supplier, creditCode] = line.standardCode === 'item.chair' ? suppliers[1] : suppliers[serial % 2 === 0 ? 0 : 2]
  const bargain = Math.floor((priceFen * 0.96) / 1000) * 1000
  const amountFen = bargain * quantity
  view = await by(clerk, 4, 'startPurchase', {
    ...step(view),
    projectNumber: `DZMC-${begun.slice(0, 4)}-${serial}`,
    startedOn: day(4),
  })
  view = await by(clerk, 5, 'recordAward', {
    ...step(view),
    openedOn: day(5),
    awardedOn: day(5),
    bidders: [{ name: supplier, creditCode, priceFen: amountFen, valid: true, size: 'micro' }],
    winner: 0,
    amountFen,
    reason: '电子卖场同型号报价最低，售后服务满足要求。',
  })
  view = await by(clerk, 6, 'publishResult', { ...step(view), publishedOn: day(6) })
  view = await by(clerk, 8, 'signContract', {
    ...step(view),
    number: `HT-${view.purchase.number.slice(3)}`,
    signedOn: day(8),
    deliverBy: day(30),
    warrantyMonths: 36,
    paymentTerms: '验收合格并收到发票后30日内一次付清',
    qualityTerms: '符合国家标准和电子卖场商品参数',
    acceptanceTerms: '到货后由采购单位两人当场开箱验收',
    breachTerms: '逾期交货的，每日按合同金额的万分之五支付违约金',
    disputeTerms: '协商不成的，向采购单位所在地人民法院起诉',
    items: view.items.map((item) => ({
      itemId: item.id,
      quantity: item.quantity,
      unitPriceFen: bargain,
      model: models[line.standardCode ?? ''] ?? '',
    })),
  })
  view = await by(clerk, 9, 'publishContract', { ...step(view), publishedOn: day(9) })
  if (end === 'contracted') return
  view = await by(clerk, 12, 'fileContract', { ...step(view), filedOn: day(12) })
  view = await by(clerk, 18, 'draftAcceptance', {
    ...step(view),
    deliveredOn: day(18),
    conclusion: '数量、规格型号与合同一致，通电试机正常，验收合格。',
    items: view.items.map((item) => ({ itemId: item.id, delivered: item.quantity, accepted: item.quantity })),
  })
  view = await by(head, 19, 'signAcceptance', step(view))
  for (const item of view.items.filter(({ classCode }) => classCode !== null))
    view = await by(clerk, 21, 'registerReceived', {
      ...step(view),
      itemId: item.id,
      serialNumbers:
        line.standardCode === 'item.chair'
          ? []
          : Array.from({ length: quantity }, (_, at) => `SN26${serial}${String(at + 1).padStart(3, '0')}`),
      place: '主楼库房',
    })
  const paying = { ...step(view), amountFen, invoiceNumber: `2614${serial}88${serial}`, invoiceOn: day(22) }
  const { payment } = await as(procurement, 'requestPayment', stage, { actor: clerk, at: day(22) }, paying)
  if (end === 'payment') return
  await by(head, 24, 'approvePayment', {
    paymentId: payment.id,
    version: payment.version,
    voucher: `记${day(24).slice(5, 7)}-${100 + (serial % 90)}`,
  })
  const paid = await by(clerk, 25, 'viewPurchase', { purchaseId: view.purchase.id })
  await by(clerk, 25, 'closePurchase', step(paid))
}
