const rule = (name, from, to, comment) => ({ name, severity: 'error', from, to, comment });

const spec = '\\.spec\\.ts$';
const pure = '\\.(decider|policy|projection|state|snapshot)\\.ts$';

module.exports = {
  forbidden: [
    rule(
      'resolvable',
      {},
      { couldNotResolve: true, pathNot: '^fhir/' },
      'An import that nobody can follow is one that no rule can judge.',
    ),
    rule('no-cycles', {}, { circular: true }, 'A cycle hides who depends on whom.'),
    rule(
      'apps-are-islands',
      { path: '^apps/(?!throughline/)([^/]+)/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
      'Apps meet only through events; throughline composes them.',
    ),
    rule('libs-know-no-app', { path: '^libs/' }, { path: '^apps/' }, 'Libraries are below apps.'),
    rule(
      'pure-core',
      { path: pure },
      { pathNot: ['^libs/(kernel|contracts)/(src|testing)/', '\\.commands\\.ts$', pure, '^(node:)?util$'] },
      'Decisions and projections are functions of their arguments.',
    ),
    rule(
      'pure-libraries',
      { path: '^libs/(kernel|contracts)/src/', pathNot: spec },
      {
        path: '^(libs|apps)/|^node:|^(fs|net|http|https|child_process|crypto|os|process|timers)',
        pathNot: '^libs/(kernel|contracts)/src/',
      },
      'What everything stands on stands on nothing.',
    ),
    rule(
      'driver-stays-home',
      {
        path: '^(apps|libs|tools)/',
        pathNot: [
          '^libs/(event-store|bus|keys|identifiers|read-store|nest|embedded-postgres)/',
          '\\.table\\.ts$',
          spec,
          '^tools/bench/',
        ],
      },
      { path: 'node_modules/(@eventstore|kafkajs|typeorm|pg)/' },
      'One library owns each driver; a table names its columns with it.',
    ),
    rule(
      'public-door',
      { path: '^(?:libs/([^/]+)|apps/[^/]+|test|tools)/' },
      { path: '^libs/[^/]+/(src|testing)/(?!index\\.ts)', pathNot: '^libs/$1/' },
      'A library is entered by its index.ts.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^apps/web/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default'],
    },
  },
};
