import { found, type LockedPackage } from './lockfile.ts'

/**
 * The bill of materials of what runs (CycloneDX 1.5), made of the lockfile alone: the same lockfile gives the same bytes,
 * so it carries no time and no serial number. `npm sbom --omit dev` leaves out packages that are only reached through
 * others' optional ones; this one has all of them.
 */
export function billOfMaterials(
  product: { name: string; version: string; license: string },
  all: readonly LockedPackage[],
): object {
  const runtime = all.filter(({ runtime: runs }) => runs)
  const byPath = new Map(all.map((one) => [one.path, one]))
  const components = new Map<string, object>()
  const dependencies = new Map<string, Set<string>>()
  for (const one of runtime) {
    const ref = refOf(one)
    const [algorithm = '', digest = ''] = (one.integrity.split(' ')[0] as string).split(/-(.*)/s)
    components.set(ref, {
      type: 'library',
      'bom-ref': ref,
      name: one.name,
      version: one.version,
      scope: one.platform ? 'optional' : 'required',
      purl: `pkg:npm/${one.name.replace('@', '%40')}@${one.version}`,
      hashes: [{ alg: algorithm.replace(/^sha/, 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex') }],
      ...(one.licence === null ? {} : { licenses: [licenceOf(one.licence)] }),
    })
    const needs = dependencies.get(ref) ?? new Set()
    dependencies.set(ref, needs)
    for (const name of one.dependencies) {
      const other = found(byPath, one.path, name)
      if (other?.runtime) needs.add(refOf(other))
    }
  }
  const inOrder = (refs: Iterable<string>) => [...refs].toSorted()
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': `${product.name}@${product.version}`,
        name: product.name,
        version: product.version,
        licenses: [licenceOf(product.license)],
      },
    },
    components: inOrder(components.keys()).map((ref) => components.get(ref)),
    dependencies: inOrder(dependencies.keys()).map((ref) => ({ ref, dependsOn: inOrder(dependencies.get(ref) ?? []) })),
  }
}

/** The bill as a file: a component a line, so that a change of one shows as one. */
export function written(bill: object): string {
  const lines = (values: readonly object[]) => values.map((value) => `  ${JSON.stringify(value)}`).join(',\n')
  const { components, dependencies, ...head } = bill as { components: object[]; dependencies: object[] }
  const opening = JSON.stringify(head, null, 1).replace(/\n\}$/, '')
  return `${opening},\n "components": [\n${lines(components)}\n ],\n "dependencies": [\n${lines(dependencies)}\n ]\n}\n`
}

function refOf({ name, version }: LockedPackage): string {
  return `${name}@${version}`
}

/** One licence by its SPDX id, several as an expression. */
function licenceOf(licence: string): object {
  return /^[\w.-]+$/.test(licence) ? { license: { id: licence } } : { expression: licence.replace('MIT/X11', 'MIT') }
}
