import { Button } from 'antd'
import { levelLabels } from '#kernel/pure/actor.ts'
import { Go } from '#kernel/web/going.tsx'
import { needKindLabels } from '#modules/standards/model.ts'
import { changeKindLabels, type ChangeKind, type Scope } from '../model.ts'
import { capText, centralisedLabels, limitText } from '../rules/assumptions.ts'
import { CatalogueFields, HeadcountFields, ParameterFields, PriceFields, StandardFields } from './ChangeFields.tsx'
import { newDraft, readDraft, type ChangeDraft, type Grounds } from './change-draft.ts'

const kinds: readonly ChangeKind[] = ['standard', 'price', 'headcount', 'catalogue', 'parameter']
const addLabels: Record<ChangeKind, string> = {
  standard: '标准',
  price: '价格',
  headcount: '人数',
  catalogue: '目录',
  parameter: '参数',
}

/** The changes of a scenario as cards: what is in force is filled in, and every figure can be moved in place. */
export function ChangeList({
  drafts,
  grounds,
  scope,
  clashing,
  onChange,
}: {
  drafts: readonly ChangeDraft[]
  grounds: Grounds
  scope: Scope
  /** Why the changes together cannot be kept, by the place of the later one. */
  clashing: ReadonlyMap<number, string>
  onChange: (drafts: ChangeDraft[]) => void
}) {
  const put = (draft: ChangeDraft) => onChange(drafts.map((one) => (one.key === draft.key ? draft : one)))
  return (
    <div className="whatif-changes">
      {drafts.length === 0 && (
        <p className="quiet">还没有变化，方案与基准相同。添加一项变化，例如一项标准的单价上限。</p>
      )}
      <ol>
        {drafts.map((draft, index) => {
          const { problem } = readDraft(draft, grounds)
          const wrong = problem ?? clashing.get(index) ?? null
          return (
            <li key={draft.key} className={wrong ? 'whatif-card whatif-card-open' : 'whatif-card'}>
              <div className="whatif-card-head">
                <b>
                  {index + 1}　{changeKindLabels[draft.kind]}
                </b>
                <button
                  type="button"
                  className="link-button"
                  aria-label={`移除第${index + 1}项变化`}
                  onClick={() => onChange(drafts.filter(({ key }) => key !== draft.key))}
                >
                  移除
                </button>
              </div>
              <FieldsOf draft={draft} grounds={grounds} scope={scope} put={put} />
              <InForce draft={draft} grounds={grounds} />
              {wrong && (
                <p className="whatif-problem" role="status">
                  {wrong}
                </p>
              )}
            </li>
          )
        })}
      </ol>
      <div className="row whatif-add" role="group" aria-label="添加变化">
        <span className="quiet">添加变化</span>
        {kinds.map((kind) => (
          <Button key={kind} size="small" onClick={() => onChange([...drafts, newDraft(kind, grounds, drafts)])}>
            {addLabels[kind]}
          </Button>
        ))}
      </div>
    </div>
  )
}

type CardProps = { draft: ChangeDraft; grounds: Grounds; scope: Scope; put: (draft: ChangeDraft) => void }

function FieldsOf({ draft, ...rest }: CardProps) {
  switch (draft.kind) {
    case 'standard':
      return <StandardFields draft={draft} {...rest} />
    case 'price':
      return <PriceFields draft={draft} {...rest} />
    case 'headcount':
      return <HeadcountFields draft={draft} {...rest} />
    case 'catalogue':
      return <CatalogueFields draft={draft} {...rest} />
    case 'parameter':
      return <ParameterFields draft={draft} {...rest} />
  }
}

/** What is in force instead, with its source; from a standard one goes on to drawing up its revision. */
function InForce({ draft, grounds }: { draft: ChangeDraft; grounds: Grounds }) {
  if (draft.kind === 'standard') {
    const item = grounds.items.find(({ code }) => code === draft.code)
    if (!item) return null
    const { priceCapFen, limit, minimumYears } = item.value
    return (
      <p className="whatif-now">
        现行：单价上限{capText(priceCapFen)}；{limitText(limit)}；
        {minimumYears === null ? '不限年限' : `最低使用${minimumYears}年`}。{item.citation}
        {item.level === null ? '' : `（${levelLabels[item.level]}）`}{' '}
        <Go to={`/standards/drafts/new?kind=${item.kind}&row=${item.id}`}>拟定标准修订</Go>
      </p>
    )
  }
  if (draft.kind === 'catalogue') {
    const entry = grounds.catalogue.find(({ needKind }) => needKind === draft.needKind)
    return entry ? (
      <p className="whatif-now">
        现行：{needKindLabels[entry.needKind]}，{centralisedLabels[entry.centralised]}。{entry.citation}
      </p>
    ) : null
  }
  if (draft.kind === 'parameter') {
    const known = grounds.parameters.find(({ code }) => code === draft.code)
    return known ? (
      <p className="whatif-now">
        现行：{known.value}
        {known.unit}。{known.citation}
      </p>
    ) : null
  }
  return (
    <p className="whatif-now">
      {draft.kind === 'price'
        ? '现行：各机关申请的价格。物品的价格变化优先于类别的。'
        : '现行：机关登记的编制内实有人数。范围小的优先：选定机关、机关类别、层级、所有机关。'}
    </p>
  )
}
