import { defineControl, propose } from '../../model/control.ts';
import { dbInstance } from '../../resources/rds/db-instance.ts';
import { evaluateAdminName, validAdminUserNames } from './shared/database-admin.ts';
import { outOfScope } from './shared/database-scope.ts';

export const databaseHasOwnAdminName = defineControl(dbInstance, {
  id: 'RDS.25',
  title: 'RDS database instances should use a custom administrator username',
  severity: 'MEDIUM',
  rationale: 'Half of a login that everybody knows leaves only the password to guess.',
  standards: {
    'fsbp-1.0.0': ['RDS.25'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-2'],
    'pci-dss-4.0.1': ['2.2.2'],
  },
  needs: ['instance'],
  parameters: { validAdminUserNames },
  evaluate: ({ instance }, { parameters }) =>
    outOfScope(instance, { custom: true, members: false }) ??
    evaluateAdminName(
      'instance.MasterUsername',
      instance.MasterUsername,
      parameters.validAdminUserNames,
    ),
  remediation: {
    advice:
      'The name is fixed at creation: create a new DB instance with a name of your own, move the data, and delete the old one.',
    grants: [],
    plan: () =>
      propose(
        'the name is fixed at creation: it takes a new DB instance with a name of your own, to which data and clients move',
      ),
  },
});
