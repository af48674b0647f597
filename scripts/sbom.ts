import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { billOfMaterials, written } from './supply/bill-of-materials.ts'
import { readLockfile } from './supply/lockfile.ts'

/** `npm run sbom`: writes docs/sbom.cdx.json of the lockfile. Done when a dependency changes; a test holds both together. */
const root = join(import.meta.dirname, '..')
const product = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
  name: string
  version: string
  license: string
}
const { packages } = await readLockfile(root)
const bill = billOfMaterials(product, packages) as { components: unknown[] }
await writeFile(join(root, 'docs', 'sbom.cdx.json'), written(bill))
console.log(`docs/sbom.cdx.json: ${bill.components.length} components`)
