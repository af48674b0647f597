import { holdsAny, keeperRoles } from '#kernel/pure/actor.ts'
import { Button, Input, Select } from 'antd'
import { z } from 'zod'
import type { InputOf } from '#kernel/pure/contract.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useKept } from '#kernel/web/draft/use-kept.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { useKeptForm } from '#kernel/web/form/kept-form.ts'
import { LocalDateInput, YesBox } from '#kernel/web/form/inputs.tsx'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { oneAfterOther } from '#kernel/web/table/one-after-other.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract as assets } from '#modules/assets/contract.ts'
import { procedureLabels, stateLabels } from '#modules/assets/model.ts'
import { contract } from '../contract.ts'
import { triggerLabels, type Trigger } from '../model.ts'

const Filters = z.object({
  text: z.string().optional(),
  state: z.enum(['idle', 'in-use', 'repair']).optional(),
  /** Of whom and what the authority calls for things, and why, where another page knows it. */
  organ: z.uuid().optional(),
  classPrefix: z.string().optional(),
  reason: z.string().optional(),
})
const choosable = { idle: stateLabels.idle, 'in-use': stateLabels['in-use'], repair: stateLabels.repair }
const byHolder: readonly Trigger[] = ['G1', 'G3', 'G4', 'G5', 'G7']
const byAuthority: readonly Trigger[] = ['G2', 'G1', 'G3', 'G4', 'G5', 'G6']

const none: readonly string[] = []

/** Chooses cards and hands them in; the authority calls for another organ's. */
export default function HandInPage() {
  const me = useMe()
  const go = useGo()
  const [{ text, state = 'idle', organ, classPrefix, reason }, change] = useFilters(Filters)
  // What was begun for one organ is not taken up again for another.
  const keptAs = `warehouse.hand-in.${organ ?? ''}`
  const [kept, setKept] = useKept<readonly string[]>(keptAs, none)
  const chosen = new Set(kept)
  const setChosen = (cardIds: ReadonlySet<string>) => setKept(() => [...cardIds])
  const keep = useKeptForm(keptAs)
  const hands = holdsAny(me, keeperRoles)
  const asked = {
    state,
    ...(text ? { text } : {}),
    ...(organ ? { organId: organ } : {}),
    ...(classPrefix ? { classPrefix } : {}),
    limit: 100,
  } as InputOf<typeof assets.cards>
  const free = usePages(assets.cards, { ...asked, engaged: 'false' })
  const held = usePages(assets.cards, { ...asked, engaged: 'true' })
  const operation = hands ? contract.applyIntake : contract.callIntake
  const title = hands ? '申请入仓' : '通知机关移交入仓'
  const unchosen =
    chosen.size === 0
      ? [{ code: 'none', message: '没有选择资产。', basis: null, facts: {}, remedy: '请在表中勾选（或按 x）。' }]
      : null
  return (
    <Page title={title} trail={[{ label: '入仓申请', path: '/warehouse/intakes' }]}>
      <Section title={`选择资产${chosen.size > 0 ? `（已选 ${chosen.size} 件）` : ''}`}>
        <Table
          label="可入仓的资产"
          pages={oneAfterOther(free, held)}
          unselectable={({ engagement }) =>
            engagement === null ? null : `正在办理${procedureLabels[engagement.procedure]}`
          }
          keyOf={({ id }) => id}
          selected={chosen}
          onSelect={setChosen}
          height="320px"
          tools={
            <>
              <Input.Search
                aria-label="搜索资产"
                placeholder="名称、编号、地点"
                allowClear
                style={{ width: 220 }}
                defaultValue={text}
                key={text ?? ''}
                onSearch={(value) => change({ text: value.trim() === '' ? undefined : value.trim() })}
              />
              <Select
                aria-label="使用状况"
                style={{ width: 120 }}
                value={state}
                onChange={(value) => change({ state: value })}
                options={Object.entries(choosable).map(([value, label]) => ({ value, label }))}
              />
              {(organ || classPrefix) && (
                <Button onClick={() => change({ organ: undefined, classPrefix: undefined })}>显示全部机关和分类</Button>
              )}
            </>
          }
          columns={[
            { key: 'name', title: '资产名称', value: ({ name }) => name, width: 170 },
            { key: 'number', title: '资产编号', value: ({ number }) => number, width: 150 },
            ...(hands
              ? []
              : [
                  {
                    key: 'organ',
                    title: '持有机关',
                    value: ({ organName }: { organName: string }) => organName,
                    width: 180,
                  },
                ]),
            {
              key: 'engagement',
              title: '正在办理',
              value: ({ engagement }) => (engagement ? procedureLabels[engagement.procedure] : ''),
              width: 96,
            },
            { key: 'model', title: '规格型号', value: ({ model }) => model, width: 160 },
            { key: 'place', title: '存放地点', value: ({ place }) => place, width: 110 },
            { key: 'acquiredOn', title: '取得日期', kind: 'date', value: ({ acquiredOn }) => acquiredOn },
            { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen },
          ]}
          empty={<Empty title={`没有${choosable[state]}的资产`}>可以改选使用状况。</Empty>}
        />
      </Section>
      <Section title={hands ? '申请' : '通知'}>
        <EntryForm
          keep={keep}
          operation={operation}
          fixed={{ cardIds: [...chosen] }}
          initial={{ triggeredOn: todayHere(), trigger: hands ? 'G1' : 'G2', ...(reason ? { reason } : {}) }}
          submit={hands ? '提交申请' : '发出通知'}
          refusal={unchosen}
          onDone={({ intake }: { intake: { id: string } }) => {
            setKept(() => none)
            go(`/warehouse/intakes/${intake.id}`)
          }}
          onCancel={() => {
            setKept(() => none)
            go('/warehouse/intakes')
          }}
        >
          <Field name="trigger" label="入仓情形">
            <Select
              options={(hands ? byHolder : byAuthority).map((trigger) => ({
                value: trigger,
                label: triggerLabels[trigger],
              }))}
            />
          </Field>
          <Field
            name="triggeredOn"
            label="情形发生日期"
            help="闲置满半年、机构撤销、活动结束的当天，入仓期限从这天起算。"
          >
            <LocalDateInput max={todayHere()} />
          </Field>
          <Field name="bodyName" label="临时机构、会议活动名称">
            <Input maxLength={80} autoComplete="off" />
          </Field>
          <Field name="reason" label="原因">
            <Input.TextArea rows={2} maxLength={300} />
          </Field>
          {hands ? (
            <Field name="declaredFree" label="移交前核对">
              <YesBox>清单中没有涉密存储介质、武器、管制药品和危险物品</YesBox>
            </Field>
          ) : (
            <></>
          )}
        </EntryForm>
      </Section>
    </Page>
  )
}
