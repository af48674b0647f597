import { Button, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { download } from '#kernel/web/client.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useKept } from '#kernel/web/draft/use-kept.ts'
import type { ProblemError, Unreachable } from '#kernel/web/problem.ts'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'
import { labelPaperNames, labelPapers, labelsOnPage, type LabelPaperName } from '../model/label.ts'

/** Labels for the cards chosen, on the paper that is in the printer; which one that is, is kept on this machine. */
export function LabelsDialog({ cardIds, onClose }: { cardIds: readonly string[]; onClose: () => void }) {
  const [kept, keepPaper] = useKept<string>('assets.label-paper', 'a4-24')
  const paper = labelPaperNames.find((name) => name === kept) ?? 'a4-24'
  const [used, setUsed] = useState(0)
  const [drawing, setDrawing] = useState(false)
  const [fault, setFault] = useState<ProblemError | Unreachable | null>(null)
  const places = labelsOnPage(paper)
  const skip = Math.min(used, places - 1)
  const draw = async () => {
    setFault(null)
    setDrawing(true)
    try {
      await download(contract.labels, { cardIds: [...cardIds], paper, skip })
      onClose()
    } catch (error) {
      setFault(error as ProblemError | Unreachable)
    } finally {
      setDrawing(false)
    }
  }
  return (
    <Dialog
      title={`打印 ${cardIds.length} 张标签`}
      onClose={onClose}
      actions={
        <>
          <Button type="primary" loading={drawing} onClick={() => void draw()}>
            生成标签
          </Button>
          <Button onClick={onClose}>取消</Button>
        </>
      }
    >
      <Refusals of={fault} />
      <div className="label-choice">
        <label htmlFor="label-paper">标签纸</label>
        <Select<LabelPaperName>
          id="label-paper"
          value={paper}
          onChange={(chosen) => keepPaper(() => chosen)}
          options={labelPaperNames.map((name) => ({ value: name, label: labelPapers[name].title }))}
        />
        {places > 1 && (
          <>
            <label htmlFor="label-used">第一张已用（枚）</label>
            <InputNumber
              id="label-used"
              min={0}
              max={places - 1}
              precision={0}
              value={skip}
              onChange={(value) => setUsed(value ?? 0)}
            />
          </>
        )}
        <p className="quiet">打印时请选择“实际大小”，不要“适应页面”，标签才对得上纸。</p>
      </div>
    </Dialog>
  )
}
