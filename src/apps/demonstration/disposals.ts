import { addDays } from '#kernel/pure/local-date.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { actions } from '#modules/disposal/actions.ts'
import { contract } from '#modules/disposal/contract.ts'
import type { DisposalForm, PaperKind } from '#modules/disposal/model.ts'
import { as, needed, stageOf } from './cast.ts'
import { ago, type Cast, type Purpose, registered, type Things } from './old-things.ts'
import { someRepairs } from './repairs.ts'

const disposal = { contract, actions }

/** Old things of one organ under way: one disposal in each stage, repairs beside them. */
export async function disposals(act: Act, code: string): Promise<string> {
  const stage = await stageOf(act, code)
  const organ = found(
    stage.organs.find(({ name }) => name.includes('教育')),
    '教育机关',
  )
  const cast: Cast = {
    stage,
    organ,
    keeper: await needed(stage, organ, 'asset-keeper', 'organ-clerk'),
    reviewer: await needed(stage, stage.authority, 'asset-reviewer'),
    finance: await needed(stage, stage.finance, 'finance-reviewer'),
    head: await needed(stage, organ, 'organ-head'),
  }
  const things = await registered(cast)
  const repaired = await someRepairs(cast, things)
  return `${await someDisposals(cast, things)}件处置、${repaired}件维修`
}

/** Cards leave the books in the open month, which is this one. */
const thisMonth = (cast: Cast, days: number) => {
  const first = `${cast.stage.act.today.slice(0, 7)}-01`
  const day = ago(cast, days)
  return day < first ? first : day
}

type Wanted = {
  form: DisposalForm
  cards: readonly string[]
  reason: string
  on: string
  papers?: readonly PaperKind[]
  receiverOrganId?: string
  counterparty?: string
}
type Shown = { application: { id: string; version: number; tier: string } }
const step = ({ application }: Shown) => ({ applicationId: application.id, version: application.version })

async function drafted(cast: Cast, wanted: Wanted): Promise<Shown> {
  const { stage, organ, keeper } = cast
  const year = wanted.on.slice(0, 4)
  const numbers: Partial<Record<PaperKind, string>> = {
    decision: `${organ.shortName ?? organ.name}党组会议纪要〔${year}〕第${Number(wanted.on.slice(5, 7))}次`,
    'receiver-consent': `接收意向函（${year}）2号`,
    qualification: `民办非企业单位登记证书（${year}年检）`,
    cause: `关于平板式计算机丢失情况的说明（${year}）1号`,
  }
  return as(
    disposal,
    'draftApplication',
    stage,
    { actor: keeper, at: wanted.on },
    {
      form: wanted.form,
      reason: wanted.reason,
      receiverOrganId: wanted.receiverOrganId ?? null,
      counterparty: wanted.counterparty ?? '',
      items: wanted.cards.map((cardId) => ({
        cardId,
        condition: wanted.form === 'D5' ? 'broken' : wanted.form === 'D6' ? 'gone' : 'usable',
      })),
      papers: (wanted.papers ?? ['decision']).map((kind) => ({
        kind,
        number: numbers[kind] ?? '',
        issuer: organ.name,
        issuedOn: addDays(wanted.on, -3),
      })),
    },
  ) as Promise<Shown>
}

async function submitted(cast: Cast, wanted: Wanted): Promise<Shown> {
  const draft = await drafted(cast, wanted)
  return as(
    disposal,
    'submitApplication',
    cast.stage,
    { actor: cast.keeper, at: wanted.on },
    step(draft),
  ) as Promise<Shown>
}

async function reviewed(cast: Cast, wanted: Wanted): Promise<Shown> {
  const view = await submitted(cast, wanted)
  return as(
    disposal,
    'reviewApplication',
    cast.stage,
    { actor: cast.reviewer, at: later(cast, wanted.on, 3) },
    {
      ...step(view),
      decision: 'agree',
      opinion: '情况属实，同意处置。',
    },
  ) as Promise<Shown>
}

async function consented(cast: Cast, wanted: Wanted, document: string): Promise<Shown> {
  const view = await reviewed(cast, wanted)
  const at = later(cast, wanted.on, 6)
  const { stage, finance } = cast
  const consent = { document, consentedOn: at }
  if (view.application.tier !== 'T1')
    return as(
      disposal,
      'consentApplication',
      stage,
      { actor: finance, at },
      {
        ...step(view),
        ...consent,
        agreed: true,
        opinion: '同意处置，收入及时上缴国库。',
      },
    ) as Promise<Shown>
  await as(disposal, 'consentByList', stage, { actor: finance, at }, { ...consent, applications: [step(view)] })
  return as(
    disposal,
    'viewApplication',
    stage,
    { actor: cast.keeper, at },
    {
      applicationId: view.application.id,
    },
  ) as Promise<Shown>
}

