import { Input, Select } from 'antd'
import { todayHere } from '#kernel/web/dates.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { useKeptForm } from '#kernel/web/form/kept-form.ts'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { presentClasses } from '#modules/assets/model.ts'
import { contract } from '../contract.ts'

const classOptions = presentClasses.map(({ code, name }) => ({ value: code, label: `${name} ${code}` }))
const words = (values: readonly string[]) => values.map((value) => ({ value, label: value }))

/** What is counted, as of which day, by whom; the book is frozen when it is sent. */
export default function OpenPage() {
  const keep = useKeptForm('stocktaking.open')
  const go = useGo()
  const { person } = useMe()
  const choices = useFetched(contract.scopeChoices, {})
  const year = todayHere().slice(0, 4)
  return (
    <Page title="开启盘点" narrow trail={[{ label: '资产盘点', path: '/stocktaking/counts' }]}>
      <Section>
        <EntryForm
          keep={keep}
          operation={contract.openCount}
          initial={{
            title: `${year}年度资产盘点`,
            baseOn: todayHere(),
            scope: { places: [], departments: [], custodians: [], classPrefix: null },
            team: choices.people.some(({ id }) => id === person.id) ? [person.id] : [],
          }}
          submit="开启盘点"
          onDone={({ count }) => {
            tell(`已开启，账面 ${count.items} 项。`)
            go(`/stocktaking/counts/${count.id}`)
          }}
          onCancel={() => go('/stocktaking/counts')}
        >
          <Field name="title" label="盘点名称">
            <Input maxLength={100} autoComplete="off" />
          </Field>
          <Field name="baseOn" label="基准日" help="账面按这一天冻结，之后的变动不影响盘点清单。">
            <LocalDateInput max={todayHere()} />
          </Field>
          <Field name="team" label="盘点小组" help="小组成员在手机上清点。">
            <Select
              mode="multiple"
              optionFilterProp="label"
              options={choices.people.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Field>
          <Field
            name={['scope', 'places']}
            label="存放地点"
            optional
            help="不填为全部。可以填开头几个字，例如“主楼3”是主楼三层。"
          >
            <Select mode="tags" options={words(choices.places)} />
          </Field>
          <Field name={['scope', 'departments']} label="使用部门" optional>
            <Select mode="tags" options={words(choices.departments)} />
          </Field>
          <Field name={['scope', 'custodians']} label="保管人" optional>
            <Select mode="tags" options={words(choices.custodians)} />
          </Field>
          <Field name={['scope', 'classPrefix']} label="资产分类" optional>
            <Select allowClear showSearch optionFilterProp="label" options={classOptions} />
          </Field>
          <Field name="note" label="说明">
            <Input.TextArea rows={2} maxLength={500} />
          </Field>
        </EntryForm>
      </Section>
    </Page>
  )
}
