/** Who may import whom: the architecture, checked. */
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'pure-stays-pure',
      comment: 'model, law, rules, policy, contract, the statutory terms and kernel/pure run in the browser too: they import each other and zod',
      severity: 'error',
      from: { path: '^src/kernel/pure/|^src/modules/[^/]+/(model|law|rules|policy|contract|cases|words)(\\.ts$|/)|^src/modules/duties/reference/', pathNot: '\\.test\\.ts$' },
      to: {
        pathNot: '^src/kernel/pure/|^src/modules/[^/]+/(model|law|rules|policy|contract|cases)(\\.ts$|/)|^src/modules/duties/reference/|node_modules/zod/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'kernel-knows-no-module',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { path: '^src/(modules|apps)/' },
    },
    {
      name: 'modules-meet-at-offers',
      comment: "from another module's code only its offers, model, contract, reference data, cases and web panels; of standards also its pure evaluators",
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/(?!$1/)[^/]+/', pathNot: '^src/modules/[^/]+/((offers|model|contract|cases)\\.ts$|reference/|web/[A-Z][A-Za-z]*Panel\\.tsx$)|^src/modules/standards/(model|rules)/' },
    },
    { name: 'modules-know-no-app', severity: 'error', from: { path: '^src/modules/' }, to: { path: '^src/apps/' } },
    {
      name: 'browser-has-no-server',
      severity: 'error',
      from: { path: '^src/(kernel|modules/[^/]+|apps)/web/' },
      to: { path: '^src/kernel/server/|^src/modules/[^/]+/(store|actions|offers)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'server-has-no-screen',
      severity: 'error',
      from: { path: '^src/(kernel/server|modules/[^/]+/(store|actions|offers))' },
      to: { path: '/web/' },
    },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '\\.(d|test|e2e)\\.ts$|\\.css$|module\\.ts$|^src/apps/' }, to: {} },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(db\\.test|test|e2e)\\.tsx?$|/testing/|/fixtures/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.js', '.mjs'] },
  },
}
