import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** One package of the tree, as the lockfile has it. */
export type LockedPackage = {
  /** Its folder, from the root: `node_modules/a/node_modules/b`. */
  path: string
  name: string
  version: string
  integrity: string
  licence: string | null
  installScript: boolean
  /** Needed to run, not only to develop. */
  runtime: boolean
  /** For one system or processor only; installed where it fits. */
  platform: boolean
  dependencies: readonly string[]
}

type Entry = {
  version?: string
  integrity?: string
  resolved?: string
  license?: string
  hasInstallScript?: boolean
  dev?: boolean
  devOptional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

export type Lockfile = {
  packages: readonly LockedPackage[]
  /** Addresses of a registry; there should be none. */ addresses: number
}

/** Reads package-lock.json of `root`. @throws Error where a package has no version or integrity */
export async function readLockfile(root: string): Promise<Lockfile> {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Entry>
  }
  const entries = Object.entries(packages).filter(([path]) => path !== '')
  return {
    addresses: entries.filter(([, { resolved }]) => resolved !== undefined).length,
    packages: entries.map(([path, entry]) => {
      if (entry.version === undefined || entry.integrity === undefined) throw new Error(`${path} is not locked`)
      return {
        path,
        name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
        version: entry.version,
        integrity: entry.integrity,
        licence: entry.license ?? null,
        installScript: entry.hasInstallScript === true,
        runtime: entry.dev !== true && entry.devOptional !== true,
        platform: entry.os !== undefined || entry.cpu !== undefined || entry.libc !== undefined,
        dependencies: Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }),
      }
    }),
  }
}

/** The package that `name` means within the folder `path`: the nearest one upwards, as Node finds it. */
export function found(packages: ReadonlyMap<string, LockedPackage>, path: string, name: string): LockedPackage | null {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const one = packages.get(`${at}/node_modules/${name}`)
    if (one) return one
  }
  return packages.get(`node_modules/${name}`) ?? null
}
