import { z } from 'zod'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { Chart } from '#kernel/web/chart/Chart.tsx'
import { useFetched } from '#kernel/web/fetching.ts'
import { Go, useFilters } from '#kernel/web/going.tsx'
import { wanText } from '#kernel/web/money.ts'
import { Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { needKindLabels, needKinds, type NeedKind } from '#modules/standards/model.ts'
import { contract } from '../contract.ts'
import { scopeLabels, type Result } from '../model.ts'
import { Difference, SandboxBand, shareText } from './Difference.tsx'
import './whatif.css'

const Chosen = z.object({ id: z.union([z.string().transform((id) => [id]), z.array(z.string())]).default([]) })

type View = OutputOf<(typeof contract)['compareScenarios']>['scenarios'][number]
type Computed = View & { run: NonNullable<View['run']> }

/** Two to five scenarios beside each other: assumptions, sums, and money by kind of need. */
export default function ComparePage() {
  const [{ id }] = useFilters(Chosen)
  return (
    <Page title="比较测算方案" trail={[{ label: '模拟测算', path: '/whatif' }]}>
      <SandboxBand />
      {id.length < 2 ? (
        <Empty title="请选择要比较的方案">
          在<Go to="/whatif">模拟测算</Go>的列表中勾选两个以上的方案，再点“比较所选方案”。
        </Empty>
      ) : (
        <Comparison ids={id} />
      )}
    </Page>
  )
}

function Comparison({ ids }: { ids: readonly string[] }) {
  const { scenarios } = useFetched(contract.compareScenarios, { scenarioIds: [...ids] })
  const computed = scenarios.filter((view): view is Computed => view.run !== null)
  const waiting = scenarios.filter(({ run, stale }) => run === null || stale !== null)
  const bases = new Set(computed.map(({ run }) => run.result.basis.digest))
  return (
    <>
      {waiting.length > 0 && (
        <p className="whatif-moved" role="status">
          {waiting.map(({ scenario }) => `“${scenario.title}”`).join('、')}
          还没有测算，或测算后变化、数据又有改动。请打开方案重新测算后再比较。
        </p>
      )}
      {waiting.length === 0 && bases.size > 1 && (
        <p className="whatif-moved" role="status">
          这些方案依据的数据不同，基准不一致。请分别重新测算后再比较。
        </p>
      )}
      {computed.length > 0 && (
        <>
          <Section
            title={`${scenarios[0]?.scenario.year} 年度 · ${scopeLabels[scenarios[0]?.scenario.scope ?? 'jurisdiction']}`}
          >
            <SumsBeside views={computed} />
          </Section>
          <Section title="按需求类别">
            <ChartBeside views={computed} />
          </Section>
        </>
      )}
    </>
  )
}

const differenceOf = ({ totals }: Result) => totals.scenarioFen - totals.baseFen

function SumsBeside({ views }: { views: readonly Computed[] }) {
  const rows: { label: string; cell: (result: Result) => React.ReactNode }[] = [
    { label: '基准核定（万元）', cell: ({ totals }) => wanText(totals.baseFen) },
    { label: '方案核定（万元）', cell: ({ totals }) => wanText(totals.scenarioFen) },
    { label: '差额（万元）', cell: (result) => <Difference fen={differenceOf(result)} /> },
    { label: '占基准', cell: (result) => shareText(differenceOf(result), result.totals.baseFen) ?? '–' },
    { label: '其中集中管理（万元）', cell: ({ totals }) => wanText(totals.centralisedScenarioFen) },
    { label: '变化事项（行）', cell: ({ totals }) => totals.changedLines.toLocaleString('zh-CN') },
    { label: '增加的机关（个）', cell: ({ organsMore }) => organsMore },
    { label: '减少的机关（个）', cell: ({ organsLess }) => organsLess },
  ]
  return (
    <div className="whatif-compare-frame">
      <table className="whatif-compare">
        <thead>
          <tr>
            <th scope="col">项目</th>
            {views.map(({ scenario }) => (
              <th key={scenario.id} scope="col">
                <Go to={`/whatif/${scenario.id}`}>{scenario.title}</Go>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">假设</th>
            {views.map(({ scenario, run }) => (
              <td key={scenario.id} className="whatif-assumed">
                {run.result.assumptions.length === 0 ? (
                  '没有变化'
                ) : (
                  <ul>
                    {run.result.assumptions.map(({ subject, to }, index) => (
                      <li key={index}>
                        {subject}：{to}
                      </li>
                    ))}
                  </ul>
                )}
              </td>
            ))}
          </tr>
          {rows.map(({ label, cell }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {views.map(({ scenario, run }) => (
                <td key={scenario.id} className="number">
                  {cell(run.result)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type KindRow = { needKind: NeedKind; baseFen: number; scenarioFen: readonly number[] }

/** Base and up to four scenarios; a chart tells five series apart, a table all of them. */
function ChartBeside({ views }: { views: readonly Computed[] }) {
  const shown = views.slice(0, 4)
  const rows: KindRow[] = needKinds.flatMap((needKind) => {
    const of = (result: Result) => result.kinds.find((kind) => kind.needKind === needKind)
    const base = views[0] && of(views[0].run.result)
    if (!base) return []
    return [{ needKind, baseFen: base.baseFen, scenarioFen: views.map(({ run }) => of(run.result)?.scenarioFen ?? 0) }]
  })
  const along: Column<KindRow> = { key: 'kind', title: '需求类别', value: ({ needKind }) => needKindLabels[needKind] }
  return (
    <Chart
      title="各类需求的核定金额"
      shape="bar"
      rows={rows}
      along={along}
      series={[
        { key: 'base', title: '基准', kind: 'wan', value: ({ baseFen }) => baseFen },
        ...shown.map(({ scenario }, index) => ({
          key: scenario.id,
          title: scenario.title,
          kind: 'wan' as const,
          value: ({ scenarioFen }: KindRow) => scenarioFen[index] ?? 0,
        })),
      ]}
      source={`来源：各方案的测算结果${views.length > 4 ? '；图上列前4个方案' : ''}`}
    />
  )
}
