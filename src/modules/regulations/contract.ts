import { z } from 'zod'
import { defineContract, Instant, pageInput, pageOf, UploadedFile } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import { NormKind, Standing as NormStanding } from '#modules/norms/model.ts'
import { StandardKind } from '#modules/standards/model.ts'
import {
  ArticleKey,
  Field,
  JurisdictionScope,
  LawArticle,
  LawText,
  longestText,
  Oddity,
  Standing,
  VersionFacts,
  WorkKind,
} from './model.ts'

const searchText = z.string().trim().max(60)

export const WorkRow = z.object({
  id: z.uuid(),
  title: z.string(),
  kind: WorkKind,
  fields: z.array(Field),
  jurisdictionCode: z.string(),
  jurisdictionName: z.string(),
  /** The version that counts on the day, else the one that counts next, else the last. */
  versionId: z.uuid(),
  documentNumber: z.string().nullable(),
  issuer: z.string(),
  validFrom: LocalDateSchema,
  validUntil: LocalDateSchema.nullable(),
  standing: Standing,
  versions: z.number().int(),
  articles: z.number().int(),
  oddities: z.number().int(),
})
export type WorkRow = z.infer<typeof WorkRow>

export const Hit = z.object({
  workId: z.uuid(),
  versionId: z.uuid(),
  workTitle: z.string(),
  kind: WorkKind,
  jurisdictionName: z.string(),
  /** Null where the title was found. */
  article: ArticleKey.nullable(),
  label: z.string(),
  excerpt: z.object({ text: z.string(), marks: z.array(z.object({ from: z.number().int(), to: z.number().int() })) }),
})
export type Hit = z.infer<typeof Hit>

export const VersionHead = z.object({
  id: z.uuid(),
  title: z.string(),
  documentNumber: z.string().nullable(),
  issuer: z.string(),
  issuedOn: LocalDateSchema,
  validFrom: LocalDateSchema,
  validUntil: LocalDateSchema.nullable(),
  standing: Standing,
  articles: z.number().int(),
  importedByName: z.string(),
  importedAt: Instant,
  fileName: z.string(),
  sha256: z.string(),
})

/** What stands beside an article: norms of the Regulation, standards that cite it, articles an authority has tied to it. */
export const Beside = z.object({
  article: ArticleKey,
  norms: z.array(
    z.object({ id: z.string(), place: z.string(), kind: NormKind, text: z.string(), standing: NormStanding }),
  ),
  /** One entry a code, whatever rows it has for levels and ranks. */
  standards: z.array(z.object({ code: z.string(), title: z.string(), kind: StandardKind, citation: z.string() })),
  links: z.array(
    z.object({
      id: z.uuid(),
      workId: z.uuid(),
      workTitle: z.string(),
      article: ArticleKey.nullable(),
      note: z.string(),
      createdByName: z.string(),
    }),
  ),
})
export type Beside = z.infer<typeof Beside>

/** Texts of the library that are named in 《》 here, by their titles. */
const NamedWorks = z.array(z.object({ title: z.string(), workId: z.uuid() }))

const workFacts = {
  id: z.uuid(),
  title: z.string(),
  kind: WorkKind,
  fields: z.array(Field),
  jurisdictionCode: z.string(),
  jurisdictionName: z.string(),
  version: z.number().int(),
}

export const WorkView = z.object({
  work: z.object(workFacts),
  versions: z.array(VersionHead),
  shownVersionId: z.uuid(),
  law: LawText,
  beside: z.array(Beside),
  named: NamedWorks,
  may: z.object({ change: May }),
})
export type WorkView = z.infer<typeof WorkView>

export const ArticleView = z.object({
  work: z.object(workFacts),
  shown: VersionHead,
  /** 第四章 保障计划; empty before the first heading. */
  headings: z.array(z.string()),
  article: LawArticle,
  oddities: z.array(Oddity),
  beside: Beside,
  named: NamedWorks,
  previous: z.object({ key: ArticleKey, label: z.string() }).nullable(),
  next: z.object({ key: ArticleKey, label: z.string() }).nullable(),
})
export type ArticleView = z.infer<typeof ArticleView>

