import { z } from 'zod'
import { holdsAny, readsLevel } from '#kernel/pure/actor.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe, type Me } from '#kernel/web/session.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../contract.ts'
import { ConsultationState, consultationStateLabels, opinionStateLabels, type Consultation } from '../model.ts'
import { leadRoles } from '../policy.ts'
import { ConsultationStateTag, OpinionStateTag } from './state-tags.tsx'

const partLabels = { 'to-answer': '待本机关答复', asked: '征求本机关', led: '本部门发起' } as const
const Filters = z.object({
  part: z.enum(['to-answer', 'asked', 'led']).optional(),
  state: ConsultationState.optional(),
})

const columns: Column<Consultation>[] = [
  { key: 'title', title: '标题', value: ({ title }) => title, width: 360 },
  {
    key: 'state',
    title: '状态',
    value: ({ state }) => consultationStateLabels[state],
    render: ({ state }) => <ConsultationStateTag state={state} />,
    width: 120,
  },
  {
    key: 'mine',
    title: '本机关',
    value: ({ mine }) => (mine === null ? null : opinionStateLabels[mine.state]),
    render: ({ mine, opinionsUntil }) =>
      mine === null ? null : (
        <OpinionStateTag state={mine.state} late={mine.late} overdue={todayHere() > opinionsUntil} />
      ),
    width: 124,
  },
  { key: 'until', title: '反馈截止', kind: 'date', value: ({ opinionsUntil }) => opinionsUntil, width: 112 },
  {
    key: 'answered',
    title: '反馈机关',
    value: ({ counts }) => `${counts.answered} / ${counts.invited}`,
    width: 96,
  },
  { key: 'items', title: '意见', kind: 'number', unit: '条', value: ({ counts }) => counts.items, width: 88 },
  {
    key: 'open',
    title: '未答复',
    kind: 'number',
    unit: '条',
    value: ({ counts }) => counts.items - counts.replied,
    width: 96,
  },
  { key: 'organ', title: '发起部门', value: ({ organName }) => organName, width: 188 },
  { key: 'openedOn', title: '发起日期', kind: 'date', value: ({ openedOn }) => openedOn, width: 112, optional: true },
  { key: 'number', title: '编号', value: ({ number }) => number, width: 210, optional: true },
]

/** Drafts on which opinions are or were asked: of the level for those who read it, else those that asked the own organ. */
export default function ConsultationsPage() {
  const [{ part, state }, change] = useFilters(Filters)
  const go = useGo()
  const me = useMe()
  const pages = usePages(contract.consultations, { ...(part ? { part } : {}), ...(state ? { state } : {}), limit: 100 })
  return (
    <Page
      title="征求意见"
      lead="制定、调整标准前征求服务保障对象的意见，逐条答复采纳情况后办结。"
      actions={
        mayLead(me) && (
          <ActionButton
            primary
            refusal={pages.first?.may.open ?? null}
            onClick={() => go('/consultation/consultations/new')}
          >
            发起征求意见
          </ActionButton>
        )
      }
    >
      <Section>
        <Table
          label="征求意见列表"
          columns={columns}
          pages={pages}
          keyOf={({ id }) => id}
          href={hrefOf}
          tools={
            <>
              <ChoiceFilter
                label="范围"
                labels={partLabels}
                value={part}
                onChange={(chosen) => change({ part: chosen })}
              />
              <ChoiceFilter
                label="状态"
                labels={consultationStateLabels}
                value={state}
                onChange={(chosen) => change({ state: chosen })}
              />
            </>
          }
          empty={
            <Empty title={part || state ? '没有符合条件的征求意见' : '还没有征求意见'}>
              {part || state
                ? '请放宽筛选条件。'
                : mayLead(me)
                  ? '点“发起征求意见”，选择征求的机关和反馈截止日。'
                  : '机关事务管理部门或财政部门征求本机关意见时，会出现在这里和待办中。'}
            </Empty>
          }
        />
      </Section>
    </Page>
  )
}

/** Whoever still has to answer goes straight to answering. */
function hrefOf({ id, mine }: Consultation): string {
  return mine?.state === 'waiting' ? `/consultation/opinions/${mine.opinionId}` : `/consultation/consultations/${id}`
}

function mayLead({ person, organ, roles }: Me): boolean {
  const actor = { kind: 'person' as const, personId: person.id, name: person.name, organ, roles }
  return organ !== null && holdsAny(actor, leadRoles) && readsLevel(actor, organ.jurisdictionCode)
}
