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
  rows: [],
});
