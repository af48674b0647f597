import { Button, Input, Select } from 'antd'
import { useId, useState, type ReactNode } from 'react'
import { todayHere } from '#kernel/web/dates.ts'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { ChoiceBoxes } from '#kernel/web/form/ChoiceBoxes.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { contract } from '../../contract.ts'
import { settableStates, stateLabels } from '../../model.ts'
import { scanActLabels, scanActs } from '../../model/scan.ts'
import { missingOf, type Setup } from './session.ts'

/** What is done with everything that will be scanned: chosen once. */
export function SetupForm({
  setup,
  onChange,
  onBegin,
}: {
  setup: Setup
  onChange: (changes: Partial<Setup>) => void
  onBegin: () => void
}) {
  const [missing, setMissing] = useState<readonly string[]>([])
  return (
    <form
      className="scan-setup"
      onSubmit={(event) => {
        event.preventDefault()
        const found = missingOf(setup)
        setMissing(found)
        if (found.length === 0) onBegin()
      }}
    >
      {missing.length > 0 && (
        <div className="field-error" role="alert">
          {missing.join('')}
        </div>
      )}
      <ChoiceBoxes
        legend="对扫到的资产"
        name="act"
        choices={scanActs.map((act) => [act, scanActLabels[act]])}
        value={setup.act}
        onChange={(act) => onChange({ act })}
      />
      {setup.act === 'hand-over' && <Receiver setup={setup} onChange={onChange} />}
      {setup.act === 'move' && (
        <>
          <Labelled label="新的存放地点">
            {(id) => (
              <Input
                id={id}
                size="large"
                value={setup.place}
                maxLength={120}
                onChange={({ target }) => onChange({ place: target.value })}
              />
            )}
          </Labelled>
          <Labelled label="新的使用部门（选填）">
            {(id) => (
              <Input
                id={id}
                size="large"
                value={setup.department}
                maxLength={80}
                onChange={({ target }) => onChange({ department: target.value })}
              />
            )}
          </Labelled>
        </>
      )}
      {setup.act === 'state' && (
        <Labelled label="使用状况">
          {(id) => (
            <Select
              id={id}
              size="large"
              value={setup.state}
              onChange={(state) => onChange({ state })}
              options={settableStates.map((state) => ({ value: state, label: stateLabels[state] }))}
            />
          )}
        </Labelled>
      )}
      {setup.act !== 'hand-over' && (
        <Labelled label="变动日期">
          {(id) => (
            <LocalDateInput
              id={id}
              max={todayHere()}
              value={setup.effectiveOn}
              onChange={(effectiveOn) => onChange({ effectiveOn: effectiveOn ?? '' })}
            />
          )}
        </Labelled>
      )}
      <Labelled label={setup.act === 'hand-over' ? '交接原因' : '原因'}>
        {(id) => (
          <Input
            id={id}
            size="large"
            value={setup.reason}
            maxLength={300}
            onChange={({ target }) => onChange({ reason: target.value })}
          />
        )}
      </Labelled>
      <Button type="primary" size="large" htmlType="submit" block>
        开始扫码
      </Button>
    </form>
  )
}

function Receiver({ setup, onChange }: { setup: Setup; onChange: (changes: Partial<Setup>) => void }) {
  const { data } = useFetchedLater(contract.receivers, {})
  return (
    <Labelled label="接收人">
      {(id) => (
        <Select
          id={id}
          size="large"
          showSearch
          optionFilterProp="label"
          loading={data === undefined}
          value={setup.toPersonId === '' ? null : setup.toPersonId}
          onChange={(toPersonId: string, option) =>
            onChange({ toPersonId, toName: Array.isArray(option) ? '' : String(option?.label ?? '') })
          }
          options={(data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
    </Labelled>
  )
}

function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="scan-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}
