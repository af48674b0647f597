import { Segmented } from 'antd'
import { z } from 'zod'
import { useFetched } from '#kernel/web/fetching.ts'
import { Go, useFilters } from '#kernel/web/going.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { standardKindLabels } from '#modules/standards/model.ts'
import { contract, type SystemView } from '../contract.ts'
import { fieldLabels, standingLabels, workKindLabels } from '../model.ts'
import { standingTones } from './LibraryPage.tsx'
import { readerPath, standardPath } from './paths.ts'
import './regulations.css'
import './system.css'

const Filters = z.object({ show: z.enum(['all', 'gaps']).default('all').catch('all') })

/** The standards system as a whole: by field the texts, the standards, how much they are used, and what is missing. */
export default function SystemPage() {
  const [{ show }, change] = useFilters(Filters)
  return (
    <Page
      title="标准体系"
      lead="各领域由哪些制度和标准构成、实施到什么程度、还缺什么。"
      actions={
        <Segmented
          aria-label="显示范围"
          value={show}
          onChange={(value) => change({ show: value === 'gaps' ? 'gaps' : undefined })}
          options={[
            { value: 'all', label: '全部' },
            { value: 'gaps', label: '只看缺口' },
          ]}
        />
      }
    >
      <System gapsOnly={show === 'gaps'} />
    </Page>
  )
}

type FieldView = SystemView['fields'][number]

function System({ gapsOnly }: { gapsOnly: boolean }) {
  const view = useFetched(contract.system, {})
  const sum = (count: (field: FieldView) => number) => view.fields.reduce((all, field) => all + count(field), 0)
  const works = new Set(view.fields.flatMap((field) => field.works.map(({ id }) => id))).size
  const shown = view.fields.filter(({ works: texts, standards, gaps, norms }) =>
    gapsOnly ? gaps > 0 || (texts.length === 0 && norms > 0) : texts.length + standards.length + norms > 0,
  )
  return (
    <>
      <p className="quiet law-system-lead">
        {`${view.jurisdictionName}，${view.on}：制度${works}部，标准${sum(({ standards }) => standards.length)}项，其中${sum(({ gaps }) => gaps)}项所依据的文件没有收入制度库。`}
        {view.usesOfYear !== null && `“使用”为本级${view.usesOfYear}年度需求申请中按标准核对的行数。`}
      </p>
      <Overview fields={shown} counted={view.usesOfYear !== null} />
      {shown
        .filter(({ works: texts, standards }) => texts.length + standards.length > 0)
        .map((field) => (
          <FieldPart key={field.field} field={field} gapsOnly={gapsOnly} />
        ))}
    </>
  )
}

/** All fields at a glance, each leading to its part below. */
function Overview({ fields, counted }: { fields: readonly FieldView[]; counted: boolean }) {
  return (
    <div className="law-system-frame law-system-overview">
      <table className="law-system" aria-label="标准体系一览">
        <thead>
          <tr>
            <th scope="col">领域</th>
            <th scope="col">条例规范（项）</th>
            <th scope="col">制度（部）</th>
            <th scope="col">标准（项）</th>
            {counted && <th scope="col">使用（行）</th>}
            <th scope="col">缺口</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ field, norms, works, standards, gaps }) => (
            <tr key={field}>
              <th scope="row">
                {works.length + standards.length > 0 ? (
                  <a href={`#field-${field}`}>{fieldLabels[field]}</a>
                ) : (
                  fieldLabels[field]
                )}
              </th>
              <td className="number">{norms}</td>
              <td className="number">{works.length}</td>
              <td className="number">{standards.length}</td>
              {counted && <td className="number">{standards.reduce((all, { uses }) => all + (uses ?? 0), 0)}</td>}
              <td>
                {gaps > 0 && <StateTag tone="warn" word={`${gaps}项标准缺依据文件`} />}
                {works.length === 0 && norms > 0 && <StateTag tone="warn" word="没有专门的制度" />}
                {gaps === 0 && works.length > 0 && <span className="quiet">无</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function FieldPart({ field, gapsOnly }: { field: FieldView; gapsOnly: boolean }) {
  const { works } = field
  const standards = gapsOnly ? field.standards.filter(({ workId }) => workId === null) : field.standards
  if (gapsOnly && standards.length === 0) return null
  return (
    <div id={`field-${field.field}`} className="law-field">
      <Section title={fieldLabels[field.field]}>
        {!gapsOnly && works.length > 0 && (
          <ul className="law-system-works" aria-label={`${fieldLabels[field.field]}的制度`}>
            {works.map(({ id, title, kind, documentNumber, standing, versions }) => (
              <li key={id}>
                <Go to={readerPath(id)}>{title}</Go>
                <span className="quiet">
                  {' '}
                  {[workKindLabels[kind], documentNumber, versions > 1 ? `${versions}个版本` : null]
                    .filter(Boolean)
                    .join(' · ')}
                </span>{' '}
                {standing !== 'in-force' && <StateTag tone={standingTones[standing]} word={standingLabels[standing]} />}
              </li>
            ))}
          </ul>
        )}
        {standards.length > 0 && <Standards standards={standards} label={`${fieldLabels[field.field]}的标准`} />}
      </Section>
    </div>
  )
}

function Standards({ standards, label }: { standards: FieldView['standards']; label: string }) {
  const counted = standards.some(({ uses }) => uses !== null)
  return (
    <div className="law-system-frame">
      <table className="law-system" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">标准</th>
            <th scope="col">种类</th>
            <th scope="col">依据</th>
            <th scope="col">自</th>
            {counted && <th scope="col">使用（行）</th>}
          </tr>
        </thead>
        <tbody>
          {standards.map(({ code, title, kind, citation, rows, from, workId, uses }) => (
            <tr key={code}>
              <th scope="row">
                <Go to={standardPath(code)}>{title}</Go>
                {rows > 1 && <span className="quiet"> {rows}档</span>}
              </th>
              <td>{standardKindLabels[kind]}</td>
              <td>
                {workId === null ? (
                  <>
                    {citation} <StateTag tone="warn" word="未收录" />
                  </>
                ) : (
                  <Go to={readerPath(workId)}>{citation}</Go>
                )}
              </td>
              <td className="number">{from}</td>
              {counted && <td className="number law-uses">{uses ?? '–'}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
