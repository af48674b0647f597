import { useState } from 'react'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm } from '#kernel/web/form/EntryForm.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../../contract.ts'
import { AdjustmentFields } from './AdjustmentFields.tsx'
import { changeOf, entryOfChange, entryProblem } from './change-entry.ts'
import { ChangeEditor } from './ChangeEditor.tsx'
import { ChangesTable } from './ChangesTable.tsx'
import { unfinishedRefusal } from './unfinished.ts'
import type { View } from './view.ts'
import './adjustment.css'

/** Mends an adjustment; figures that stand on the ledger already are shown, not changed. */
export function EditDialog({ view: { adjustment }, onClose }: { view: View; onClose: () => void }) {
  const { id, version, year, organId, needsFinance, financeDocument } = adjustment
  const { type, cause, basisDocument, adjustedOn, fundSource } = adjustment
  const posted = !needsFinance || financeDocument !== null
  const [entries, setEntries] = useState(() => adjustment.changes.map(entryOfChange))
  const changes = entries.flatMap((entry) => changeOf(entry) ?? [])
  const unfinished = entries.filter((entry) => entryProblem(entry) !== null).length
  return (
    <Dialog title="修改调整备案" wide onClose={onClose}>
      <div className="adjustment-edit">
        <EntryForm
          operation={contract.changeAdjustment}
          fixed={{ adjustmentId: id, version, changes: posted ? adjustment.changes : changes }}
          initial={{ type, cause, basisDocument, adjustedOn, fundSource }}
          submit="保存"
          {...(posted || unfinished === 0 ? {} : { refusal: [unfinishedRefusal(unfinished)] })}
          onDone={() => {
            tell('调整备案已保存。')
            onClose()
          }}
          onCancel={onClose}
        >
          <AdjustmentFields />
          <h3>调整事项</h3>
          {posted ? (
            <>
              <p className="quiet">调整已记入台账，数量、金额和调整日期不能再改；有误的，请撤销本次调整后重新登记。</p>
              <ChangesTable changes={adjustment.changes} />
            </>
          ) : (
            <ChangeEditor year={year} organId={organId} entries={entries} onChange={(next) => setEntries([...next])} />
          )}
        </EntryForm>
      </div>
    </Dialog>
  )
}
