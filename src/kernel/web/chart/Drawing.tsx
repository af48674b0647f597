import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import type { EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { colours } from '../theme.ts'

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, CanvasRenderer])

type Series = { name: string; values: readonly number[] }

/** Told apart by lightness too, so that a grey print reads as well. */
const palette = [colours.brand, '#8fb8bc', '#b98a2c', '#5d6770', '#c9ccc4']
const longestFontWaitMs = 1500
const number = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 })

/** Places behind the point that the figure with most of them needs, at most two. */
function placesOf(series: readonly Series[]): number {
  const values = series.flatMap((one) => one.values)
  return (
    [0, 1].find((places) => values.every((value) => Number(value.toFixed(places)) === Number(value.toFixed(2)))) ?? 2
  )
}

/** The picture of a chart, a download of its own. Axes begin at zero; it follows the width of its place. */
export default function Drawing({
  shape,
  labels,
  series,
  head,
  foot,
  onPicture,
}: {
  shape: 'bar' | 'line'
  labels: readonly string[]
  series: readonly Series[]
  /** Over and under the picture that is downloaded. */
  head: string
  foot: string
  /** Told how to make the picture, and null when there is none any more. */
  onPicture: (make: (() => Promise<Blob | null>) | null) => void
}) {
  const place = useRef<HTMLDivElement>(null)
  const drawn = useRef<EChartsType | null>(null)
  useEffect(() => {
    if (place.current === null) return
    const chart = init(place.current)
    drawn.current = chart
    onPicture(() => pictureOf(chart, head, foot))
    const follow = new ResizeObserver(() => chart.resize())
    follow.observe(place.current)
    return () => {
      follow.disconnect()
      onPicture(null)
      chart.dispose()
    }
  }, [onPicture, head, foot])
  const words = [...labels, ...series.map(({ name }) => name)].join('')
  useEffect(() => {
    let gone = false
    const draw = () => gone || drawn.current?.setOption(optionOf(shape, labels, series), { notMerge: true })
    // A canvas measures its words once: it waits for the web font's ranges, though not long.
    const waiting = new Promise((on) => setTimeout(on, longestFontWaitMs))
    void Promise.race([document.fonts.load(`13px ${fontFamily()}`, words), waiting]).then(draw, draw)
    return () => {
      gone = true
    }
  }, [shape, words, series]) // eslint-disable-line react-hooks/exhaustive-deps -- the words are the labels
  return (
    <div
      ref={place}
      className="chart-place"
      style={{ height: shape === 'bar' ? Math.max(200, labels.length * 36 + 72) : 280 }}
    />
  )
}

function optionOf(shape: 'bar' | 'line', labels: readonly string[], series: readonly Series[]) {
  // 7.50 beside 8.41: all figures of a chart have the places of the longest.
  const alike = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: placesOf(series), maximumFractionDigits: 2 })
  const values = {
    type: 'value' as const,
    min: 0,
    axisLabel: { color: colours.quiet, hideOverlap: true, formatter: (value: number) => number.format(value) },
    splitLine: { lineStyle: { color: colours.line } },
  }
  const names = {
    type: 'category' as const,
    data: [...labels],
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colours.line } },
    axisLabel: { color: colours.text, fontSize: 13 },
  }
  const text = { fontFamily: fontFamily(), color: colours.text }
  return {
    animationDuration: 150,
    color: palette,
    textStyle: text,
    legend: { show: series.length > 1, left: 0, top: 0, icon: 'rect', itemWidth: 12, itemHeight: 12, textStyle: text },
    grid: { left: 0, right: 64, top: series.length > 1 ? 36 : 12, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis' as const,
      axisPointer: { type: 'shadow' as const },
      valueFormatter: (value: unknown) => number.format(Number(value)),
    },
    // Bars lie, so that Chinese names need not be turned.
    ...(shape === 'bar' ? { xAxis: values, yAxis: { ...names, inverse: true } } : { xAxis: names, yAxis: values }),
    series: series.map(({ name, values: data }) =>
      shape === 'bar'
        ? {
            name,
            type: 'bar' as const,
            data: [...data],
            barMaxWidth: 14,
            label: {
              show: series.length <= 2,
              position: 'right' as const,
              color: colours.quiet,
              fontSize: 12,
              formatter: ({ value }: { value?: unknown }) => alike.format(Number(value)),
            },
          }
        : { name, type: 'line' as const, data: [...data], symbolSize: 6 },
    ),
  }
}

function fontFamily(): string {
  return getComputedStyle(document.body).fontFamily
}

async function pictureOf(chart: EChartsType, head: string, foot: string): Promise<Blob | null> {
  const canvas = chart.renderToCanvas({ pixelRatio: 2, backgroundColor: colours.surface })
  const whole = document.createElement('canvas')
  whole.width = canvas.width
  whole.height = canvas.height + 64 + 56
  const context = whole.getContext('2d')
  if (context === null) return null
  context.fillStyle = colours.surface
  context.fillRect(0, 0, whole.width, whole.height)
  context.fillStyle = colours.text
  context.font = `600 30px ${fontFamily()}`
  context.fillText(head, 16, 44)
  context.fillStyle = colours.quiet
  context.font = `24px ${fontFamily()}`
  context.fillText(foot, 16, whole.height - 20)
  context.drawImage(canvas, 0, 64)
  return new Promise((done) => whole.toBlob(done, 'image/png'))
}
