import { z } from 'zod'
import { FenSchema } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { Finding, May } from '#kernel/pure/verdict.ts'
import { Quantity } from '#modules/ledger/model.ts'
import {
  acceptanceStates,
  approvingLevels,
  Bidder,
  exemptions,
  ListedPurchase,
  methods,
  organisations,
  paymentStates,
  PurchaseItem,
  PurchaseMoney,
  purchaseStates,
  reservedFor,
} from '../model.ts'
import { Complaint, Question } from '../model/objection.ts'

const date = LocalDateSchema.nullable()

const Contract = z.object({
  number: z.string(),
  supplier: z.string(),
  creditCode: z.string(),
  signedOn: LocalDateSchema,
  deliverBy: LocalDateSchema,
  termFrom: date,
  termUntil: date,
  amountFen: FenSchema,
  bondFen: FenSchema,
  warrantyMonths: z.number().int(),
  paymentTerms: z.string(),
  qualityTerms: z.string(),
  acceptanceTerms: z.string(),
  breachTerms: z.string(),
  disputeTerms: z.string(),
  subcontracted: z.boolean(),
  findings: z.array(Finding),
  publishedOn: date,
  filedOn: date,
  signedByName: z.string(),
})

const Supplement = z.object({
  number: z.string(),
  signedOn: LocalDateSchema,
  amountFen: FenSchema,
  reason: z.string(),
})

const Acceptance = z.object({
  id: z.uuid(),
  acceptanceNo: z.number().int(),
  state: z.enum(acceptanceStates),
  deliveredOn: LocalDateSchema,
  conclusion: z.string(),
  draftedOn: LocalDateSchema,
  draftedByName: z.string(),
  signedOn: date,
  signedByName: z.string().nullable(),
  items: z.array(
    z.object({
      itemId: z.uuid(),
      name: z.string(),
      unit: z.string(),
      delivered: Quantity,
      accepted: Quantity,
      note: z.string(),
    }),
  ),
})

export const Payment = z.object({
  id: z.uuid(),
  paymentNo: z.number().int(),
  state: z.enum(paymentStates),
  amountFen: FenSchema,
  invoiceNumber: z.string(),
  invoiceOn: LocalDateSchema,
  note: z.string(),
  requestedOn: LocalDateSchema,
  requestedByName: z.string(),
  decidedOn: date,
  decidedByName: z.string().nullable(),
  voucher: z.string().nullable(),
  reversedOn: date,
  reversedByName: z.string().nullable(),
  reversedReason: z.string().nullable(),
})

/** A term that runs on the purchase 法定时限. */
const Deadline = z.object({
  term: z.string(),
  title: z.string(),
  citation: z.string(),
  about: z.string(),
  countedFrom: LocalDateSchema,
  dueOn: LocalDateSchema,
  provisional: z.boolean(),
  fulfilledOn: date,
})

/** What suppliers say against the purchase, in short; each has its own page. */
const QuestionOnFile = Question.pick({
  id: true,
  number: true,
  kind: true,
  state: true,
  supplier: true,
  about: true,
  receivedOn: true,
  answerUntil: true,
  outcome: true,
  settledOn: true,
})
const ComplaintOnFile = Complaint.pick({
  id: true,
  number: true,
  state: true,
  supplier: true,
  receivedOn: true,
  decideUntil: true,
  suspendedFrom: true,
  suspendedUntil: true,
  consequence: true,
  settledOn: true,
})

/** What is bought on a plan line, as whom it is for may know it. */
export const LineProgress = z.object({
  itemId: z.uuid(),
  purchaseId: z.uuid(),
  number: z.string(),
  state: z.enum(purchaseStates),
  buyerName: z.string(),
  /** The reader may open the file too. */
  fileOpen: z.boolean(),
  name: z.string(),
  unit: z.string(),
  quantity: Quantity,
  deliverBy: date,
  acceptedQuantity: Quantity,
  registeredQuantity: Quantity,
  cards: z.array(z.object({ id: z.uuid(), number: z.string(), place: z.string() })),
})

/** The whole file 采购档案 of one purchase, as its page shows it. */
export const PurchaseView = z.object({
  purchase: ListedPurchase.extend({
    class: z.enum(['centralised', 'dispersed', 'internal', 'tendering']),
    proposedMethod: z.enum(methods),
    organisation: z.enum(organisations),
    catalogueItem: z.string().nullable(),
    requirement: z.string(),
    expectedOn: LocalDateSchema,
    methodGround: z.string(),
    intentionExemption: z.enum(exemptions).nullable(),
    intentionNeeded: z.boolean(),
    stockReason: z.string(),
    priceApproval: z.string(),
    colourConsent: z.string(),
    securityGround: z.string(),
    reservedFor: z.enum(reservedFor),
    needsFinance: z.boolean(),
    financeDocument: z.string().nullable(),
    financeLevel: z.enum(approvingLevels).nullable(),
    financeOn: date,
    findings: z.array(Finding),
    intentionOn: date,
    intentionAddress: z.string().nullable(),
    startedOn: date,
    noticeOn: date,
    publicityFrom: date,
    publicityUntil: date,
    projectNumber: z.string(),
    openedOn: date,
    awardedOn: date,
    awardFen: FenSchema.nullable(),
    awardReason: z.string(),
    resultPublishedOn: date,
    requestedByName: z.string(),
    closedOn: date,
    caseId: z.uuid(),
    version: z.number().int(),
  }),
  items: z.array(
    PurchaseItem.extend({
      lineNumber: z.string(),
      lineName: z.string(),
      /** Budget year of its plan line; null where the line may not be seen. */
      lineYear: z.number().int().nullable(),
      servedOrganName: z.string(),
    }),
  ),
  money: PurchaseMoney,
  bidders: z.array(Bidder.extend({ winner: z.boolean() })),
  contract: Contract.nullable(),
  supplements: z.array(Supplement),
  acceptances: z.array(Acceptance),
  payments: z.array(Payment),
  deadlines: z.array(Deadline),
  questions: z.array(QuestionOnFile),
  complaints: z.array(ComplaintOnFile),
  /** Why the purchase stands still: suspended, or a question waits; null where it may go on. */
  held: May,
  /** Cards made of what was accepted. */
  cardIds: z.array(z.uuid()),
  /** What is published as the intention 采购意向, field by field (财库〔2020〕10号). */
  intentionText: z.array(z.object({ label: z.string(), value: z.string() })),
  may: z.object({
    edit: May,
    submit: May,
    withdraw: May,
    decide: May,
    consent: May,
    publishIntention: May,
    start: May,
    award: May,
    terminate: May,
    publishResult: May,
    signContract: May,
    publishContract: May,
    fileContract: May,
    supplement: May,
    accept: May,
    sign: May,
    returnAcceptance: May,
    recordQuestion: May,
    register: May,
    pay: May,
    close: May,
  }),
})