const later = ({ stage }: Cast, on: string, days: number) => {
  const day = addDays(on, days)
  return day > stage.act.today ? stage.act.today : day
}

async function carriedOut(cast: Cast, view: Shown, on: string): Promise<Shown> {
  return as(
    disposal,
    'carryOut',
    cast.stage,
    { actor: cast.keeper, at: on },
    {
      ...step(view),
      carriedOutOn: on,
      erasureRecord: `数据清除记录（${on.slice(0, 4)}）3号`,
      proceedsExpected: true,
    },
  ) as Promise<Shown>
}

async function someDisposals(cast: Cast, things: Things): Promise<number> {
  const of = (purpose: Purpose) => things.get(purpose) ?? []
  const { stage, organ, keeper } = cast
  const year = stage.act.today.slice(0, 4)
  const [receiver] = stage.organs.filter(({ id, parts }) => id !== organ.id && parts.length === 0)
  // Closed: sold for scrap, the money paid.
  const closing = await consented(
    cast,
    { form: 'D5', cards: of('closed'), reason: '碎纸机刀组磨损、电机烧毁，无法修复', on: ago(cast, 70) },
    `并财资清〔${year}〕9号`,
  )
  const gone = await carriedOut(cast, closing, thisMonth(cast, 14))
  const received = (await as(
    disposal,
    'recordProceeds',
    stage,
    { actor: keeper, at: thisMonth(cast, 13) },
    {
      ...step(gone),
      receivedOn: thisMonth(cast, 13),
      grossFen: 32_000,
      otherFen: 5_000,
    },
  )) as Shown
  await as(
    disposal,
    'payProceeds',
    stage,
    { actor: keeper, at: thisMonth(cast, 10) },
    {
      ...step(received),
      paidOn: thisMonth(cast, 10),
      voucherNumber: `非税${year}-0${stage.act.today.slice(5, 7)}31`,
    },
  )
  // The money is in, the clock of ten working days runs.
  const sold = await carriedOut(
    cast,
    await consented(
      cast,
      { form: 'D5', cards: of('proceeds'), reason: '投影仪灯泡、光路老化，配件停产', on: ago(cast, 38) },
      `并财资清〔${year}〕11号`,
    ),
    thisMonth(cast, 6),
  )
  await as(
    disposal,
    'recordProceeds',
    stage,
    { actor: keeper, at: thisMonth(cast, 5) },
    {
      ...step(sold),
      receivedOn: thisMonth(cast, 5),
      grossFen: 18_000,
      taxesFen: 540,
    },
  )
  // Consented to, still to be carried out; and one that its receiver has yet to sign for.
  await consented(
    cast,
    {
      form: 'D3',
      cards: of('sale'),
      reason: '办公楼改为集中空调，分体空调不再使用',
      on: ago(cast, 20),
    },
    `并财资〔${year}〕63号`,
  )
  const transfer = (cards: readonly string[], on: string): Wanted => ({
    form: 'D1',
    cards,
    reason: '内设机构调整，家具富余',
    on,
    papers: ['decision', 'receiver-consent'],
    ...(receiver ? { receiverOrganId: receiver.id } : {}),
  })
  await consented(cast, transfer(of('transfer'), ago(cast, 16)), `并财资清〔${year}〕13号`)
  // At the desks of finance (by list, and one by one), of the authority, of the organ.
  await reviewed(cast, transfer(of('list'), ago(cast, 9)))
  await reviewed(cast, {
    form: 'D2',
    cards: of('donation'),
    reason: '支持乡村学校，捐赠电视机',
    on: ago(cast, 8),
    papers: ['decision', 'receiver-consent', 'qualification'],
    counterparty: '太原市晋源区希望助学服务中心',
  })
  await submitted(cast, {
    form: 'D5',
    cards: of('applied'),
    reason: '不间断电源电池鼓胀，存在安全隐患',
    on: ago(cast, 4),
  })
  await drafted(cast, {
    form: 'D6',
    cards: of('loss'),
    reason: '平板式计算机在外出检查途中丢失，已报案',
    on: ago(cast, 1),
    papers: ['cause'],
  })
  await largeOne(cast, year, of('large'))
  return 9
}

/** So large that the government decides: it waits for that decision. */
async function largeOne(cast: Cast, year: string, cards: readonly string[]): Promise<void> {
  const { stage } = cast
  const view = await reviewed(cast, {
    form: 'D3',
    cards,
    reason: '业务已迁移到市政务云，原有服务器集群停用',
    on: ago(cast, 24),
  })
  await as(
    disposal,
    'consentApplication',
    stage,
    { actor: cast.finance, at: ago(cast, 15) },
    {
      ...step(view),
      agreed: true,
      document: `并财资〔${year}〕58号`,
      consentedOn: ago(cast, 15),
      opinion: '同意，请报市人民政府。',
    },
  )
}
