import { levelLabels } from '#kernel/pure/actor.ts'
import { formatChineseDate } from '#kernel/pure/local-date.ts'
import { rankLabels } from '#modules/organs/model.ts'
import { needKindLabels, type CatalogueEntry } from '#modules/standards/model.ts'
import { StandardValue } from '#modules/standards/model/value.ts'
import { catalogueText } from '#modules/standards/rules/catalogue.ts'
import { valueText } from '#modules/standards/rules/value-text.ts'
import { changeActLabels, type ChangeContent, type DraftHead } from '../model.ts'

type Line = { lineNo: number; content: ChangeContent; before: unknown }

/** The draft in words, as the organs asked for their opinion read it. */
export function draftText({ draft, changes }: { draft: DraftHead; changes: readonly Line[] }): string {
  return [
    `理由：${draft.reason}`,
    draft.inForceOn === null ? '' : `拟自${formatChineseDate(draft.inForceOn)}起施行。`,
    ...changes.map((line) => {
      const { name, before, after } = lineWords(line)
      const was = before === '' ? '' : `，原为“${before}”`
      return `${line.lineNo}. ${name}（${changeActLabels[line.content.act]}）：${after}${was}。${line.content.reason}`
    }),
  ]
    .filter((text) => text !== '')
    .join('\n')
}

/** One change in words: what it is called, what held before, what is proposed. */
export function lineWords({ content, before }: Line): { name: string; before: string; after: string } {
  if (content.subject === 'catalogue') {
    const was = before as CatalogueEntry | null
    return {
      name: needKindLabels[content.needKind],
      before: was === null ? '' : words(was),
      after: content.act === 'end' ? '废止' : words(content),
    }
  }
  const was = before === null ? null : StandardValue.safeParse((before as { value: unknown }).value)
  return {
    name: nameWithScope(content),
    before: was?.success ? valueText(was.data) : '',
    after: content.act === 'end' || content.value === null ? '废止' : valueText(content.value),
  }
}

/** An entry in words; one kept before things could be named one by one has none. */
function words(entry: Omit<Parameters<typeof catalogueText>[0], 'items'> & { items?: string[] }): string {
  return catalogueText({ ...entry, items: entry.items ?? [] })
}

/** 办公用房面积（市级机关，县处级正职）. */
export function nameWithScope({
  title,
  level,
  rank,
}: Pick<Extract<ChangeContent, { subject: 'standard' }>, 'title' | 'level' | 'rank'>): string {
  const scope = [level === null ? '' : `${levelLabels[level]}机关`, rank === null ? '' : rankLabels[rank]].filter(
    (part) => part !== '',
  )
  return scope.length === 0 ? title : `${title}（${scope.join('，')}）`
}

/** A proposed row as the audit record keeps it: what people read, and the figures behind it. */
export function inWords(content: ChangeContent): Record<string, unknown> {
  const { name, after } = lineWords({ lineNo: 0, content, before: null })
  const { reason, note, citation } = content
  return { title: name, act: changeActLabels[content.act], value: after, reason, note, citation, content }
}