export const ImportView = z.object({
  id: z.uuid(),
  fileName: z.string(),
  sha256: z.string(),
  state: z.enum(['open', 'confirmed', 'given-up']),
  /** Null once it is confirmed or given up. */
  source: z.string().nullable(),
  /** Paragraphs whose numbers the word processor makes: they are not in the text. */
  automaticNumbers: z.number().int(),
  oddities: z.array(Oddity),
  uploadedByName: z.string(),
  createdAt: Instant,
  workId: z.uuid().nullable(),
  /** Works of the same library that a new version may be of. */
  works: z.array(
    z.object({
      id: z.uuid(),
      title: z.string(),
      kind: WorkKind,
      fields: z.array(Field),
      versions: z.array(
        z.object({
          id: z.uuid(),
          validFrom: LocalDateSchema,
          validUntil: LocalDateSchema.nullable(),
          documentNumber: z.string().nullable(),
        }),
      ),
    }),
  ),
})
export type ImportView = z.infer<typeof ImportView>

const ImportHead = z.object({ id: z.uuid(), fileName: z.string(), uploadedByName: z.string(), createdAt: Instant })

const Compared = z.object({
  state: z.enum(['same', 'renumbered', 'changed', 'added', 'removed']),
  before: z.object({ key: ArticleKey, label: z.string() }).nullable(),
  after: z.object({ key: ArticleKey, label: z.string() }).nullable(),
  runs: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
})

export const SystemView = z.object({
  on: LocalDateSchema,
  jurisdictionName: z.string(),
  /** The year of the demands counted; null where the reader may not see them. */
  usesOfYear: z.number().int().nullable(),
  fields: z.array(
    z.object({
      field: Field,
      works: z.array(
        z.object({
          id: z.uuid(),
          title: z.string(),
          kind: WorkKind,
          documentNumber: z.string().nullable(),
          standing: Standing,
          versions: z.number().int(),
        }),
      ),
      standards: z.array(
        z.object({
          code: z.string(),
          title: z.string(),
          kind: StandardKind,
          citation: z.string(),
          /** Rows in force, by level and rank. */
          rows: z.number().int(),
          /** First day of the newest row. */
          from: LocalDateSchema,
          /** The text of the library that its citation names; null is a gap. */
          workId: z.uuid().nullable(),
          /** Lines of this year's demands of the level that it measures; null where not counted. */
          uses: z.number().int().nullable(),
        }),
      ),
      norms: z.number().int(),
      gaps: z.number().int(),
    }),
  ),
})
export type SystemView = z.infer<typeof SystemView>

