import { Section } from '#kernel/web/Page.tsx'
import { planPartLabels, type PlanTexts } from '../../model.ts'
import { HoldingTable } from './PlanTables.tsx'
import { planParts, type View } from './view.ts'
import './plan.css'

const ordinals = { present: '一', needs: '二', equipping: '三', disposal: '四' } as const

/** The four parts of a plan (Art. 31 para 2), the first with what the registers say. */
export function PlanParts({ view: { texts, holdings } }: { view: Pick<View, 'texts' | 'holdings'> }) {
  return planParts.map((part) => (
    <Section key={part} title={`${ordinals[part]}、${planPartLabels[part]}`}>
      <PartText text={texts[part]} />
      {part === 'present' && <HoldingTable holdings={holdings} />}
    </Section>
  ))
}

export function PartText({ text }: { text: PlanTexts[keyof PlanTexts] }) {
  return text.trim() === '' ? <p className="quiet">尚未填写。</p> : <p className="plan-text">{text}</p>
}
