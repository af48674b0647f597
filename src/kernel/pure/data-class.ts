/**
 * Classes of data (数据分类分级; 个人信息保护法 Art. 28, 51; GB/T 22239-2019 8.1.4.11): every column with text belongs to
 * one, by its name or by the declaration of its module. `docs/data-classes.md` lists what is not public or internal.
 */
export const dataClasses = {
  /** May be published (Art. 37). */
  public: { title: '公开' },
  /** For those whose business it is: policies and row-level security. */
  internal: { title: '内部' },
  /** Tells of a person in office: name, account, what was done when from where. Shown where the office needs it. */
  personal: { title: '个人信息' },
  /** Numbers that point at one person, what somebody confides: sealed, masked, opened for a purpose that is recorded. */
  sensitive: { title: '敏感个人信息' },
  /** Opens something: kept only as digest or sealed, shown to nobody. */
  secret: { title: '秘密' },
} as const
export type DataClass = keyof typeof dataClasses

/** What a module says of the columns of its schema. */
export type DataDeclaration = {
  /** The class of columns whose names say nothing of persons or secrets. */
  otherwise: 'public' | 'internal'
  /** `table.column`, where its name does not say it. */
  columns?: Readonly<Record<string, DataClass>>
}

/** Names that say of themselves what they hold, in every schema. */
const byName: readonly (readonly [RegExp, DataClass])[] = [
  [/(^|_)(password|token|recovery_code)_hash$|_secret$|^salts$/, 'secret'],
  [/_by_name$|(^|_)(person|owner)_name$/, 'personal'],
  [/^(jurisdiction_name|organ_name|acting_organ_name|item_name|file_name|short_name|name_grams)$/, 'internal'],
  [/(^|_)(sha256|sm3|digest|hash)$/, 'internal'],
]

/** A name that may hold data of a person, or a secret: never classed by what is left over. */
const tellsOfSomebody =
  /name|phone|mobile|contact|mail|address|identity|bank|birth|reporter|person|password|token|secret|_by$|source$|agent|author|owner/

/**
 * The class of a column; null where its name needs a declaration and there is none.
 * @param column `schema.table.column`
 */
export function dataClassOf(column: string, declared: DataDeclaration | undefined): DataClass | null {
  const [, table = '', name = ''] = column.split('.')
  const said = declared?.columns?.[`${table}.${name}`]
  if (said) return said
  const known = byName.find(([pattern]) => pattern.test(name))?.[1]
  if (known) return known
  return declared === undefined || tellsOfSomebody.test(name) ? null : declared.otherwise
}

/** The kernel's own columns. */
export const kernelData: DataDeclaration = {
  otherwise: 'internal',
  columns: {
    'audit_entry.source': 'personal',
    'audit_entry.before': 'personal',
    'audit_entry.after': 'personal',
    'audit_entry.basis': 'personal',
    'backup.name': 'internal',
    'calendar_day.name': 'public',
    'idempotency.actor': 'internal',
    // Operations that answer with personal numbers are `secret`: nothing of them is kept.
    'idempotency.response': 'personal',
    'issued_document.document': 'personal',
    'issued_document.issued_by': 'personal',
    'job_run.actor': 'personal',
    'job_run.data': 'personal',
    'job_run.result': 'personal',
    'job_run.name': 'internal',
    'migration.name': 'internal',
    'sealed_record.content': 'sensitive',
  },
}
