import { Checkbox } from 'antd'
import { z } from 'zod'
import { durationUnitLabels } from '#kernel/pure/case-kind.ts'
import { partyLabels, rolesInWords } from '#kernel/pure/case-moves.ts'
import { queryBoolean } from '#kernel/pure/contract.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import type { StatutoryTerm, TermRule } from '../model.ts'
import { figuresOfTerms } from '../reference/figures.ts'
import { terms } from '../reference/terms.ts'

const Filters = z.object({ all: queryBoolean.optional() })

const columns: Column<StatutoryTerm>[] = [
  { key: 'title', title: '时限', value: ({ title }) => title, width: 260 },
  { key: 'rule', title: '期限', value: ({ rule }) => ruleWords(rule), width: 330 },
  {
    key: 'bearer',
    title: '由谁办理',
    value: ({ bearer }) => `${partyLabels[bearer.party]}的${rolesInWords(bearer.roles)}`,
    width: 280,
  },
  { key: 'norm', title: '规范', value: ({ norm }) => norm, width: 80 },
  { key: 'citation', title: '依据', value: ({ citation }) => citation, width: 380 },
  { key: 'sure', title: '依据程度', value: ({ confidence }) => confidenceWords[confidence], width: 120 },
  { key: 'carrier', title: '系统中', value: ({ carrier }) => carrierWords(carrier), width: 180 },
  { key: 'figure', title: '标准库代码', value: ({ id }) => figuresOfTerms[id] ?? '', width: 220, optional: true },
  { key: 'passed', title: '逾期后', value: ({ whenPassed }) => whenPassed, width: 260 },
]

const confidenceWords = { A: '法规原文', B: '法规有据', C: '待核对', D: '项目默认值' } as const

/** Every statutory term as the system declares it: nothing counts by a number that does not stand here. */
export default function TermsPage() {
  const [{ all = false }, change] = useFilters(Filters)
  const rows = terms.filter(({ carrier }) => all || carrier.by !== 'open')
  return (
    <Page title="时限目录" lead="条例和有关规定的办理期限。系统中的时钟、提醒和清单都以这里的声明为准。">
      <Table
        label="时限目录"
        columns={columns}
        rows={rows}
        keyOf={({ id }) => id}
        tools={
          <Checkbox checked={all} onChange={({ target }) => change({ all: target.checked ? true : undefined })}>
            包括尚未办理的领域
          </Checkbox>
        }
        empty={<Empty title="没有时限" />}
      />
    </Page>
  )
}

function ruleWords(rule: TermRule): string {
  switch (rule.kind) {
    case 'after-event':
      return `${rule.event}起${rule.duration.count}${durationUnitLabels[rule.duration.unit]}${rule.strict ? '（从严，不顺延）' : ''}${rule.extension ? `；${rule.extension.ground}` : ''}`
    case 'yearly':
      return `每年${rule.date.month}月${rule.date.day}日${rule.date.of === 'year-after' ? '（上一年度）' : ''}`
    case 'window':
      return rule.setBy
    default:
      return `${rule.event}起每${rule.everyMonths}个月`
  }
}

function carrierWords(carrier: StatutoryTerm['carrier']): string {
  switch (carrier.by) {
    case 'case':
      return '办理事项'
    case 'record':
      return '按记录推算'
    case 'system':
      return carrier.how
    default:
      return `待办：${carrier.area}`
  }
}
