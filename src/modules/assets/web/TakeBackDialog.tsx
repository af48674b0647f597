import { Input, Select } from 'antd'
import { useState } from 'react'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm } from '#kernel/web/form/EntryForm.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import { returnConditionLabels, returnConditions, type ReturnCondition } from '../model/loan.ts'
import type { LoanView } from './LoanPage.tsx'

/** Each thing is looked over; what is not sound says why and who answers for it. */
export function TakeBackDialog({ view: { loan, cards }, onClose }: { view: LoanView; onClose: () => void }) {
  const [said, setSaid] = useState<ReadonlyMap<string, { condition: ReturnCondition; note: string }>>(
    new Map(cards.map(({ cardId }) => [cardId, { condition: 'sound', note: '' }])),
  )
  const of = (cardId: string) => said.get(cardId) ?? { condition: 'sound' as const, note: '' }
  const say = (cardId: string, changes: Partial<{ condition: ReturnCondition; note: string }>) =>
    setSaid((before) => new Map(before).set(cardId, { ...of(cardId), ...changes }))
  return (
    <Dialog title={`验收归还 ${loan.number}`} onClose={onClose} wide>
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
        <p className="quiet">完好的恢复原来的使用状况；损坏的转为待修；丢失的转为盘亏待查，按规定查明责任。</p>
        <div className="part-lines">
          <table>
            <thead>
              <tr>
                <th scope="col">资产</th>
                <th scope="col">归还情况</th>
                <th scope="col">原因和责任</th>
              </tr>
            </thead>
            <tbody>
              {cards.map(({ cardId, name, number }) => (
                <tr key={cardId}>
                  <td>
                    {name}
                    <small className="quiet"> {number}</small>
                  </td>
                  <td>
                    <Select
                      aria-label={`${number}的归还情况`}
                      value={of(cardId).condition}
                      onChange={(condition) => say(cardId, { condition })}
                      options={returnConditions.map((value) => ({ value, label: returnConditionLabels[value] }))}
                    />
                  </td>
                  <td>
                    {of(cardId).condition !== 'sound' && (
                      <Input
                        aria-label={`${number}的原因和责任`}
                        maxLength={300}
                        value={of(cardId).note}
                        onChange={({ target }) => say(cardId, { note: target.value })}
                      />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </EntryForm>
    </Dialog>
  )
}
