import { Button, Input } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { download } from '#kernel/web/client.ts'
import { useFetched, usePages, useSend } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Facts, Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'
import { ImportStateTag } from './AssetStateTag.tsx'
import { TakeBackImportDialog } from './TakeBackImportDialog.tsx'
import './assets.css'

type Taken = OutputOf<(typeof contract)['viewImport']>
type Problem = OutputOf<(typeof contract)['importProblems']>['items'][number]

/** What was read, what is wrong at which cell, put right here; then all rows, or those in order, become cards. */
export default function ImportPage({ params }: PageProps<'/assets/imports/:importId'>) {
  const { importId } = params
  const [watching, setWatching] = useState(true)
  const taken = useFetched(contract.viewImport, { importId }, { everyMs: watching ? 1000 : false })
  const working = ['reading', 'applying', 'withdrawing'].includes(taken.state)
  const [takingBack, setTakingBack] = useState(false)
  if (watching !== working) setWatching(working)
  const apply = useSend(contract.applyImport)
  const good = taken.rows - taken.badRows - taken.sameRows
  const send = (rows: 'all' | 'in-order') => apply.send({ importId, version: taken.version, rows })
  return (
    <Page
      title={taken.fileName}
      trail={[{ label: '卡片导入', path: '/assets/imports' }]}
      lead={<ImportStateTag state={taken.state} />}
      actions={
        taken.state === 'applied' ? (
          <ActionButton refusal={taken.may.takeBack} onClick={() => setTakingBack(true)}>
            撤销导入
          </ActionButton>
        ) : (
          taken.state === 'read' && (
            <>
              <ActionButton
                primary
                refusal={taken.badRows > 0 && taken.may.apply === null ? withProblems(taken) : taken.may.apply}
                busy={apply.sending}
                onClick={() => send('all')}
              >
                {taken.sameRows > 0 ? `导入新增的 ${taken.rows - taken.sameRows} 行` : `全部导入 ${taken.rows} 行`}
              </ActionButton>
              {taken.badRows > 0 && good > 0 && (
                <ActionButton refusal={taken.may.apply} busy={apply.sending} onClick={() => send('in-order')}>
                  只导入没有问题的 {good} 行
                </ActionButton>
              )}
              {taken.problems > 0 && (
                <Button onClick={() => void download(contract.importProblemList, { importId })}>下载问题清单</Button>
              )}
            </>
          )
        )
      }
    >
      <Refusals of={apply.error} onRetry={apply.retry} />
      {taken.state === 'unreadable' && <p role="alert">{taken.problem}</p>}
      {working && <p role="status">{workingWords[taken.state]}离开这一页不影响处理。</p>}
      {taken.state === 'applied' && (
        <p>
          已登记 {taken.appliedRows} 张卡片。<Go to="/assets/cards">查看资产卡片</Go>
        </p>
      )}
      {taken.state === 'withdrawn' && (
        <p>
          这次导入的 {taken.appliedRows} 张卡片已撤销登记，不再计入台账，编号可以重新使用。改正工作簿后可以再次上传。
        </p>
      )}
      {takingBack && <TakeBackImportDialog taken={taken} onClose={() => setTakingBack(false)} />}
      {taken.rows > 0 && (
        <Facts
          of={[
            { label: '读到', value: `${taken.rows.toLocaleString('zh-CN')} 行` },
            { label: '可以登记', value: `${good.toLocaleString('zh-CN')} 行` },
            {
              label: '无需登记',
              value: taken.sameRows > 0 ? `${taken.sameRows.toLocaleString('zh-CN')} 行` : null,
              note: '与已有卡片一致',
            },
            {
              label: '有问题',
              value: `${taken.badRows.toLocaleString('zh-CN')} 行`,
              note: `${taken.problems.toLocaleString('zh-CN')} 个单元格`,
            },
            {
              label: '略过',
              value:
                taken.skipped.length > 0
                  ? taken.skipped
                      .map(({ row, reason }) => `第${row}行（${reason}）`)
                      .slice(0, 5)
                      .join('、')
                  : null,
            },
            { label: '不导入的列', value: taken.unknownColumns.length > 0 ? taken.unknownColumns.join('、') : null },
          ]}
        />
      )}
      {taken.state === 'read' && taken.problems > 0 && (
        <Section title="问题单元格">
          <Problems importId={importId} total={taken.problems} />
        </Section>
      )}
    </Page>
  )
}

const workingWords: Readonly<Record<string, string>> = {
  reading: '正在逐行核对…',
  applying: '正在登记…',
  withdrawing: '正在撤销…',
}

function withProblems({ badRows }: Taken) {
  return [
    {
      code: 'rows-with-problems',
      message: `还有 ${badRows} 行有问题。`,
      basis: null,
      facts: {},
      remedy: '请在下面改正，或选择只导入没有问题的行。',
    },
  ]
}

/** Problems by row, each with a box to put the cell right. */
function Problems({ importId, total }: { importId: string; total: number }) {
  const pages = usePages(contract.importProblems, { importId, limit: 50 })
  if (pages.items.length === 0) return <Empty title={pages.loading ? '正在载入' : '没有问题单元格'} />
  return (
    <div className="import-problems">
      <table>
        <thead>
          <tr>
            <th scope="col">单元格</th>
            <th scope="col">问题</th>
            <th scope="col">改为</th>
          </tr>
        </thead>
        <tbody>
          {pages.items.map((problem) => (
            <ProblemRow
              key={`${problem.row} ${problem.columnKey} ${problem.code}`}
              importId={importId}
              problem={problem}
            />
          ))}
        </tbody>
      </table>
      {pages.hasMore && (
        <Button loading={pages.fetching} onClick={pages.more}>
          再看 50 个（共 {total.toLocaleString('zh-CN')} 个）
        </Button>
      )}
    </div>
  )
}

function ProblemRow({ importId, problem }: { importId: string; problem: Problem }) {
  const [text, setText] = useState(problem.found)
  const mend = useSend(contract.mendImportRow, { onDone: () => tell(`第 ${problem.row} 行已改正并重新核对。`) })
  const save = () => void mend.send({ importId, row: problem.row, cells: { [problem.columnKey]: text } })
  return (
    <tr>
      <td className="number">
        第 {problem.row} 行{problem.column && ` ${problem.column} 列`}
      </td>
      <td>
        {problem.message}
        <Refusals of={mend.error} onRetry={mend.retry} />
      </td>
      <td>
        <span className="row import-mend">
          <Input
            aria-label={`第 ${problem.row} 行 ${problem.title}`}
            value={text}
            maxLength={1000}
            onChange={(event) => setText(event.target.value)}
            onPressEnter={save}
          />
          <Button loading={mend.sending} onClick={save}>
            改正
          </Button>
        </span>
      </td>
    </tr>
  )
}
