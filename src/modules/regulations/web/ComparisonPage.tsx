import { Button, Segmented, Select } from 'antd'
import { z } from 'zod'
import { useFetched } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { contract } from '../contract.ts'
import { readerPath } from './paths.ts'
import './regulations.css'

const Filters = z.object({
  before: z.string().default(''),
  after: z.string().default(''),
  show: z.enum(['all', 'changes']).default('changes').catch('changes'),
})

type Comparison = OutputOf<typeof contract.compare>
type Row = Comparison['articles'][number]

const stateLabels: Record<Row['state'], string> = {
  same: '未变',
  renumbered: '编号变动',
  changed: '修改',
  added: '新增',
  removed: '删去',
}
const stateTones: Record<Row['state'], Tone> = {
  same: 'draft',
  renumbered: 'waiting',
  changed: 'running',
  added: 'done',
  removed: 'refused',
}

/** Two versions side by side, article by article, with the words put in and taken out. */
export default function ComparisonPage({ params: { workId } }: PageProps<'/regulations/:workId/comparison'>) {
  const [{ before, after, show }, change] = useFilters(Filters)
  const view = useFetched(contract.compare, { workId, before, after })
  const count = (state: Row['state']) => view.articles.filter((row) => row.state === state).length
  const rows = view.articles.filter(({ state }) => show === 'all' || state !== 'same')
  const versions = view.versions.map(({ id, validFrom, documentNumber }) => ({
    value: id,
    label: `${validFrom}起施行${documentNumber ? `（${documentNumber}）` : ''}`,
  }))
  return (
    <Page
      title={`${view.work.title}：版本比较`}
      trail={[
        { label: '制度库', path: '/regulations' },
        { label: view.work.title, path: readerPath(workId) },
      ]}
      lead={`修改${count('changed')}条，新增${count('added')}条，删去${count('removed')}条，编号变动${count('renumbered')}条，未变${count('same')}条。`}
      actions={<Button onClick={() => window.print()}>打印</Button>}
    >
      <div className="row law-tools no-print">
        <Select
          aria-label="较早的版本"
          style={{ minWidth: 280 }}
          value={before}
          options={versions}
          onChange={(id) => change({ before: id })}
        />
        <span className="quiet">对照</span>
        <Select
          aria-label="较晚的版本"
          style={{ minWidth: 280 }}
          value={after}
          options={versions}
          onChange={(id) => change({ after: id })}
        />
        <Segmented
          aria-label="显示范围"
          value={show}
          onChange={(value) => change({ show: value === 'all' ? 'all' : undefined })}
          options={[
            { value: 'changes', label: '只看变动' },
            { value: 'all', label: '全部条文' },
          ]}
        />
      </div>
      {rows.length === 0 ? (
        <Empty title="两个版本的条文没有差别" />
      ) : (
        <table className="law-comparison">
          <thead>
            <tr>
              <th scope="col">{view.before.validFrom}起施行</th>
              <th scope="col">{view.after.validFrom}起施行</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.before?.key ?? ''}:${row.after?.key ?? ''}`}>
                <td>{row.before && <Side row={row} side="before" label={row.before.label} />}</td>
                <td>{row.after && <Side row={row} side="after" label={row.after.label} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Page>
  )
}

function Side({ row: { state, runs }, side, label }: { row: Row; side: 'before' | 'after'; label: string }) {
  const shownState = side === 'after' || state === 'removed'
  return (
    <>
      <h3>
        {label} {shownState && <StateTag tone={stateTones[state]} word={stateLabels[state]} />}
      </h3>
      <p className="law-runs">
        {runs
          .filter(({ kind }) => kind === 'same' || (kind === 'removed') === (side === 'before'))
          .map(({ kind, text }, index) =>
            kind === 'same' || state === 'added' || state === 'removed' ? (
              <span key={index}>{text}</span>
            ) : kind === 'removed' ? (
              <del key={index}>{text}</del>
            ) : (
              <ins key={index}>{text}</ins>
            ),
          )}
      </p>
    </>
  )
}
