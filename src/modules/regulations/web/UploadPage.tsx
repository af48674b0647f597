import { useGo } from '#kernel/web/going.tsx'
import { FileUpload } from '#kernel/web/form/FileUpload.tsx'
import { useFetched } from '#kernel/web/fetching.ts'
import { Page, Section } from '#kernel/web/Page.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'
import { OpenImports } from './OpenImports.tsx'
import './regulations.css'

/** First step of an import: the file. What was read is looked through on the next page before anything counts. */
export default function UploadPage() {
  return (
    <Page
      title="导入制度"
      narrow
      trail={[{ label: '制度库', path: '/regulations' }]}
      lead="选择一部制度的文本。系统读出章、条、款、项并列出存疑之处，由您核对、填写施行日期后收入制度库。"
    >
      <Upload />
    </Page>
  )
}

function Upload() {
  const go = useGo()
  const { may } = useFetched(contract.openImports, {})
  if (may.import) return <Refusals of={may.import} />
  return (
    <>
      <OpenImports />
      <Section>
        <div className="stack">
          <FileUpload
            operation={contract.readText}
            input={{}}
            label="选择文件"
            accept=".docx,.txt"
            multiple={false}
            maxBytes={8 * 1024 * 1024}
            onUploaded={({ id }) => go(`/regulations/imports/${id}`)}
          />
          <p className="quiet">
            可以是 .docx，或 .txt（UTF-8、GB 18030）。.doc、.wps、.pdf 请先另存为
            .docx；条文编号是自动编号的，请先转换为文字。涉及国家秘密的文件不得上传。
          </p>
        </div>
      </Section>
    </>
  )
}
