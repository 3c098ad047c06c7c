import { knownTo, trustedParameters } from '../../analysis/policies/trusted-accounts.ts';
import { defineControl, fail, pass, type Snapshot } from '../../model/control.ts';
import { dbClusterSnapshot } from '../../resources/rds/db-cluster-snapshot.ts';
import { dbSnapshot } from '../../resources/rds/db-snapshot.ts';
import { share, sharesSnapshot } from './shared/snapshot-sharing.ts';

type Attributes = Snapshot<
  typeof dbSnapshot | typeof dbClusterSnapshot,
  'attributes'
>['attributes'];

/** Accounts that the baseline does not know; `all` is the question of RDS.1. A snapshot is shared with accounts alone. */
const outsidersIn = ({ restore }: Attributes, known: ReadonlySet<string>) =>
  restore.filter((one) => one !== 'all' && !known.has(one));

// Whatever engine it is of: snapshots of DocumentDB and Neptune are of the same types.
export const snapshotIsSharedWithKnownAccounts = defineControl([dbSnapshot, dbClusterSnapshot], {
  id: 'PL.RDS.3',
  title: 'Snapshots of databases should be shared only with known accounts',
  severity: 'HIGH',
  rationale:
    'To share a snapshot with an account of their own is how intruders take a database out of an account.',
  standards: {},
  needs: ['attributes'],
  parameters: trustedParameters,
  evaluate({ attributes }, { ref, parameters }) {
    const outsiders = outsidersIn(attributes, knownTo(ref, parameters));
    if (outsiders.length === 0) return pass;
    return fail('it is shared with accounts that the baseline does not trust', [
      {
        path: 'attributes.restore',
        actual: outsiders,
        expected: 'accounts that trustedAccounts names',
      },
    ]);
  },
  remediation: {
    advice:
      "Take the account out of the snapshot's attribute restore, or, where it is known, name it in trustedAccounts, which may say governed for all that Plumbline governs. What was copied or restored stays there: look in CloudTrail for who shared it.",
    url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html',
    grants: sharesSnapshot,
    plan({ attributes }, { arn, ref, parameters }) {
      const outsiders = [...outsidersIn(attributes, knownTo(ref, parameters))];
      return {
        kind: 'calls',
        // An account that nobody told us of may work with it.
        risk: 'disruptive',
        summary: 'no longer shares it with accounts that the baseline does not trust',
        calls: [share(arn, ref.id, { ValuesToRemove: outsiders })],
        undo: {
          calls: [share(arn, ref.id, { ValuesToAdd: outsiders })],
          widensAccess: true,
        },
      };
    },
  },
});
