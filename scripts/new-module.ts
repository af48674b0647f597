import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { root } from './run-step.ts'

/** `npm run new-module NAME [中文名]`: a module folder that compiles, migrates, answers and shows a page. */
const [name, title = name] = process.argv.slice(2)
if (!name || !/^[a-z][a-z-]{1,30}$/.test(name)) {
  console.error(
    '用法：npm run new-module 英文名 [中文名]。英文名为小写字母和连字符，例如 npm run new-module warehouse 公物仓',
  )
  process.exit(1)
}
const folder = join(root, 'src', 'modules', name)
if (existsSync(folder)) {
  console.error(`模块 ${name} 已经存在。`)
  process.exit(1)
}
const schema = name.replaceAll('-', '_')

const files: Record<string, string> = {
  'README.md': `# ${name} ${title}\n\nWhat it owns, and the articles it carries.\n`,
  'model.ts': `import { z } from 'zod'\n\nexport const Item = z.object({ id: z.uuid(), name: z.string() })\nexport type Item = z.infer<typeof Item>\n`,
  'contract.ts': `import { z } from 'zod'
import { defineContract, pageInput, pageOf } from '#kernel/pure/contract.ts'
import { Item } from './model.ts'

export const contract = defineContract('${name}', {
  items: { method: 'GET', path: '/items', summary: '${title}列表', input: z.object(pageInput), output: pageOf(Item) },
})
`,
  'store.ts': `import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { Item } from './model.ts'

export async function itemsPage(tx: Tx, organId: string, after: string | undefined, limit: number): Promise<Item[]> {
  const { rows } = await sql<Item>\`select id, name from ${schema}.item
    where organ_id = \${organId} and (\${after ?? null}::uuid is null or id > \${after ?? null}) order by id limit \${limit}\`.execute(tx)
  return rows
}
`,
  'actions.ts': `import { pageFrom } from '#kernel/pure/page.ts'
import type { ActionsOf } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import type { contract } from './contract.ts'
import { itemsPage } from './store.ts'

export const actions: ActionsOf<typeof contract> = {
  async items({ tx, actor, input: { after, limit } }) {
    const rows = await itemsPage(tx, found(actor.organ, '所代表的机关').id, after, limit + 1)
    return pageFrom(rows, limit)
  },
}
`,
  'module.ts': `import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'

export default defineModule({ name: '${name}', title: '${title}', needs: ['organs'], contract, actions })
`,
  'migrations/0001-item.sql': `create table ${schema}.item (
  id uuid primary key,
  organ_id uuid not null,
  name text not null
);
create index item_organ on ${schema}.item (organ_id, id);
select kernel.guard_rows('${schema}.item', $$organ_id = (select kernel.own_organ())$$);
`,
  'web/routes.tsx': `import { defineRoutes } from '#kernel/web/routes.ts'

export default defineRoutes({
  navigation: [{ group: '工作', label: '${title}', path: '/${name}', order: 90 }],
  pages: [{ path: '/${name}', load: () => import('./ItemsPage.tsx') }],
})
`,
  'web/ItemsPage.tsx': `import { usePages } from '#kernel/web/fetching.ts'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'

export default function ItemsPage() {
  const pages = usePages(contract.items, { limit: 100 })
  return (
    <Page title="${title}">
      <Table
        label="${title}"
        columns={[{ key: 'name', title: '名称', value: ({ name }) => name }]}
        pages={pages}
        keyOf={({ id }) => id}
        empty={<Empty title="还没有记录" />}
      />
    </Page>
  )
}
`,
}

for (const [path, text] of Object.entries(files)) {
  const target = join(folder, path)
  await mkdir(dirname(target), { recursive: true })
  await writeFile(target, text)
}
console.log(`已生成 src/modules/${name}(${Object.keys(files).length} 个文件)。启动时会自动找到它。`)
