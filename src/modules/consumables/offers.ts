/* What a purchase of consumables ends in: the pieces are in stock, nothing typed twice. */
export { receiveStock, type Receipt } from './actions/receiving.ts'
