import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ModuleManifest } from '#kernel/module.ts'

const modulesDirectory = join(import.meta.dirname, '..', 'modules')

/** Every module found by listing the folder, each after those it needs. Adding or deleting a folder is all it takes. */
export async function discoverModules(): Promise<ModuleManifest[]> {
  const names = readdirSync(modulesDirectory).filter((name) => existsSync(join(modulesDirectory, name, 'module.ts')))
  const manifests = await Promise.all(
    names.map(async (name) => {
      const manifest = (
        (await import(pathToFileURL(join(modulesDirectory, name, 'module.ts')).href)) as { default: ModuleManifest }
      ).default
      if (manifest.name !== name) throw new Error(`module folder ${name} declares the name ${manifest.name}`)
      return manifest
    }),
  )
  return inOrderOfNeeds(manifests)
}

/** Sorts modules so that each comes after its needs; a missing need or a cycle stops the start, by name. */
function inOrderOfNeeds(manifests: readonly ModuleManifest[]): ModuleManifest[] {
  const byName = new Map(manifests.map((manifest) => [manifest.name, manifest]))
  const ordered: ModuleManifest[] = []
  const visit = (manifest: ModuleManifest, trail: string[]): void => {
    if (ordered.includes(manifest)) return
    if (trail.includes(manifest.name))
      throw new Error(`modules need each other in a circle: ${[...trail, manifest.name].join(' → ')}`)
    for (const need of manifest.needs) {
      const needed = byName.get(need)
      if (!needed) throw new Error(`module ${manifest.name} needs module ${need}, which is not there`)
      visit(needed, [...trail, manifest.name])
    }
    ordered.push(manifest)
  }
  for (const manifest of [...manifests].sort((a, b) => (a.name < b.name ? -1 : 1))) visit(manifest, [])
  return ordered
}

/** Where a module keeps its SQL migrations; the folder need not exist. */
export function migrationsDirectory(moduleName: string): string {
  return join(modulesDirectory, moduleName, 'migrations')
}
