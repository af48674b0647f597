import { Checkbox } from 'antd'
import { StateTag } from '#kernel/web/StateTag.tsx'
import type { Oddity } from '../model.ts'
import { openErrors } from '../rules/oddities.ts'

/** What is odd in the text: errors first, each with its place to jump to and its remedy. */
export function OddityList({
  oddities,
  articles,
  confirmed,
  onConfirm,
  onShow,
}: {
  oddities: readonly Oddity[]
  articles: number
  confirmed: readonly string[]
  onConfirm: (confirmed: readonly string[]) => void
  onShow: (line: number) => void
}) {
  const open = openErrors(oddities, confirmed).length
  const sorted = oddities.toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'))
  return (
    <>
      <p role="status">
        读出{articles}条。{open > 0 ? `有${open}处错误，改正后才能导入。` : '没有妨碍导入的错误。'}
        {oddities.length - open > 0 && `另有${oddities.length - open}处提示，导入后标在条文旁。`}
      </p>
      <ul className="law-oddities" aria-label="存疑之处">
        {sorted.map(({ id, severity, confirmable, line, message, remedy }) => (
          <li key={id}>
            <StateTag tone={severity === 'error' ? 'refused' : 'warn'} word={severity === 'error' ? '错误' : '提示'} />
            <div>
              <p>{message}</p>
              <p className="quiet">
                {remedy}{' '}
                <button type="button" className="link-button" onClick={() => onShow(line)}>
                  第{line}行
                </button>
              </p>
              {confirmable && (
                <Checkbox
                  checked={confirmed.includes(id)}
                  onChange={(event) =>
                    onConfirm(event.target.checked ? [...confirmed, id] : confirmed.filter((one) => one !== id))
                  }
                >
                  原文如此
                </Checkbox>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
