import { defineFramework } from '../framework.ts';

/** Its requirements are Security Hub's controls themselves. */
export const fsbp100 = defineFramework({
  id: 'fsbp-1.0.0',
  title: 'AWS Foundational Security Best Practices v1.0.0',
  publisher: 'Amazon Web Services',
  url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html',
  source: 'The controls reference of the user guide of Security Hub',
  date: '2026-08-21',
  isOpen: true,
  sections: {},
  // Elasticsearch by its former name: a domain is one kind of resource, whichever engine it runs.
  rows: [{ kind: 'automated', ids: 'ES.1 ES.2 ES.3 ES.8' }],
  controls: {
    'ES.1': 'Opensearch.1',
    'ES.2': 'Opensearch.2',
    'ES.3': 'Opensearch.3',
    'ES.8': 'Opensearch.8',
  },
});
