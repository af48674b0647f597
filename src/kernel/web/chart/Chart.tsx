import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { saveBlob } from '../client.ts'
import { cellText, unitOf } from '../table/column.ts'
import type { Column } from '../table/column.ts'
import './chart.css'

/** Figures beside each other (`bar`) or over time (`line`). `value` of a series is what its column shows: 分 for `yuan` and `wan`. */
export type ChartProps<Row> = {
  title: string
  shape: 'bar' | 'line'
  rows: readonly Row[]
  /** What stands along the axis: kind of need, month. */
  along: Column<Row>
  /** At most five; drawn in the order of the house's colours. All in one unit. */
  series: readonly (Column<Row> & { kind: 'number' | 'yuan' | 'wan' })[]
  /** Where the figures come from and of which day: `来源:需求申请,截至 2026-07-01`. */
  source: string
}

const Drawing = lazy(() => import('./Drawing.tsx'))

/** A chart with its title, unit and source; the same figures as a table one press away (and on paper), PNG to keep. */
export function Chart<Row>({ title, shape, rows, along, series, source }: ChartProps<Row>) {
  const [asTable, setAsTable] = useState(false)
  const picture = useRef<(() => Promise<Blob | null>) | null>(null)
  const keepPicture = useCallback((make: (() => Promise<Blob | null>) | null) => {
    picture.current = make
  }, [])
  const unit = series[0] ? unitOf(series[0]) : undefined
  const labels = useMemo(() => rows.map((row) => cellText(along.kind, along.value(row))), [rows, along])
  const lines = useMemo(
    () =>
      series.map((one) => ({
        name: one.title,
        values: rows.map((row) => scaled(one.kind, Number(one.value(row) ?? 0))),
      })),
    [rows, series],
  )
  const save = async () => {
    const blob = await picture.current?.()
    if (blob) saveBlob(blob, `${title}.png`)
  }
  return (
    <figure className={asTable ? 'chart chart-as-table' : 'chart'}>
      <figcaption>
        <b>{title}</b>
        {unit && <span className="quiet">单位：{unit}</span>}
        <span className="chart-tools no-print">
          <button type="button" className="link-button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? '看图' : '看表'}
          </button>
          {!asTable && (
            <button type="button" className="link-button" onClick={() => void save()}>
              下载图片
            </button>
          )}
        </span>
      </figcaption>
      {!asTable && (
        <div className="chart-drawing" aria-hidden="true">
          <Suspense fallback={null}>
            <Drawing
              shape={shape}
              labels={labels}
              series={lines}
              head={unit ? `${title}（单位：${unit}）` : title}
              foot={source}
              onPicture={keepPicture}
            />
          </Suspense>
        </div>
      )}
      {/* Behind the picture for screen readers and for paper. */}
      <div className={asTable ? 'chart-table' : 'chart-table chart-table-behind'}>
        <table aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{along.title}</th>
              {series.map((one) => (
                <th key={one.key} scope="col" className="table-number">
                  {one.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                <th scope="row">{labels[index]}</th>
                {series.map((one) => (
                  <td key={one.key} className="table-number">
                    {cellText(one.kind, one.value(row))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="chart-source quiet">{source}</p>
    </figure>
  )
}

/** The number as the axis shows it: 分 as yuan or 万元. */
function scaled(kind: 'number' | 'yuan' | 'wan', value: number): number {
  return kind === 'wan' ? value / 1_000_000 : kind === 'yuan' ? value / 100 : value
}
