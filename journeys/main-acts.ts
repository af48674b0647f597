import { demandActs } from './main-acts/demands.ts'
import { groundActs } from './main-acts/ground.ts'
import { ledgerActs, planActs } from './main-acts/money.ts'
import { draftingActs } from './main-acts/standards.ts'

export type { MainAct, World } from './main-acts/world.ts'

/** The acts of office work that change something, in an order in which each finds what it needs. */
export const mainActs = [...demandActs, ...ledgerActs, ...planActs, ...draftingActs, ...groundActs]
