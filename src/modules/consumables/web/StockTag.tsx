import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import { issueStateLabels, type IssueState, type Item } from '../model.ts'

/** Whether there is enough of an item. */
export function StockTag({ item }: { item: Pick<Item, 'quantity' | 'minimum' | 'stopped'> }) {
  if (item.stopped) return <StateTag tone="refused" word="已停用" />
  return item.quantity < item.minimum ? (
    <StateTag tone="warn" word="低于下限" />
  ) : (
    <StateTag tone="done" word={item.quantity === 0 ? '无库存' : '充足'} />
  )
}

const tones: Record<IssueState, Tone> = {
  offered: 'waiting',
  accepted: 'done',
  declined: 'refused',
  withdrawn: 'refused',
}

export const IssueTag = ({ state }: { state: IssueState }) => (
  <StateTag tone={tones[state]} word={issueStateLabels[state]} />
)
