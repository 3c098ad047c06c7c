import { defineHostControls } from '../control.ts';
import { cis } from '../references.ts';

/** Databases, caches, etcd and the Docker API, by the ports that they have unless told otherwise. */
const sensitive = [
  ...[1433, 1521, 3306, 5432, 5984, 6379, 7687, 8086, 9042, 9200, 9300, 11211, 27017, 33060],
  ...[2375, 2379],
];

/** What listens for others. */
export const ports = defineHostControls([
  {
    id: 'PL.FW.5',
    area: 'firewall',
    title: 'Whatever listens for others has a rule',
    severity: 'LOW',
    rationale:
      'What listens without one serves nobody now, and everybody when the firewall is off for a moment.',
    references: cis(['4.2.6', '2.1.22']),
    check: { kind: 'own', name: 'firewall-rules', args: ['ports'] },
    remediation: {
      fix: 'report',
      advice: 'Write a rule for the named ports, let them listen on 127.0.0.1 alone, or stop them.',
    },
  },
  {
    id: 'PL.FW.6',
    area: 'firewall',
    title: 'Databases and the Docker API do not listen on every address',
    severity: 'HIGH',
    rationale: 'One open security group, and they are on the internet.',
    references: {},
    check: { kind: 'own', name: 'open-ports', args: sensitive },
    remediation: {
      fix: 'report',
      advice:
        'Let them listen on 127.0.0.1 or on the private address that their clients use, not on 0.0.0.0 or ::.',
    },
  },
]);
