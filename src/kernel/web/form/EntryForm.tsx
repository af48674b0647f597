import { Button, Form } from 'antd'
import { createContext, use, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { ReactElement, ReactNode } from 'react'
import type { Operation, OutputOf } from '#kernel/pure/contract.ts'
import type { May } from '#kernel/pure/verdict.ts'
import type { InputFor } from '../client.ts'
import { useSend } from '../fetching.ts'
import type { SendOptions } from '../fetching.ts'
import { ProblemError } from '../problem.ts'
import { Refusals } from '../verdict/Refusals.tsx'
import { ActionButton } from '../verdict/ActionButton.tsx'
import { issueMessage } from './issue-message.ts'
import type { KeptForm } from './kept-form.ts'
import { ProblemSummary } from './ProblemSummary.tsx'
import type { SummaryLine } from './ProblemSummary.tsx'
import './form.css'

type Path = readonly (string | number)[]
type Registered = { label: string; path: Path }

type FormBond = {
  id: string
  operation: Operation
  register: (field: Registered) => () => void
}

const BondContext = createContext<FormBond | null>(null)

/**
 * A form over an operation: its zod schema decides what is required and what is wrong; the server's field errors and
 * refusals appear in the same places. What was typed is never cleared; sending twice is impossible.
 */
export function EntryForm<O extends Operation>({
  operation,
  fixed,
  initial,
  submit,
  refusal,
  onDone,
  invalidates,
  ifMatch,
  onCancel,
  onValues,
  keep,
  children,
}: {
  operation: O
  /** Part of the input the person does not type: path parameters, version. */
  fixed?: Partial<InputFor<O>>
  initial?: Partial<InputFor<O>>
  /** The verb on the button: 提交备案. */
  submit: string
  refusal?: May
  onDone?: (output: OutputOf<O>) => void
  invalidates?: SendOptions<O>['invalidates']
  ifMatch?: number
  onCancel?: () => void
  /** Told of every change: instant findings, sums. */
  onValues?: (values: Partial<InputFor<O>>) => void
  /** Outlives a reload, until it is sent or cancelled: `useKeptForm`. */
  keep?: KeptForm
  children: ReactNode
}) {
  const id = `form${useId().replace(/[^a-zA-Z0-9]/g, '')}`
  const [form] = Form.useForm()
  const fields = useRef(new Map<string, Registered>())
  const [lines, setLines] = useState<readonly SummaryLine[]>([])
  const [restored, setRestored] = useState(Boolean(keep?.values))
  const begun = { ...initial, ...keep?.values } as Partial<InputFor<O>>
  const { send, sending, error, retry } = useSend(operation, {
    ...(onDone ? { onDone } : {}),
    ...(invalidates ? { invalidates } : {}),
  })
  const bond = useMemo<FormBond>(
    () => ({
      id,
      operation,
      register: (field) => {
        fields.current.set(keyOf(field.path), field)
        return () => fields.current.delete(keyOf(field.path))
      },
    }),
    [id, operation],
  )

  /** Puts each message at its field; what no field shows stands in the summary alone. */
  const show = (wrong: readonly { path: Path; message: string }[]) => {
    const order = [...fields.current.values()]
    const shown = wrong
      .map(({ path, message }) => ({ message, field: fieldFor(fields.current, path) }))
      .sort((a, b) => (a.field ? order.indexOf(a.field) : -1) - (b.field ? order.indexOf(b.field) : -1))
    form.setFields(
      shown.flatMap(({ field, message }) => (field ? [{ name: [...field.path] as never, errors: [message] }] : [])),
    )
    setLines(shown.map(({ field, message }) => ({ message, target: field ? `${id}_${field.path.join('_')}` : null })))
  }

  useEffect(() => {
    if (error instanceof ProblemError && error.errors.length > 0) show(error.errors)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only a new answer is shown
  }, [error])

  useEffect(() => {
    if (keep?.values) onValues?.(begun)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what one begins with is told once
  }, [])

  const changed = (values: Partial<InputFor<O>>) => {
    keep?.save(values)
    onValues?.(values)
  }
  const beginAnew = () => {
    const blank = Object.fromEntries(Object.keys(begun).map((name) => [name, undefined]))
    form.setFieldsValue({ ...blank, ...initial })
    onValues?.({ ...initial } as Partial<InputFor<O>>)
    keep?.forget()
    setRestored(false)
  }
  const submitted = async () => {
    const values = {
      ...fixed,
      ...withoutBlanks(form.getFieldsValue(true) as Record<string, unknown>, operation, initial ?? {}),
    }
    const parsed = operation.input.safeParse(values)
    if (!parsed.success) {
      return show(
        parsed.error.issues.map((issue) => {
          const path = issue.path as Path
          const label = fieldFor(fields.current, path)?.label ?? String(path.at(-1) ?? '')
          return { path, message: issueMessage(issue, label, valueAt(values, path)) }
        }),
      )
    }
    setLines([])
    const output = await send(values as InputFor<O>, ifMatch === undefined ? {} : { ifMatch })
    if (output !== undefined) keep?.forget()
  }
  const inFields = error instanceof ProblemError && error.errors.length > 0
  return (
    <BondContext value={bond}>
      <Form
        form={form}
        name={id}
        layout="vertical"
        className="entry-form"
        initialValues={begun as object}
        onValuesChange={(_, values) => changed(values as Partial<InputFor<O>>)}
        onFinish={() => void submitted()}
        noValidate
      >
        {restored && (
          <p className="quiet" role="status">
            已恢复上次没有提交的内容。
            <Button type="link" size="small" onClick={beginAnew}>
              清空重填
            </Button>
          </p>
        )}
        <ProblemSummary lines={lines} />
        {!inFields && <Refusals of={error} onRetry={retry} />}
        {children}
        <div className="row entry-form-foot">
          {refusal ? (
            <ActionButton refusal={refusal} onClick={() => undefined} primary>
              {submit}
            </ActionButton>
          ) : (
            <Button type="primary" htmlType="submit" loading={sending}>
              {submit}
            </Button>
          )}
          {onCancel && (
            <Button
              onClick={() => {
                keep?.forget()
                onCancel()
              }}
            >
              取消
            </Button>
          )}
        </div>
      </Form>
    </BondContext>
  )
}

/**
 * A field of an EntryForm: the label above, (选填) where the schema does not ask for it, one short line of help.
 * The one child takes `value` and `onChange`: an antd control, MoneyInput, LocalDateInput, OpinionBox….
 */
export function Field({
  name,
  label,
  help,
  prefilled,
  optional,
  children,
}: {
  name: string | Path
  label: string
  help?: ReactNode
  /** Where the value was taken from: `自 2026 年计划`. */
  prefilled?: string
  /** Says so where the schema cannot (a field required only in some cases). */
  optional?: boolean
  children: ReactElement
}) {
  const bond = use(BondContext)
  if (bond === null) throw new Error('Field outside an EntryForm')
  const path = typeof name === 'string' ? [name] : name
  const key = keyOf(path)
  useEffect(() => bond.register({ label, path }), [bond, label, key]) // eslint-disable-line react-hooks/exhaustive-deps
  const isOptional = optional ?? !isRequired(bond.operation, path)
  return (
    <Form.Item
      name={[...path] as never}
      label={
        <>
          {label}
          {isOptional && <span className="field-optional">（选填）</span>}
          {prefilled && <span className="field-prefilled">已预填：{prefilled}</span>}
        </>
      }
      extra={help}
    >
      {children}
    </Form.Item>
  )
}

function keyOf(path: Path): string {
  return path.join('.')
}

/** The field an error belongs to: itself, or the nearest one above it. */
function fieldFor(fields: Map<string, Registered>, path: Path): Registered | null {
  for (let depth = path.length; depth > 0; depth--) {
    const field = fields.get(keyOf(path.slice(0, depth)))
    if (field) return field
  }
  return null
}

function isRequired(operation: Operation, path: Path): boolean {
  const schema = operation.input.shape[String(path[0])]
  return schema === undefined || !(schema.safeParse(undefined).success || schema.safeParse(null).success)
}

function valueAt(values: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<string | number, unknown> | undefined)?.[part], values)
}

/**
 * A blank field is left out or null where the schema admits that; elsewhere it stays, so that the message says 请填写.
 * One that held something is sent as null where it may be: left out it would keep what it held.
 */
function withoutBlanks(
  values: Record<string, unknown>,
  operation: Operation,
  initial: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    const schema = operation.input.shape[name]
    const blank = value === '' || value === null || value === undefined
    if (!blank || schema === undefined) kept[name] = value
    else if (Boolean(initial[name]) && schema.safeParse(null).success) kept[name] = null
    else if (!schema.safeParse(undefined).success) kept[name] = schema.safeParse(null).success ? null : value
  }
  return kept
}
