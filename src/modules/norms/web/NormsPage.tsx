import { Input, Segmented } from 'antd'
import { z } from 'zod'
import { useFetched } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { useNamedPlace } from '#kernel/web/named-place.ts'
import { Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { contract } from '../contract.ts'
import { ArticleNorms } from './ArticleNorms.tsx'
import { OverdueCases } from './OverdueCases.tsx'
import { narrowed, shows } from './narrowed.ts'
import './norms.css'

const Filters = z.object({
  show: z.enum(shows).default('all').catch('all'),
  text: z.coerce.string().optional(),
  /** Narrows the overdue cases to one norm. */
  norm: z.string().optional(),
})
const showLabels = { all: '全部', carried: '已承载', open: '未承载', overdue: '有逾期' } as const

/** The Regulation beside the system: articles, their norms, what carries each, and what is overdue (条例对照). */
export default function NormsPage() {
  return (
    <Page title="条例对照" lead="《山西省机关运行保障条例》的每项规范由系统何处承载，在办和逾期各有多少。">
      <Norms />
    </Page>
  )
}

function Norms() {
  const [{ show, text, norm }, change] = useFilters(Filters)
  const { chapters, totals, reach } = useFetched(contract.articles, {})
  const named = useNamedPlace(true)
  const shown = narrowed(chapters, show, text ?? '')
  return (
    <>
      {reach !== 'none' && <OverdueCases norm={norm} reach={reach} onAll={() => change({ norm: undefined })} />}
      <Section
        title="条文和规范"
        actions={
          <>
            <Segmented
              aria-label="承载情况"
              value={show}
              onChange={(value) => change({ show: value === 'all' ? undefined : value })}
              options={shows
                .filter((value) => value !== 'overdue' || reach !== 'none')
                .map((value) => ({ value, label: showLabels[value] }))}
            />
            <Input.Search
              aria-label="查找条文"
              placeholder="查找条文和规范"
              allowClear
              defaultValue={text ?? ''}
              onSearch={(value) => change({ text: value.trim() || undefined })}
              style={{ width: 220 }}
            />
          </>
        }
      >
        <p className="quiet">
          共{totals.norms}项规范：已承载{totals.whole}，部分{totals.part}，仅展示{totals.display}，未承载{totals.open}。
        </p>
        {shown.length === 0 && <Empty title="没有符合条件的规范">请换一个词，或者选择“全部”。</Empty>}
        {shown.map((chapter) => (
          <section key={chapter.number} className="norm-chapter">
            <h3>
              {chapter.place} {chapter.title}
            </h3>
            {chapter.articles.map((article) => (
              <ArticleNorms key={article.number} article={article} named={named} />
            ))}
          </section>
        ))}
      </Section>
    </>
  )
}
