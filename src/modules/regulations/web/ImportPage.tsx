import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { Go, useGo } from '#kernel/web/going.tsx'
import { forgetStored, readStored, writeStored } from '#kernel/web/draft/draft-store.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { useMe } from '#kernel/web/session.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract, type ImportView } from '../contract.ts'
import { parseLaw } from '../rules/parse-law.ts'
import { ConfirmForm } from './ConfirmForm.tsx'
import { OddityList } from './OddityList.tsx'
import { readerPath } from './paths.ts'
import { SourceEditor, type SourceEditorHandle } from './SourceEditor.tsx'
import { TextTree } from './TextTree.tsx'
import './regulations.css'

/** Second step of an import: the text as it was read beside what was understood; mended here, then confirmed. */
export default function ImportPage({ params: { importId } }: PageProps<'/regulations/imports/:importId'>) {
  const view = useFetched(contract.viewImport, { importId })
  return (
    <Page
      title={`核对：${view.fileName}`}
      trail={[
        { label: '制度库', path: '/regulations' },
        { label: '导入制度', path: '/regulations/import' },
      ]}
      lead={`${view.uploadedByName}上传。左边是读到的文字，可以直接改正；右边随即重新核对。确认之前不进入制度库。`}
    >
      {view.state === 'open' && view.source !== null ? (
        <Checking key={view.id} view={view} source={view.source} />
      ) : (
        <Closed view={view} />
      )}
    </Page>
  )
}

function Closed({ view }: { view: ImportView }) {
  if (view.state === 'given-up') return <Empty title="这次导入已经放弃">需要重新导入的，请再次上传。</Empty>
  return <Empty title="这次导入已经确认">{view.workId && <Go to={readerPath(view.workId)}>查看制度</Go>}</Empty>
}

function Checking({ view, source }: { view: ImportView; source: string }) {
  const go = useGo()
  const [text, setText, forget] = useKeptText(view.id, source)
  const [confirmed, setConfirmed] = useState<readonly string[]>([])
  const editor = useRef<SourceEditorHandle>(null)
  const settled = useDeferredValue(text)
  const law = useMemo(() => parseLaw(settled), [settled])
  const giveUp = useSend(contract.giveUpImport, {
    onDone: () => {
      forget()
      tell('已放弃导入。')
      go('/regulations')
    },
  })
  const show = (line: number) => editor.current?.showLine(line)
  return (
    <>
      <Refusals of={giveUp.error} onRetry={giveUp.retry} />
      {view.automaticNumbers > 0 && (
        <p className="law-oddity" role="note">
          文档里有{view.automaticNumbers}个自动编号的段落，编号不在文字里，没有读出。缺少条文编号的，请在 Word 或 WPS
          中把编号转换为文字后重新上传，或者在左边补上。
        </p>
      )}
      <div className="law-checking">
        <Section
          title="读到的文字"
          actions={
            text !== source && (
              <button type="button" className="link-button" onClick={() => setText(source)}>
                恢复原文
              </button>
            )
          }
        >
          <SourceEditor ref={editor} value={text} onChange={setText} />
        </Section>
        <div>
          <Section title="存疑之处">
            <OddityList
              oddities={law.oddities}
              articles={law.articles.length}
              confirmed={confirmed}
              onConfirm={setConfirmed}
              onShow={show}
            />
          </Section>
          <Section title="读出的结构">
            <TextTree law={law} onShow={show} />
          </Section>
        </div>
      </div>
      <Section
        title="制度信息"
        actions={<ActionButton onClick={() => giveUp.send({ importId: view.id })}>放弃导入</ActionButton>}
      >
        <ConfirmForm
          view={view}
          law={law}
          source={text}
          confirmed={confirmed}
          onDone={({ workId, versionId }) => {
            forget()
            tell('已收入制度库。')
            go(`${readerPath(workId)}?version=${versionId}`)
          }}
        />
      </Section>
    </>
  )
}

/** Corrections stay on this machine until the import is settled, whatever happens to the page. */
function useKeptText(importId: string, source: string): [string, (text: string) => void, () => void] {
  const me = useMe()
  const key = `${me.person.id}.regulations.import.${importId}`
  const [text, setText] = useState(() => readStored<string>(key)?.value ?? source)
  const settled = useRef(false)
  useEffect(() => {
    if (settled.current) return
    if (text === source) forgetStored(key)
    else writeStored(key, { value: text, at: new Date().toISOString(), basis: null })
  }, [key, text, source])
  return [
    text,
    setText,
    () => {
      settled.current = true
      forgetStored(key)
    },
  ]
}
