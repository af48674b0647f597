import { Input, Select } from 'antd'
import { useState } from 'react'
import { ScanOff, useScannedOff } from '#kernel/web/camera/ScanOff.tsx'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm } from '#kernel/web/form/EntryForm.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { ThingRow, ThingRows } from '#kernel/web/thing/ThingRow.tsx'
import { contract } from '../contract.ts'
import { codeText, labelledId } from '../model.ts'
import { returnConditionLabels, returnConditions, type ReturnCondition } from '../model/loan.ts'
import type { LoanView } from './LoanPage.tsx'

/** Each thing is scanned off and looked over; what is not sound says why and who answers for it. */
export function TakeBackDialog({ view: { loan, cards }, onClose }: { view: LoanView; onClose: () => void }) {
  const [said, setSaid] = useState<ReadonlyMap<string, { condition: ReturnCondition; note: string }>>(
    new Map(cards.map(({ cardId }) => [cardId, { condition: 'sound', note: '' }])),
  )
  const of = (cardId: string) => said.get(cardId) ?? { condition: 'sound' as const, note: '' }
  const say = (cardId: string, changes: Partial<{ condition: ReturnCondition; note: string }>) =>
    setSaid((before) => new Map(before).set(cardId, { ...of(cardId), ...changes }))
  const scanned = useScannedOff()
  return (
    <Dialog title={`验收归还 ${loan.number}`} onClose={onClose}>
      <div className="stack">
        <ScanOff
          label="资产编号"
          total={cards.length}
          scanned={scanned}
          find={(code) => {
            const labelled = labelledId(code)
            const card = cards.find(({ cardId, number }) => (labelled === null ? number === code : cardId === labelled))
            return card && { key: card.cardId, name: `${card.name} ${card.number}` }
          }}
          notHere={(code) => `${codeText(code)}不在这次借出的资产中。`}
        />
        <EntryForm
          operation={contract.takeBackLoan}
          fixed={{
            loanId: loan.id,
            version: loan.version,
            cards: cards.map(({ cardId }) => ({ cardId, ...of(cardId) })),
          }}
          submit="验收归还"
          onDone={() => {
            tell('已验收归还。')
            onClose()
          }}
          onCancel={onClose}
        >
          <div className="stack">
            <p className="quiet">完好的恢复原来的使用状况；损坏的转为待修；丢失的转为盘亏待查，按规定查明责任。</p>
            <ThingRows>
              {cards.map(({ cardId, name, number }) => {
                const { condition, note } = of(cardId)
                return (
                  <ThingRow
                    key={cardId}
                    id={scanned.rowId(cardId)}
                    label={`${name} ${number}`}
                    marked={scanned.last === cardId}
                    acts={
                      <Select
                        aria-label={`${number}的归还情况`}
                        value={condition}
                        onChange={(value) => say(cardId, { condition: value })}
                        options={returnConditions.map((value) => ({ value, label: returnConditionLabels[value] }))}
                      />
                    }
                    below={
                      condition !== 'sound' && (
                        <Input
                          aria-label={`${number}的原因和责任`}
                          placeholder={`${returnConditionLabels[condition]}的原因和责任人`}
                          maxLength={300}
                          value={note}
                          onChange={({ target }) => say(cardId, { note: target.value })}
                        />
                      )
                    }
                  >
                    <b>{name}</b>
                    <span className="number">{number}</span>
                    {scanned.seen.has(cardId) && <span className="quiet">已核对</span>}
                  </ThingRow>
                )
              })}
            </ThingRows>
          </div>
        </EntryForm>
      </div>
    </Dialog>
  )
}
