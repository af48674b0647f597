import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { addressOf } from '#kernel/web/client.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { CellProblems } from '#kernel/web/form/CellProblems.tsx'
import { FileUpload } from '#kernel/web/form/FileUpload.tsx'
import { contract } from '../contract.ts'

type Imported = OutputOf<typeof contract.importItems>

/** Opening stock from a workbook: all rows, or none with every problem at its cell. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [result, setResult] = useState<Imported | null>(null)
  const queries = useQueryClient()
  return (
    <Dialog title="导入期初库存" onClose={onClose} actions={<Button onClick={onClose}>关闭</Button>}>
      <div className="stack">
        <p>
          一行一种物品：品名、规格、计量单位、存放地点、库存下限、库存数量和金额。全部无误才会导入。{' '}
          <a href={addressOf(contract.itemTemplate, {})} download>
            下载模板
          </a>
        </p>
        <FileUpload
          operation={contract.importItems}
          input={{}}
          label="选择工作簿"
          accept=".xlsx,.csv"
          multiple={false}
          onUploaded={(done) => {
            setResult(done)
            void queries.invalidateQueries({ queryKey: ['consumables'] })
          }}
        />
        {result && (
          <div role="status">
            <p>
              读到 <b className="number">{result.read}</b> 行，新建 <b className="number">{result.created}</b> 种物品。
              {result.problems.length > 0 && '有问题未改正前，一行也没有导入。'}
            </p>
            <CellProblems problems={result.problems} />
          </div>
        )}
      </div>
    </Dialog>
  )
}