export const contract = defineContract('regulations', {
  works: {
    method: 'GET',
    path: '/works',
    summary: '制度库：现行和历次制度',
    input: z.object({
      text: searchText.optional().describe('标题、文号或制定机关的任意片段'),
      kind: WorkKind.optional(),
      field: Field.optional(),
      jurisdictionCode: JurisdictionScope.optional(),
      on: LocalDateSchema.optional().describe('只列这一天有效的'),
      ...pageInput,
    }),
    output: pageOf(WorkRow).extend({ may: z.object({ import: May }) }),
  },
  search: {
    method: 'GET',
    path: '/search',
    summary: '检索标题和条文（一个字起，任意片段）',
    input: z.object({
      text: searchText.min(1, '请输入要检索的字词。'),
      kind: WorkKind.optional(),
      jurisdictionCode: JurisdictionScope.optional(),
      workId: z.uuid().optional(),
      on: LocalDateSchema.optional().describe('检索这一天有效的版本，默认今天'),
      ...pageInput,
    }),
    output: pageOf(Hit),
  },
  viewWork: {
    method: 'GET',
    path: '/works/:workId',
    summary: '阅读一部制度：结构、条文、存疑之处、规范和标准',
    input: z.object({ workId: z.uuid(), versionId: z.uuid().optional(), on: LocalDateSchema.optional() }),
    output: WorkView,
  },
  viewArticle: {
    method: 'GET',
    path: '/works/:workId/articles/:article',
    summary: '一条条文及其规范、标准和关联条文',
    input: z.object({ workId: z.uuid(), article: ArticleKey, on: LocalDateSchema.optional() }),
    output: ArticleView,
  },
  compare: {
    method: 'GET',
    path: '/works/:workId/comparison',
    summary: '逐条比较两个版本',
    input: z.object({ workId: z.uuid(), before: z.uuid(), after: z.uuid() }),
    output: z.object({
      work: z.object(workFacts),
      versions: z.array(VersionHead),
      before: VersionHead,
      after: VersionHead,
      articles: z.array(Compared),
    }),
  },
  system: {
    method: 'GET',
    path: '/system',
    summary: '标准体系：各领域的制度、标准、实施和缺口',
    input: z.object({}),
    output: SystemView,
  },
  openImports: {
    method: 'GET',
    path: '/imports',
    summary: '尚未确认的导入',
    input: z.object({}),
    output: z.object({ items: z.array(ImportHead), may: z.object({ import: May }) }),
  },
  /** Reads a text and keeps it for its clerk; nothing counts before it is confirmed. */
  readText: {
    method: 'POST',
    path: '/imports',
    summary: '上传制度文本（.docx、.txt），读出条文供核对',
    kind: 'upload',
    maxBytes: 8 * 1024 * 1024,
    input: z.object({ file: UploadedFile }),
    output: ImportView,
  },
  viewImport: {
    method: 'GET',
    path: '/imports/:importId',
    summary: '查看导入',
    input: z.object({ importId: z.uuid() }),
    output: ImportView,
  },
  giveUpImport: {
    method: 'POST',
    path: '/imports/:importId/withdrawal',
    summary: '放弃导入',
    input: z.object({ importId: z.uuid() }),
    output: z.object({ id: z.uuid() }),
  },
  confirmImport: {
    method: 'POST',
    path: '/imports/:importId/confirmation',
    summary: '确认导入，收入制度库',
    maxBytes: 4 * 1024 * 1024,
    input: z.object({
      importId: z.uuid(),
      /** As read, or as corrected against the original. */
      source: z.string().min(1, '正文是空的。').max(longestText, `正文最多${longestText}字。`),
      /** Ids of the errors that are right in this text. */
      confirmed: z.array(z.string().max(60)).max(100).default([]),
      title: z.string().trim().min(1, '请填写标题。').max(100),
      kind: WorkKind,
      fields: z.array(Field).min(1, '请至少选择一个领域。').max(6),
      /** Null for a work that is new to the library. */
      workId: z.uuid().nullable().default(null),
      /** The version that the new one ends. */
      supersedes: z.uuid().nullable().default(null),
      ...VersionFacts.shape,
    }),
    output: z.object({ workId: z.uuid(), versionId: z.uuid() }),
  },
  endVersion: {
    method: 'POST',
    path: '/versions/:versionId/ending',
    summary: '登记失效（废止）',
    input: z.object({
      versionId: z.uuid(),
      lastDay: LocalDateSchema,
      document: z.string().trim().min(1, '请填写依据文件。').max(200),
    }),
    output: z.object({ workId: z.uuid() }),
  },
  addLink: {
    method: 'POST',
    path: '/versions/:versionId/links',
    summary: '为条文关联其他条文',
    input: z.object({
      versionId: z.uuid(),
      article: ArticleKey,
      toWorkId: z.uuid(),
      toArticle: ArticleKey.nullable().default(null),
      note: z.string().trim().max(200).default(''),
    }),
    output: z.object({ id: z.uuid() }),
  },
  removeLink: {
    method: 'DELETE',
    path: '/links/:linkId',
    summary: '取消关联',
    input: z.object({ linkId: z.uuid() }),
    output: z.object({ id: z.uuid() }),
  },
})
