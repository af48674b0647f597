import { factLabel, factText } from '#kernel/pure/fact-text.ts'
import { Section } from '#kernel/web/Page.tsx'

type Json = null | string | number | boolean | Json[] | { [key: string]: Json }

/** Everything the rules looked at beside the standards, by its Chinese name; identifiers mean nothing to people. */
export function InputsPart({ inputs, labels }: { inputs: Json; labels: Readonly<Record<string, string>> }) {
  if (inputs === null) return <p className="quiet">没有保存输入。</p>
  return (
    <Section title="全部输入">
      <div className="decision-inputs">
        <Value name="" value={inputs} labels={labels} />
      </div>
    </Section>
  )
}

function Value({ name, value, labels }: { name: string; value: Json; labels: Readonly<Record<string, string>> }) {
  if (Array.isArray(value))
    return value.length === 0 ? (
      '无'
    ) : (
      <ol>
        {value.map((one, index) => (
          <li key={index}>
            <Value name={name} value={one} labels={labels} />
          </li>
        ))}
      </ol>
    )
  if (typeof value === 'object' && value !== null)
    return (
      <dl>
        {Object.entries(value)
          .filter(([key]) => Object.hasOwn(labels, key))
          .map(([key, member]) => (
            <div key={key}>
              <dt>{factLabel(labels[key] ?? key)}</dt>
              <dd>
                <Value name={labels[key] ?? key} value={member} labels={labels} />
              </dd>
            </div>
          ))}
      </dl>
    )
  return typeof value === 'string' && Object.hasOwn(labels, value) ? labels[value] : factText(name, value)
}
