import { Button } from 'antd'
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { addressOf } from '#kernel/web/client.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { CellProblems } from '#kernel/web/form/CellProblems.tsx'
import { FileUpload } from '#kernel/web/form/FileUpload.tsx'
import { contract } from '../contract.ts'

type Imported = OutputOf<(typeof contract)['importExecutions']>

/** Payments from a workbook: all posted, or none with every problem at its cell; a voucher counts once however often imported. */
export function ImportDialog({ year, onClose }: { year: number; onClose: () => void }) {
  const [result, setResult] = useState<Imported | null>(null)
  const queries = useQueryClient()
  return (
    <Dialog title={`导入${year}年度支出明细`} onClose={onClose} actions={<Button onClick={onClose}>关闭</Button>}>
      <div className="stack">
        <p>
          按模板填写计划编号、支出日期、金额、用途和凭证号。全部无误才会登记；同一凭证重复导入不会重复登记。{' '}
          <a href={addressOf(contract.executionTemplate, { year })} download>
            下载模板
          </a>
        </p>
        <FileUpload
          operation={contract.importExecutions}
          input={{ year }}
          label="选择工作簿"
          accept=".xlsx"
          multiple={false}
          onUploaded={(done) => {
            setResult(done)
            void queries.invalidateQueries({ queryKey: ['ledger'] })
          }}
        />
        {result && (
          <div role="status">
            <p>
              读到 <b className="number">{result.read}</b> 笔，登记 <b className="number">{result.posted}</b> 笔
              {result.alreadyPosted > 0 && (
                <>
                  ，以前已登记 <b className="number">{result.alreadyPosted}</b> 笔
                </>
              )}
              。{result.problems.length > 0 && '有问题未改正前，一笔也没有登记。'}
            </p>
            {result.problems.length > 0 && <CellProblems problems={result.problems} />}
          </div>
        )}
      </div>
    </Dialog>
  )
}
