/** The import arrows of ARCHITECTURE.md. Type-only imports count. */
const workflowPackages = '^node_modules/@temporalio/(workflow|common)/';

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: { path: '^(domain|workflows|activities|integrations|database|templates|apps)/' },
      to: { circular: true },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^domain/' },
      to: { pathNot: '^domain/' },
    },
    {
      name: 'workflows-only-orchestrate',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { pathNot: ['^(domain|workflows)/', workflowPackages] },
    },
    {
      name: 'contract-stands-alone',
      severity: 'error',
      from: { path: '^workflows/contract/' },
      to: { path: '^workflows/', pathNot: '^workflows/contract/' },
    },
    {
      name: 'workflows-are-reached-by-contract',
      severity: 'error',
      from: { pathNot: '^(workflows|test)/' },
      to: { path: '^workflows/', pathNot: '^workflows/contract/' },
    },
    {
      name: 'database-knows-only-the-domain',
      severity: 'error',
      from: { path: '^database/' },
      to: { path: '^(workflows|activities|integrations|templates|apps|test)/' },
    },
    {
      name: 'adapters-know-only-the-domain-and-the-contract',
      severity: 'error',
      from: { path: '^integrations/' },
      to: { path: '^(workflows/(?!contract/)|activities|database|templates|apps|test)' },
    },
    // outgoing-http is no need of its own: it is the one guarded way out of the house, and all others may take it.
    {
      name: 'needs-do-not-know-each-other',
      severity: 'error',
      from: { path: '^integrations/([^/]+)/' },
      to: {
        path: '^integrations/',
        pathNot: ['^integrations/$1/', '^integrations/outgoing-http/'],
      },
    },
    {
      name: 'templates-see-domain-types-only',
      severity: 'error',
      from: { path: '^templates/' },
      to: { path: '^domain/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'templates-know-no-other-room',
      severity: 'error',
      from: { path: '^templates/' },
      to: { path: '^(workflows|activities|integrations|database|apps|test)/' },
    },
    {
      name: 'sql-stays-in-the-database-folder',
      severity: 'error',
      from: { pathNot: '^(database|test)/' },
      to: { path: 'node_modules/(@types/)?pg/' },
    },
    {
      name: 'activities-know-no-app',
      severity: 'error',
      from: { path: '^activities/' },
      to: { path: '^(apps|test)/' },
    },
    {
      name: 'activities-see-the-contract-only',
      severity: 'error',
      from: { path: '^activities/' },
      to: { path: '^workflows/', pathNot: '^workflows/contract/' },
    },
    {
      name: 'apps-stand-alone',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/standalone/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'web-speaks-through-its-client',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^(domain|workflows|activities|integrations|database|templates)/' },
    },
    {
      name: 'cli-knows-only-the-domain',
      severity: 'error',
      from: { path: '^apps/cli/' },
      to: { path: '^(workflows|activities|integrations|database|templates)/' },
    },
    {
      name: 'sandbox-knows-only-the-domain',
      severity: 'error',
      from: { path: '^apps/sandbox/' },
      to: { path: '^(workflows|activities|integrations|database|templates)/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.daymark)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
