import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeQR } from 'qr'
import { templatePdf } from '#kernel/server/documents/pdf.ts'
import { labelPapers, type LabelPaperName } from '../model/label.ts'
import type { CardRow } from '../store/card.ts'

const template = readFileSync(join(import.meta.dirname, 'labels.typ'), 'utf8')

/** What the label's code says: `YB` and the id of the card, in signs that make a small code. */
export function labelCode(cardId: string): string {
  return `YB${cardId.replaceAll('-', '').toUpperCase()}`
}

type Labelled = Pick<CardRow, 'id' | 'organName' | 'name' | 'number' | 'model' | 'place' | 'acquiredOn'>

/** Which paper is printed on; `skip` places of its first sheet were used before. */
type Printing = Readonly<{ paper: LabelPaperName; skip: number }>

/** What the template prints. */
export function labelSheetOf(cards: readonly Labelled[], { paper, skip }: Printing) {
  const labels = cards.map((card) => ({
    qr: encodeQR(labelCode(card.id), 'svg', { ecc: 'medium', border: 1 }),
    organ: card.organName.slice(0, 24),
    name: card.name.slice(0, 22),
    number: card.number.slice(0, 40),
    model: card.model.slice(0, 24),
    place: card.place.slice(0, 24),
    acquiredOn: card.acquiredOn,
  }))
  return { cards: labels, paper: labelPapers[paper], skip }
}

/** Labels of cards as PDF. */
export async function labelSheet(cards: readonly CardRow[], printing: Printing, today: string): Promise<Buffer> {
  return templatePdf(template, labelSheetOf(cards, printing), `${today}T00:00:00+08:00`)
}
